"""Labels: what can be said of information that has come to a place by some route."""

import itertools
import operator
from dataclasses import dataclass
from enum import IntEnum

from sharedcare.flows.layout import ANSWERED, SHOWN, STORED
from sharedcare.flows.network import Stored
from sharedcare.flows.search import Limits
from sharedcare.flows.taking import ENDLESS, Time
from sharedcare.vocabulary import Form, Mode, Reason, Use

#: The limits that nothing on the way can bring information back to once it is past them.
FINAL = (Reason.FORM, Reason.AGE, Reason.REKEY)

NOTHING: frozenset[Reason] = frozenset()


class Phase(IntEnum):
    """How information came to a place, from least to most that can be done with it there."""

    SHOWN = SHOWN
    ANSWERED = ANSWERED
    STORED = STORED

    @property
    def word(self) -> str:
        """The word, as the rules write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Label:
    """What has become of a source's information where it has come to a place.

    ``moved`` says that it came by at least one hop; ``age`` and ``wait`` are in seconds.
    """

    place: str
    phase: Phase
    moved: bool
    form: Form
    age: Time
    wait: Time
    rekeys: int


def start_label(place: str, stored: Stored) -> Label:
    """The label of what is held where a route starts."""
    return Label(place, Phase.STORED, False, Form(stored.form), stored.age, 0, 0)


def phase_left(mode: Mode) -> Phase:
    """The phase in which a hop of a mode leaves what it brings."""
    if mode.delivers:
        return Phase.STORED
    return Phase.SHOWN if mode.shows else Phase.ANSWERED


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a need asks of a label: its limits and its use."""

    limits: Limits
    use: Use

    def as_good(self, one: Label, other: Label) -> bool:
        """Whether one label is at least as good as another in all that the need limits.

        Forms are not compared: no label is kept whose form is too low already.
        """
        limits = self.limits
        return (
            one.phase >= other.phase
            and (one.moved or not other.moved or self.use is not Use.ALERT)
            and (one.age <= other.age or limits.max_age == ENDLESS)
            and (one.wait <= other.wait or limits.max_wait == ENDLESS)
            and (one.rekeys <= other.rekeys or limits.max_rekeys == ENDLESS)
        )

    def spent(self, label: Label) -> frozenset[Reason]:
        """The limits that a label is past for good."""
        limits = self.limits
        kept = (
            label.form >= limits.min_form,
            label.age <= limits.max_age,
            label.rekeys <= limits.max_rekeys,
        )
        return (
            NOTHING if all(kept) else frozenset(itertools.compress(FINAL, map(operator.not_, kept)))
        )

    def amiss(self, label: Label) -> frozenset[Reason]:
        """Why a label does not count as arrived where the stakeholder can use it."""
        too_late = {Reason.WAIT} if label.wait > self.limits.max_wait else NOTHING
        unfit = NOTHING if self._fits(label) else {Reason.MODE}
        return self.spent(label) | too_late | unfit

    def _fits(self, label: Label) -> bool:
        if self.use is Use.ALERT:
            return label.moved and label.phase is Phase.STORED
        return self.use is Use.VIEW or label.phase is not Phase.SHOWN
