"""A certificate as plain data, for a check that knows nothing of the product."""

from typing import Any

from sharedcare.flows.why.frontier import Blocked, Frontier
from sharedcare.flows.why.labels import Label


def claims_of(frontier: Frontier) -> dict[str, Any]:
    """What a certificate claims."""
    return {
        "need": frontier.need,
        "position": frontier.position,
        "source": frontier.source,
        "at_best": frontier.at_best,
        "settled": [(*fact, good) for fact, good in frontier.settled],
        "starts": list(frontier.starts),
        "refused": [_stop(blocked) for blocked in frontier.refused],
        "reached": list(frontier.reached),
        "labels": [_label(label) for label in frontier.labels],
        "blocked": [_stop(blocked) for blocked in frontier.blocked],
        "dead_ends": list(frontier.dead_ends),
    }


def _label(label: Label) -> dict[str, Any]:
    return {
        "place": label.place,
        "phase": label.phase.word,
        "moved": label.moved,
        "form": int(label.form),
        "age": label.age,
        "wait": label.wait,
        "rekeys": label.rekeys,
    }


def _stop(blocked: Blocked) -> dict[str, Any]:
    return {
        "flow": blocked.flow,
        "from": blocked.from_,
        "to": blocked.to,
        "reasons": [reason.value for reason in blocked.reasons],
        "age": blocked.age,
        "wait": blocked.wait,
        "rekeys": blocked.rekeys,
        "form": None if blocked.form is None else int(blocked.form),
        "history": blocked.history,
        "capacity": blocked.capacity,
    }
