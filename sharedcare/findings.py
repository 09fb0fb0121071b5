"""A finding: one answer of one criterion about one thing.

Findings come first, arithmetic after: nothing that makes a finding knows of levels or scores.
"""

from dataclasses import dataclass

from sharedcare.vocabulary import Outcome

#: ``about`` of a finding that concerns the whole region.
REGION = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer about one thing.

    ``about`` is ``kind.id`` of an entry of the landscape (``flows.hub_asc``), or empty for the
    region. ``organisation`` is the organisation whose answer it is, None for the region.
    ``message`` is a sentence: the thing and the fact. ``weight`` is how much the thing counts
    among its like (people, instances); it is 1 unless there is a reason. ``measured`` says that
    payloads answer, and not what is declared alone.
    """

    outcome: Outcome
    about: str
    message: str
    organisation: str | None = None
    weight: int = 1
    measured: bool = False

    @property
    def order(self) -> tuple[str, str, str]:
        """The key by which findings are listed."""
        return (self.about, self.organisation or "", self.message)


def met(about: str, message: str, organisation: str | None = None) -> Finding:
    """Say that the criterion holds of something."""
    return Finding(Outcome.MET, about, message, organisation)


def not_met(about: str, message: str, organisation: str | None = None) -> Finding:
    """Say that the criterion does not hold of something."""
    return Finding(Outcome.NOT_MET, about, message, organisation)


def not_evidenced(about: str, message: str, organisation: str | None = None) -> Finding:
    """Say that nothing in the landscape tells whether the criterion holds of something."""
    return Finding(Outcome.NOT_EVIDENCED, about, message, organisation)


def not_applicable(about: str, message: str, organisation: str | None = None) -> Finding:
    """Say that the criterion does not apply to something, and why."""
    return Finding(Outcome.NOT_APPLICABLE, about, message, organisation)
