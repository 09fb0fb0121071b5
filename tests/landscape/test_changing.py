"""Applying changes, options and scenarios is writing the changed profile by hand."""

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.errors import NotFoundError, ProfileRefused, UsedWrongly
from sharedcare.flows import judge
from sharedcare.landscape import (
    Landscape,
    in_scenario,
    landscape_of,
    what_if,
    with_changes,
    with_option,
)
from sharedcare.landscape.changing import laid_over
from sharedcare.landscape.planning import incompatible, plan_of
from sharedcare.loading import Checked, check_profile_text
from sharedcare.vocabulary import AgreementStatus, FlowStatus, Form, Lifecycle
from tests.builders import landscape, two_partners
from tests.oracle.landscapes import random_landscape

Raw = dict[str, Any]
seeds = st.integers(min_value=0, max_value=10**9)


def changing(**edits: object) -> Landscape:
    """Two partners, and one change ``it``."""
    return landscape(**two_partners({"changes": {"it": edits}}))


def codes(refused: pytest.ExceptionInfo[ProfileRefused]) -> list[tuple[str, str]]:
    return [(fault.code, fault.message) for fault in refused.value.faults]


# ── patches ───────────────────────────────────────────────────────────────────────────────────────


def test_a_patch_changes_the_keys_that_it_names_and_no_other() -> None:
    before = changing(patches={"flows": {"feed": {"delay": "1 h"}}})
    after = with_changes(before, ["it"])
    assert str(after.flows["feed"].delay) == "1 h"
    assert (
        after.flows["feed"].model_copy(update={"delay": before.flows["feed"].delay})
        == (before.flows["feed"])
    )


def test_null_takes_a_key_away() -> None:
    after = with_changes(changing(patches={"flows": {"feed": {"delay": None}}}), ["it"])
    assert after.flows["feed"].delay is None
    assert "delay" not in after.flows["feed"].model_fields_set


def test_the_categories_that_a_flow_carries_are_merged_one_by_one_however_they_are_written() -> (
    None
):
    for written in (
        {"coded": ["allergies"]},
        {"allergies": "coded"},
        {"allergies": {"form": "coded"}},
    ):
        after = with_changes(changing(patches={"flows": {"feed": {"carries": written}}}), ["it"])
        assert list(after.flows["feed"].carries) == ["medications", "allergies"]


def test_a_category_is_taken_out_of_what_a_flow_carries_by_null() -> None:
    patch = {"flows": {"feed": {"carries": {"medications": None, "allergies": "text"}}}}
    assert list(with_changes(changing(patches=patch), ["it"]).flows["feed"].carries) == [
        "allergies"
    ]


def test_a_form_takes_the_place_of_as_held_and_the_other_way_round() -> None:
    held = two_partners({"flows/feed/carries": {"medications": "as_held"}})
    patch = {"patches": {"flows": {"feed": {"carries": {"medications": "document"}}}}}
    after = with_changes(landscape(**held, changes={"it": patch}), ["it"])
    assert not after.flows["feed"].carries["medications"].as_held
    back = {"flows": {"feed": {"carries": {"medications": "as_held"}}}}
    assert (
        with_changes(changing(patches=back), ["it"]).flows["feed"].carries["medications"].form
        is None
    )


def test_a_period_is_merged_by_its_ends_and_a_range_is_one_value() -> None:
    maps = two_partners({
        "flows/feed/valid": {"from": "2026-01-01", "until": "2026-06-30"},
        "flows/feed/delay": {"low": "1 min", "likely": "2 min", "high": "9 min"},
    })  # fmt: skip
    patch = {"valid": {"until": None}, "delay": {"low": "1 h", "high": "2 h"}}
    after = with_changes(
        landscape(**maps, changes={"it": {"patches": {"flows": {"feed": patch}}}}), ["it"]
    )
    assert str(after.flows["feed"].delay) == "1 h to 2 h"
    valid = after.flows["feed"].valid
    assert valid is not None
    assert valid.until is None
    assert str(valid.from_) == "2026-01-01"


def test_bundles_mean_in_a_change_what_they_mean_in_the_profile() -> None:
    patches = {
        "flows": {"feed": {"carries": {"coded": ["story"]}}},
        "needs": {"medicines": {"content": {"category": "story"}}},
    }
    maps = two_partners({"bundles": {"story": ["problems", "allergies"]}})
    after = with_changes(landscape(**maps, changes={"it": {"patches": patches}}), ["it"])
    assert list(after.flows["feed"].carries) == ["medications", "problems", "allergies"]
    assert [i.category for i in after.needs["medicines"].content] == ["problems", "allergies"]


