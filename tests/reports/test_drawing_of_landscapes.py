"""What is drawn of a need, a cut and an organisation: what the verdicts say, in planners' words."""

from typing import Any

import pytest

from sharedcare.errors import NotFoundError
from sharedcare.flows import Judge, NeedVerdict, search
from sharedcare.flows.judging import NOT_PROVEN
from sharedcare.flows.why.routes import routes
from sharedcare.landscape import Landscape
from sharedcare.reports.assessing.view import view_of
from sharedcare.reports.drawing import Drawing, Line, page, svg_of
from sharedcare.reports.drawing.cut import ALL_ARRIVES, AT_WORST, picture_of_cut
from sharedcare.reports.drawing.folding import MAX_BOXES
from sharedcare.reports.drawing.need import need_drawing, picture_of_need
from sharedcare.reports.drawing.organisation import picture_of_organisation
from sharedcare.reports.drawing.page import MAX_DRAWN, drawings_of
from sharedcare.reports.words.marks import Mark
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Verdict
from tests.builders import landscape, two_partners
from tests.reports.making import EXAMPLE, MADE_FROM, PROFILES, assessed, example, need_of


def judged(declared: Landscape) -> tuple[Judge, NeedVerdict]:
    judge = Judge(declared)
    return judge, judge.judge().needs[0]


def drawn(declared: Landscape, named: bool = False) -> Drawing:
    judge, found = judged(declared)
    return picture_of_need(judge, found, Names(declared, named)).drawing


def cut(declared: Landscape) -> Drawing:
    judge, found = judged(declared)
    return picture_of_cut(judge, found, Names(declared, False)).drawing


def partners(**changes: Any) -> Landscape:
    return landscape(**two_partners(changes))


def seen(drawing: Drawing) -> list[tuple[str, str, Line, str, str]]:
    """Each link by the titles of its boxes."""
    titles = {box.id: box.title for box in drawing.boxes}
    return [(titles[k.from_], titles[k.to], k.line, k.label, k.why) for k in drawing.links]


def feet(drawing: Drawing) -> dict[str, tuple[str, ...]]:
    return {box.title: box.feet for box in drawing.boxes if box.feet}


# ── Needs ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_met_need_is_a_solid_line_from_where_it_is_held_to_who_needs_it() -> None:
    found = drawn(example())
    assert seen(found) == [
        ("Hospital record", "Shared record", Line.SOLID, "push, 5 min", ""),
        ("Shared record", "Social care system", Line.SOLID, "a window in the record, 10 s", ""),
        ("Social care system", "Hospital social worker", Line.SOLID, "uses", ""),
    ]
    assert feet(found) == {"Hospital social worker": ("● met",)}
    assert found.boxes[0].notes == ("Acute hospital A", "holds: medicines on discharge")
    assert "35 min 10 s of 2 h out of date" in found.boxes[-1].notes
    assert found.key == ((Line.SOLID, "it comes this way"),)


def test_a_hop_that_stops_it_is_crossed_out_with_the_reason_and_the_way_on_is_faint() -> None:
    none = {"shcr": {"status": "draft", "parties": "all"}}
    found = drawn(example(agreements=none))
    assert seen(found)[0][2:] == (Line.SOLID, "push, 5 min", "")
    assert seen(found)[1][2:] == (
        Line.CROSSED,
        "a window in the record, 10 s",
        "no signed agreement",
    )
    assert seen(found)[2][2] is Line.FAINT
    assert feet(found) == {"Hospital social worker": ("○ unmet",)}


def test_what_is_too_old_says_how_old_and_what_is_allowed() -> None:
    found = drawn(example(needs={"discharge_meds": need_of(max_age="32 min")}))
    assert [why for *_, why in seen(found) if why] == ["35 min old, 32 min allowed"]


def test_what_is_stopped_where_it_is_held_says_so_at_that_box() -> None:
    found = drawn(example(needs={"discharge_meds": need_of(max_age="20 min")}))
    assert feet(found)["Hospital record"] == ("✕ 30 min old, 20 min allowed",)
    assert {link[2] for link in seen(found)} == {Line.FAINT}


def test_what_is_not_known_is_dashed_and_says_what_to_find_out() -> None:
    unknown = {"hub_asc": {**EXAMPLE["flows"]["hub_asc"], "wait": "unknown"}}
    found = drawn(example(flows=unknown))
    assert [(line, why) for _, _, line, _, why in seen(found)] == [
        (Line.SOLID, ""),
        (Line.DASHED, "wait not known"),
        (Line.SOLID, ""),
    ]
    assert feet(found) == {"Hospital social worker": ("? undetermined",)}


def test_what_is_not_known_and_nothing_hangs_on_is_not_shown_as_a_doubt() -> None:
    unknown = {"hub_asc": {**EXAMPLE["flows"]["hub_asc"], "history": "unknown"}}
    assert {link[2] for link in seen(drawn(example(flows=unknown)))} == {Line.SOLID}


