"""The smallest landscapes that make a point, and what a criterion says of them."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sharedcare.dimension import Criterion, Dimension
from sharedcare.evidence import Evidence
from sharedcare.findings import Finding
from sharedcare.flows import judge
from sharedcare.landscape import ENTRY_MODELS, Landscape, landscape_of
from sharedcare.vocabulary import Outcome

AS_OF = "2026-11-01"

#: Top-level maps of a profile by name: what one test adds to an otherwise empty landscape.
Maps = Mapping[str, object]


#: A hospital's record feeds a council's, where a social worker needs the medicines. It is met.
TWO_PARTNERS: dict[str, Any] = {
    "organisations": {
        "hospital": {"name": "Hospital", "type": "acute", "sector": "health"},
        "council": {"name": "Council", "type": "local_authority", "sector": "social_care"},
    },
    "systems": {
        "epr": {
            "name": "Hospital record",
            "organisation": "hospital",
            "kind": "epr",
            "holds": {"medications": {"form": "coded", "authoritative": True}},
        },
        "asc": {"name": "Care system", "organisation": "council", "kind": "social_care_system"},
    },
    "flows": {
        "feed": {
            "name": "Medicines feed",
            "from": "epr",
            "to": "asc",
            "mechanism": "fhir_rest",
            "mode": "push",
            "delay": "5 min",
            "carries": {"medications": "coded"},
            "basis": "direct_care",
        }
    },
    "stakeholders": {
        "social_worker": {"name": "Social worker", "organisation": "council", "uses": ["asc"]}
    },
    "needs": {
        "medicines": {
            "name": "Medicines on the first evening",
            "stakeholder": "social_worker",
            "content": ["medications"],
            "purpose": "direct_care",
            "safety_critical": True,
        }
    },
}


def two_partners(changes: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Return the maps of ``TWO_PARTNERS``, each change laid at its way (``systems/epr/owner``)."""
    maps = deepcopy(TWO_PARTNERS)
    for way, value in (changes or {}).items():
        *above, last = way.split("/")
        part = maps
        for key in above:
            part = part.setdefault(key, {})
        part[last] = value
    return maps


def landscape(**maps: object) -> Landscape:
    """Return a landscape of these top-level maps, on a fixed day in England."""
    return landscape_of({"meta": {"as_of": AS_OF, "jurisdiction": "england"}, **maps})


def evidence(**maps: object) -> Evidence:
    """Return what criteria may look at, for a landscape of these top-level maps."""
    made = landscape(**maps)
    return Evidence(made, judge(made))


def findings(criterion: Criterion, **maps: object) -> list[Finding]:
    """Return what a computed criterion finds in a landscape of these top-level maps."""
    assert criterion.claim is not None, f"{criterion.id} is attested"
    return list(criterion.claim(evidence(**maps)))


def criterion_of(dimension: Dimension, criterion_id: str) -> Criterion:
    """Return a dimension's criterion by its id."""
    return next(found for found in dimension.criteria if found.id == criterion_id)


@dataclass(frozen=True)
class Shown:
    """Of one computed criterion: a landscape where it fires, one where it passes, a silent one."""

    fires: Maps
    passes: Maps
    silent: Maps


def assert_shown(criterion: Criterion, shown: Shown) -> None:
    """Hold that a criterion says no, yes and nothing where its table says so."""
    assert {found.outcome for found in findings(criterion, **shown.fires)} == {Outcome.NOT_MET}
    assert {found.outcome for found in findings(criterion, **shown.passes)} == {Outcome.MET}
    assert {found.outcome for found in findings(criterion, **shown.silent)} <= {
        Outcome.NOT_EVIDENCED,
        Outcome.NOT_APPLICABLE,
    }
    for maps in (shown.fires, shown.passes, shown.silent):
        for found in findings(criterion, **maps):
            assert_told(criterion, found)


def assert_told(criterion: Criterion, found: Finding) -> None:
    """Hold that a finding is a sentence about an entry, and an organisation's where it must be."""
    assert found.message[-1] == "."
    assert found.message == found.message.strip()
    assert not found.about or found.about.partition(".")[0] in ENTRY_MODELS
    assert (found.organisation is not None) == (criterion.scope.value == "organisation")
