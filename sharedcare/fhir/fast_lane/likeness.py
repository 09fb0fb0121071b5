"""Likenesses: a text that looks like one that was found good is good, and need not be read.

What a resource looks like is told element by element, key and all. What may vary without any rule
being broken (ids, numbers, texts) is matched by what it may look like; what an expression cannot
tell (moments, narratives) is judged. All the rest is kept: it has to be the same as in a text that
was found good. An element of which no rule asks more than whether it is there may be in any of the
forms that it was met in, whatever the others are; the others are as they were together. The objects
of a list are each like one that was met there.

Forms are matched one after another; those of what is met often are put together in one expression.
"""

import re
from collections.abc import Callable
from re import Match
from typing import Any

#: Looks at a slice; false, or a DecodeError, where the full lane has to.
Judge = Callable[[bytes], object]

#: Slices that are kept: one alone, or some that have to be the same together.
Key = object

#: An address that has a meaning in its Bundle alone, and the types that it may lead to.
Lead = tuple[bytes, frozenset[str]]

#: What is new: the slices that were good there, the new one, and the element of the resource that
#: it stands in, which is empty where slices of several are kept together.
New = tuple[set[Key], Key, str]

#: Matches by the forms of elements after which they are put together in one expression: that takes
#: about as long, and matches twice as fast. How many such there may be for one kind of resource.
WORTH_COMPILING = 130
MAX_COMPILED = 12

#: What an object of a list keeps together with others.
_NONE: list[Key] = []

_COMMA, _END, _OPENED, _CLOSED, _SPACE = b",][} "
_addresses = re.compile(rb"urn:[^\"]++").findall


class Met:
    """What was met in a text that has a likeness; leads are noted where they are wanted.

    ``unjudged`` is what takes long to judge, and so is judged when all the rest is known.
    """

    __slots__ = ("leads", "new", "unjudged", "wants_leads")

    def __init__(self) -> None:
        self.new: list[New] = []
        self.leads: list[Lead] = []
        self.unjudged: list[tuple[Judge, bytes]] = []
        self.wants_leads = False

    def count(self) -> tuple[int, int, int]:
        """Return how much was met."""
        return len(self.new), len(self.leads), len(self.unjudged)

    def forget(self, new: int, leads: int, unjudged: int) -> None:
        """Forget what was met after so much, because it turned out to be unlike."""
        del self.new[new:]
        del self.leads[leads:]
        del self.unjudged[unjudged:]


class Form:
    """What an element looks like, with its key, or an object of a list.

    That is an expression, and what more is asked of slices that it gives (by number). Those of
    ``kept`` are kept alone or with each other: the good ones, and the element of the resource that
    they stand in, are beside. Those of ``together`` are kept with those of other elements;
    ``leads`` are quoted addresses, or lists in which some stand. After that comes a list whose
    objects are like those of ``listed``, if that is there.
    """

    __slots__ = (
        "asks_more",
        "expression",
        "groups",
        "judged",
        "kept",
        "leads",
        "listed",
        "match",
        "together",
    )

    def __init__(self, expression: bytes) -> None:
        self.expression = expression
        compiled = re.compile(expression)
        self.match = compiled.match
        self.groups = compiled.groups
        self.asks_more = False
        self.kept: tuple[tuple[tuple[int, ...], set[Key], str], ...] = ()
        self.together: tuple[int, ...] = ()
        self.judged: tuple[tuple[int, Judge, bool], ...] = ()
        self.leads: tuple[tuple[int, frozenset[str]], ...] = ()
        self.listed: Objects | None = None

    def end_of(self, found: Match[bytes], data: bytes, met: Met, together: list[Key]) -> int:
        """Return where what matched ends, -1 if it is unlike in what the expression cannot tell."""
        if self.judged and not self._is_judged_good(found, met):
            return -1
        at = found.end()
        if self.listed is not None and (at := self.listed.end_of_list(data, at, met)) < 0:
            return -1
        for groups, good, member in self.kept:
            if (key := found.group(*groups)) not in good:
                met.new.append((good, key, member))
        if self.together:
            together.extend(map(found.group, self.together))
        if met.wants_leads:
            for group, targets in self.leads:
                text = found[group]
                if text[0] == _OPENED:
                    met.leads += [(address, targets) for address in _addresses(text)]
                else:
                    met.leads.append((text[1:-1], targets))
        return at

    def _is_judged_good(self, found: Match[bytes], met: Met) -> bool:
        """Whether what is judged at once is good; the rest is noted."""
        for group, judge, is_dear in self.judged:
            if is_dear:
                met.unjudged.append((judge, found[group]))
            elif not judge(found[group]):
                return False
        return True


class Objects:
    """What the objects of a list look like."""

    __slots__ = ("forms",)

    def __init__(self) -> None:
        self.forms: list[Form] = []

    def end_of_list(self, data: bytes, at: int, met: Met) -> int:
        """Return where a list of such objects ends, -1 if one of them is unlike those known."""
        if data[at] != _OPENED:
            return -1
        before = met.count()
        after = _COMMA
        while after == _COMMA:
            at = end_in(self.forms, data, at + (2 if data[at + 1] == _SPACE else 1), met, _NONE)
            if at < 0:
                met.forget(*before)
                return -1
            after = data[at]
        return at + 1 if after == _END else -1