def test_a_map_that_replaces_a_plain_value_is_not_merged_with_it() -> None:
    basis = {"parties": "all", "categories": "all", "lawful_basis": {"article_6": "e"}}
    maps = two_partners({"agreements": {"shcr": basis}})
    patch = {"patches": {"agreements": {"shcr": {"lawful_basis": "unknown"}}}}
    after = with_changes(landscape(**maps, changes={"it": patch}), ["it"])
    found = after.agreements["shcr"].lawful_basis
    assert found is not None
    assert found.slot("article_6") is None


# ── adds and removes ──────────────────────────────────────────────────────────────────────────────


def test_what_is_added_has_the_defaults_of_its_map() -> None:
    adds = {"flows": {"mail": {"from": "epr", "to": "asc", "mode": "push"}}}
    maps = two_partners({"defaults": {"flows": {"owner": "Integration lead"}}})
    after = with_changes(landscape(**maps, changes={"it": {"adds": adds}}), ["it"])
    assert after.flows["mail"].owner == "Integration lead"


def test_an_entry_may_be_removed_and_added_again_under_its_id() -> None:
    new = {"feed": {"from": "epr", "to": "asc", "mode": "view"}}
    after = with_changes(changing(removes={"flows": "feed"}, adds={"flows": new}), ["it"])
    assert after.flows["feed"].mode.value == "view"
    assert after.flows["feed"].delay is None


def test_flows_go_with_a_system_that_is_removed_and_nobody_uses_it_any_more() -> None:
    after = with_changes(changing(removes={"systems": "asc"}), ["it"])
    assert after.flows == {}
    assert after.stakeholders["social_worker"].uses == ()


def test_a_removed_agreement_leaves_the_lists_of_flows_and_the_empty_list_covers_nothing() -> None:
    maps = two_partners({
        "agreements": {"shcr": {"parties": "all", "categories": "all"}},
        "flows/feed/agreements": ["shcr"],
    })  # fmt: skip
    after = with_changes(
        landscape(**maps, changes={"it": {"removes": {"agreements": "shcr"}}}), ["it"]
    )
    assert after.flows["feed"].agreements == ()


@pytest.mark.parametrize(
    ("removes", "hangs"),
    [
        ({"stakeholders": "social_worker"}, "needs.medicines.stakeholder"),
        ({"organisations": "hospital"}, "systems.epr.organisation"),
    ],
)
def test_what_an_entry_hangs_on_is_not_removed_without_a_word_of_that_entry(
    removes: Raw, hangs: str
) -> None:
    with pytest.raises(ProfileRefused) as refused:
        with_changes(changing(removes=removes), ["it"])
    assert ("STILL_NAMED", hangs) in [
        (code, message.split(": ")[1].split(" ")[0]) for code, message in codes(refused)
    ]


def test_a_need_may_be_removed_with_its_stakeholder() -> None:
    removes = {"stakeholders": "social_worker", "needs": "medicines"}
    assert with_changes(changing(removes=removes), ["it"]).needs == {}


# ── what check tells of changes ───────────────────────────────────────────────────────────────────

FAULTY = """\
meta: {as_of: 2026-11-01}
organisations: {hospital: {type: acute}}
systems: {epr: {organisation: hospital}, hub: {}}
flows: {feed: {from: epr, to: hub, mode: push, carries: {medications: coded}}}
changes:
  a: {patches: {flows: {feed: {dely: 5 min}}}}
  b: {patches: {flows: {fead: {delay: 5 min}}}}
  c: {patches: {flows: {feed: {delay: 5 minuts ago}}}}
  d: {patches: {flow: {feed: {delay: 5 min}}}}
  e: {adds: {flows: {feed: {from: epr, to: hub, mode: push}}}}
  f: {adds: {flows: {mail: {from: epr, to: hubb, mode: push}}}}
  g: {adds: {flows: {post: {to: hub, mode: push}}}}
  h: {removes: {systems: [epr, hib]}}
  i: {patches: {flows: {feed: {carries: {allergies: coded, coded: [allergies]}}}}}
  j: {patches: {changes: {a: {name: A}}}}
  k: {patches: {flows: {feed: null}}}
  l: {disrupts: [feeed]}
scenarios:
  m: {disrupt: [epr, Nobody Ltd]}
"""

