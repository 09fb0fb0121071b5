from typing import Any

import pytest

from sharedcare.landscape import landscape_of
from sharedcare.reports import render
from sharedcare.reports.words.names import NAMED, UNNAMED, Names
from tests.reports.making import HUMAN_FORMATS, MADE_FROM, PROFILES, assessed, example


def names(named: bool = False, **maps: Any) -> Names:
    return Names(landscape_of({"meta": {"as_of": "2026-11-01"}, **maps}), named)


def organisations(*labels: str, kind: str = "local_authority") -> dict[str, Any]:
    return {f"o{n}": {"name": label, "type": kind} for n, label in enumerate(labels)}


def test_an_organisation_is_called_by_its_type_and_a_letter_in_the_order_of_the_profile() -> None:
    found = names(organisations=organisations("Northshire Council", "Southshire Council"))
    assert found.organisations(("o0", "o1")) == ("Local authority A", "Local authority B")


def test_letters_go_on_after_z() -> None:
    found = names(organisations=organisations(*(f"Council {n}" for n in range(28))))
    assert found.organisation("o26") == "Local authority AA"
    assert found.organisation("o27") == "Local authority AB"


def test_an_organisation_without_a_type_is_a_partner_and_a_new_type_keeps_its_word() -> None:
    entries = {"a": {"name": "Alpha"}, "b": {"name": "Beta", "type": "housing_association"}}
    assert names(organisations=entries).organisations(("a", "b")) == (
        "Partner A",
        "Housing association A",
    )


def test_names_in_sentences_are_replaced_the_longest_first() -> None:
    found = names(organisations=organisations("Northshire", "Northshire County Council"))
    words = "Northshire County Council asks Northshire, not Northshirehall."
    expected = "Local authority B asks Local authority A, not Northshirehall."
    assert found.in_words(words) == expected


def test_a_name_that_two_organisations_bear_may_mean_either() -> None:
    found = names(organisations=organisations("Riverside", "Riverside"))
    assert found.in_words("Riverside signs.") == "Local authority A or Local authority B signs."


def test_an_id_that_tells_the_organisation_is_replaced_and_a_plain_word_is_not() -> None:
    entries = {
        "north_council": {"name": "North Council", "type": "local_authority"},
        "essex": {"name": "Essex County Council", "type": "local_authority"},
        "practices": {"name": "GP practices of the North", "type": "primary_care"},
    }
    found = names(organisations=entries)
    words = "who pays is north_council, essex or all practices"
    expected = "who pays is Local authority A, Local authority B or all practices"
    assert found.in_words(words) == expected


def test_a_file_or_a_way_that_holds_an_id_stays_as_it_is() -> None:
    entries = {"essex": {"name": "Essex Council", "type": "local_authority"}}
    words = "mid-and-south-essex.yaml: flows.essex_feed.delay"
    assert names(organisations=entries).in_words(words) == words


def test_a_systems_own_name_keeps_an_ordinary_word_that_an_organisation_is_called_too() -> None:
    found = names(
        organisations={"hospital": {"name": "Hospital", "type": "acute"}},
        systems={"epr": {"name": "Hospital record", "organisation": "hospital"}},
    )
    assert found.in_words("Hospital record of Hospital") == "Hospital record of Acute hospital A"


def test_a_systems_own_name_does_not_keep_the_full_name_of_an_organisation() -> None:
    found = names(
        organisations={"royal": {"name": "Anytown Royal", "type": "acute"}},
        systems={"epr": {"name": "Anytown Royal record", "organisation": "royal"}},
    )
    assert found.in_words("Anytown Royal record") == "Acute hospital A record"


def test_what_an_organisation_is_called_is_not_replaced_once_more() -> None:
    found = names(organisations=organisations("Local authority", "Other"))
    assert found.in_words("Local authority and Other") == "Local authority A and Local authority B"
    assert found.in_words("Local authority B stays") == "Local authority B stays"


def test_with_names_asked_for_nothing_is_replaced() -> None:
    found = names(named=True, organisations=organisations("Northshire Council"))
    assert found.organisation("o0") == found.in_words("Northshire Council")
    assert (found.note, names().note) == (NAMED, UNNAMED)


@pytest.mark.parametrize("format_", HUMAN_FORMATS)
@pytest.mark.parametrize("profile", PROFILES)
def test_no_report_for_people_names_an_organisation(profile: str, format_: str) -> None:
    assessment = assessed(profile)
    made = " ".join(render(assessment, MADE_FROM, format_).split())
    told = [organisation.name for organisation in assessment.landscape.organisations.values()]
    assert told
    assert [name for name in told if name and name in made] == []


@pytest.mark.parametrize("format_", HUMAN_FORMATS)
def test_a_report_names_organisations_where_that_is_asked_for(format_: str) -> None:
    made = render(assessed("fictional-region"), MADE_FROM, format_, name_organisations=True)
    assert "Anyshire Hospitals" in " ".join(made.split())
    assert "Acute hospital A" not in made


def test_the_json_is_data_and_keeps_ids() -> None:
    made = render(assessed("fictional-region"), MADE_FROM, "json")
    assert '"otherborough_council"' in made


def test_landscapes_without_organisations_have_nothing_to_replace() -> None:
    assert names().in_words("Nothing here is a name.") == "Nothing here is a name."
    assert Names(example(), False).in_words("Anytown Council") == "Local authority A"
