"""Likenesses: a text that looks like one that was found good is good, and need not be read.

What an object looks like is told by parts that its whole text has to match, one after another.
Keys stand in them as they are. What may vary without any rule being broken (ids, numbers, texts) is
matched by what it may look like; what an expression cannot tell (moments, narratives) is judged.
All the rest is kept: it has to be the same as in a text that was found good. Between two parts
stands a list, each object of which has to be like one that was met there.
"""

import re
from collections.abc import Callable
from re import Match

#: Looks at a slice; false, or a DecodeError, where the full lane has to.
Judge = Callable[[bytes], object]

#: Slices that are kept: one alone, or some that have to be the same together.
Key = object

#: An address that has a meaning in its Bundle alone, and the types that it may lead to.
Lead = tuple[bytes, frozenset[str]]

#: What is new: the slices that were good there, the new one, and the element of the resource that
#: it stands in, which is empty where slices are kept together.
New = tuple[set[Key], Key, str]

#: Looks at a text from a byte on, and gives slices by number and the end, as a ``Match`` does.
Matching = Callable[[bytes, int], "Match[bytes] | Slices | None"]

#: What stands there as it is, what matches what follows, and whether a slice begins and ends there.
Step = tuple[bytes, Callable[[bytes, int], Match[bytes] | None], bool, bool]

#: Matches of a part by steps after which all of it is compiled to one expression: that takes about
#: as long, and matches four times as fast.
WORTH_COMPILING = 40

_COMMA, _END, _OPENED, _SPACE = b",][ "
_addresses = re.compile(rb"urn:[^\"]++").findall


class Met:
    """What was met in a text that has a likeness; leads are noted where they are wanted."""

    __slots__ = ("leads", "new", "wants_leads")

    def __init__(self) -> None:
        self.new: list[New] = []
        self.leads: list[Lead] = []
        self.wants_leads = False

    def forget(self, new: int, leads: int) -> None:
        """Forget what was met after so many, because it turned out to be unlike."""
        del self.new[new:]
        del self.leads[leads:]


class Slices(list[bytes]):
    """The slices of a text, from number 1 on, and where the last step ended."""

    __slots__ = ("_end",)

    def __init__(self) -> None:
        self.append(b"")
        self._end = 0

    def ending(self, at: int) -> "Slices":
        """Note the end."""
        self._end = at
        return self

    def end(self) -> int:
        """Tell the end."""
        return self._end

    def group(self, *numbers: int) -> Key:
        """Return a slice, or some of them."""
        found = tuple([self[number] for number in numbers])
        return found if len(found) > 1 else found[0]


class Part:
    """What a text has to match, what is asked of slices of it (named by number), and what follows.

    The slices of ``alone`` are kept each for itself: the good ones, and the element of the resource
    that they stand in, are beside. Those of ``together`` are kept with those of the parts before
    and after; ``leads`` are addresses or lists of them. After that comes a list whose objects are
    like those of ``listed``, if that is there, and then one of ``others``, or the end: then
    ``ends`` are the slices that were good together.

    It is matched by steps at first, which are ready at once, and by one expression later.
    """

    __slots__ = (
        "_expression",
        "_left",
        "_rest",
        "_steps",
        "alone",
        "ends",
        "judged",
        "leads",
        "listed",
        "match",
        "others",
        "together",
    )

    def __init__(self, steps: list[Step], rest: bytes, expression: bytes) -> None:
        self._steps = steps
        self._rest = rest
        self._expression = expression
        self._left = WORTH_COMPILING
        self.match: Matching = self._match_by_steps
        self.alone: tuple[tuple[int, set[Key], str], ...] = ()
        self.together: tuple[int, ...] = ()
        self.judged: tuple[tuple[int, Judge], ...] = ()
        self.leads: tuple[tuple[int, frozenset[str]], ...] = ()
        self.listed: Alike | None = None
        self.others: list[Part] = []
        self.ends: set[Key] | None = None

    def _match_by_steps(self, data: bytes, at: int) -> Slices | None:
        found = Slices()
        begun = 0
        for before, match, begins, ends in self._steps:
            if not data.startswith(before, at):
                return None
            at += len(before)
            matched = match(data, at)
            if matched is None:
                return None
            if begins:
                begun = at
            at = matched.end()
            if ends:
                found.append(data[begun:at])
        if not data.startswith(self._rest, at):
            return None
        self._left -= 1
        if self._left < 0:
            self.match = re.compile(self._expression).match
        return found.ending(at + len(self._rest))

    def end_of(self, data: bytes, at: int, met: Met, key: Key) -> int:
        """Return where an object ends of which this part begins at a byte, -1 if it is unlike."""
        found = self.match(data, at)
        if found is None:
            return -1
        for group, judge in self.judged:
            if not judge(found[group]):
                return -1
        before = len(met.new), len(met.leads)
        key = self._noted(found, met, key)
        at = found.end()
        if self.listed is not None:
            at = self.listed.end_of_list(data, at, met)
        if at >= 0:
            at = self._end_after(data, at, met, key)
        if at < 0:
            met.forget(*before)
        return at

    def _noted(self, found: "Match[bytes] | Slices", met: Met, key: Key) -> Key:
        """Note what is new and where it leads; return what is kept together so far."""
        for group, good, member in self.alone:
            if found[group] not in good:
                met.new.append((good, found[group], member))
        if met.wants_leads:
            for group, targets in self.leads:
                met.leads += [(address, targets) for address in _addresses(found[group])]
        return (key, found.group(*self.together)) if self.together else key

    def _end_after(self, data: bytes, at: int, met: Met, key: Key) -> int:
        for part in self.others:
            end = part.end_of(data, at, met, key)
            if end >= 0:
                return end
        if self.ends is None:
            return -1
        if key is not None and key not in self.ends:
            met.new.append((self.ends, key, ""))
        return at


class Alike:
    """What the objects look like that stand at one place."""

    __slots__ = ("accepted", "made", "parts")

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.made = 0
        self.accepted = 0

    def end_of(self, data: bytes, at: int, met: Met) -> int:
        """Return where an object ends that begins at a byte, -1 if it is unlike those known."""
        parts = self.parts
        for place, part in enumerate(parts):
            end = part.end_of(data, at, met, None)
            if end >= 0:
                if place:  # so that what is met most comes to stand first
                    parts[place], parts[place - 1] = parts[place - 1], part
                self.accepted += 1
                return end
        return -1

    def end_of_list(self, data: bytes, at: int, met: Met) -> int:
        """Return where a list of such objects ends, -1 if one of them is unlike those known."""
        if data[at] != _OPENED:
            return -1
        after = _COMMA
        while after == _COMMA:
            at = self.end_of(data, at + (2 if data[at + 1] == _SPACE else 1), met)
            if at < 0:
                return -1
            after = data[at]
        return at + 1 if after == _END else -1
