"""Near-identical answers: which texts are one template with slight changes.

Texts are compared word by word (rapidfuzz, Indel similarity). Each text is compared only with the
first of each template found so far that shares some of its rarest marks: pairs of words that a
hash puts first, the same few whatever the text is embedded in. So 7,500 texts take little more than
75 times as long as 100. The most frequent texts come first, then the alphabet: the order of the
rows changes nothing.
"""

import heapq
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from sharedcare.experience.feedback.thresholds import ALIKE

Words = tuple[str, ...]

#: Marks of a text by which others that may be like it are found. Two texts with half of their pairs
#: of words in common share none of theirs less than once in a hundred times.
MARKS = 12

#: A mark that so many templates bear tells nothing more.
MOST_BEARERS = 40

#: Templates that a text is compared with, those that share most marks first.
MOST_COMPARED = 12


def alike(texts: Sequence[Words]) -> tuple[int, ...]:
    """Give each text the number of its group; near-identical texts have the same."""
    counts = Counter(texts)
    ordered = sorted(counts, key=lambda words: (-counts[words], words))
    groups = _Groups()
    found = {words: groups.group_of(words) for words in ordered}
    return tuple(found[words] for words in texts)


class _Groups:
    """Groups of near-identical texts, each known by its first text."""

    def __init__(self) -> None:
        self.firsts: list[Words] = []
        self.bearers: defaultdict[int, list[int]] = defaultdict(list)

    def group_of(self, words: Words) -> int:
        """Find the most similar group, or begin one."""
        marks = _marks(words)
        group = self._most_like(words, marks)
        return self._begin(words, marks) if group is None else group

    def _most_like(self, words: Words, marks: Sequence[int]) -> int | None:
        from rapidfuzz.distance import Indel

        shared = Counter(group for mark in marks for group in self.bearers.get(mark, ()))
        best, most = None, float(ALIKE)
        for group in heapq.nsmallest(MOST_COMPARED, shared, key=lambda g: (-shared[g], g)):
            likeness = Indel.normalized_similarity(words, self.firsts[group], score_cutoff=most)
            if likeness and (best is None or likeness > most):
                best, most = group, likeness
        return best

    def _begin(self, words: Words, marks: Sequence[int]) -> int:
        self.firsts.append(words)
        group = len(self.firsts) - 1
        for mark in marks:
            if len(self.bearers[mark]) < MOST_BEARERS:
                self.bearers[mark].append(group)
        return group


def _marks(words: Words) -> list[int]:
    """The pairs of words that a hash puts first, and the whole of a text of one word."""
    pairs = {f"{one} {next_}" for one, next_ in pairwise(words)} or {" ".join(words)}
    return heapq.nsmallest(MARKS, {zlib.crc32(pair.encode("utf-8", "replace")) for pair in pairs})
