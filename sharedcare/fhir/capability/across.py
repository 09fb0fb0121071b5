"""Two ends of a flow: does the one serve what the other wants, and do they speak the same?

Where a flow is pulled or looked at, the sender is the server and the receiver asks; where it is
pushed or sent in batches, the receiver is the server and the sender acts.
"""

from collections.abc import Iterable, Iterator, Mapping

from sharedcare.fhir.capability.compared import (
    Compared,
    Kind,
    fails,
    holds,
    not_asked,
    not_told,
    version_in,
)
from sharedcare.fhir.capability.forms import forms_of, labels, standard_of
from sharedcare.fhir.capability.offering import sort
from sharedcare.fhir.capability.serving import given, served, taken, types_of
from sharedcare.fhir.capability.statement import Interface, Served, Statement
from sharedcare.landscape import Flow, Landscape
from sharedcare.landscape.carried import ALL
from sharedcare.vocabulary import Mode

_LAUNCHED = frozenset(("in_context_launch", "single_sign_on"))
_REST, _MESSAGES = "fhir_rest", "fhir_messaging"

#: The word of HL7 for apps that are launched from another system.
_SMART = "SMART-on-FHIR"

Statements = Mapping[str, Statement]


def across(landscape: Landscape, key: str, statements: Statements) -> Iterator[Compared]:
    """Compare what a flow declares with the statements of its ends, those that are given."""
    flow = landscape.flows[key]
    sender, receiver = statements.get(flow.from_), statements.get(flow.to)
    about = f"flows.{key}"
    if flow.mechanism in _LAUNCHED:
        yield _launch(about, sender, receiver)
        return
    if flow.mechanism == _MESSAGES:
        yield from _messages(about, sender, receiver)
    elif flow.mechanism == _REST or version_in(flow.standard) is not None:
        yield from _rest(landscape, about, flow, sender, receiver)
    else:
        by = f"goes by {flow.mechanism}" if flow.mechanism else "does not say how it goes"
        said = f"The flow {by}; a CapabilityStatement says nothing of that."
        yield not_asked(Kind.SERVES, about, said)
        return
    for end, statement in (("the sender", sender), ("the receiver", receiver)):
        if statement is not None:
            yield from standard_of(about, "The flow is", end, flow.standard, statement)
    if sender is not None and receiver is not None:
        yield from _same(about, sender, receiver)
        if sender.version == receiver.version:
            categories = _categories(landscape, flow, sender)
            yield from _same_profiles(landscape, about, categories, sender, receiver)


def _launch(about: str, sender: Statement | None, receiver: Statement | None) -> Compared:
    known = [one.server for one in (sender, receiver) if one is not None and one.server]
    if any(_SMART in one.security for one in known):
        said = "An end of the flow says that apps can be launched with it (SMART on FHIR)."
        return holds(Kind.LAUNCH, about, said)
    said = "No statement says how an app that is launched is let in."
    return not_told(Kind.LAUNCH, about, said)


def _messages(
    about: str, sender: Statement | None, receiver: Statement | None
) -> Iterator[Compared]:
    if sender is not None:
        word = "names" if sender.sends else "does not name"
        said = f"The sender's statement {word} messages that it sends."
        yield (holds if sender.sends else not_told)(Kind.SERVES, about, said)
    if receiver is not None:
        word = "names" if receiver.receives else "does not name"
        said = f"The receiver's statement {word} messages that it takes."
        yield (holds if receiver.receives else not_told)(Kind.ACCEPTS, about, said)
    if sender is not None and receiver is not None and sender.sends and receiver.receives:
        same = not set(sender.sends).isdisjoint(receiver.receives)
        said = f"The two ends name {'a common message' if same else 'no common message'}."
        yield (holds if same else fails)(Kind.SAME_PROFILES, about, said)


def _rest(
    landscape: Landscape,
    about: str,
    flow: Flow,
    sender: Statement | None,
    receiver: Statement | None,
) -> Iterator[Compared]:
    is_asked = flow.mode in {Mode.PULL, Mode.VIEW} or _is_exported(flow, sender)
    server, client = (sender, receiver) if is_asked else (receiver, sender)
    kind = Kind.SERVES if is_asked else Kind.ACCEPTS
    categories = _categories(landscape, flow, sender)
    if server is not None:
        yield from _by_server(landscape, about, kind, categories, server)
    if client is not None:
        yield _by_client(landscape, about, is_asked, categories, client)
    if flow.notifies is True and sender is not None:
        word = "can" if sender.notifies else "does not say that others can"
        said = f"The sender's statement says that others {word} subscribe to what is new."
        if not sender.notifies:
            said = f"The sender's statement {word} subscribe to what is new."
        yield (holds if sender.notifies else not_told)(Kind.NOTIFIES, about, said)


def _is_exported(flow: Flow, sender: Statement | None) -> bool:
    """Whether a batch can be an export that the receiver asks for."""
    return flow.mode is Mode.BATCH and sender is not None and sender.exports