#: Line, column and code of each fault, counted in the text, and how its message begins.
TOLD = [
    (6, 32, "UNKNOWN_KEY", "changes.a.patches.flows.feed.dely: there is no such key"),
    (7, 25, "UNKNOWN_ID", "changes.b.patches.flows.fead: no entry of flows has the id fead"),
    (8, 39, "BAD_QUANTITY", "changes.c.patches.flows.feed.delay: a duration such as"),
    (9, 17, "UNKNOWN_KEY", "changes.d.patches.flow: a profile has no such map"),
    (10, 22, "ID_TAKEN", "changes.e.adds.flows.feed: there is an entry with this id already"),
    (11, 44, "UNKNOWN_ID", "changes.f.adds.flows.mail.to: no entry of systems or stakeholders"),
    (12, 28, "MISSING_KEY", "changes.g.adds.flows.post: from is missing"),
    (13, 32, "UNKNOWN_ID", "changes.h.removes.systems[1]: no entry of systems has the id hib"),
    (14, 68, "NAMED_TWICE", "changes.i.patches.flows.feed.carries: the data category allergies"),
    (15, 17, "UNKNOWN_KEY", "changes.j.patches.changes: a change changes what there is"),
    (16, 31, "WRONG_TYPE", "changes.k.patches.flows.feed: a map of keys is expected"),
    (17, 18, "UNKNOWN_ID", "changes.l.disrupts[0]: no entry of systems or flows has the id feeed"),
    (19, 22, "UNKNOWN_ID", "scenarios.m.disrupt[1]: no entry of systems, flows or agreements"),
]


def test_every_fault_of_a_change_is_told_when_the_profile_is_read_each_at_its_place() -> None:
    found = check_profile_text(FAULTY)
    assert found.landscape is None
    errors = [(f.place.line, f.place.column, f.code, f.message) for f in found.faults]
    assert [told[:3] for told in errors] == [expected[:3] for expected in TOLD]
    for told, expected in zip(errors, TOLD, strict=True):
        assert told[3].startswith(expected[3])


def test_a_change_may_rest_on_what_another_adds() -> None:
    up = {"up": {"from": "epr", "to": "hub", "mode": "push"}}
    maps = two_partners({
        "changes": {
            "hub": {"adds": {"systems": {"hub": {"organisation": "council"}}}},
            "into": {"requires": "hub", "adds": {"flows": up}},
            "faster": {"requires": "into", "patches": {"flows": {"up": {"delay": "1 min"}}}},
        }
    })  # fmt: skip
    after = with_changes(landscape(**maps), ["faster"])
    assert after.flows["up"].to == "hub"
    assert str(after.flows["up"].delay) == "1 min"


def test_what_rests_on_a_change_that_it_does_not_require_is_refused_and_told_which() -> None:
    maps = two_partners({
        "changes": {
            "hub": {"adds": {"flows": {"up": {"from": "epr", "to": "asc", "mode": "push"}}}},
            "faster": {"patches": {"flows": {"up": {"delay": "1 min"}}}},
        }
    })  # fmt: skip
    with pytest.raises(ProfileRefused) as refused:
        with_changes(landscape(**maps), ["faster"])
    ((code, message),) = codes(refused)
    assert code == "UNKNOWN_ID"
    assert message == (
        "changes.faster.patches.flows.up: no entry of flows has the id up; "
        "changes.hub adds it: name that under requires"
    )


def located(text: str) -> tuple[Landscape, Checked]:
    checked = check_profile_text(text, "plan.yaml")
    return checked.or_refuse(), checked


def test_what_shows_only_when_changes_are_made_together_is_told_with_line_and_column() -> None:
    text = """\
meta: {as_of: 2026-11-01}
systems: {epr: {}, hub: {}}
flows: {feed: {from: epr, to: hub, mode: push, valid: {from: 2026-01-01}}}
changes:
  early: {patches: {flows: {feed: {valid: {until: 2026-03-31}}}}}
  late: {patches: {flows: {feed: {valid: {from: 2026-06-01}}}}}
"""
    found, checked = located(text)
    with pytest.raises(ProfileRefused) as refused:
        with_changes(found, ["early", "late"], checked.place)
    (fault,) = refused.value.faults
    assert str(fault) == (
        "plan.yaml:6:35: BAD_PERIOD: changes.late.patches.flows.feed.valid: "
        "a period ends before it begins"
    )


