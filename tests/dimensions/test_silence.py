"""Silence is never success and never failure: what leaving out one line does to what is computed.

Every optional key of every entry is left out in turn (and written ``unknown`` where it may be):
from the small landscapes in which each criterion is shown to fire, to pass and to be silent, and,
a seeded sample of them, from the profiles and templates that ship. No answer may become a no that
was none, and none may become a yes. What stands in a map (a category that is held or carried, a
link) is an entry of its own and no key of one: what is not declared is not there.
"""

import random
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sharedcare.dimension import Criterion
from sharedcare.dimension import Scope as AskedOf
from sharedcare.dimensions import DIMENSIONS
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding, met, not_met
from sharedcare.flows import judge
from sharedcare.landscape import ENTRY_MODELS, build
from sharedcare.loading import check_profile
from sharedcare.scoring.computing import compute
from sharedcare.vocabulary import Outcome
from tests.builders import AS_OF

PROJECT = Path(__file__).resolve().parent.parent.parent
SHIPPED = sorted(
    [*PROJECT.glob("profiles/*.yaml"), *PROJECT.glob("sharedcare/loading/templates/*.yaml")]
)

#: How many keys of one profile are left out, and from which seed they are drawn.
SAMPLE, SEED = 38, 2026

COMPUTED = tuple(found for each in DIMENSIONS for found in each.criteria if found.claim)

#: What a criterion says for an organisation (or the region, None).
Answers = dict[tuple[str, str | None], Outcome]
Way = tuple[str | int, ...]

#: Keys below which stand entries of their own, by category, attribute, skill, dimension or partner.
MAPS = frozenset({"holds", "carries", "links", "specialists", "values"}) | {
    "confirmed_by",
    "disputed_by",
}

#: Keys that say what a change does to a profile: they hold parts of other entries.
EDITS = frozenset({"adds", "patches", "removes"})

#: Keys that no claim may read: they are words for people.
WORDS = frozenset({"name", "note", "source", "assumed"})

#: Keys that may be left out with an effect, because a documented default then holds, or because
#: the verdicts on needs are closed-world there too; each with its reason.
EXCUSED: dict[str, str] = {
    "organisations.type": "parties and sources named by a type are those that say it",
    "systems.organisation": "a system without an organisation is nobody's",
    "systems.lifecycle": "a system is live unless it says otherwise",
    "systems.processor_for": "a system carries for nobody unless it says for whom",
    "systems.holds": "what a system does not say it holds it does not hold",
    "systems.holds.authoritative": "a record does not count for more than others unless it says so",
    "stakeholders.organisation": "a stakeholder without one is the person cared for",
    "stakeholders.uses": "a system that nobody says they use is not used by them",
    "stakeholders.uses.access": "who uses a system is let in unless it says otherwise",
    "flows.status": "a flow is live unless it says otherwise",
    "flows.valid": "a flow without an end is open",
    "flows.carries": "what a flow does not say it carries it does not carry",
    "flows.basis": "a flow that does not say that it is for direct care asks for an agreement",
    "flows.reach": "a flow reaches everybody unless it says otherwise",
    "flows.hours": "a flow runs at all hours unless it says otherwise",
    "flows.carries.meaning": "a feed that says nothing else means what its source means",
    "flows.identity_domain": "any identifier that both ends know serves",
    "agreements.valid": "an end that is not given is open",
    "agreements.valid.from": "an end that is not given is open",
    "agreements.valid.until": "an end that is not given is open",
    "needs.content.from": "whoever holds it best is the source unless a need names another",
    "needs.content.min_form": "a form that is not asked for is no limit",
    "needs.max_age": "an age that is not asked for is no limit",
    "needs.safety_critical": "a need is not safety-critical unless it says so",
    "needs.use": "a need is to look something up unless it says otherwise",
    "pathways.steps": "a step that is not declared is not there",
    "pathways.steps.actor": "who is not said to act in a step is not asked to agree to it",
    "changes.excludes": "two changes exclude each other where one of them says so",
}

#: Keys of which only the verdicts on needs make something where they are left out.
EXCUSED_BY_VERDICTS: dict[str, str] = {
    "agreements.categories": "an agreement covers only what it names",
    "agreements.parties": "an agreement binds only those whom it names",
    "agreements.purposes": "an agreement serves only the purposes that it names",
}

#: The criterion that follows the verdicts and nothing else.
FOLLOWS_VERDICTS = "incentives.supplier_gains"


def is_excused(path: str, criterion: str) -> bool:
    by_verdicts = criterion == FOLLOWS_VERDICTS and path in EXCUSED_BY_VERDICTS
    return path in EXCUSED or by_verdicts


def answers(raw: Mapping[str, Any], criteria: tuple[Criterion, ...]) -> Answers | None:
    """What these criteria come to; None if it is no profile any more."""
    made = build(raw).landscape
    if made is None:
        return None
    evidence = Evidence(made, judge(made, explain=False))
    told: Answers = {}
    for criterion in criteria:
        for organisation, found in by_organisation(criterion, evidence).items():
            computed = compute(found, criterion.threshold)
            if computed is not None:
                told[criterion.id, organisation] = computed.outcome
    return told


def by_organisation(criterion: Criterion, evidence: Evidence) -> dict[str | None, list[Finding]]:
    assert criterion.claim is not None
    found: dict[str | None, list[Finding]] = {}
    for one in criterion.claim(evidence):
        found.setdefault(one.organisation, []).append(one)
    return found


