"""Bundles: names for sets of data categories, some of which may hold others."""

from collections.abc import Callable, Mapping

from sharedcare.identifiers import is_category_id, is_slug
from sharedcare.landscape.written import KEY

#: How deep bundles may hold bundles, and how many categories all of them may come to.
MAX_DEPTH, MAX_MEMBERS = 20, 20_000

#: Tells a fault: way into the profile, code, message.
Tell = Callable[[tuple[str | int, ...], str, str], None]


class Bundles:
    """Reads the bundles of a profile; each is worked out once."""

    def __init__(
        self, written: Mapping[str, object], is_category: Callable[[str], bool], tell: Tell
    ) -> None:
        self.written = written
        self.is_category = is_category
        self.tell = tell
        self.known: dict[str, tuple[str, ...]] = {}
        self.size = 0

    def read(self) -> dict[str, tuple[str, ...]]:
        """Return the categories of every bundle; faults are told."""
        return {name: self._categories(name, ()) for name in self.written if self._may(name)}

    def _may(self, name: str) -> bool:
        if not is_slug(name):
            self.tell(("bundles", name, KEY), "BAD_ID", "a bundle's id is a word of letters")
        elif self.is_category(name):
            self.tell(("bundles", name, KEY), "AMBIGUOUS_ID", "a data category has this id too")
        else:
            return True
        return False

    def _categories(self, name: str, above: tuple[str, ...]) -> tuple[str, ...]:
        if name in above:
            self.tell(("bundles", name, KEY), "CIRCULAR", "a bundle holds itself")
            return ()
        if len(above) >= MAX_DEPTH:
            message = f"bundles hold bundles more than {MAX_DEPTH} deep"
            self.tell(("bundles", name, KEY), "TOO_DEEP", message)
            return ()
        if name not in self.known:
            members = self._members(name)
            found = (part for member in members for part in self._parts(member, (*above, name)))
            self.known[name] = self._counted(name, tuple(dict.fromkeys(found)))
        return self.known[name]

    def _parts(self, member: str, above: tuple[str, ...]) -> tuple[str, ...]:
        return self._categories(member, above) if member in self.written else (member,)

    def _counted(self, name: str, categories: tuple[str, ...]) -> tuple[str, ...]:
        self.size += len(categories)
        if self.size <= MAX_MEMBERS:
            return categories
        message = f"all bundles together come to more than {MAX_MEMBERS:,} categories"
        self.tell(("bundles", name, KEY), "TOO_LARGE", message)
        return ()

    def _members(self, name: str) -> list[str]:
        given = self.written[name]
        listed = given.get("categories") if isinstance(given, Mapping) else given
        if isinstance(listed, str) and listed:
            listed = [listed]
        if not isinstance(listed, list | tuple):
            message = "a list of data categories is expected"
            self.tell(("bundles", name, KEY), "WRONG_TYPE", message)
            return []
        return [str(m) for at, m in enumerate(listed) if self._is_member(name, at, m)]

    def _is_member(self, name: str, position: int, member: object) -> bool:
        if isinstance(member, str) and is_category_id(member):
            return True
        way = ("bundles", name, position)
        self.tell(way, "BAD_ID", "the id of a data category is expected")
        return False
