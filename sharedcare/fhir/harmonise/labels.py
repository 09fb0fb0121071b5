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


def labels_with_other_codes(ours: Bounded, theirs: Bounded) -> Iterator[Found]:
    """Labels that both have, of one code system, for codes of which none is shared."""
    one, other = _by_label(ours), _by_label(theirs)
    for code_system, label in sorted(one.keys() & other.keys()):
        mine, yours = one[code_system, label], other[code_system, label]
        affected = sum(mine.values()) + sum(yours.values())
        if mine.keys().isdisjoint(yours) and _is_told(mine, yours):
            yield affected, code_system, label, _most(mine), _most(yours)


def codes_with_other_labels(ours: Bounded, theirs: Bounded) -> Iterator[Found]:
    """Codes that both have, with labels that have little in common."""
    from rapidfuzz.fuzz import token_set_ratio  # where it is needed

    one, other = _by_code(ours), _by_code(theirs)
    for code_system, code in sorted(one.keys() & other.keys()):
        mine, yours = one[code_system, code], other[code_system, code]
        labels = _most(mine), _most(yours)
        affected = sum(mine.values()) + sum(yours.values())
        if token_set_ratio(*labels) < ALIKE and _is_told(mine, yours):
            yield affected, code_system, code, *labels


def _by_label(labels: Bounded) -> _By:
    found: _By = {}
    for key, count in labels.counts.items():
        if isinstance(key, tuple) and (label := plain(key[2])):
            codes = found.setdefault((key[0], label), {})
            codes[key[1]] = codes.get(key[1], 0) + count
    return found


def _by_code(labels: Bounded) -> _By:
    found: _By = {}
    for key, count in labels.counts.items():
        if isinstance(key, tuple) and (label := plain(key[2])):
            of_code = found.setdefault((key[0], key[1]), {})
            of_code[label] = of_code.get(label, 0) + count
    return found


def _is_told(mine: dict[str, int], yours: dict[str, int]) -> bool:
    """Whether what each has most is met often enough to be shown."""
    return min(max(mine.values()), max(yours.values())) > MOST_HIDDEN


def _most(counts: dict[str, int]) -> str:
    return min(counts, key=lambda text: (-counts[text], text))