# ── together ──────────────────────────────────────────────────────────────────────────────────────


def test_what_a_change_requires_is_made_with_it_and_before_it() -> None:
    maps = two_partners({
        "changes": {
            "full": {"requires": "half", "patches": {"flows": {"feed": {"reach": 1}}}},
            "half": {"patches": {"flows": {"feed": {"reach": 0.5}}}},
        }
    })  # fmt: skip
    found = landscape(**maps)
    plan = plan_of(found, "full")
    assert plan.changes == ("half", "full")
    assert plan.pulled_in == ("half",)
    assert str(with_changes(found, ["full"]).flows["feed"].reach) == "100 %"


def test_changes_that_require_each_other_are_made_together() -> None:
    maps = two_partners({"changes": {"a": {"requires": "b"}, "b": {"requires": "a"}}})
    assert set(plan_of(landscape(**maps), "a").changes) == {"a", "b"}


def test_changes_that_exclude_each_other_are_refused_whichever_of_them_says_so() -> None:
    maps = two_partners({"changes": {"a": {"excludes": "b"}, "b": {}}})
    for both in (["a", "b"], ["b", "a"]):
        with pytest.raises(UsedWrongly, match=r"changes\.a excludes changes\.b"):
            with_changes(landscape(**maps), both)


def test_changes_that_want_two_things_of_one_key_are_refused() -> None:
    changes: Raw = {
        "a": {"patches": {"flows": {"feed": {"reach": 0.5}}}},
        "b": {"patches": {"flows": {"feed": {"reach": 0.9}}}},
        "c": {"patches": {"flows": {"feed": {"reach": 0.5, "owner": "Somebody"}}}},
        "d": {"removes": {"flows": "feed"}},
    }
    found = landscape(**two_partners({"changes": changes}))
    with pytest.raises(ProfileRefused) as refused:
        with_changes(found, ["a", "b"])
    assert [code for code, _ in codes(refused)] == ["CLASH"]
    assert with_changes(found, ["a", "c"]).flows["feed"].owner == "Somebody"
    pairs = {"".join(sorted(pair)) for pair in incompatible(found)}
    assert pairs == {"ab", "bc", "ad", "bd", "cd"}


def test_options_of_one_group_compete() -> None:
    maps = two_partners({"options": {"a": {"group": "g"}, "b": {"group": "g"}, "c": {}}})
    found = landscape(**maps)
    with pytest.raises(UsedWrongly, match="compete"):
        what_if(found, "a", "b")
    assert what_if(found, "a", "c") is found


def test_an_id_that_several_have_is_refused_until_it_says_of_which_kind() -> None:
    patch = {"flows": {"feed": {"reach": 0}}}
    maps = two_partners({"changes": {"x": {"patches": patch}}, "options": {"x": {}}})
    found = landscape(**maps)
    with pytest.raises(UsedWrongly, match=r"write changes\.x or options\.x"):
        what_if(found, "x")
    assert what_if(found, "options.x") is found
    assert what_if(found, "changes.x") == with_changes(found, ["x"])


def test_an_id_that_there_is_not_gets_a_hint() -> None:
    with pytest.raises(NotFoundError, match="did you mean paperless"):
        what_if(landscape(**two_partners({"options": {"paperless": {}}})), "paperles")


def test_an_option_with_changes_that_exclude_each_other_is_a_warning() -> None:
    maps = "changes: {a: {excludes: b}, b: {}}\noptions: {both: {changes: [a, b]}}\n"
    found = check_profile_text(f"meta: {{as_of: 2026-11-01}}\n{maps}")
    assert [(fault.code, fault.message) for fault in found.faults] == [
        ("EXCLUDED", "options.both.changes: a excludes b")
    ]


# ── scenarios ─────────────────────────────────────────────────────────────────────────────────────


def lossy(**scenario: object) -> Landscape:
    agreement = {"parties": "all", "categories": "all", "status": "signed"}
    changes = {"systems/epr/supplier": "Acme Ltd", "agreements": {"shcr": agreement}}
    return landscape(**two_partners({**changes, "scenarios": {"s": scenario}}))


