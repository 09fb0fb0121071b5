"""Labels and codes that do not go together between two systems."""

import re
from collections.abc import Iterator

from sharedcare.fhir.harmonise.bounded import Bounded
from sharedcare.fhir.harmonise.disclosure import MOST_HIDDEN

#: Two labels of one code that are less alike than this (rapidfuzz's token set ratio, 0 to 100) are
#: told. Other word order, a bracket or a longer form of the same words lie well above it.
ALIKE = 40

_TAG = re.compile(r"\s*\([^()]*\)\s*$")

#: By code system and label: code → count; or by code system and code: label → count.
_By = dict[tuple[str, str], dict[str, int]]

#: Records affected, code system, label or code, and what each of the two has for it.
Found = tuple[int, str, str, str, str]


def plain(label: str) -> str:
    """A label as it is compared: no capitals, no bracket at its end, single spaces."""
    return " ".join(_TAG.sub("", label).casefold().split())


class Labels:
    """The labels of one system's codes, made ready once to be set beside any other system's."""

    def __init__(self, labels: Bounded) -> None:
        self.records = sum(labels.counts.values())
        self.by_label: _By = {}
        self.by_code: _By = {}
        for key, count in labels.counts.items():
            if isinstance(key, tuple) and (label := plain(key[2])):
                code_system, code = key[:2]
                _put(self.by_label, (code_system, label), code, count)
                _put(self.by_code, (code_system, code), label, count)


def _put(by: _By, key: tuple[str, str], text: str, count: int) -> None:
    held = by.setdefault(key, {})
    held[text] = held.get(text, 0) + count


def labels_with_other_codes(ours: Labels, theirs: Labels) -> Iterator[Found]:
    """Labels that both have, of one code system, for codes of which none is shared."""
    one, other = ours.by_label, theirs.by_label
    for code_system, label in sorted(one.keys() & other.keys()):
        mine, yours = one[code_system, label], other[code_system, label]
        affected = sum(mine.values()) + sum(yours.values())
        if mine.keys().isdisjoint(yours) and _is_told(mine, yours):
            yield affected, code_system, label, _most(mine), _most(yours)


def codes_with_other_labels(ours: Labels, theirs: Labels) -> Iterator[Found]:
    """Codes that both have, with labels that have little in common."""
    from rapidfuzz.fuzz import token_set_ratio  # where it is needed

    one, other = ours.by_code, theirs.by_code
    for code_system, code in sorted(one.keys() & other.keys()):
        mine, yours = one[code_system, code], other[code_system, code]
        labels = _most(mine), _most(yours)
        affected = sum(mine.values()) + sum(yours.values())
        if token_set_ratio(*labels) < ALIKE and _is_told(mine, yours):
            yield affected, code_system, code, *labels


def _is_told(mine: dict[str, int], yours: dict[str, int]) -> bool:
    """Whether what each has most is met often enough to be shown."""
    return min(max(mine.values()), max(yours.values())) > MOST_HIDDEN


def _most(counts: dict[str, int]) -> str:
    return min(counts, key=lambda text: (-counts[text], text))
