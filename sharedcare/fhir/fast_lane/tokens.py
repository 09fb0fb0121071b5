"""From what may vary in a text, piece by piece, to the forms of likenesses (see ``likeness``)."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Any, NamedTuple

import msgspec

from sharedcare.fhir.fast_lane.likeness import Form, Key, Link, Met, Objects, Resources, end_in
from sharedcare.fhir.fast_lane.varying import DEAR

#: Forms of one element, or elements that may follow on one.
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


class Written(NamedTuple):
    """An element as it stands in a resource: the keys in its tokens, of which the last is its own.

    ``is_bound`` says that a rule asks what it holds together with what others do, ``is_known`` that
    it is in a form that it was met in; it has no tokens then.
    """

    name: str
    tokens: list[Token]
    is_bound: bool
    is_known: bool = False


class Likenesses:
    """All likenesses that were made, by the place of the objects."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._resources: dict[bytes, Resources] = {}
        self._objects: dict[str, Objects] = {}
        self._elements: dict[str, list[Form]] = {}
        self._links: dict[str, Link] = {}
        self._forms: dict[str, Form] = {}
        self._kept: dict[str, set[Key]] = {}

    def at(self, beginning: bytes) -> Resources | None:
        """Return the likenesses of resources that begin so, None where there are none."""
        return self._resources.get(beginning)

    def made(self) -> int:
        """Return how many were made."""
        return sum(one.made for one in self._resources.values())

    def objects_at(self, place: str) -> Objects:
        """Return the likenesses of the objects of a list, where there will be some."""
        return self._objects.setdefault(place, Objects())

    def forget(self) -> None:
        """Forget all slices that were good."""
        for good in self._kept.values():
            good.clear()

    def has_form(self, place: str, name: str, text: bytes) -> bool:
        """Whether an element that is not bound, key and all, is in a form that it was met in."""
        forms = self._elements.get(f"{place}/{name} ", [])
        try:
            return end_in(forms, text, 0, Met(), []) == len(text)
        except (IndexError, msgspec.DecodeError):
            return False

    def add(self, beginning: str, place: str, elements: list[Written]) -> None:
        """Add what a resource looks like; raises Unlike where there is no room for more.

        ``place`` is where forms are shared, ``beginning`` how the text begins.
        """
        resources = self._resources.setdefault(beginning.encode("utf-8"), Resources())
        resources.made += not all(element.is_known for element in elements)
        link, path = resources.first, place
        for element in elements:
            link, path = self._follow(link, path, place, element)
        link.ends = self._kept.setdefault(path, set())

    def add_object(self, place: str, tokens: list[Token]) -> None:
        """Add what an object of a list looks like; raises Unlike where there is no room."""
        self._formed(self.objects_at(place).forms, place, tokens, is_bound=False)

    def _follow(self, link: Link, path: str, place: str, element: Written) -> tuple[Link, str]:
        """Return the link of an element that comes after another, and the path to it."""
        name = f"{element.name} {_spelt(element.tokens) if element.is_bound else ''}"
        path = f"{path}/{name}"
        if path not in self._links:
            self._take_room(link.followers)
            at = path if element.is_bound else f"{place}/{name}"
            self._links[path] = Link(self._elements.setdefault(at, []))
            link.followers.append(self._links[path])
        found = self._links[path]
        if not element.is_known:
            self._formed(found.forms, place, element.tokens, is_bound=element.is_bound)
        return found, path

    def _formed(
        self, forms: list[Form], place: str, tokens: list[Token], *, is_bound: bool
    ) -> None:
        """See to it that one of some forms is that of tokens."""
        name = f"{place} {is_bound} {_spelt(tokens)}"
        if name not in self._forms:
            self._take_room(forms)
            self._forms[name] = self._made(name, tokens, is_bound)
        if self._forms[name] not in forms:
            self._take_room(forms)
            forms.append(self._forms[name])

    def _take_room(self, known: list[Any]) -> None:
        """Take room for one more of what is known; raises Unlike where there is none."""
        if not self._left or len(known) == MAX_KNOWN:
            raise Unlike
        self._left -= 1

    def _made(self, name: str, tokens: list[Token], is_bound: bool) -> Form:
        """Make a form of its tokens."""
        groups = list(_joined(tokens))
        numbered = list(enumerate([one for one in groups if one.is_looked_at], start=1))
        found = {
            sort: [(number, one) for number, one in numbered if one.sort is sort] for sort in Sort
        }
        form = Form("".join([one.expression for one in groups]).encode("latin-1"))
        form.kept = tuple(
            [
                ((number,), self._good(name, number, one), one.more.member)
                for number, one in found[Sort.ALONE]
            ]
        )
        together = tuple([number for number, _ in found[Sort.TOGETHER]])
        if is_bound:
            form.together = together
        elif together:
            good = self._kept.setdefault(f"{name} together", set())
            form.kept += ((together, good, found[Sort.TOGETHER][0][1].more.member),)
        form.judged = tuple(
            [(number, one.more, one.more in DEAR) for number, one in found[Sort.JUDGED]]
        )
        form.leads = tuple([(number, one.more) for number, one in found[Sort.LEAD]])
        form.listed = next((one.more for one in tokens if one.sort is Sort.LIST), None)
        form.asks_more = bool(numbered or form.listed)
        return form

    def _good(self, name: str, number: int, group: Group) -> set[Key]:
        """Return the slices that were good there, or wherever something of the kind stands."""
        kind: str = group.more.kind
        where = f"{kind} {group.expression}" if kind else f"{name} {number}"
        return self._kept.setdefault(where, set())


def _spelt(tokens: list[Token]) -> str:
    return "".join([f"{token.sort.name} {token.pattern} " for token in tokens])


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
