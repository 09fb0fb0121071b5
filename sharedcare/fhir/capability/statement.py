"""A CapabilityStatement of any version, as far as it bears on what moves between systems."""

from dataclasses import dataclass

#: Interactions by which others get what a server has, and by which they give it something.
ASKED = frozenset(("read", "vread", "search-type", "history-instance", "history-type"))
GIVEN = frozenset(("create", "update", "patch"))

#: Operations that give what a server has of a person, or of many at once.
EVERYTHING, EXPORT = "everything", "export"

#: The operation that takes a message.
PROCESS_MESSAGE = "process-message"


@dataclass(frozen=True, slots=True)
class Served:
    """One resource type: what can be done with it.

    ``interactions`` are FHIR's codes, ``searches`` the names of search parameters, ``profiles`` the
    addresses of profiles that are named, ``operations`` names without the dollar.
    """

    type: str
    interactions: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()

    @property
    def gives(self) -> bool:
        """Whether others can read or search it."""
        return not ASKED.isdisjoint(self.interactions)

    @property
    def takes(self) -> bool:
        """Whether others can create or change it."""
        return not GIVEN.isdisjoint(self.interactions)


@dataclass(frozen=True, slots=True)
class Interface:
    """A statement about one side of FHIR's REST: as a server, or as a client.

    ``interactions`` and ``operations`` are those of the whole system; ``security`` are the words
    for how others are let in (``SMART-on-FHIR``, ``OAuth``, …), empty if nothing is said.
    """

    types: tuple[Served, ...] = ()
    interactions: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    security: tuple[str, ...] = ()

    def of(self, type_: str) -> Served | None:
        """What is said of a resource type; None where nothing is."""
        return next((one for one in self.types if one.type == type_), None)

    @property
    def every_operation(self) -> frozenset[str]:
        """Operations of the whole system and of any type."""
        return frozenset(self.operations).union(*(one.operations for one in self.types))

    @property
    def takes_anything(self) -> bool:
        """Whether it takes bundles or messages, of which nobody says what may be in them."""
        words = {*self.interactions, *self.operations}
        return not words.isdisjoint(("transaction", "batch", PROCESS_MESSAGE))


@dataclass(frozen=True, slots=True)
class Statement:
    """What an interface says of itself; None and empty are not said.

    ``version`` is a word of :data:`sharedcare.fhir.harmonise.versions.VERSIONS`, ``number`` as it
    was written. ``sends`` and ``receives`` are messages, ``makes`` and ``reads`` profiles of
    documents.
    """

    source: str
    number: str
    version: str
    kind: str | None = None
    title: str | None = None
    url: str | None = None
    date: str | None = None
    software: str | None = None
    software_version: str | None = None
    formats: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    server: Interface | None = None
    client: Interface | None = None
    sends: tuple[str, ...] = ()
    receives: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()

    @property
    def notifies(self) -> bool:
        """Whether others can subscribe to what is new."""
        subscription = self.server.of("Subscription") if self.server else None
        return subscription is not None and subscription.takes

    @property
    def exports(self) -> bool:
        """Whether it gives what it has of many people at once."""
        return self.server is not None and EXPORT in self.server.every_operation

    @property
    def languages(self) -> frozenset[str]:
        """``json`` and ``xml``, as far as its formats say them."""
        words = " ".join(self.formats).lower()
        return frozenset(word for word in ("json", "xml") if word in words)


def printable(text: str) -> str:
    """A text on one line, without characters that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
