"""Counts by key in bounded memory: exact up to a number of keys, and a fair sample above it.

Above it the keys with the smallest hashes are kept, each with its exact count (bottom-k sampling;
Cohen and Kaplan 2007, doi:10.1145/1281100.1281133). A key among the smallest of all is among the
smallest of every part that holds it, so that adding parts in any order and grouping gives the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

#: Distinct keys that are kept: more than the codes of most systems, and the people of a small one.
MOST_KEYS = 100_000

_HASHES = 2**64

Key = int | tuple[str, ...]


@dataclass(slots=True)
class Bounded:
    """Counts of at most ``most`` keys; ``is_sample`` once there were more.

    An integer key is a hash already; any other is hashed here, the same in every process.
    """

    most: int = MOST_KEYS
    counts: dict[Key, int] = field(default_factory=dict)
    is_sample: bool = False
    _ranks: dict[Key, int] = field(default_factory=dict, compare=False, repr=False)
    _limit: int = field(default=_HASHES, compare=False, repr=False)

    def add_all(self, counts: Mapping[Key, int] | Iterable[tuple[Key, int]]) -> None:
        """Add counts, and let go of the keys that are too many now."""
        if not isinstance(counts, Mapping):
            self._add_each(counts)
        elif self.counts or self.is_sample:
            self._add_each(counts.items())
        else:
            self.counts.update(counts)  # the first, which are mostly many
        if len(self.counts) > self.most:
            self._let_go()

    def _add_each(self, pairs: Iterable[tuple[Key, int]]) -> None:
        held = self.counts
        for key, count in pairs:
            if key in held:
                held[key] += count
            elif not self.is_sample or self._is_within(key):
                held[key] = count

    def _is_within(self, key: Key) -> bool:
        """Whether a new key can be among those that are kept; if so its hash is noted."""
        rank = _rank(key)
        if rank <= self._limit:
            self._ranks[key] = rank
        return rank <= self._limit

    def _let_go(self) -> None:
        known = self._ranks
        ranks = {key: known.get(key) or _rank(key) for key in self.counts}
        kept = sorted(ranks, key=ranks.__getitem__)[: self.most]
        self.counts = {key: self.counts[key] for key in kept}
        self._ranks = {key: ranks[key] for key in kept}
        self._limit = ranks[kept[-1]]
        self.is_sample = True

    def add(self, other: "Bounded") -> None:
        """Add what was counted elsewhere with the same bound."""
        self.is_sample |= other.is_sample
        self._limit = min(self._limit, other.reaches)
        self.add_all(other.counts)

    @property
    def distinct(self) -> int:
        """How many keys there are; an estimate where they are a sample."""
        if not self.is_sample:
            return len(self.counts)
        return (len(self.counts) - 1) * _HASHES // max(1, self.reaches)

    @property
    def reaches(self) -> int:
        """The hash up to which every key is kept."""
        return self._limit

    def up_to(self, hash_: int) -> set[Key]:
        """The keys whose hash is not above another's."""
        return {key for key in self.counts if _rank(key) <= hash_}


def shared(one: Bounded, other: Bounded) -> tuple[int, int, int]:
    """Distinct keys of one, of the other and of both, in the part that both kept whole."""
    limit = min(one.reaches, other.reaches)
    ours, theirs = one.up_to(limit), other.up_to(limit)
    return len(ours), len(theirs), len(ours & theirs)


def _rank(key: Key) -> int:
    return key if isinstance(key, int) else hashed("\x1f".join(key).encode("utf-8", "replace"))


def hasher(key: bytes) -> Callable[[bytes], int]:
    """Return what hashes as :func:`hashed` does with a key, but takes the key in only once."""
    begun = blake2b(digest_size=8, key=key)

    def hashed_by_key(data: bytes) -> int:
        made = begun.copy()
        made.update(data)
        return int.from_bytes(made.digest(), "big")

    return hashed_by_key


def hashed(data: bytes, key: bytes = b"") -> int:
    """Return a hash of 64 bits, which cannot be turned back where there is a key."""
    return int.from_bytes(blake2b(data, digest_size=8, key=key).digest(), "big")
