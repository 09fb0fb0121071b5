"""One profile from the maps of several files.

Maps are put together entry by entry, ``defaults`` value by value; a second ``meta`` is a fault. So
is what two files say, even if they say the same, because tomorrow only one of them will be changed.
The first is kept, so that what refers to it can still be checked.
"""

from collections.abc import Iterable

from sharedcare.loading.includes import INCLUDES
from sharedcare.places import Fault, LocatedMap, LocatedText
from sharedcare.reading import FaultList
from sharedcare.reading.fault_list import place_words

#: How many keys lead to what only one of the files may say, where these are not two.
KEYS_TO_ONE = {"meta": 1, "defaults": 3}

_SAID = "this is said at {first} already; keep it in one of the files, or rename it"


def merged(trees: Iterable[LocatedMap], faults: FaultList) -> LocatedMap:
    """Put the maps of a profile's files together; what two of them say is added to ``faults``.

    The first map's maps are those that are added to.
    """
    first, *others = trees
    whole = LocatedMap(((key, first[key]) for key in first if key != INCLUDES), first.place)
    whole.keys_at = first.keys_at
    for other in others:
        for key in other:
            if key != INCLUDES:
                _add(whole, other, key, KEYS_TO_ONE.get(key, 2), faults)
    return whole


def _add(into: LocatedMap, other: LocatedMap, key: str, keys: int, faults: FaultList) -> None:
    """Add what another map says behind a key; ``keys`` from here on lead to what one file says."""
    ours, theirs, place = into.get(key), other[key], other.keys_at[key]
    if ours is None or _says_nothing(ours):
        into[key], into.keys_at[key] = theirs, place
    elif keys > 1 and isinstance(ours, LocatedMap) and isinstance(theirs, LocatedMap):
        for inner in theirs:
            _add(ours, theirs, inner, keys - 1, faults)
    elif not _says_nothing(theirs):
        said = _SAID.format(first=place_words(into.keys_at[key], place))
        faults.add(Fault(place, "DUPLICATE_ENTRY", said))


def _says_nothing(value: object) -> bool:
    return isinstance(value, LocatedText) and value.plain and value in ("", "~", "null")
