"""The landscape profile: one module for each thing that it declares."""

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
