"""How long it takes to find near-identical answers, beside comparing every two with rapidfuzz.

    python3 -m benchmarks.feedback --sizes 750,2500,7500 --repeat 3

Two organisations of each size: one answers in its own words each time, which gives the search the
most to do, and one from templates in slight variants. Every two are compared with the same measure
and the same line, and near-identical ones are joined; both must find the same templates. Medians of
processor time.
"""

import argparse
import platform
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import Indel
from tabulate import tabulate

from sharedcare.experience.feedback.sameness import alike
from sharedcare.experience.feedback.thresholds import ALIKE, TEMPLATE_USES
from sharedcare.experience.feedback.wording import wording

Words = tuple[str, ...]

#: Above so many answers every two are not compared: it would take minutes.
MOST_COMPARED = 2500

RESULTS = Path(__file__).parent / "results" / "feedback.md"
HEADERS = ("answers", "organisation", "templates", "reading s", "sharedcare s", "every two s")

_OPENINGS = (
    "Thank you for",
    "I am sorry to read about",
    "We were glad to hear of",
    "I saw your note on",
)
_MIDDLES = (
    "It made us look at",
    "I have asked the ward about",
    "We had not known of",
    "I was there for",
)
_ENDINGS = ("and I will write again.", "as you say.", "before the summer.", "with the night staff.")
_TEMPLATES = (
    "Thank you for taking the time to tell us of your stay. We are {} to hear that you were well "
    "looked after and will pass your {} on to the staff concerned.",
    "We are {} that your visit was not what you hoped for. Please ring the advice office on 01632 "
    "960{:03} and somebody will look into your {} for you.",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One size of one organisation, with seconds of each; None where it was not tried."""

    answers: int
    organisation: str
    templates: int
    reading: float
    ours: float
    plain: float | None


def main() -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="750,2500,7500")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    kinds = (("own words", own_words), ("templates", from_templates))
    found = [measured(size, *kind, arguments.repeat) for kind in kinds for size in sizes]
    report = written(found)
    print(report)
    if arguments.write:
        RESULTS.write_text(report + "\n", encoding="utf-8")


def own_words(number: int, seed: int = 1) -> list[str]:
    """Answers that share openings and endings and differ in what they are about."""
    draw = random.Random(seed)
    words = [
        f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("n", "rt", "lly", "st")
    ]
    made = []
    for _ in range(number):
        about = (" ".join(draw.choices(words, k=draw.randrange(8, 20))) for _ in range(2))
        first, second = about
        parts = (draw.choice(_OPENINGS), f"{first}.", draw.choice(_MIDDLES), second)
        made.append(" ".join((*parts, draw.choice(_ENDINGS))))
    return made


def from_templates(number: int, seed: int = 1) -> list[str]:
    """Answers from two templates in slight variants."""
    draw = random.Random(seed)
    feelings, things = ("sorry", "glad", "delighted", "very sorry"), ("comments", "words", "story")

    def one() -> str:
        if draw.random() < 0.5:  # noqa: PLR2004 # praise and the rest in halves
            return _TEMPLATES[0].format(draw.choice(feelings), draw.choice(things))
        return _TEMPLATES[1].format(
            draw.choice(feelings), draw.randrange(1000), draw.choice(things)
        )

    return [one() for _ in range(number)]


def measured(
    size: int, organisation: str, make: Callable[[int], list[str]], repeat: int
) -> Measured:
    """Group one organisation's answers in both ways and hold that they agree."""
    texts = make(size)
    reading, ours = [], []
    words: list[Words] = []
    groups: tuple[int, ...] = ()
    for _ in range(repeat):
        begun = time.process_time()
        words = [wording(text).words for text in texts]
        read = time.process_time()
        groups = alike(words)
        reading.append(read - begun)
        ours.append(time.process_time() - read)
    plain = _plain(words, groups) if size <= MOST_COMPARED else None
    return Measured(
        size,
        organisation,
        sum(uses >= TEMPLATE_USES for uses in Counter(groups).values()),
        statistics.median(reading),
        statistics.median(ours),
        plain,
    )


def _plain(words: Sequence[Words], groups: Sequence[int]) -> float:
    """Seconds of comparing every two; AssertionError if the templates differ."""
    begun = time.process_time()
    found = every_two(words)
    seconds = time.process_time() - begun
    if in_templates(found) != in_templates(groups):
        raise AssertionError("both ways differ")
    return seconds


def every_two(words: Sequence[Words]) -> tuple[int, ...]:
    """Join near-identical texts, by comparing every two of those that differ."""
    unlike = list(dict.fromkeys(words))
    leader = list(range(len(unlike)))

    def find(position: int) -> int:
        while leader[position] != position:
            position = leader[position]
        return position

    for one, other in combinations(range(len(unlike)), 2):
        if Indel.normalized_similarity(unlike[one], unlike[other], score_cutoff=float(ALIKE)):
            leader[find(other)] = find(one)
    group = {text: find(position) for position, text in enumerate(unlike)}
    return tuple(group[text] for text in words)


def in_templates(groups: Sequence[int]) -> list[bool]:
    """Which texts are from a template."""
    uses = Counter(groups)
    return [uses[group] >= TEMPLATE_USES for group in groups]


def written(found: Sequence[Measured]) -> str:
    """The table, and on what it was made."""
    rows = [
        (
            f"{one.answers:,}",
            one.organisation,
            one.templates,
            f"{one.reading:.2f}",
            f"{one.ours:.2f}",
            "not tried" if one.plain is None else f"{one.plain:.1f}",
        )
        for one in found
    ]
    machine = f"Python {platform.python_version()}, {platform.machine()}, processor time, medians."
    return "\n".join([tabulate(rows, HEADERS, tablefmt="github"), "", machine])


if __name__ == "__main__":
    main()
