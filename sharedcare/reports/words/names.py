"""What organisations are called in reports: by their type and a letter, or by name if asked.

A report goes to boards where competitors sit at one table; it is no league table. Sentences that
were made elsewhere hold names, so every text of a view passes :meth:`Names.in_words`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from sharedcare.landscape import Landscape

#: What an organisation of each usual type is called; other types are called by their own word.
_TYPES = {
    "acute": "Acute hospital",
    "primary_care": "Primary care",
    "community": "Community services",
    "mental_health": "Mental health services",
    "ambulance": "Ambulance service",
    "local_authority": "Local authority",
    "care_home": "Care home",
    "home_care": "Home care",
    "hospice": "Hospice",
    "pharmacy": "Pharmacy",
    "voluntary": "Voluntary organisation",
    "research": "Research partner",
    "national_body": "National body",
    "commissioner": "Commissioner",
    "supplier": "Supplier",
}

#: Words that tell a kind of partner and no partner. A name made of these alone names nobody.
_ORDINARY = frozenset((
    "a", "acute", "ambulance", "and", "authorities", "authority", "board", "body", "borough",
    "care", "city", "clinic", "clinics", "commissioner", "community", "council", "councils",
    "county", "for", "general", "gp", "gps", "group", "health", "home", "homes", "hospice",
    "hospices", "hospital", "hospitals", "local", "mental", "national", "network", "of",
    "office", "partner", "partners", "partnership", "pharmacies", "pharmacy", "practice",
    "practices", "primary", "programme", "provider", "providers", "region", "regional",
    "research", "sector", "service", "services", "social", "supplier", "suppliers", "system",
    "systems", "team", "teams", "the", "trust", "trusts", "voluntary",
))  # fmt: skip

#: Maps of a profile whose entries keep their own names, also where an ordinary word stands in them.
_OWN_NAMES = ("systems", "stakeholders", "flows", "agreements", "needs", "pathways", "changes")

NAMED = "Organisations are named, as was asked for."
UNNAMED = (
    "Organisations are called by their type and a letter, in the order of the profile; "
    "--name-organisations shows their names. Systems, roles and what authors wrote keep their own "
    "words."
)


class Names:
    """What each organisation of one landscape is called in one report."""

    def __init__(self, landscape: Landscape, named: bool) -> None:
        self.landscape = landscape
        self.named = named

    @property
    def note(self) -> str:
        """Say how organisations are called, and how to see their names."""
        return NAMED if self.named else UNNAMED

    def organisation(self, key: str) -> str:
        """Return what an organisation is called."""
        if self.named:
            return self.landscape.label("organisations", key)
        return self._aliases.get(key, "Partner")

    def organisations(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return what each of several organisations is called."""
        return tuple(map(self.organisation, keys))

    @cached_property
    def _aliases(self) -> dict[str, str]:
        counts: dict[str, int] = {}
        aliases: dict[str, str] = {}
        for key, organisation in self.landscape.organisations.items():
            kind = _kind_words(organisation.type)
            aliases[key] = f"{kind} {_letters(counts.get(kind, 0))}"
            counts[kind] = counts.get(kind, 0) + 1
        return aliases

    def in_words(self, text: str) -> str:
        """Put what organisations are called in the place of their names in a text."""
        if self.named or not self._replacements:
            return text
        return self._pattern.sub(lambda found: self._replacements[found[0]], text)

    @cached_property
    def _replacements(self) -> dict[str, str]:
        """What stands for each text; what must stay stands for itself."""
        called = self._called()
        kept = [alias for alias in self._aliases.values() if _holds_any(alias, called)]
        ordinary = [name for name in called if _is_ordinary(name)]
        kept += [name for name in self._own_names() if _holds_any(name, ordinary)]
        return {**{name: name for name in kept if name not in called}, **called}

    def _called(self) -> dict[str, str]:
        """What is said instead of each name; of a name that several bear, any of them is meant."""
        bearers: dict[str, list[str]] = {}
        for key, alias in self._aliases.items():
            for text in _told_by(key, self.landscape.organisations[key].name):
                bearers.setdefault(text, []).append(alias)
        return {text: " or ".join(aliases) for text, aliases in bearers.items()}

    def _own_names(self) -> Iterator[str]:
        for kind in _OWN_NAMES:
            for entry in getattr(self.landscape, kind).values():
                if entry.name:
                    yield entry.name

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Whole names, the longest first, so that none is taken for a part of another."""
        longest = sorted(self._replacements, key=lambda name: (-len(name), name))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")


def _kind_words(kind: str | None) -> str:
    if kind is None:
        return "Partner"
    return _TYPES.get(kind) or kind.replace("_", " ").replace("-", " ").capitalize()


def _letters(position: int) -> str:
    """A to Z, then AA, AB and so on."""
    rest, last = divmod(position, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _told_by(key: str, name: str | None) -> Iterator[str]:
    """The texts by which sentences tell an organisation: its name, and its id where that tells it.

    A plain id that is not part of the name may be a word of any sentence, and stays.
    """
    if name:
        yield name
    tells = not _is_ordinary(key) and (name is None or key.casefold() in _words(name))
    if key != name and (tells or not key.isalpha()):
        yield key


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _is_ordinary(name: str) -> bool:
    words = _words(name)
    return bool(words) and all(word in _ORDINARY for word in words)


def _holds_any(text: str, names: Iterable[str]) -> bool:
    return any(name in text and name != text for name in names)
