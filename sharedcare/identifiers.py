"""Ids of a landscape profile: slugs, dotted category ids, ODS codes, and suggestions for slips."""

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

#: Words with a meaning of their own, which no entry may take as its id.
RESERVED = frozenset({"all", "unknown", "none"})

MAX_ID_LENGTH = 64

#: How alike two words must be (difflib's ratio) for one to be suggested for the other.
LIKENESS = 0.7

#: Suggestions that are made for one document.
MOST_HINTS = 100

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
_DOTTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)*", re.ASCII)
_ODS = re.compile(r"[A-Z0-9]{3,10}", re.ASCII)
_NOT_SLUG = re.compile(r"[^a-z0-9]+", re.ASCII)


def is_slug(text: str) -> bool:
    """Whether a text is an id: ASCII letters, digits, ``_`` and ``-``, at most 64 characters."""
    return len(text) <= MAX_ID_LENGTH and bool(_SLUG.fullmatch(text)) and text not in RESERVED


def is_category_id(text: str) -> bool:
    """Whether a text is the id of a data category: slugs joined by dots."""
    return len(text) <= 2 * MAX_ID_LENGTH and bool(_DOTTED.fullmatch(text)) and text not in RESERVED


def is_ods_code(text: str) -> bool:
    """Whether a text has the shape of an ODS code (Organisation Data Service, NHS England)."""
    return bool(_ODS.fullmatch(text))


def slug_of(text: str) -> str:
    """Make a safe file or anchor name of any text: never empty, never a path."""
    return _NOT_SLUG.sub("-", text.lower()).strip("-")[:MAX_ID_LENGTH] or "x"


def nearest(word: str, known: Iterable[str], likeness: float = LIKENESS) -> str | None:
    """Return the known word that ``word`` is most likely a slip of, or None."""
    return _nearest(word[:MAX_ID_LENGTH], tuple(known), likeness)


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...], likeness: float) -> str | None:
    folded = {candidate.lower(): candidate for candidate in sorted(known, reverse=True)}
    close = difflib.get_close_matches(word.lower(), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str], likeness: float = LIKENESS) -> str:
    """Return `` (did you mean x?)`` with a space in front, or an empty text."""
    found = nearest(word, known, likeness)
    return f" (did you mean {found}?)" if found else ""


class Hints:
    """Suggestions for slips, up to a number of them: each looks through all that is known."""

    def __init__(self, most: int = MOST_HINTS) -> None:
        self.left = most

    def hint(self, word: str, known: Iterable[str], likeness: float = LIKENESS) -> str:
        """Return what :func:`did_you_mean` does, or nothing once too many were asked for."""
        self.left -= 1
        return did_you_mean(word, known, likeness) if self.left >= 0 else ""
