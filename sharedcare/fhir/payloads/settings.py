"""How payloads are to be validated: what every worker has to know."""

import json
from dataclasses import asdict, dataclass

from sharedcare.fhir.payloads.tally import Kind

#: Versions of FHIR by the word of the option; ``auto`` takes what a resource says, else R4.
VERSIONS = ("auto", "R4", "R4B", "R5", "STU3")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A rule that is not to be told, below a path or everywhere, until a day, for a reason.

    ``until`` is an ISO date and the last day on which it holds, empty where it holds for good.
    """

    rule: str
    path: str = ""
    until: str = ""
    reason: str = ""

    def holds_for(self, kind: Kind) -> bool:
        """Whether issues of a kind are suppressed by it."""
        rule, path = kind
        if rule != self.rule:
            return False
        return not self.path or path == self.path or path.startswith(f"{self.path}.")


@dataclass(frozen=True, slots=True)
class FromPackages:
    """The FHIR packages to hold resources against, and which of their FHIR profiles are asked for.

    ``sources`` are files, folders and ``name#version``; ``cache`` is the folder of the cache, where
    one is named, and then what the packages depend on is taken from it. ``digest`` stands for all
    that the packages hold, so that results made with others are not taken for these.
    """

    sources: tuple[str, ...] = ()
    cache: str | None = None
    asked: tuple[str, ...] = ()
    must_support: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the outcome of a piece: the same piece and settings give the same.

    ``apart`` are kinds of issues that a baseline knows, which are listed by themselves. Without
    ``packages`` no resource is held against a FHIR profile.
    """

    version: str = "auto"
    show_values: bool = False
    suppressions: tuple[Suppression, ...] = ()
    apart: frozenset[Kind] = frozenset()
    packages: FromPackages | None = None

    @property
    def text(self) -> str:
        """The settings as a text that is the same for the same settings."""
        return json.dumps({**asdict(self), "apart": sorted(self.apart)}, sort_keys=True)