def test_what_is_lost_is_there_and_works_no_more() -> None:
    after = in_scenario(lossy(disrupt=["asc", "feed", "shcr"]), "s")
    assert after.systems["asc"].lifecycle is Lifecycle.RETIRED
    assert after.flows["feed"].status is FlowStatus.RETIRED
    assert after.agreements["shcr"].status is AgreementStatus.NONE


def test_a_supplier_is_lost_with_all_its_systems() -> None:
    after = in_scenario(lossy(disrupt="Acme Ltd"), "s")
    assert after.systems["epr"].lifecycle is Lifecycle.RETIRED
    assert after.systems["asc"].lifecycle is Lifecycle.LIVE


def test_a_scenario_is_on_its_own_day() -> None:
    before = lossy(at="2027-06-01")
    assert str(in_scenario(before, "s").as_of) == "2027-06-01"
    assert str(before.as_of) == "2026-11-01"


def test_scenarios_on_two_days_are_not_one() -> None:
    maps = two_partners({"scenarios": {"a": {"at": "2027-01-01"}, "b": {"at": "2027-02-01"}}})
    with pytest.raises(UsedWrongly, match="different days"):
        what_if(landscape(**maps), "a", "b")


def test_an_option_and_a_scenario_are_their_changes() -> None:
    changes = {"it": {"patches": {"flows": {"feed": {"delay": "1 h"}}}}}
    maps = two_partners({"changes": changes, "options": {"o": {"changes": "it"}},
                         "scenarios": {"s": {"apply": "it"}}})  # fmt: skip
    found = landscape(**maps)
    assert with_option(found, "o") == in_scenario(found, "s") == with_changes(found, ["it"])


# ── properties ────────────────────────────────────────────────────────────────────────────────────


def test_nothing_applied_is_the_same_landscape() -> None:
    found = changing(patches={})
    assert with_changes(found, []) is found
    assert what_if(found) is found


def test_a_copy_with_other_organisations_knows_their_types() -> None:
    found = landscape(**two_partners())
    assert found.organisations_by_type == {"acute": ("hospital",), "local_authority": ("council",)}
    fewer = found.model_copy(
        update={"organisations": {"hospital": found.organisations["hospital"]}}
    )
    assert fewer.organisations_by_type == {"acute": ("hospital",)}


FORMS = ("verbal", "document", "text", "structured", "coded", "profiled")


def drawn_change(raw: Raw, dice: random.Random, name: str) -> Raw:
    """A change of a random profile: patches of scalars, a new flow, or a flow taken away."""
    flows = raw.get("flows", {})
    what = dice.choice(["delay", "reach", "lifecycle", "uses", "carries", "add", "remove"])
    if what == "add" or not flows:
        places = [*raw["systems"], *raw["stakeholders"]]
        new = {"from": dice.choice(places), "to": dice.choice(places), "mode": "push",
               "delay": "1 min", "carries": {"as_held": "all"}}  # fmt: skip
        return {"adds": {"flows": {f"new_{name}": new}}}
    flow = dice.choice(sorted(flows))
    if what == "remove":
        return {"removes": {"flows": [flow]}}
    if what == "lifecycle":
        system = dice.choice(sorted(raw["systems"]))
        return {"patches": {"systems": {system: {"lifecycle": dice.choice(["live", "retired"])}}}}
    if what == "uses":
        stakeholder, system = (
            dice.choice(sorted(raw["stakeholders"])),
            dice.choice(sorted(raw["systems"])),
        )
        return {"patches": {"stakeholders": {stakeholder: {"uses": [system]}}}}
    patch = {
        "delay": {"delay": dice.choice(["1 min", "2 d", None])},
        "reach": {"reach": dice.choice([0.5, "unknown", None])},
        "carries": {"carries": {"medications": dice.choice(FORMS)}},
    }[what]
    return {"patches": {"flows": {flow: patch}}}


def by_hand(raw: Raw, change: Raw) -> Raw:
    """The profile as its author would write it after a change: only what ``drawn_change`` makes."""
    made = copy.deepcopy(raw)
    for kind, entries in change.get("adds", {}).items():
        made.setdefault(kind, {}).update(copy.deepcopy(entries))
    for kind, ids in change.get("removes", {}).items():
        for key in ids:
            made[kind].pop(key, None)  # two changes may remove the same
    for kind, patches in change.get("patches", {}).items():
        for key, patch in patches.items():
            for name, value in patch.items():
                if name == "carries":
                    carries_by_hand(made[kind][key], value)
                elif value is None:
                    made[kind][key].pop(name, None)
                else:
                    made[kind][key][name] = value
    return made


