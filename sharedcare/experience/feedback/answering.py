"""How one organisation answers feedback: signals, type, cast and stage together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sharedcare.experience.feedback.cast import Cast, Stage, cast_of, stage_of
from sharedcare.experience.feedback.deciding import Decision, decide
from sharedcare.experience.feedback.responses import Response, TextSignals, text_signals
from sharedcare.experience.feedback.signals import Signals, signals_of
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Feedback


@dataclass(frozen=True, slots=True)
class Answering:
    """One organisation: ``id`` is that of its entry under ``feedback``.

    ``texts`` is None where no answers were read.
    """

    id: str
    declared: Feedback
    signals: Signals
    decision: Decision
    cast: Cast
    stage: Stage
    texts: TextSignals | None

    @property
    def organisation(self) -> str:
        """Whose answers they are, by id."""
        return self.declared.organisation


def answering(
    id_: str, declared: Feedback, responses: Sequence[Response] | None = None
) -> Answering:
    """Say how one organisation answers, by what is declared and by its answers, if given."""
    texts = text_signals(responses) if responses is not None else None
    signals = signals_of(declared, texts)
    return Answering(
        id=id_,
        declared=declared,
        signals=signals,
        decision=decide(signals),
        cast=cast_of(declared, signals, texts),
        stage=stage_of(declared, signals),
        texts=texts,
    )


def answerings(
    landscape: Landscape, responses: Mapping[str, Sequence[Response]] | None = None
) -> tuple[Answering, ...]:
    """Say it of every entry of a landscape's ``feedback``, in the order of the profile.

    ``responses`` holds the answers by the id of the entry. Nothing is ranked and nothing scored.
    """
    given = responses or {}
    return tuple(
        answering(id_, declared, given.get(id_)) for id_, declared in landscape.feedback.items()
    )
