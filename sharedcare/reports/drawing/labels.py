"""What stands at a line of a drawing: how a flow goes, and in a few words why it does not serve."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sharedcare.flows.taking import ENDLESS, Time
from sharedcare.landscape import Flow, Item, Landscape, Need
from sharedcare.landscape.carried import ALL
from sharedcare.quantities import Share, Unknown
from sharedcare.reports.words.figures import listed, lowered, time_words
from sharedcare.reports.words.flow_words import means
from sharedcare.vocabulary import Form, Mode, Reason, Use

USES = "uses"

#: Said before the reason where something is stopped at a box.
STOPPED = "✕"


def way_label(landscape: Landscape, flow_id: str | None) -> str:
    """Say how a flow goes, how long it takes and whom it reaches; of a use that it is one."""
    if flow_id is None:
        return USES
    flow = landscape.flows[flow_id]
    return ", ".join(filter(None, (means(flow), _time(flow), _reach(flow))))


def _time(flow: Flow) -> str:
    if flow.mode is Mode.BATCH:
        return f"every {flow.interval}" if _is_said(flow.interval) else ""
    said = flow.delay if flow.mode.delivers else flow.wait
    return str(said) if _is_said(said) else ""


def _is_said(value: object) -> bool:
    return value is not None and not isinstance(value, Unknown)


def _reach(flow: Flow) -> str:
    if isinstance(flow.reach, Share) and flow.reach.value == 1:
        return ""
    return f"reaches {flow.reach}" if _is_said(flow.reach) else ""


def unknown_label(keys: Iterable[str]) -> str:
    """Say which facts of a hop or a holding are not known; empty where all are."""
    found = [_KEYS.get(key, key.replace("_", " ")) for key in keys]
    return f"{listed(found)} not known" if found else ""


#: Keys of a profile in the words of a label, where their own word would not be understood.
_KEYS = {
    "agreements": "whether it may be passed on",
    "lifecycle": "whether it is in use",
    "status": "whether it is in use",
    "valid": "from when to when it is valid",
    "rekeyed": "whether it is typed in again",
    "access": "whether they have access",
    "identity_domains": "identifiers",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What a hop leaves of the information, against what one item of a need asks for.

    None where it is not told. ``age`` and ``wait`` are in seconds.
    """

    landscape: Landscape
    need: Need
    item: Item
    age: Time | None = None
    wait: Time | None = None
    form: Form | None = None


def reasons_label(reasons: Iterable[Reason], fault: Fault) -> str:
    """Say in a few words for which reasons a hop does not serve."""
    return "; ".join(_WORDS[reason](fault) for reason in reasons)


def _form(fault: Fault) -> str:
    wanted = fault.item.min_form.word
    return f"{fault.form.word}, not {wanted}" if fault.form is not None else f"not {wanted}"


def _history(fault: Fault) -> str:
    return f"not {fault.item.lookback} back" if fault.item.lookback else "not far enough back"


def _mode(fault: Fault) -> str:
    told = {
        Use.ALERT: "nobody is told",
        Use.INGEST: "only shown, not taken in",
        Use.VIEW: "only shown, not kept",
    }
    return told[fault.need.use]


def _age(fault: Fault) -> str:
    if fault.age is None:
        return "too old"
    if fault.age == ENDLESS:
        return "age not known"
    return f"{time_words(fault.age)} old, {fault.need.max_age} allowed"


def _wait(fault: Fault) -> str:
    if fault.wait is None:
        return "takes too long"
    if fault.wait == ENDLESS:
        return "wait not known"
    return f"takes {time_words(fault.wait)}, {fault.need.max_wait} allowed"


def _capacity(fault: Fault) -> str:
    return f"takes fewer than {fault.need.quantity.events or 'arise'}"


_WORDS: dict[Reason, Callable[[Fault], str]] = {
    Reason.NO_SOURCE: lambda _: "not held in use",
    Reason.NO_ROUTE: lambda _: "no flow leads on",
    Reason.NO_CARRY: lambda _: "does not carry it",
    Reason.FORM: _form,
    Reason.HISTORY: _history,
    Reason.NOT_LIVE: lambda _: "not in use on the day",
    Reason.CAPACITY: _capacity,
    Reason.IDENTITY: lambda _: "no identifier in common",
    Reason.NO_AGREEMENT: lambda _: "no signed agreement",
    Reason.PURPOSE: lambda _: "agreed for other purposes",
    Reason.EXPIRED: lambda _: "agreement not valid on the day",
    Reason.LAWFUL_BASIS: lambda _: "lawful basis not complete",
    Reason.MODE: _mode,
    Reason.AGE: _age,
    Reason.WAIT: _wait,
    Reason.REKEY: lambda _: "typed in again",
    Reason.REACH: lambda _: "reaches nobody",
}


def kinds_label(landscape: Landscape, categories: Iterable[str], most: int) -> str:
    """Name kinds of information, those past ``most`` counted."""
    names = [
        "everything" if category == ALL else lowered(landscape.category_label(category))
        for category in categories
    ]
    return listed(names, most)
