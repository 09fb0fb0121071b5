"""One comparison of a statement with a profile: what was asked, and what came out."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sharedcare.findings import Finding, met, not_applicable, not_evidenced, not_met
from sharedcare.vocabulary import Outcome


class Kind(StrEnum):
    """What is asked of a statement and a profile."""

    PRODUCT = "product"
    """Is it the product and version that the profile names?"""
    HELD = "held_and_served"
    """Can what the profile says is held be had over the interface?"""
    NOT_DECLARED = "served_and_not_declared"
    """Does the profile say that what is served is held?"""
    FORM = "form"
    """Does the interface give it in the form that the profile says?"""
    STANDARD = "standard"
    """Is it the version of FHIR that the profile says?"""
    SERVES = "sender_serves"
    """Does the sender serve what the flow carries?"""
    ACCEPTS = "receiver_accepts"
    """Does the receiver take what the flow brings?"""
    ASKS = "client_asks"
    """Does the side that acts say that it does?"""
    SAME_VERSION = "same_version"
    """Do both ends speak the same version of FHIR?"""
    SAME_FORMAT = "same_format"
    """Do both ends speak JSON, or both XML?"""
    SAME_PROFILES = "same_profiles"
    """Do both ends name a common profile for what moves?"""
    NOTIFIES = "notifies"
    """Can others subscribe, where the flow tells people of what is new?"""
    LAUNCH = "launch"
    """Does the interface say how a launched app is let in?"""


@dataclass(frozen=True, slots=True)
class Compared:
    """A finding with what was asked, and the data categories that it is about, if any."""

    kind: Kind
    finding: Finding
    categories: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, str, int, tuple[str, ...]]:
        """What does not hold first, then what is not told."""
        ranks = (Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.MET, Outcome.NOT_APPLICABLE)
        kinds = tuple(Kind)
        place = ranks.index(self.finding.outcome), self.finding.about
        return (*place, kinds.index(self.kind), self.categories)


def holds(kind: Kind, about: str, message: str, *categories: str) -> Compared:
    """Say that it holds."""
    return Compared(kind, met(about, message), categories)


def fails(kind: Kind, about: str, message: str, *categories: str) -> Compared:
    """Say that it does not hold."""
    return Compared(kind, not_met(about, message), categories)


def not_told(kind: Kind, about: str, message: str, *categories: str) -> Compared:
    """Say that the statement does not tell."""
    return Compared(kind, not_evidenced(about, message), categories)


def not_asked(kind: Kind, about: str, message: str) -> Compared:
    """Say that a statement cannot bear on it."""
    return Compared(kind, not_applicable(about, message))


_STANDARD = re.compile(r"\b(DSTU ?2|STU ?3|R4B|R4|R5|1\.0|3\.0|4\.0|4\.3|5\.0)\b", re.IGNORECASE)
_NUMBERS = {"1.0": "DSTU2", "3.0": "STU3", "4.0": "R4", "4.3": "R4B", "5.0": "R5"}


def version_in(standard: str | None) -> str | None:
    """The version of FHIR that a standard names (``FHIR R4``, ``UK Core, FHIR 4.0.1``)."""
    if standard is None or "fhir" not in standard.lower():
        return None
    found = _STANDARD.search(standard)
    if found is None:
        return None
    word = found[1].upper().replace(" ", "")
    return _NUMBERS.get(word, word)