def carries_by_hand(flow: Raw, patch: Raw) -> None:
    """Say in what form each category of a patch is carried, and in no other any more."""
    carries = flow.setdefault("carries", {})
    for category, form in patch.items():
        for word in [key for key in carries if key in (*FORMS, "unknown", "as_held")]:
            listed = carries[word]
            if isinstance(listed, list):
                carries[word] = [name for name in listed if name != category]
        if isinstance(carries.get(category), dict):
            carries[category] = {**carries[category], "form": form}
            carries[category].pop("as_held", None)
        else:
            carries[category] = form


@given(seeds)
@settings(max_examples=150)
def test_applying_a_change_and_judging_is_judging_the_profile_written_by_hand(seed: int) -> None:
    dice = random.Random(seed)
    raw = random_landscape(dice)
    change = drawn_change(raw, dice, "it")
    planned = landscape_of({**raw, "changes": {"it": change}})
    told = judge(with_changes(planned, ["it"]))
    assert told == judge(landscape_of(by_hand(raw, change)))


@given(seeds)
@settings(max_examples=100)
def test_the_order_of_changes_that_do_not_clash_does_not_matter_and_the_original_stays(
    seed: int,
) -> None:
    dice = random.Random(seed)
    raw = random_landscape(dice)
    changes = {name: drawn_change(raw, dice, name) for name in ("a", "b", "c")}
    planned = landscape_of({**raw, "changes": changes})
    untouched = copy.deepcopy(planned)
    names = sorted(changes)
    if any(pair <= set(names) for pair in incompatible(planned)):
        with pytest.raises(ProfileRefused):
            with_changes(planned, names)
    else:
        one = with_changes(planned, names)
        dice.shuffle(names)
        assert with_changes(planned, names) == one
        written = raw
        for name in names:
            written = by_hand(written, changes[name])
        assert judge(one, explain=False) == judge(landscape_of(written), explain=False)
    assert planned == untouched


@given(seeds)
@settings(max_examples=100)
def test_a_patch_with_what_is_there_already_changes_nothing(seed: int) -> None:
    dice = random.Random(seed)
    raw = random_landscape(dice)
    kind = dice.choice(
        [kind for kind in ("systems", "flows", "needs", "agreements") if raw.get(kind)]
    )
    key = dice.choice(sorted(raw[kind]))
    change = {"patches": {kind: {key: copy.deepcopy(raw[kind][key])}}}
    planned = landscape_of({**raw, "changes": {"it": change}})
    assert with_changes(planned, ["it"]) == planned


def test_what_is_patched_over_and_over_comes_to_too_much_and_is_told() -> None:
    held = {f"risks.kind_{number}": "coded" for number in range(2_000)}
    patch = {"patches": {"systems": {"epr": {"owner": "Somebody"}}}}
    raw = {
        "meta": {"as_of": "2026-11-01"},
        "systems": {"epr": {"holds": held}},
        "changes": {f"change_{number}": patch for number in range(150)},
    }
    with pytest.raises(ProfileRefused) as refused:
        landscape_of(raw)
    assert {fault.code for fault in refused.value.faults} >= {"TOO_LARGE"}


# ── Patches that are no change of the profile ─────────────────────────────────────────────────────


def test_patches_are_laid_over_as_one_change_would_lay_them() -> None:
    form = {"systems": {"epr": {"holds": {"medications": {"form": "text"}}}}}
    as_change = landscape(**two_partners({"changes/less": {"patches": form}}))
    by_change = what_if(as_change, "less")
    found = laid_over(as_change, form)
    assert found == by_change
    assert found.changes == as_change.changes
    assert as_change.systems["epr"].holds["medications"].form is Form.CODED


def test_patches_that_make_no_sound_landscape_are_refused_with_every_fault() -> None:
    wrong = {"systems": {"epr": {"lifecycle": "asleep"}, "erp": {"name": "?"}}}
    with pytest.raises(ProfileRefused) as refused:
        laid_over(landscape(**two_partners()), wrong)
    assert sorted(fault.code for fault in refused.value.faults) == ["BAD_WORD", "UNKNOWN_ID"]