def test_where_no_flow_leads_there_a_crossed_line_says_so() -> None:
    declared = landscape(**two_partners() | {"flows": {}})
    assert seen(drawn(declared)) == [
        ("Hospital record", "Social worker", Line.CROSSED, "", "no flow leads on")
    ]


def test_what_could_not_be_proven_is_not_said_to_have_no_route(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "MAX_WAYS", 1)
    found = drawn(example())
    assert found.lead.endswith(NOT_PROVEN)
    assert [link[2:] for link in seen(found)] == [(Line.CROSSED, "", "not proven")]


def test_what_nobody_holds_is_told_as_held_by_nobody() -> None:
    found = drawn(partners(**{"systems/epr/holds": {}}))
    ((title, _, line, *_),) = seen(found)
    assert (title, line) == ("Nobody holds it", Line.CROSSED)
    assert found.boxes[0].notes == ("medications",)


def test_a_named_source_that_holds_nothing_is_drawn_as_such() -> None:
    asks = {"category": "medications", "from": ["hospital", "council"]}
    found = drawn(partners(**{"needs/medicines/content": [asks]}))
    assert feet(found)["Care system"] == ("✕ not held in use",)


def test_a_named_source_without_any_system_is_drawn_by_itself() -> None:
    asks = {"category": "medications", "from": ["hospital", "homes"]}
    homes = {"organisations/homes": {"type": "care_home"}}
    found = drawn(partners(**homes, **{"needs/medicines/content": [asks]}))
    assert feet(found)["Care home A"] == ("✕ not held in use",)


def test_items_that_fare_differently_at_one_hop_are_told_apart() -> None:
    content = ["medications", "allergies"]
    held = {"medications": {"form": "coded"}, "allergies": {"form": "coded"}}
    found = drawn(partners(**{"needs/medicines/content": content, "systems/epr/holds": held}))
    hops = [(line, label, why) for _, _, line, label, why in seen(found)]
    assert (Line.SOLID, "FHIR request, 5 min: medications", "") in hops
    assert (
        Line.CROSSED,
        "FHIR request, 5 min: allergies and adverse reactions",
        "does not carry it",
    ) in hops


def test_organisations_go_by_their_type_unless_names_are_asked_for() -> None:
    told = svg_of(drawn(example()))
    assert "Anytown" not in told
    assert "Local authority A" in told
    assert "Anytown Council" in svg_of(drawn(example(), named=True))


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_drawn_of_a_need_is_what_its_verdict_says(profile: str) -> None:
    declared = assessed(profile).landscape
    judge, names = Judge(declared), Names(declared, False)
    for found in judge.judge().needs:
        picture = picture_of_need(judge, found, names)
        lines = {link.line for link in picture.drawing.links}
        assert len(picture.drawing.boxes) <= MAX_BOXES
        assert found.stakeholder in picture.places
        if found.verdict is Verdict.MET:
            assert Line.SOLID in lines
        if found.verdict is Verdict.UNMET:
            assert Line.CROSSED in lines or any(b.mark for b in picture.drawing.boxes[:-1])
            assert Line.DASHED not in lines


@pytest.mark.parametrize("profile", PROFILES)
def test_every_source_that_arrives_has_its_route_and_every_other_none(profile: str) -> None:
    declared = assessed(profile).landscape
    judge = Judge(declared)
    for found in judge.judge().needs:
        of_need = routes(judge, found.need)
        for position, item in enumerate(found.items):
            arriving = {s.organisation for s in item.sources if s.coverage.high}
            drawn_from = {r.source for r in of_need if r.position == position and r.path}
            assert drawn_from == arriving
            sure = {s.organisation for s in item.sources if s.coverage.low}
            certain = {
                r.source for r in of_need if r.position == position and r.path and not any(r.open)
            }
            assert certain == sure


# ── Cuts ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_cut_shows_how_far_it_gets_and_what_stops_it() -> None:
    found = cut(example(agreements={"shcr": {"status": "draft", "parties": "all"}}))
    assert [(box.title, box.band) for box in found.boxes] == [
        ("Hospital record", 0),
        ("Shared record", 0),
        ("Social care system", 1),
        ("Hospital social worker", 1),
    ]
    lines = [(line, why) for _, _, line, _, why in seen(found)]
    assert lines == [(Line.SOLID, ""), (Line.CROSSED, "no signed agreement"), (Line.FAINT, "")]
    assert found.lead == "1 hop stops it."


def test_a_cut_of_an_undetermined_need_says_that_it_is_as_at_worst() -> None:
    unknown = {"hub_asc": {**EXAMPLE["flows"]["hub_asc"], "wait": "unknown"}}
    assert cut(example(flows=unknown)).lead.startswith(AT_WORST)


