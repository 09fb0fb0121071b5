"""What a report was made from, and by what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """The profile's file name, the SHA-256 over its files, and the version of sharedcare.

    It is handed in: reports read no file and no clock.
    """

    profile: str
    digest: str
    version: str