def ways(raw: Mapping[str, Any]) -> Iterator[Way]:
    """The way to every key of every entry, but words, and keys that the profile's defaults say."""
    for kind in ENTRY_MODELS:
        said_for_all = (raw.get("defaults") or {}).get(kind, {})
        for entry, keys in (raw.get(kind) or {}).items():
            for way in keys_of(keys, (kind, entry)):
                if way[2] not in WORDS and not (len(way) == 3 and way[2] in said_for_all):
                    yield way


def keys_of(part: object, above: Way, is_map: bool = False) -> Iterator[Way]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            if not is_map:
                yield (*above, key)
            if is_map or key not in EDITS:
                yield from keys_of(value, (*above, key), not is_map and key in MAPS)
    elif isinstance(part, list):
        for position, value in enumerate(part):
            yield from keys_of(value, (*above, position))


def without(part: Any, way: Way) -> Any:
    """The same without what a way leads to."""
    step, *rest = way
    if isinstance(part, list):
        return [without(value, (*rest,)) if at == step else value for at, value in enumerate(part)]
    kept = {key: value for key, value in part.items() if key != step}
    return {**part, step: without(part[step], (*rest,))} if rest else kept


def unknown(part: Any, way: Way) -> Any:
    """The same with ``unknown`` where a way leads to."""
    step, *rest = way
    if isinstance(part, list):
        return [unknown(value, (*rest,)) if at == step else value for at, value in enumerate(part)]
    return {**part, step: unknown(part[step], (*rest,)) if rest else "unknown"}


def path_of(way: Way) -> str:
    """The path of a key in any entry: ``systems.holds.authoritative``, whichever system it is."""
    kind, _, *rest = way
    named = [
        str(step)
        for above, step in zip([kind, *rest], rest, strict=False)
        if isinstance(step, str) and above not in MAPS
    ]
    return ".".join([str(kind), *named])


def judged_by_silence(
    raw: Mapping[str, Any], drawn: list[Way], criteria: tuple[Criterion, ...]
) -> tuple[int, list[str]]:
    """How often something was left out, and what then became a yes or a no that was none."""
    before, tried, worse = answers(raw, criteria), 0, []
    assert before is not None
    for way in drawn:
        for silent in (without(raw, way), unknown(raw, way)):
            after = answers(silent, criteria)
            tried += after is not None
            for (criterion, whose), outcome in (after or {}).items():
                known = outcome in (Outcome.MET, Outcome.NOT_MET)
                same = before.get((criterion, whose)) is outcome
                if known and not same and not is_excused(path_of(way), criterion):
                    worse.append(f"{'.'.join(map(str, way))}: {criterion} {outcome} ({whose})")
    return tried, worse


@cache
def written(path: Path) -> Mapping[str, Any]:
    return check_profile(path).written


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_leaving_a_line_out_of_a_profile_never_makes_a_yes_nor_a_new_no(path: Path) -> None:
    every = list(ways(written(path)))
    drawn = random.Random(SEED).sample(every, min(SAMPLE, len(every)))
    tried, worse = judged_by_silence(written(path), drawn, COMPUTED)
    assert tried >= len(drawn) // 2
    assert worse == []


@pytest.mark.parametrize("each", DIMENSIONS, ids=lambda each: each.id)
def test_leaving_a_line_out_of_what_makes_a_point_leaves_at_most_the_point_open(each: Any) -> None:
    shown = import_module(f"tests.dimensions.test_{each.id}").SHOWN
    for criterion in each.criteria:
        for maps in vars(shown[criterion.id]).values() if criterion.claim else ():
            raw = {"meta": {"as_of": AS_OF, "jurisdiction": "england"}, **maps}
            _, worse = judged_by_silence(raw, list(ways(raw)), (criterion,))
            assert worse == []


def a_partner_that_names_no_funder_has_none(evidence: Evidence) -> Iterator[Finding]:
    """Take silence for a no, as no claim may."""
    for key, organisation in evidence.landscape.organisations.items():
        found = met if organisation.funder else not_met
        yield found(f"organisations.{key}", "It is judged by what it says.", key)


def test_a_claim_that_took_silence_for_a_no_would_be_found() -> None:
    claim = a_partner_that_names_no_funder_has_none
    rash = Criterion("incentives.rash", 1, AskedOf.ORGANISATION, "Rash?", "Think.", claim)
    raw = {
        "meta": {"as_of": AS_OF},
        "organisations": {"hospital": {"name": "H", "sector": "health", "funder": "NHS"}},
    }
    tried, worse = judged_by_silence(raw, list(ways(raw)), (rash,))
    assert tried == 3
    assert worse == ["organisations.hospital.funder: incentives.rash Outcome.NOT_MET (hospital)"]


def test_the_path_of_a_key_is_the_same_in_every_entry() -> None:
    assert path_of(("systems", "epr", "holds", "medications", "form")) == "systems.holds.form"
    assert path_of(("needs", "meds", "content", 0, "from")) == "needs.content.from"


def test_every_excuse_is_of_a_key_that_there_is_and_says_why() -> None:
    for path, reason in {**EXCUSED, **EXCUSED_BY_VERDICTS}.items():
        kind, key, *_ = path.split(".")
        assert key in ENTRY_MODELS[kind].model_fields, path
        assert reason
    assert not set(EXCUSED) & set(EXCUSED_BY_VERDICTS)
