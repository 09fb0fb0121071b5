"""The landscape profile: one module for each thing that it declares."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sharedcare.landscape.agreement import Agreement
    from sharedcare.landscape.building import Building, build, landscape_of
    from sharedcare.landscape.changing import in_scenario, what_if, with_changes, with_option
    from sharedcare.landscape.evidence import Attestation, EvidenceItem, Rating
    from sharedcare.landscape.flow import Flow
    from sharedcare.landscape.landscape import ENTRY_MODELS, Landscape
    from sharedcare.landscape.need import Item, Need
    from sharedcare.landscape.organisation import Organisation
    from sharedcare.landscape.stakeholder import Stakeholder, Uses
    from sharedcare.landscape.system import Holding, System

__all__ = [
    "ENTRY_MODELS",
    "Agreement",
    "Attestation",
    "Building",
    "EvidenceItem",
    "Flow",
    "Holding",
    "Item",
    "Landscape",
    "Need",
    "Organisation",
    "Rating",
    "Stakeholder",
    "System",
    "Uses",
    "build",
    "in_scenario",
    "landscape_of",
    "what_if",
    "with_changes",
    "with_option",
]

#: Where each public name is; it is imported when it is first asked for, since the models are heavy
#: and the catalogue of data categories is not.
_HOMES = {
    "ENTRY_MODELS": "landscape",
    "Agreement": "agreement",
    "Attestation": "evidence",
    "Building": "building",
    "EvidenceItem": "evidence",
    "Flow": "flow",
    "Holding": "system",
    "Item": "need",
    "Landscape": "landscape",
    "Need": "need",
    "Organisation": "organisation",
    "Rating": "evidence",
    "Stakeholder": "stakeholder",
    "System": "system",
    "Uses": "stakeholder",
    "build": "building",
    "in_scenario": "changing",
    "landscape_of": "building",
    "what_if": "changing",
    "with_changes": "changing",
    "with_option": "changing",
}


def __getattr__(name: str) -> object:
    """Import a public name; raises AttributeError where there is none."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"sharedcare.landscape.{_HOMES[name]}"), name)
