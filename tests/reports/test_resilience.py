"""What falls when something is lost, as it is written for people and for programs."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

from sharedcare.flows import search
from sharedcare.flows.losses.lapses import lapses
from sharedcare.flows.losses.resilience import LossKind, stress
from sharedcare.landscape import Landscape
from sharedcare.reports import Provenance
from sharedcare.reports.document import Interval, Part
from sharedcare.reports.losses import resilience_document
from sharedcare.reports.losses.resilience import render_stress
from sharedcare.reports.losses.resilience_document import stress_schema
from sharedcare.reports.losses.resilience_view import ResilienceView, resilience_view
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import columns_of
from tests.builders import landscape, two_partners
from tests.docs.pages import keys_in, section

MADE_FROM = Provenance("region.yaml", "0123456789abcdef" * 4, "9.9.9")

#: Two partners with a supplier, a flow and a contract that end, and a second role.
CHANGES: dict[str, Any] = {
    "organisations/hospital/name": "St Elsewhere's",
    "systems/epr/supplier": "Acme",
    "systems/epr/identity_domains": ["nhs_number"],
    "systems/epr/contract": {"until": "2027-03-31"},
    "systems/asc/identity_domains": ["nhs_number"],
    "systems/beside": {"name": "Beside", "organisation": "hospital"},
    "flows/feed/valid": {"until": "2026-12-31"},
    "stakeholders/nurse": {"name": "Ward nurse", "organisation": "hospital", "uses": ["epr"]},
    "needs/again": {"stakeholder": "nurse", "content": ["medications"], "purpose": "direct_care"},
}


def made(changes: Mapping[str, object] | None = None) -> Landscape:
    return landscape(**two_partners({**CHANGES, **(changes or {})}))


def viewed(found: Landscape, named: bool = False, pairs: bool = False) -> ResilienceView:
    fallen = stress(found, pairs=pairs)
    return resilience_view(found, fallen, lapses(found), Names(found, named))


def written(found: Landscape, format_: str, top: int = 10, **more: Any) -> str:
    fallen = stress(found, pairs=True)
    return render_stress(fallen, lapses(found), found, MADE_FROM, format_, top=top, **more)


def test_the_first_sentences_count_what_takes_needs_and_name_the_gravest_loss() -> None:
    assert viewed(made()).headline == (
        "Lost one at a time: 3 systems, 1 supplier and 1 identity domain.",
        "4 of them take needs; 4 take a safety-critical one.",
        "The gravest: without the system Hospital record 2 of 2 needs are worse off, "
        "1 safety-critical.",
    )


def test_where_no_loss_takes_anything_that_is_said() -> None:
    assert viewed(made({"needs": {}})).headline[1] == "No single loss takes any need."
    assert viewed(landscape()).headline == ("The profile declares nothing that could be lost.",)


def test_a_loss_tells_its_needs_with_their_verdicts_and_whom_it_hits() -> None:
    loss = next(one for one in viewed(made()).losses if one.ids == ("asc",))
    assert loss.title == "System Care system"
    assert loss.counts == "1 need lost, 1 safety-critical; weight 1 of 2"
    assert [fall.words for fall in loss.falls] == [
        "Social worker: Medicines on the first evening (safety-critical): met → unmet"
    ]
    assert loss.hits == ("Social worker (Local authority A)",)
    assert loss.sufficiency == "50 %"


def test_what_changes_no_verdict_is_counted_and_not_listed() -> None:
    view = viewed(made())
    assert ("beside",) not in [loss.ids for loss in view.losses]
    assert view.harmless == "Changes no verdict: 1 system."


def test_a_need_that_is_better_off_is_told_apart_from_those_that_fall() -> None:
    changes = {
        "systems/epr/holds": {"medications": {"form": "coded"}},
        "systems/ledger": {"kind": "paper", "holds": {"medications": {"authoritative": True}}},
    }
    loss = next(one for one in viewed(made(changes)).losses if one.ids == ("ledger",))
    assert loss.counts == "no need lost"
    assert loss.falls == ()
    assert {change.after for change in loss.others} == {"met"}
    assert "Otherwise changed:" in written(made(changes), "text")


def test_organisations_are_called_by_type_unless_names_are_asked_for() -> None:
    unnamed = [written(made(), format_) for format_ in ("text", "markdown", "csv")]
    assert not any("Elsewhere" in text for text in unnamed)
    assert all("Acute hospital A" in text for text in unnamed)
    assert "Elsewhere" in written(made(), "text", name_organisations=True)


def test_a_terminal_gets_at_most_eighty_columns() -> None:
    long = {"needs/medicines/name": "M" * 300, "systems/epr/name": "word " * 60}
    assert max(map(columns_of, written(made(long), "text").splitlines())) <= 80


def test_top_bounds_every_list_for_people_and_says_how_much_is_left() -> None:
    text = written(made(), "text", top=1)
    assert "and 3 more losses; --top shows them" in text
    assert "and 1 more day; --top shows them" in text
    assert "And 3 more losses." in written(made(), "markdown", top=1)
    assert len(json.loads(written(made(), "json", top=1))["losses"]) == 5


def test_the_calendar_tells_the_last_day_and_what_breaks_or_is_at_stake() -> None:
    (flow, contract) = viewed(made()).calendar.days
    assert flow.day == "1 January 2027"
    assert flow.events == ("The flow Medicines feed has its last day on 31 December 2026.",)
    assert [change.need for change in flow.breaks] == ["medicines"]
    (event,) = contract.events
    assert event == (
        "The supplier's contract for the system Hospital record has its last day on 31 March 2027. "
        "If it stopped, 1 need would be worse off: Ward nurse: medications."
    )


def test_a_calendar_without_days_and_ends_that_nobody_knows_are_said() -> None:
    unknown = {"flows/feed/valid": {"until": "unknown"}, "systems/epr/contract": None}
    for format_ in ("text", "markdown"):
        text = " ".join(written(made(unknown), format_).split())
        assert "Nothing, as far as the profile says." in text
        assert "Nobody knows when these begin or end: Medicines feed." in text


def test_suppliers_are_told_with_their_shares_and_the_index_with_its_source() -> None:
    concentration = viewed(made()).concentration
    assert concentration is not None
    (supplier,) = concentration.suppliers
    assert (supplier.rests, supplier.falls) == ("100 % (2 needs)", "100 % (2 needs)")
    assert concentration.index == (
        "Herfindahl-Hirschman index of the 1 system in use with a supplier: 10,000 of 10,000, "
        "where one supplier would have all (Hirschman 1964). 2 systems in use name none."
    )


def test_a_verdict_that_is_not_proven_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_WAYS", 0)
    text = written(made(), "text")
    assert "Some verdicts are not proven: a search limit was reached." in " ".join(text.split())


def test_markup_in_a_profile_shows_as_itself_in_markdown() -> None:
    text = written(made({"systems/epr/name": "*Ward* | <b>record</b>"}), "markdown")
    assert "\\*Ward\\* \\| \\<b\\>record\\</b\\>" in text
    assert "<b>" not in text


def test_no_cell_of_the_csv_is_a_formula_and_every_row_is_one_loss() -> None:
    text = written(made({"systems/epr/supplier": "=HYPERLINK(1)"}), "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    supplier = next(row for row in rows if row["kind"] == "supplier")
    assert supplier["id"] == "'=HYPERLINK(1)"
    assert (supplier["needs_lost"], supplier["safety_critical_lost"]) == ("2", "1")
    assert supplier["lost"] == "medicines again"


def test_a_pair_is_a_row_of_its_own_with_both_ids() -> None:
    feed = two_partners()["flows"]["feed"]
    agreement = {"parties": "all", "categories": "all", "purposes": ["direct_care"]}
    agreement |= {"status": "signed", "lawful_basis": "none"}
    changes = {
        "flows/feed": {**feed, "basis": None},
        "systems/epr/identity_domains": ["nhs_number", "local"],
        "systems/asc/identity_domains": ["nhs_number", "local"],
        "flows/feed/basis": "direct_care",
        "agreements": {"one": agreement},
    }
    rows = list(csv.DictReader(io.StringIO(written(made(changes), "csv"))))
    pair = next(row for row in rows if row["together_with"])
    assert (pair["kind"], pair["id"], pair["together_with"]) == (
        "identity_domain",
        "nhs_number",
        "local",
    )
    assert pair["name"] == "Identity domains nhs_number and local"
    assert "Identity domains nhs_number and local: 1 need lost" in written(made(changes), "text")


# ── The document ──────────────────────────────────────────────────────────────────────────────────


def test_the_document_is_valid_by_its_published_schema_and_keeps_ids() -> None:
    document = json.loads(written(made(), "json"))
    jsonschema.Draft202012Validator(stress_schema()).validate(document)
    assert document["schema_version"] == "1.0"
    assert document["profile_digest"] == MADE_FROM.digest
    assert document["kinds"] == [kind.value for kind in LossKind]
    first = document["losses"][0]
    assert (first["ids"], first["lost"]) == (["epr"], ["medicines", "again"])
    assert first["organisations"] == ["council", "hospital"]
    assert document["calendar"]["days"][0]["day"] == "2027-01-01"


@pytest.mark.parametrize("format_", ["text", "markdown", "csv", "json"])
def test_the_same_landscape_gives_the_same_bytes(format_: str) -> None:
    assert written(made(), format_) == written(made(), format_)


#: Each part of the document, by the heading over its table.
PARTS: dict[str, type[BaseModel]] = {
    "The document of `stress`": resilience_document.StressDocument,
    "`needs` of `stress`": resilience_document.StandingPart,
    "`standing`, `before`, `after`": resilience_document.ExtentPart,
    "`losses` and `pairs`": resilience_document.LossPart,
    "`changes`": resilience_document.ChangePart,
    "`concentration`": resilience_document.ConcentrationPart,
    "`concentration.suppliers`": resilience_document.SupplierPart,
    "`calendar`": resilience_document.CalendarPart,
    "`calendar.days`": resilience_document.DayPart,
    "`calendar.days.turns`": resilience_document.TurnPart,
}


@pytest.mark.parametrize("heading", PARTS)
def test_a_table_of_the_documentation_names_every_key_of_a_part(heading: str) -> None:
    keys = keys_in(section("command-line.md", heading), 2)
    assert keys == list(PARTS[heading].model_fields)


def test_every_part_of_the_document_has_its_table() -> None:
    parts = {
        found
        for found in vars(resilience_document).values()
        if isinstance(found, type) and issubclass(found, Part)
    }
    assert parts - set(PARTS.values()) == {Part, Interval}
