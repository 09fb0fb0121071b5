"""Arithmetic with sets of codes of which something may not be known.

Of every set it holds that what is listed is in for sure. ``unknown`` gives the reasons for which
something more may be in; where there is none, nothing more is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes by code system, code systems that are in with every code, and reasons for doubt."""

    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    whole: frozenset[str] = _NOTHING
    unknown: tuple[str, ...] = ()

    def __or__(self, other: "CodeSet") -> "CodeSet":
        """Return what is in either."""
        return joined([self, other])

    def __and__(self, other: "CodeSet") -> "CodeSet":
        """Return what is in both."""
        made = {system: self._in(system, other) for system in sorted({*self.codes, *other.codes})}
        codes = {system: found for system, found in made.items() if found}
        return CodeSet(codes, self.whole & other.whole, self._doubts_in_both(other))

    def _in(self, system: str, other: "CodeSet") -> frozenset[str]:
        mine = self.codes.get(system, _NOTHING)
        theirs = other.codes.get(system, _NOTHING)
        if system in other.whole:
            return mine
        return theirs if system in self.whole else mine & theirs

    def _doubts_in_both(self, other: "CodeSet") -> tuple[str, ...]:
        """Where one side is surely empty, the doubts of the other are of no matter."""
        return () if self.is_empty or other.is_empty else _reasons(self, other)

    @property
    def is_empty(self) -> bool:
        """Whether surely nothing is in."""
        return not (self.unknown or self.whole or any(self.codes.values()))

    def __sub__(self, other: "CodeSet") -> "CodeSet":
        """Return what is in the first and not in the other.

        Codes of which it is not known whether the other holds them are listed no more.
        """
        if other.unknown:
            return CodeSet({}, _NOTHING, _reasons(self, other))
        codes = {
            system: found - other.codes.get(system, _NOTHING)
            for system, found in self.codes.items()
            if system not in other.whole
        }
        torn = [system for system in sorted(self.whole) if other.codes.get(system)]
        reasons = tuple(f"it leaves codes out of {system}, which is not listed" for system in torn)
        kept = CodeSet(
            {system: found for system, found in codes.items() if found},
            self.whole - other.whole - set(torn),
            self.unknown,
        )
        return kept | CodeSet(unknown=reasons)


def joined(sets: Iterable[CodeSet]) -> CodeSet:
    """Return what is in any of some sets; a code system that only one of them has is not copied."""
    found: dict[str, frozenset[str] | set[str]] = {}
    whole: set[str] = set()
    unknown: dict[str, None] = {}
    for one in sets:
        whole |= one.whole
        unknown.update(dict.fromkeys(one.unknown))
        for system, codes in one.codes.items():
            if system not in found:
                found[system] = codes
                continue
            if isinstance(found[system], frozenset):
                found[system] = set(found[system])
            found[system] |= codes
    made = {system: frozenset(codes) for system, codes in found.items() if system not in whole}
    return CodeSet(made, frozenset(whole), tuple(unknown))


def _reasons(first: CodeSet, second: CodeSet) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first.unknown, *second.unknown)))
