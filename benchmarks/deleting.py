"""Losing something the plain way: delete it from the profile, and judge all that is left.

Slow, and plainly what losing means; the quick way is held to it by tests and measured beside it.
"""

from collections.abc import Callable, Collection
from typing import Any

Declared = dict[str, Any]


def without_systems(raw: Declared, gone: Collection[str]) -> Declared:
    """Delete systems, the flows that touch them and the uses of them.

    A need that asks for something *at* one of them goes on asking there: in its place then stands
    an empty system of nobody's, which nobody uses.
    """
    asked_at = {need.get("at") for need in raw["needs"].values()} & set(gone)
    kept = {key: system for key, system in raw["systems"].items() if key not in gone}
    left = {
        "systems": kept | {key: {} for key in asked_at},
        "flows": {
            key: flow
            for key, flow in raw.get("flows", {}).items()
            if flow["from"] not in gone and flow["to"] not in gone
        },
        "stakeholders": {
            key: _without_uses(stakeholder, gone)
            for key, stakeholder in raw["stakeholders"].items()
        },
    }
    return {**raw, **left}


def _without_uses(stakeholder: Declared, gone: Collection[str]) -> Declared:
    uses = [use for use in stakeholder.get("uses", ()) if _system_of(use) not in gone]
    return {**stakeholder, "uses": uses}


def _system_of(use: Any) -> str:
    return str(use["system"] if isinstance(use, dict) else use)


def without_suppliers(raw: Declared, gone: Collection[str]) -> Declared:
    """Delete every system that names one of some suppliers."""
    systems = raw["systems"].items()
    return without_systems(raw, {key for key, system in systems if system.get("supplier") in gone})


def without_agreements(raw: Declared, gone: Collection[str]) -> Declared:
    """Delete agreements, also from the lists of flows; a list may be left empty."""
    flows = {
        key: {**flow, "agreements": [one for one in flow["agreements"] if one not in gone]}
        if "agreements" in flow
        else flow
        for key, flow in raw.get("flows", {}).items()
    }
    agreements = raw.get("agreements", {}).items()
    return {
        **raw,
        "flows": flows,
        "agreements": {key: agreement for key, agreement in agreements if key not in gone},
    }


def without_identity_domains(raw: Declared, gone: Collection[str]) -> Declared:
    """Put a token of its own in the place of some domains, in each system that declares them."""
    systems = {
        key: {
            **system,
            "identity_domains": [
                f"{word}-of-{key}" if word in gone else word for word in system["identity_domains"]
            ],
        }
        if isinstance(system.get("identity_domains"), list)
        else system
        for key, system in raw["systems"].items()
    }
    return {**raw, "systems": systems}


#: By the kind of what is lost: what is left of a profile, as plain maps, without some of the kind.
DELETING: dict[str, Callable[[Declared, Collection[str]], Declared]] = {
    "system": without_systems,
    "supplier": without_suppliers,
    "agreement": without_agreements,
    "identity_domain": without_identity_domains,
}
