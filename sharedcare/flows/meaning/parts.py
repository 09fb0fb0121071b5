"""Parts: what each organisation says of one category, in a way in which it can be compared.

One part is one holding or one feed of it. What is compared depends on the kind of difference: words
for a meaning, sets for code systems and standards, times for windows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from sharedcare.flows.meaning.clash import ClashKind, Party
from sharedcare.flows.meaning.feeds import Feed, Feeds, Liveliness, told
from sharedcare.landscape import Holding
from sharedcare.quantities import Unknown

#: How many organisations it takes for two of them to differ.
SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A party, and what can be compared of it: None where it is not known.

    ``system`` holds it; ``to`` is the place where its feed leads, None for what is held.
    """

    party: Party
    system: str
    to: str | None
    value: object | None


def unlike(parts: Collection[Part]) -> bool | None:
    """Whether two values that are said differ, whoever says them."""
    return len({part.value for part in parts if part.value is not None}) > 1


def nothing_shared(parts: Collection[Part]) -> bool | None:
    """Whether organisations that say all their values, as sets, have none in common."""
    said = _by_organisation(parts)
    whole = [
        frozenset[object]().union(*(value for value in values if isinstance(value, frozenset)))
        for values in said.values()
        if None not in values
    ]
    return len(whole) >= SEVERAL and not frozenset.intersection(*whole)


def apart(parts: Collection[Part]) -> bool | None:
    """Whether two organisations share no value; None where one does not say all its own."""
    values = list(_by_organisation(parts).values())
    pairs = [(a, b) for at, a in enumerate(values) for b in values[at + 1 :] if not a & b - {None}]
    if any(None not in a | b for a, b in pairs):
        return True
    return None if any(a | b != {None} for a, b in pairs) else False


def apart_or_not_said(parts: Collection[Part]) -> bool | None:
    """Whether two organisations share no value; None also where none of them says its own."""
    silent = [values for values in _by_organisation(parts).values() if values == {None}]
    return apart(parts) or (None if len(silent) >= SEVERAL else apart(parts))


def _by_organisation(parts: Iterable[Part]) -> dict[str, set[object]]:
    said: dict[str, set[object]] = {}
    for part in parts:
        said.setdefault(part.party.organisation, set()).add(part.value)
    return said


#: Whether parts of each kind differ: surely (True), perhaps (None), or not.
RULES: dict[ClashKind, Callable[[Collection[Part]], bool | None]] = {
    ClashKind.MEANING: unlike,
    ClashKind.CODE_SYSTEM: nothing_shared,
    ClashKind.STANDARD: nothing_shared,
    ClashKind.LIVELINESS: apart_or_not_said,
    ClashKind.HISTORY: apart,
}


def parts_of(
    kind: ClashKind, category: str, organisations: Iterable[str], feeds: Feeds
) -> tuple[Part, ...]:
    """What some organisations say of a category, as far as one kind of difference looks at it."""
    return tuple(part for key in organisations for part in _parts(kind, category, key, feeds))


def _parts(kind: ClashKind, category: str, organisation: str, feeds: Feeds) -> Iterator[Part]:
    if kind in _OF_HOLDINGS:
        for system_id, holding in feeds.held_by(organisation, category).items():
            said, value = _OF_HOLDINGS[kind](holding)
            certain = feeds.in_use.system(system_id, perhaps=False)
            party = Party(organisation, category, f"systems.{system_id}", said, certain)
            yield Part(party, system_id, None, value)
    if kind in _OF_FEEDS:
        for feed in _regular(feeds.of(organisation, category)):
            said, value = _OF_FEEDS[kind](feed)
            if kind is ClashKind.MEANING and value is None:
                continue  # a feed that says nothing else means what its source means
            party = Party(organisation, category, f"flows.{feed.flow_id}", said, feed.certain)
            yield Part(party, feed.system, feed.flow.to, value)


def _regular(feeds: Collection[Feed]) -> list[Feed]:
    """The feeds that run by themselves, if there are any: a call beside them is no feed."""
    running = [feed for feed in feeds if feed.liveliness is not Liveliness.BY_HAND]
    return running or list(feeds)


#: What is said, in words, and the value that stands for it in a comparison.
Said = tuple[str | None, object | None]


def _words(text: str | None) -> Said:
    """A text, compared without regard to capitals and spaces."""
    said = told(text)
    return said, None if said is None else " ".join(said.casefold().split())


def _names(names: Collection[str]) -> Said:
    """A list of names, compared as a set; not known where any of them is not."""
    if not names or any(told(name) is None for name in names):
        return None, None
    return ", ".join(names), frozenset(names)


def _standard(holding: Holding) -> Said:
    said, value = _words(holding.standard)
    return said, None if value is None else frozenset({value})


def _pace(feed: Feed) -> Said:
    if feed.pace is not None:
        return feed.pace, feed.flow.interval if "every" in feed.pace else feed.pace
    is_range = feed.flow.interval is not None and not isinstance(feed.flow.interval, Unknown)
    return (f"every {feed.flow.interval}" if is_range else None), None


def _window(feed: Feed) -> Said:
    window = feed.window
    if window is not None:
        return str(window), window
    ends = [end for end in (feed.holding.history, feed.flow.history) if end is not None]
    at_most = [str(end) for end in ends if not isinstance(end, Unknown)]
    return (f"at most {at_most[-1]}" if at_most else None), None


_OF_HOLDINGS: dict[ClashKind, Callable[[Holding], Said]] = {
    ClashKind.MEANING: lambda holding: _words(holding.meaning),
    ClashKind.CODE_SYSTEM: lambda holding: _names(holding.code_systems),
    ClashKind.STANDARD: _standard,
}

_OF_FEEDS: dict[ClashKind, Callable[[Feed], Said]] = {
    ClashKind.MEANING: lambda feed: _words(feed.carried.meaning),
    ClashKind.LIVELINESS: _pace,
    ClashKind.HISTORY: _window,
}
