"""Sixty-two organisations of known type, put together from texts that know no classifier.

Every organisation draws its own habits: how it greets and signs, which sentences it likes, how much
it slips. The same seed gives the same organisation.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).parent / "texts"

NON_RESPONSE, GENERIC, APPRECIATIVE = "non_response", "generic", "appreciative"
OFFLINE, CONVERSATIONAL = "offline", "conversational"

#: How many organisations there are of each type; the mixed ones come on top.
OF_EACH = {NON_RESPONSE: 10, GENERIC: 12, APPRECIATIVE: 10, OFFLINE: 10, CONVERSATIONAL: 10}

#: Organisations of two minds: which types they mix, and how much of the first there is.
MIXED = (
    (APPRECIATIVE, OFFLINE, 0.5),
    (APPRECIATIVE, OFFLINE, 0.6),
    (CONVERSATIONAL, OFFLINE, 0.55),
    (CONVERSATIONAL, APPRECIATIVE, 0.5),
    (CONVERSATIONAL, APPRECIATIVE, 0.6),
    (GENERIC, APPRECIATIVE, 0.5),
    (GENERIC, CONVERSATIONAL, 0.55),
    (GENERIC, OFFLINE, 0.6),
    (APPRECIATIVE, GENERIC, 0.55),
    (OFFLINE, CONVERSATIONAL, 0.5),
)


@dataclass(frozen=True)
class Answer:
    """One row: a story and what was written below it; nothing if nothing was."""

    story: str
    text: str
    role: str = ""
    responder: str = ""


@dataclass(frozen=True)
class Known:
    """An organisation and the types that fit it: one, or both of which it is a mixture."""

    name: str
    types: tuple[str, ...]
    answers: tuple[Answer, ...]


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((TEXTS / f"{name}.yaml").read_text("utf-8"))
    return read


SHARED, OWN = _read("shared"), {name: _read(name) for name in ("appreciative", "offline")}
TALK, TEMPLATES = _read("conversational"), _read("generic")["sets"]


SLIPS: tuple[Callable[[str], str], ...] = (
    str.lower,
    lambda text: text.replace("'", "&#39;"),
    lambda text: text.replace(". ", ".  "),
    lambda text: text.replace("the ", "teh ", 1),
    lambda text: text + " \n",
    lambda text: text.replace("\n\n", " "),
    lambda text: text.replace("!", "!!!"),
    str.upper,
)


@dataclass
class Writer:
    """One organisation's habits, and the answers that come of them."""

    seed: str
    draw: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.place = self.draw.choice(
            ("Ashdown", "Kelby", "St Osyth", "Marlow Vale", "Tarn", "Ivel")
        )
        self.greetings = self.draw.sample(SHARED["greetings"], 4)
        self.closings = self.draw.sample(SHARED["closings"], 3)
        self.team = self.draw.choice(SHARED["team_signatures"])
        self.slips = self.draw.choice((0, 0, 0.1, 0.3))
        self.set = self.draw.choice(TEMPLATES)

    def line(self, choices: list[str], like: dict[str, str]) -> str:
        """A sentence with its gaps filled; ``like`` keeps one story's details together."""
        chosen = self.draw.choice(choices)
        return re.sub(r"\{(\w*)\}", lambda gap: like[gap[1]], self.variant(chosen))

    def variant(self, text: str) -> str:
        """Choose in each pair of braces that offers a choice."""
        inner = re.compile(r"\{([^{}]*\|[^{}]*(?:\{nnn\})?[^{}]*)\}")
        return inner.sub(lambda found: self.draw.choice(found[1].split("|")), text)

    def details(self) -> dict[str, str]:
        return {
            "thing": self.draw.choice(SHARED["things"]),
            "ward": self.draw.choice(SHARED["wards"]),
            "who": self.draw.choice(SHARED["people"]),
            "kindness": self.draw.choice(SHARED["kindnesses"]),
            "pen": self.draw.choice(SHARED["pens"]),
            "first": self.draw.choice(SHARED["firsts"]),
            "place": self.place,
            "nnn": f"{self.draw.randrange(1000):03}",
        }

    def framed(self, body: str, like: dict[str, str], signature: str) -> str:
        parts = [self.line(self.greetings, like), body, self.line(self.closings, like), signature]
        return self.slip("\n\n".join(part for part in parts if part))

    def slip(self, text: str) -> str:
        """What real answers hold: lost capitals, doubled marks, entities, stray spaces."""
        if self.draw.random() >= self.slips:
            return text
        slip = self.draw.choice(SLIPS)
        return slip(text)

    def generic(self) -> tuple[str, str, str]:
        like = self.details()
        kind = self.draw.choice(("praise", "rest"))
        body = self.line(self.set[kind], like)
        return self.framed(body, like, self.team.format(**like)), "communications officer", ""

    def appreciative(self) -> tuple[str, str, str]:
        return self._own(OWN["appreciative"], ("openings", "personals", "thanks", "lasts"))

    def offline(self) -> tuple[str, str, str]:
        return self._own(OWN["offline"], ("openings", "details", "moves", "lasts"))

    def conversational(self) -> tuple[str, str, str]:
        parts = ("openings", "specifics", "journeys", "barriers", "invitations")
        return self._own(TALK, parts)

    def reply(self) -> tuple[str, str, str]:
        return self._own(TALK, ("replies",))

    def _own(self, bank: dict[str, list[str]], parts: tuple[str, ...]) -> tuple[str, str, str]:
        like = self.details()
        body = " ".join(filter(None, (self.line(bank[part], like) for part in parts)))
        which = self.draw.randrange(len(SHARED["own_signatures"]))
        signature = SHARED["own_signatures"][which].format(**like)
        return self.framed(body, like, signature), SHARED["roles"][which], like["first"]


def _answered(writer: Writer, type_: str) -> tuple[str, str, str]:
    made: Callable[[], tuple[str, str, str]] = getattr(writer, type_)
    return made()


def _stories(writer: Writer, pick: Callable[[], str]) -> Iterator[Answer]:
    for number in range(writer.draw.randrange(18, 60)):
        story = f"S{number:03}"
        type_ = pick()
        if not type_:
            yield Answer(story, "")
            continue
        yield Answer(story, *_answered(writer, type_))
        if type_ == CONVERSATIONAL and writer.draw.random() < 0.3:
            yield Answer(story, *writer.reply())


def _pure(type_: str, number: int) -> Known:
    writer = Writer(f"{type_} {number}")
    if type_ == NON_RESPONSE:
        few = writer.draw.choice((GENERIC, OFFLINE, CONVERSATIONAL))
        rate = writer.draw.choice((0, 0, 0.03, 0.05))
        pick = lambda: few if writer.draw.random() < rate else ""  # noqa: E731
    else:
        gaps = writer.draw.choice((0, 0.1, 0.3, 0.5))
        pick = lambda: "" if writer.draw.random() < gaps else type_  # noqa: E731
    return Known(f"{type_} {number}", (type_,), tuple(_stories(writer, pick)))


def _mixture(number: int, first: str, second: str, share: float) -> Known:
    writer = Writer(f"mixed {number}")
    pick = lambda: first if writer.draw.random() < share else second  # noqa: E731
    return Known(f"mixed {number}", (first, second), tuple(_stories(writer, pick)))


def organisations() -> tuple[Known, ...]:
    """All of them, in an order that never changes."""
    pure = (_pure(type_, n) for type_, count in OF_EACH.items() for n in range(count))
    return (*pure, *(_mixture(n, *mixed) for n, mixed in enumerate(MIXED)))