class Link:
    """An element that came next in a resource: its forms, and what came after it.

    Where nothing did, ``ends`` are the slices that were good together.
    """

    __slots__ = ("ended", "ends", "followers", "forms")

    def __init__(self, forms: list[Form]) -> None:
        self.forms = forms
        self.followers: list[Link] = []
        self.ends: set[Key] | None = None
        self.ended = 0


class Resources:
    """What the resources look like of which the texts begin in the same way."""

    __slots__ = ("_compiled", "accepted", "first", "made")

    def __init__(self) -> None:
        self.first = Link([])
        self.made = 0
        self.accepted = 0
        self._compiled: list[tuple[Link, list[Form]]] = []

    def is_like(self, data: bytes, met: Met) -> bool:
        """Whether a text is like those known, from its beginning to its end."""
        met.unjudged.clear()
        is_like = self._is_compiled(data, met) or self._is_linked(data, met)
        if is_like and met.unjudged:
            is_like = all(judge(text) for judge, text in met.unjudged)
        self.accepted += is_like
        return is_like

    def _is_compiled(self, data: bytes, met: Met) -> bool:
        """Whether a text is as those that are met often."""
        for place, (link, forms) in enumerate(self._compiled):
            at = 0
            together: list[Key] = []
            for form in forms:
                found = form.match(data, at)
                if found is None or (at := form.end_of(found, data, met, together)) < 0:
                    break
            else:
                if _is_end(link, data, at, met, together):
                    if place:
                        _bring_forward(self._compiled, place)
                    return True
            met.forget(0, 0, 0)
        return False

    def _is_linked(self, data: bytes, met: Met) -> bool:
        """Whether a text has elements that came after one another, each in a form it was met in.

        Where more than one may follow, those that were not tried are, if the first leads nowhere.
        """
        link, at, tried = self.first, 0, 0
        together: list[Key] = []
        untried: list[tuple[Link, int, int, int, tuple[int, int, int]]] = []
        while True:
            followers = link.followers
            if at + 1 == len(data):
                if _is_end(link, data, at, met, together):
                    break
            elif tried < len(followers):
                if tried + 1 < len(followers):
                    untried.append((link, at, tried + 1, len(together), met.count()))
                end = end_in(followers[tried].forms, data, at, met, together)
                if end >= 0:
                    link, at, tried = followers[tried], end, 0
                    continue
            if not untried:
                return False
            link, at, tried, kept, before = untried.pop()
            met.forget(*before)
            del together[kept:]
        link.ended += 1
        if link.ended > WORTH_COMPILING and len(self._compiled) < MAX_COMPILED:
            link.ended = 0
            self._compile(data)
        return True

    def _compile(self, data: bytes) -> None:
        """Put the forms of a text together, in as few as may be: a list of objects ends one."""
        way = _way(self.first, data, 0) or []
        made: list[Form] = []
        waiting: list[Form] = []
        for _, form in way:
            waiting.append(form)
            if form.listed is not None:
                made.append(_joined(waiting))
                waiting = []
        if waiting:
            made.append(_joined(waiting))
        if way:
            self._compiled.append((way[-1][0], made))


def _is_end(link: Link, data: bytes, at: int, met: Met, together: list[Key]) -> bool:
    """Whether a resource ends after an element, where it is noted if what it keeps is new."""
    if link.ends is None or at + 1 != len(data) or data[at] != _CLOSED:
        return False
    if together and (key := tuple(together)) not in link.ends:
        met.new.append((link.ends, key, ""))
    return True


def _way(link: Link, data: bytes, at: int) -> list[tuple[Link, Form]] | None:
    """Return the elements of a text from a byte on, and their forms; None if it is unlike."""
    if link.ends is not None and at + 1 == len(data):
        return []
    for following in link.followers:
        for form in following.forms:
            found = form.match(data, at)
            if found is not None and (end := form.end_of(found, data, Met(), [])) >= 0:
                rest = _way(following, data, end)
                if rest is not None:
                    return [(following, form), *rest]
    return None


def _joined(forms: list[Form]) -> Form:
    """Return one form of some that come after one another."""
    made = Form(b"".join([form.expression for form in forms]))
    before = 0
    for form in forms:
        made.kept += tuple(
            [
                (tuple([one + before for one in groups]), good, member)
                for groups, good, member in form.kept
            ]
        )
        made.together += tuple([one + before for one in form.together])
        made.judged += tuple([(one + before, judge, dear) for one, judge, dear in form.judged])
        made.leads += tuple([(one + before, targets) for one, targets in form.leads])
        made.asks_more |= form.asks_more
        made.listed = form.listed
        before += form.groups
    return made


def end_in(forms: list[Form], data: bytes, at: int, met: Met, together: list[Key]) -> int:
    """Return where what begins at a byte ends in the first form that it has, -1 if in none."""
    for place, form in enumerate(forms):
        found = form.match(data, at)
        if found is not None:
            end = form.end_of(found, data, met, together) if form.asks_more else found.end()
            if end >= 0:
                if place:
                    _bring_forward(forms, place)
                return end
    return -1


def _bring_forward(known: list[Any], place: int) -> None:
    """Let what is met most come to stand first."""
    known[place], known[place - 1] = known[place - 1], known[place]
