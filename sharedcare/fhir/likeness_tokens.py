"""From what may vary in a text, piece by piece, to parts of likenesses (see ``likeness``)."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Any, NamedTuple

from sharedcare.fhir.likeness import Alike, Key, Part, Step

#: What may stand at one place, or follow on one part.
MAX_KNOWN = 12


class Unlike(Exception):
    """No likeness can be made, because more varies than may."""


class Sort(Enum):
    """What is done with a piece of a text."""

    #: It is the same in all texts.
    FIXED = auto()
    #: Its pattern tells all that is asked of it.
    VARYING = auto()
    #: It is kept for itself, or together with the others that are.
    ALONE = auto()
    TOGETHER = auto()
    #: What kind of thing follows decides, not what came before: nothing is kept across this.
    BORDER = auto()
    #: It is judged; it leads somewhere within a Bundle; it is a list of objects.
    JUDGED = auto()
    LEAD = auto()
    LIST = auto()


class Of(NamedTuple):
    """What is kept alone: in which element of the resource, and of what it may be told anywhere."""

    member: str
    kind: str


class Token(NamedTuple):
    """A piece of a text; ``more`` is what is needed of its sort.

    That is an ``Of``, what judges, the types that it may lead to, or the objects of the list. What
    is fixed stands in ``pattern`` as it is.
    """

    sort: Sort
    pattern: str
    more: Any = None

    @property
    def expression(self) -> str:
        """What matches it."""
        return re.escape(self.pattern) if self.sort is Sort.FIXED else self.pattern


class Group(NamedTuple):
    """Tokens that are looked at as one slice of a text, or one that is not looked at."""

    tokens: tuple[Token, ...]

    @property
    def sort(self) -> Sort:
        """What is done with all of it."""
        return self.tokens[0].sort

    @property
    def more(self) -> Any:
        """What is needed of its sort."""
        return self.tokens[0].more

    @property
    def is_looked_at(self) -> bool:
        """Whether its slice is wanted."""
        return self.sort not in _UNGROUPED

    @property
    def expression(self) -> str:
        """What matches it, as a group where its slice is wanted."""
        found = "".join([token.expression for token in self.tokens])
        return f"({found})" if self.is_looked_at else found


_KEPT = frozenset({Sort.ALONE, Sort.TOGETHER})
_UNGROUPED = frozenset({Sort.FIXED, Sort.VARYING, Sort.LIST, Sort.BORDER})


class Likenesses:
    """All likenesses that were made, by the place of the objects."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._places: dict[bytes, Alike] = {}
        self._parts: dict[str, Part] = {}
        self._kept: dict[str, set[Key]] = {}

    def at(self, place: bytes) -> Alike | None:
        """Return the likenesses of a place, None where there are none."""
        return self._places.get(place)

    def taking(self, place: str) -> Alike:
        """Return the likenesses of a place, where there will be some."""
        return self._places.setdefault(place.encode("utf-8"), Alike())

    def forget(self) -> None:
        """Forget all slices that were good."""
        for good in self._kept.values():
            good.clear()

    def add(self, place: str, tokens: list[Token]) -> None:
        """Add what an object looks like; raises Unlike where there is no room for more."""
        alike, path = self.taking(place), place
        alike.made += 1
        known = alike.parts
        for piece in _pieces(tokens):
            path += "".join([f"{token.sort.name} {token.pattern} " for token in piece])
            if path not in self._parts:
                if not self._left or len(known) == MAX_KNOWN:
                    raise Unlike
                self._left -= 1
                self._parts[path] = self._made(path, piece)
                known.append(self._parts[path])
            known = self._parts[path].others
        self._parts[path].ends = self._kept.setdefault(path, set())

    def _made(self, path: str, tokens: list[Token]) -> Part:
        """Make a part of its tokens."""
        groups = list(_joined(tokens))
        numbered = list(enumerate([one for one in groups if one.is_looked_at], start=1))
        found = {
            sort: [(number, one) for number, one in numbered if one.sort is sort] for sort in Sort
        }
        part = Part(*_steps(groups), "".join([one.expression for one in groups]).encode("latin-1"))
        part.alone = tuple(
            [
                (number, self._good(path, number, one), one.more.member)
                for number, one in found[Sort.ALONE]
            ]
        )
        part.together = tuple([number for number, _ in found[Sort.TOGETHER]])
        part.judged = tuple([(number, one.more) for number, one in found[Sort.JUDGED]])
        part.leads = tuple([(number, one.more) for number, one in found[Sort.LEAD]])
        part.listed = next((one.more for one in tokens if one.sort is Sort.LIST), None)
        return part

    def _good(self, path: str, number: int, group: Group) -> set[Key]:
        """Return the slices that were good there, or wherever something of the kind stands."""
        kind: str = group.more.kind
        name = f"{kind} {group.expression}" if kind else f"{path} {number}"
        return self._kept.setdefault(name, set())


