"""A clash: parts of information that reach people side by side and do not go together."""

from dataclasses import dataclass
from enum import Enum

from sharedcare.flows.meaning.gaps import Gap


class ClashKind(Enum):
    """What does not go together, from what misleads most to what misleads least."""

    MEANING = "two meanings"
    ABSENCE = "a blank that is no negative"
    CODE_SYSTEM = "no code system in common"
    STANDARD = "two standards"
    LIVELINESS = "as lively from one source as from another"
    MIXTURE = "live and periodic in one picture"
    HISTORY = "windows of time that differ"
    UNTOLD = "nobody is told of anything new"
    NOTIFICATION = "some are told and some are not"


@dataclass(frozen=True, slots=True)
class Party:
    """One part that is compared: whose it is, the entry that says it, and what it says.

    ``about`` is ``kind.id`` of a system or flow; ``said`` is None where it is not known.
    ``certain``: that entry is surely in use.
    """

    organisation: str
    category: str
    about: str
    said: str | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """Parts of information that do not go together.

    ``certain``: they surely do not; else they may not, as not all is known. ``roles`` are the
    stakeholders at whom the parts meet, and ``needs`` the needs that draw on them: none where they
    differ only across the landscape. ``gaps`` belong to absence.
    """

    kind: ClashKind
    categories: tuple[str, ...]
    parties: tuple[Party, ...]
    certain: bool
    roles: tuple[str, ...]
    needs: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def order(self) -> tuple[int, bool, tuple[str, ...], tuple[str, ...]]:
        """The key by which clashes are listed."""
        return (list(ClashKind).index(self.kind), not self.needs, self.categories, self.roles)
