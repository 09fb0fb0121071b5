"""The profiles and templates that ship: they load without a word, and hold what they promise."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from sharedcare.assessment import assess, stray_answers
from sharedcare.flows import judge
from sharedcare.landscape import Landscape
from sharedcare.landscape.agreement import NO_BASIS
from sharedcare.landscape.entry import Entry
from sharedcare.landscape.evidence import EvidenceKind
from sharedcare.loading import check_profile, load_landscape
from sharedcare.quantities import UNKNOWN, Duration, Share
from sharedcare.vocabulary import AgreementStatus, FlowStatus, Mode, Outcome, Scope, Verdict

PROJECT = Path(__file__).resolve().parent.parent
PROFILES = PROJECT / "profiles"
TEMPLATES = PROJECT / "sharedcare" / "loading" / "templates"

REAL = PROFILES / "mid-and-south-essex.yaml"
REGION = PROFILES / "fictional-region.yaml"
PATHWAY = PROFILES / "hospital-to-care-home.yaml"
MINIMAL = PROFILES / "minimal.yaml"
PATHWAY_TEMPLATES = [
    TEMPLATES / name for name in ("discharge.yaml", "end-of-life.yaml", "urgent-response.yaml")
]

PAGE = "https://www.midandsouthessex.ics.nhs.uk/?p=20587"
PAPER = "https://doi.org/10.2196/38310"
COUNCILS = ("essex", "southend", "thurrock")
WHOLE = ("all",)

#: A need of the region, and the verdict that the comment beside it gives.
COMMENTED = re.compile(r"^  (\w+): +# (met|partly met|unmet|undetermined)\b", re.MULTILINE)


@cache
def loaded(path: Path) -> Landscape:
    return load_landscape(path)


@cache
def verdicts(path: Path) -> dict[str, Verdict]:
    judgement = judge(loaded(path), explain=False)
    return {judged.need: judged.verdict for judged in judgement.needs}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def everything() -> list[Path]:
    return sorted(PROFILES.glob("*.yaml")) + sorted(TEMPLATES.glob("*.yaml"))


@pytest.mark.parametrize("path", everything(), ids=lambda path: path.stem)
def test_a_profile_loads_without_an_error_and_without_a_warning(path: Path) -> None:
    assert [str(fault) for fault in check_profile(path).faults] == []


@pytest.mark.parametrize("path", everything(), ids=lambda path: path.stem)
def test_a_profile_answers_and_rates_only_what_the_catalogue_holds(path: Path) -> None:
    assert [str(fault) for fault in stray_answers(loaded(path))] == []


def test_every_profile_is_described_in_the_folder() -> None:
    told = (PROFILES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in PROFILES.glob("*.yaml") if path.name not in told] == []


def test_every_file_of_the_region_is_included() -> None:
    included = {Path(name).name for name in check_profile(REGION).files}
    assert {path.name for path in PROFILES.glob("fictional-region/*")} <= included


# ── Mid and South Essex ───────────────────────────────────────────────────────────────────────────


def real_entries() -> list[tuple[str, Entry]]:
    return [(f"{kind}.{key}", entry) for kind, key, entry in loaded(REAL).entries()]


def test_every_entry_of_the_real_profile_is_published_or_says_that_it_is_assumed() -> None:
    unclear = [
        name
        for name, entry in real_entries()
        if not (entry.source in (PAGE, PAPER) or entry.assumed == WHOLE)
    ]
    assert real_entries()
    assert unclear == []


def test_a_published_entry_says_which_of_its_keys_are_assumed_and_never_all_of_them() -> None:
    for name, entry in real_entries():
        assert not (entry.source and entry.assumed == WHOLE), name


def test_only_organisations_that_the_page_names_are_named() -> None:
    published = {
        key: organisation.name
        for key, organisation in loaded(REAL).organisations.items()
        if organisation.source
    }
    assert published == {
        "essex": "Essex County Council",
        "southend": "Southend City Council",
        "thurrock": "Thurrock Council",
    }


def test_three_councils_on_two_products_feed_one_shared_record() -> None:
    landscape = loaded(REAL)
    products = {s.organisation: s.product for s in landscape.systems.values() if s.product}
    assert products == dict(zip(COUNCILS, ("Mosaic", "LiquidLogic", "LiquidLogic"), strict=True))
    feeds = [landscape.flows[f"{council}_feed"] for council in COUNCILS]
    assert {feed.to for feed in feeds} == {"shared_record"}


def test_an_alert_means_one_thing_in_one_council_and_another_in_the_others() -> None:
    systems = loaded(REAL).systems.values()
    held = {s.organisation: s.holds["alerts"] for s in systems if "alerts" in s.holds}
    assert set(held) == set(COUNCILS)
    assert held["southend"].meaning == held["thurrock"].meaning != held["essex"].meaning
    assert all(holding.absence for holding in held.values())


def test_the_published_limits_of_the_feeds_stand_in_the_data() -> None:
    landscape = loaded(REAL)
    feeds = [landscape.flows[f"{council}_feed"] for council in COUNCILS]
    assert all(feed.notifies is False for feed in feeds)
    assert all(feed.mode is Mode.BATCH and feed.interval is UNKNOWN for feed in feeds)
    history = feeds[0].history
    assert isinstance(history, Duration)
    assert history.declared == "12 mo"
    assert landscape.flows["document_tree"].carries["documents"].form is not None


def test_nobody_is_told_of_a_new_alert_whatever_is_still_unknown() -> None:
    assert verdicts(REAL)["told_of_a_new_alert"] is Verdict.UNMET


def test_three_years_of_assessments_are_more_than_a_window_of_twelve_months() -> None:
    assert verdicts(REAL)["one_condition_in_depth"] is Verdict.PARTLY_MET


def test_no_need_is_met_by_information_of_a_real_council() -> None:
    for need, verdict in verdicts(REAL).items():
        if verdict is Verdict.MET:
            categories = {item.category for item in loaded(REAL).needs[need].content}
            assert not categories & {"alerts", "assessments", "safeguarding"}


def test_the_real_profile_attests_nothing_rates_nobody_and_proposes_nothing() -> None:
    landscape = loaded(REAL)
    said = (landscape.attestations, landscape.ratings, landscape.feedback, landscape.changes)
    assert said == ({}, {}, {}, {})


def test_no_criterion_says_no_of_a_real_council() -> None:
    scores = assess(loaded(REAL)).scores.dimensions
    against = [
        reply.criterion
        for dimension in scores
        for criterion in dimension.criteria
        for reply in criterion.replies
        if reply.organisation in COUNCILS and reply.outcome is Outcome.NOT_MET
    ]
    assert scores
    assert against == []


# ── The fictional region ──────────────────────────────────────────────────────────────────────────


def test_the_region_has_partners_of_every_kind() -> None:
    organisations = loaded(REGION).organisations
    types = [organisation.type for organisation in organisations.values()]
    assert types.count("local_authority") == 2
    assert {"acute", "community", "mental_health", "ambulance", "hospice", "voluntary"} <= {*types}
    assert organisations["practices"].instances == 30
    assert organisations["homes"].instances == 65


def test_forty_of_sixty_five_care_homes_are_switched_on() -> None:
    reach = loaded(REGION).flows["window_homes"].reach
    assert isinstance(reach, Share)
    assert reach.of == (40, 65)


def test_folders_heads_telephones_and_people_are_places_of_the_region() -> None:
    landscape = loaded(REGION)
    assert {"paper", "person"} <= {system.kind for system in landscape.systems.values()}
    flows = landscape.flows.values()
    assert {"phone", "post", "carried_by_person"} <= {flow.mechanism for flow in flows}
    assert {flow.from_ for flow in flows} & set(landscape.stakeholders)
    assert any(flow.hours for flow in flows)
    assert landscape.systems["shared_record"].processor_for == ("all",)


def test_agreements_of_the_region_lapse_lack_a_basis_or_are_drafts() -> None:
    landscape = loaded(REGION)
    year = landscape.as_of + timedelta(days=365)
    agreements = landscape.agreements.values()
    ends = [agreement.valid.until for agreement in agreements if agreement.valid]
    days = [end for end in ends if isinstance(end, date)]
    assert any(day < landscape.as_of for day in days)
    assert any(landscape.as_of <= day <= year for day in days)
    bases = [agreement.lawful_basis for agreement in agreements if agreement.lawful_basis]
    assert NO_BASIS in {basis.confidentiality for basis in bases}
    assert AgreementStatus.DRAFT in {agreement.status for agreement in agreements}


def test_each_need_of_the_region_has_the_verdict_that_the_comment_beside_it_gives() -> None:
    text = (PROFILES / "fictional-region" / "needs.yaml").read_text(encoding="utf-8")
    told = dict(COMMENTED.findall(text))
    assert told == {need: verdict.words for need, verdict in verdicts(REGION).items()}


def test_the_region_has_needs_of_all_four_verdicts_and_of_populations() -> None:
    needs = loaded(REGION).needs
    assert 20 <= len(needs) <= 30
    assert set(verdicts(REGION).values()) == set(Verdict)
    assert {need.scope for need in needs.values()} == set(Scope)
    assert len({need.pathway for need in needs.values() if need.pathway}) >= 4


def test_the_region_has_safety_critical_needs_that_are_met_and_that_are_not() -> None:
    needs = loaded(REGION).needs
    found = {verdicts(REGION)[key] for key, need in needs.items() if need.safety_critical}
    assert {Verdict.MET, Verdict.PARTLY_MET, Verdict.UNMET} <= found


def test_the_region_has_planned_flows_and_pilots() -> None:
    statuses = {flow.status for flow in loaded(REGION).flows.values()}
    assert {FlowStatus.LIVE, FlowStatus.PILOT, FlowStatus.PLANNED} <= statuses


def test_evidence_of_the_region_is_fresh_and_stale_and_of_every_kind() -> None:
    landscape = loaded(REGION)
    evidence = landscape.evidence.values()
    assert {item.kind for item in evidence} == set(EvidenceKind)
    assert {item.is_fresh(landscape.as_of) for item in evidence} == {True, False}


def test_partners_of_the_region_confirm_and_dispute() -> None:
    entries = [entry for _, _, entry in loaded(REGION).entries()]
    assert any(entry.confirmed_by for entry in entries)
    assert any(entry.disputed_by for entry in entries)


def test_respondents_of_both_sectors_disagree_on_information_governance() -> None:
    ratings = loaded(REGION).ratings.values()
    assert len(ratings) >= 8
    low = ratings_of("social_care")
    high = ratings_of("health")
    assert max(low) + 2 <= sorted(high)[len(high) // 2]


def ratings_of(sector: str) -> list[Fraction]:
    ratings = [r for r in loaded(REGION).ratings.values() if r.sector == sector]
    given = [rating.values.get("information_governance") for rating in ratings]
    return [value for value in given if isinstance(value, Fraction)]


def test_the_region_says_what_could_change_and_what_would_break() -> None:
    landscape = loaded(REGION)
    assert len({option.group for option in landscape.options.values() if option.group}) == 1
    changes = landscape.changes.values()
    assert any(change.requires for change in changes)
    assert any(change.excludes for change in changes)
    assert any(change.removes for change in changes)
    assert all(change.cost is not None and change.paid_by for change in changes)
    assert landscape.scenarios
    assert landscape.gates
    assert landscape.suppressions


def test_a_change_of_the_region_touches_only_entries_that_are_there_and_adds_new_ones() -> None:
    landscape = loaded(REGION)
    there = {(kind, key) for kind, key, _ in landscape.entries()}
    for change in landscape.changes.values():
        assert named_in({**change.patches, **change.removes}) <= there
        assert not named_in(change.adds) & there
        assert {*change.disrupts} <= {key for _, key in there}


def named_in(edits: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    return {(kind, key) for kind, keys in edits.items() for key in keys}


def test_the_region_speaks_of_both_stages_and_of_what_people_notice() -> None:
    landscape = loaded(REGION)
    assert {activity.stage.value for activity in landscape.activities.values()} == {"front", "back"}
    assert landscape.experience
    assert len(landscape.feedback) >= 2


# ── The short ones ────────────────────────────────────────────────────────────────────────────────


def test_the_minimal_profile_has_at_most_twenty_lines() -> None:
    assert lines_of(MINIMAL) <= 20
    assert set(verdicts(MINIMAL).values()) == {Verdict.MET, Verdict.UNMET}


def test_one_pathway_fits_on_two_pages_with_all_four_verdicts() -> None:
    assert lines_of(PATHWAY) <= 120
    assert len(loaded(PATHWAY).pathways) == 1
    assert len(loaded(PATHWAY).needs) >= 6
    assert set(verdicts(PATHWAY).values()) == set(Verdict)


# ── Templates ─────────────────────────────────────────────────────────────────────────────────────


def test_the_starter_shows_every_map() -> None:
    starter = loaded(TEMPLATES / "starter.yaml")
    shown = {kind for kind, _, _ in starter.entries()}
    assert shown == set(Landscape.model_fields) - {"meta"}


def test_the_starter_begins_with_a_need_that_is_met() -> None:
    assert set(verdicts(TEMPLATES / "starter.yaml").values()) == {Verdict.MET}


@pytest.mark.parametrize("path", PATHWAY_TEMPLATES, ids=lambda path: path.stem)
def test_a_pathway_template_claims_nothing_before_it_is_filled_in(path: Path) -> None:
    assert set(verdicts(path).values()) == {Verdict.UNDETERMINED}


@pytest.mark.parametrize("path", PATHWAY_TEMPLATES, ids=lambda path: path.stem)
def test_every_need_of_a_pathway_template_belongs_to_a_step_of_its_pathway(path: Path) -> None:
    (pathway,) = loaded(path).pathways.values()
    steps = {step.id for step in pathway.steps}
    assert {need.step for need in loaded(path).needs.values()} == steps
