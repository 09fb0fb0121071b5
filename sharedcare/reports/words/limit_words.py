"""What a need asks for, limit by limit, as people say it."""

from collections.abc import Iterator

from sharedcare.landscape import Item, Need
from sharedcare.reports.words.figures import counted, listed
from sharedcare.reports.words.names import Names
from sharedcare.vocabulary import Form, Sources, Use

#: What a stakeholder does with the information, in the words of a limit.
_USES = {
    Use.VIEW: "to look at",
    Use.INGEST: "to take into their own system",
    Use.ALERT: "to be told",
}


def need_limits(need: Need) -> Iterator[str]:
    """What a need asks of all its items."""
    yield _USES[need.use]
    if need.max_age is not None:
        yield f"at most {need.max_age} out of date"
    if need.max_wait is not None:
        yield f"within {need.max_wait} of asking"
    if need.max_rekeys is not None:
        most = f"at most {counted(need.max_rekeys, 'time')}" if need.max_rekeys else "never"
        yield f"{most} typed in again"
    if need.quantity.coverage is not None:
        yield f"for {need.quantity.coverage} at least"
    if need.quantity.events is not None:
        yield f"{need.quantity.events}"
    yield f"for {need.purpose.value.replace('_', ' ')}"


def item_limits(item: Item, names: Names) -> Iterator[str]:
    """What a need asks of one item."""
    if item.min_form is not Form.VERBAL:
        yield f"{item.min_form.word} or better"
    if item.lookback is not None:
        yield f"{item.lookback} back"
    if item.from_:
        yield f"from {_parties(item.from_, names)}"
    if item.sources is Sources.ANY:
        yield "any source will do"
    if not item.required:
        yield "not required"


def _parties(parties: tuple[str, ...], names: Names) -> str:
    organisations = names.landscape.organisations
    return listed(
        [
            names.organisation(key) if key in organisations else key.replace("_", " ")
            for key in parties
        ]
    )