def test_a_cut_of_a_met_need_cuts_nothing() -> None:
    found = cut(example())
    assert found.lead == ALL_ARRIVES
    assert [box.title for box in found.boxes] == ["Hospital social worker"]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_line_of_a_cut_from_left_to_right_is_crossed_out(profile: str) -> None:
    declared = assessed(profile).landscape
    judge, names = Judge(declared), Names(declared, False)
    for found in judge.judge().needs:
        drawing = picture_of_cut(judge, found, names).drawing
        band = {box.id: box.band for box in drawing.boxes}
        assert len(band) <= MAX_BOXES
        for link in drawing.links:
            if band[link.from_] < band[link.to]:
                assert link.line is Line.CROSSED
                assert link.why


# ── Organisations ─────────────────────────────────────────────────────────────────────────────────


def organisation(declared: Landscape, key: str) -> Drawing:
    judgement = Judge(declared).judge()
    return picture_of_organisation(declared, key, Names(declared, False), judgement).drawing


def test_an_organisation_stands_between_those_it_gets_from_and_those_it_gives_to() -> None:
    found = organisation(example(), "hospital")
    assert [(box.title, box.band) for box in found.boxes] == [
        ("Hospital record", 1),
        ("Shared record", 1),
        ("GP system", 0),
        ("Social care system", 2),
    ]
    assert seen(found)[-1] == (
        *("Shared record", "Social care system", Line.SOLID, "everything", ""),
    )
    assert [band.title for band in found.bands] == ["Comes from", "Acute hospital A", "Goes to"]


def test_a_role_says_how_its_needs_fare() -> None:
    found = organisation(example(), "anytown_council")
    worker = next(box for box in found.boxes if box.title == "Hospital social worker")
    assert (worker.mark, worker.feet, worker.rounded) == (Mark.MET, ("● 1 met",), True)


def test_a_flow_that_is_not_in_use_is_crossed_out_and_one_nobody_knows_of_is_dashed() -> None:
    planned = organisation(partners(**{"flows/feed/status": "planned"}), "hospital")
    assert [(k.line, k.why) for k in planned.links] == [(Line.CROSSED, "planned")]
    unknown = organisation(partners(**{"flows/feed/status": "unknown"}), "hospital")
    assert [(k.line, k.why) for k in unknown.links] == [(Line.DASHED, "not known")]


def test_many_neighbours_that_are_alike_are_counted_and_none_is_dropped() -> None:
    homes = {f"home{n}": {"type": "care_home"} for n in range(60)}
    declared = landscape(
        organisations={"board": {"type": "commissioner"}, **homes},
        systems={
            "hub": {"organisation": "board"},
            **{f"s{n}": {"organisation": f"home{n}"} for n in range(60)},
        },
        flows={
            f"f{n}": {"from": f"s{n}", "to": "hub", "mode": "push", "carries": ["medications"]}
            for n in range(60)
        },
    )
    found = organisation(declared, "board")
    assert [box.title for box in found.boxes if box.stands_for > 1] == ["and 56 more care homes"]
    assert len(found.boxes) == 6


def test_an_organisation_that_is_not_there_is_refused_with_a_hint() -> None:
    with pytest.raises(NotFoundError, match="did you mean hospital"):
        organisation(example(), "hospitl")


# ── In the page ───────────────────────────────────────────────────────────────────────────────────


def test_a_need_can_be_drawn_by_one_call() -> None:
    assessment = assessed("minimal")
    names = Names(assessment.landscape, False)
    made = need_drawing(assessment.landscape, assessment.judgement, "medicines", names)
    assert made.startswith("<svg ")
    assert "does not" in made
    assert "carry it" in made


def test_a_report_draws_the_gravest_needs_and_says_where_it_stops() -> None:
    assessment = assessed("fictional-region")
    needs = view_of(assessment, MADE_FROM, name_organisations=False).needs
    found = drawings_of(assessment, needs, Names(assessment.landscape, False))
    assert list(found.by_need) == [need.id for need in needs[:MAX_DRAWN]]
    assert f"the first {MAX_DRAWN} of " in found.note


def test_a_report_on_very_many_flows_draws_none_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "MAX_FLOWS_DRAWN", 36)
    assessment = assessed("fictional-region")
    needs = view_of(assessment, MADE_FROM, name_organisations=False).needs
    found = drawings_of(assessment, needs, Names(assessment.landscape, False))
    assert found.by_need == {}
    assert found.note.startswith("The landscape has more than 36 flows")


def test_a_report_draws_no_need_that_is_met_and_hangs_on_nothing() -> None:
    assessment = assessed("minimal")
    needs = view_of(assessment, MADE_FROM, name_organisations=False).needs
    found = drawings_of(assessment, needs, Names(assessment.landscape, False))
    assert list(found.by_need) == ["medicines"]
    assert found.note == ""