def _pieces(tokens: list[Token]) -> Iterator[list[Token]]:
    """Cut the tokens of an object after its lists."""
    piece: list[Token] = []
    for token in tokens:
        piece.append(token)
        if token.sort is Sort.LIST:
            yield piece
            piece = []
    yield piece


def _joined(tokens: list[Token]) -> Iterator[Group]:
    """Group tokens: those that are kept are one with nothing between them that may vary."""
    waiting: list[Token] = []  # what is kept, and what followed that is fixed
    last = 0  # how many of these there are up to the last that is kept
    for token in tokens:
        if waiting and (token.sort is waiting[0].sort or _may_follow(waiting[0], token)):
            waiting.append(token)
            last = len(waiting) if token.sort is waiting[0].sort else last
            continue
        yield from _groups(waiting, last)
        waiting, last = ([token], 1) if token.sort in _KEPT else ([], 0)
        if not waiting:
            yield Group((token,))
    yield from _groups(waiting, last)


def _groups(waiting: list[Token], last: int) -> Iterator[Group]:
    """Make one group of the first so many tokens, and one of each other."""
    if waiting:
        yield Group(tuple(waiting[:last]))
        yield from [Group((token,)) for token in waiting[last:]]


def _steps(groups: list[Group]) -> tuple[list[Step], bytes]:
    """Return the steps that match groups one piece after another, and what comes after them."""
    steps: list[Step] = []
    before = b""
    for group in groups:
        last = len(group.tokens) - 1
        for place, token in enumerate(group.tokens):
            if token.sort is Sort.FIXED:
                before += token.pattern.encode("latin-1")
            elif token.pattern:
                match = re.compile(token.pattern.encode("latin-1")).match
                is_first, is_last = place == 0, place == last
                steps.append(
                    (before, match, group.is_looked_at and is_first, group.is_looked_at and is_last)
                )
                before = b""
    return steps, before


def _may_follow(kept: Token, token: Token) -> bool:
    """Whether what is kept may go on after a token."""
    return token.sort is Sort.FIXED or (token.sort is Sort.BORDER and kept.sort is Sort.TOGETHER)


def tied(tokens: list[Token]) -> list[Token]:
    """Keep together what is kept of an object, if something that varies stands between."""
    if sum(one.sort is Sort.ALONE for one in _joined(tokens)) <= 1:
        return tokens
    return [
        token._replace(sort=Sort.TOGETHER) if token.sort is Sort.ALONE else token
        for token in tokens
    ]


def repeated(items: list[list[Token]], comma: str) -> Token | None:
    """Return a list whose objects need no look of their own as one token, None of others."""
    sorts = {token.sort for item in items for token in item}
    if sorts - {Sort.FIXED, Sort.VARYING, Sort.LEAD, Sort.BORDER}:
        return None
    one = "|".join(dict.fromkeys("".join([token.expression for token in item]) for item in items))
    pattern = rf"\[(?:(?:{one})(?:{comma}(?=\{{)|(?=\])))++\]"
    if Sort.LEAD not in sorts:
        return Token(Sort.VARYING, pattern)
    leads = [token.more for item in items for token in item if token.sort is Sort.LEAD]
    targets = frozenset.intersection(*leads)
    return Token(Sort.LEAD, pattern, targets) if targets else None