def _categories(landscape: Landscape, flow: Flow, sender: Statement | None) -> Mapping[str, object]:
    """What the flow carries with its form; of all, what its sender holds or serves."""
    named = {name: carried.form for name, carried in flow.carries.items() if name != ALL}
    if ALL in flow.carries:
        system = landscape.systems.get(flow.from_)
        held = list(system.holds) if system else []
        held = held or [one.category for one in served(sender.server if sender else None)]
        named |= {name: None for name in held if name not in named}
    return named


def _by_server(
    landscape: Landscape,
    about: str,
    kind: Kind,
    categories: Mapping[str, object],
    statement: Statement,
) -> Iterator[Compared]:
    end, word = ("sender", "serve") if kind is Kind.SERVES else ("receiver", "take")
    if statement.server is None:
        said = f"The {end}'s statement describes no server, so it does not tell."
        yield not_told(kind, about, said)
        return
    offered = given(statement.server) if kind is Kind.SERVES else taken(statement.server)
    found = sort(landscape, categories, offered)
    takes_more = kind is Kind.ACCEPTS and statement.server.takes_anything
    for types, names in found.surely.items():
        said = f"The {end} can {word} {labels(landscape, names)}, as {types}."
        yield holds(kind, about, said, *names)
    for types, names in found.perhaps.items():
        said = f"The {end} may {word} {labels(landscape, names)} ({types}); it does not say."
        yield not_told(kind, about, said, *names)
    unsaid = [*found.no_types, *(found.never if takes_more else ())]
    if unsaid:
        said = f"The {end} does not say whether it can {word} {labels(landscape, unsaid)}."
        yield not_told(kind, about, said, *unsaid)
    for category, wanted in () if takes_more else found.never.items():
        names_ = labels(landscape, [category])
        said = f"The {end} does not {word} {names_}: its interface has none of {wanted}."
        yield fails(kind, about, said, category)
    forms = ((name, categories[name], types) for name, types in found.offers)
    yield from forms_of(landscape, about, forms)


def _by_client(
    landscape: Landscape,
    about: str,
    is_asked: bool,
    categories: Mapping[str, object],
    statement: Statement,
) -> Compared:
    end, word = ("receiver", "asks for") if is_asked else ("sender", "sends")
    if statement.client is None:
        said = f"The {end}'s statement does not say what it does as a client."
        return not_told(Kind.ASKS, about, said)
    acts = _acts(statement.client, is_asked)
    missing = [
        category
        for category in categories
        if not any(one.type in types_of(category, landscape) for one in acts)
    ]
    if missing:
        names = labels(landscape, missing)
        said = f"The {end}'s statement does not say that it {word} {names}."
        return not_told(Kind.ASKS, about, said, *missing)
    return holds(Kind.ASKS, about, f"The {end} says that it {word} what the flow carries.")


def _acts(client: Interface, is_asked: bool) -> tuple[Served, ...]:
    return given(client) if is_asked else taken(client)


def _same(about: str, sender: Statement, receiver: Statement) -> Iterator[Compared]:
    """Whether both ends speak the same version and format."""
    ours, theirs = sender.version, receiver.version
    same = ours == theirs
    said = f"Both ends speak FHIR {ours}." if same else ""
    said = said or f"The sender speaks FHIR {ours} and the receiver FHIR {theirs}."
    yield (holds if same else fails)(Kind.SAME_VERSION, about, said)
    if sender.languages and receiver.languages:
        both = sender.languages & receiver.languages
        words = " and ".join(word.upper() for word in sorted(both))
        said = f"Both ends speak {words}." if both else "The two ends have no format in common."
        yield (holds if both else fails)(Kind.SAME_FORMAT, about, said)


def _same_profiles(
    landscape: Landscape,
    about: str,
    categories: Iterable[str],
    sender: Statement,
    receiver: Statement,
) -> Iterator[Compared]:
    """Whether both ends name a profile in common, where both name any."""
    common: list[str] = []
    apart: list[str] = []
    for category in categories:
        wanted = types_of(category, landscape)
        ours, theirs = _profiles(sender, wanted), _profiles(receiver, wanted)
        if ours and theirs:
            (common if ours & theirs else apart).append(category)
    if common:
        said = f"Both ends name a FHIR profile in common for {labels(landscape, common)}."
        yield holds(Kind.SAME_PROFILES, about, said, *common)
    if apart:
        names = labels(landscape, apart)
        said = f"The two ends name FHIR profiles of which none is the same for {names}."
        yield fails(Kind.SAME_PROFILES, about, said, *apart)


def _profiles(statement: Statement, types: tuple[str, ...]) -> set[str]:
    """The profiles that either side of a statement names for some types, without versions."""
    sides = [side for side in (statement.server, statement.client) if side is not None]
    served_types = [one for side in sides for one in side.types if one.type in types]
    return {address.split("|")[0] for one in served_types for address in one.profiles}
