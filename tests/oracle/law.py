"""Whether information may be passed on: the exemptions, then the agreements."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracle.occurrences import record
from tests.oracle.values import UNKNOWN
from tests.oracle.world import World, covers

SLOTS_ASKED = {
    **dict.fromkeys(
        ("england", "scotland", "wales", "northern_ireland"),
        ("article_6", "article_9", "confidentiality"),
    ),
    "eu": ("article_6", "article_9"),
}
PROCESSORS = ("processor_for_all", "processor_by_id", "processor_by_type")


@dataclass(frozen=True)
class Question:
    """One item of one need, asked for one source organisation."""

    need: Mapping[str, Any]
    item: Mapping[str, Any]
    source: str

    @property
    def category(self) -> str:
        """The category that is needed."""
        return str(self.item["category"])


def may_pass(
    world: World, question: Question, sender: str, receiver: str, flow: Mapping[str, Any]
) -> bool:
    """The law of a hop; `flow` is empty for a hop by `uses`."""
    organisation = world.organisation_of(receiver)
    if organisation is None:
        world.tally["law.receiver_without_organisation"] += 1
        return True
    if organisation == question.source:
        world.tally["law.receiver_is_source"] += 1
        return True
    processing = processes(world, receiver, question.source)
    world.tally[f"law.receiver_is_{processing}"] += 1
    if processing in PROCESSORS or _rests_on_basis(world, question, flow):
        return True
    if _stays_within(world, question, sender, organisation):
        return True
    return _is_agreed(world, question, organisation, flow)


def processes(world: World, place: str, source: str) -> str:
    """How a place processes for the source: one of PROCESSORS, for others, or for nobody."""
    declared = world.systems.get(place, {}).get("processor_for", [])
    if declared == "all":
        return "processor_for_all"
    if source in declared:
        return "processor_by_id"
    if any(world.matches(entry, source) for entry in declared):
        return "processor_by_type"
    return "processor_for_others" if declared else "no_processor"


def _rests_on_basis(world: World, question: Question, flow: Mapping[str, Any]) -> bool:
    """Whether the flow says `basis: direct_care` and that is what the need is for."""
    if flow.get("basis") != "direct_care":
        return False
    rests = question.need["purpose"] == "direct_care"
    world.tally["law.basis_direct_care" if rests else "law.basis_direct_care_other_purpose"] += 1
    return bool(rests)


def _stays_within(world: World, question: Question, sender: str, organisation: str) -> bool:
    """Whether sender and receiver are of one organisation and the sender is no processor."""
    if world.organisation_of(sender) != organisation:
        return False
    processor = processes(world, sender, question.source) in PROCESSORS
    world.tally[
        "law.one_organisation_but_sender_is_processor" if processor else "law.one_organisation"
    ] += 1
    return not processor


def _is_agreed(
    world: World, question: Question, organisation: str, flow: Mapping[str, Any]
) -> bool:
    """Whether an agreement covers the source, the receiver, the category and the purpose."""
    agreements = world.entries("agreements")
    parties = (question.source, organisation)
    named = any(_names(world, each["parties"], parties) for each in agreements.values())
    if "agreements" not in flow and not named:
        world.tally["unknown.cover"] += 1
        return world.best
    covering = [
        each
        for each, declared in agreements.items()
        if _agreement_covers(world, question, parties, declared)
    ]
    _count_cover(world, flow, covering)
    return any(each in flow.get("agreements", covering) for each in covering)


def _count_cover(world: World, flow: Mapping[str, Any], covering: list[str]) -> None:
    """Counts which of the ways to be covered, or not, this was."""
    listed = flow.get("agreements")
    if listed is None:
        world.tally["law.any_cover" if covering else "law.no_cover_though_named"] += 1
    elif any(each in listed for each in covering):
        world.tally["law.listed_cover"] += 1
    else:
        world.tally["law.listed_leave_out_one_that_covers"] += bool(covering)
        world.tally["law.empty_list"] += not listed


def _names(world: World, declared: Any, parties: tuple[str, str]) -> bool:
    """Whether the parties of an agreement, ids, types or `all`, include both."""
    return declared == "all" or all(
        any(world.matches(entry, party) for entry in declared) for party in parties
    )


def _agreement_covers(
    world: World, question: Question, parties: tuple[str, str], agreement: Mapping[str, Any]
) -> bool:
    """Whether one agreement holds in every respect."""
    conditions = {
        "parties": _names(world, agreement["parties"], parties),
        "categories": _includes(world, agreement["categories"], question.category),
        "purposes": question.need["purpose"] in agreement["purposes"],
        "status": _is_signed(world, agreement["status"]),
        "valid": is_valid(world, agreement.get("valid"), "agreement"),
        "lawful_basis": _is_lawful(world, agreement),
    }
    if conditions["parties"]:
        world.tally["agreement.parties.all"] += agreement["parties"] == "all"
        world.tally["agreement.parties.one_type_twice"] += agreement["parties"] != "all" and any(
            all(entry != party and world.matches(entry, party) for party in parties)
            for entry in agreement["parties"]
        )
    return record(world.tally, "agreement", conditions)


def _includes(world: World, declared: Any, category: str) -> bool:
    """Whether the categories of an agreement are `all` or have the category or an ancestor."""
    if declared == "all":
        world.tally["agreement.categories.all"] += 1
        return True
    included = any(covers(entry, category) for entry in declared)
    world.tally["agreement.categories.ancestor"] += included and category not in declared
    world.tally["agreement.categories.below"] += not included and any(
        covers(category, entry) for entry in declared
    )
    return included


def _is_signed(world: World, status: str) -> bool:
    """Status signed; an unknown one may be."""
    if status == UNKNOWN:
        world.tally["unknown.agreement_status"] += 1
        return world.best
    world.tally["agreement.status.none"] += status == "none"
    return status == "signed"


def is_valid(world: World, valid: Any, about: str) -> bool:
    """Whether the day of the landscape lies within `valid`, both days included."""
    if valid == UNKNOWN:
        world.tally[f"unknown.{about}_valid"] += 1
        return world.best
    today = str(world.profile["meta"]["as_of"])
    begin, end = (str((valid or {}).get(bound, "")) for bound in ("from", "until"))
    if UNKNOWN in {begin, end}:
        world.tally[f"unknown.{about}_valid"] += 1
    _count_days(world, "hop" if about == "flow" else about, (begin, today, end))
    begun = world.best if begin == UNKNOWN else begin <= today
    lasts = world.best if end == UNKNOWN else not end or today <= end
    return begun and lasts


def _count_days(world: World, about: str, days: tuple[str, str, str]) -> None:
    """Counts the edges of a period: first day, last day, before, after, open end."""
    begin, today, end = days
    world.tally[f"{about}.valid.first_day"] += begin == today
    world.tally[f"{about}.valid.last_day"] += end == today
    if about == "agreement":
        world.tally["agreement.valid.open_end"] += bool(begin) != bool(end)
        world.tally["agreement.valid.expired"] += "" < end < today
        world.tally["agreement.valid.not_yet"] += today < begin < UNKNOWN


def _is_lawful(world: World, agreement: Mapping[str, Any]) -> bool:
    """Whether the slots that the jurisdiction asks for are all filled."""
    slots = SLOTS_ASKED.get(world.profile["meta"].get("jurisdiction", "other"), ())
    named = {0: "nothing_asked", 2: "two_slots", 3: "three_slots"}[len(slots)]
    world.tally[f"agreement.lawful_basis.{named}"] += 1
    basis = agreement.get("lawful_basis", UNKNOWN)
    if not slots:
        return True
    if basis == UNKNOWN:
        world.tally["unknown.agreement_lawful_basis"] += 1
        return world.best
    if basis == "none":
        world.tally["agreement.lawful_basis.none"] += 1
        return False
    return all(_is_filled(world, basis.get(slot, UNKNOWN)) for slot in slots)


def _is_filled(world: World, slot: str) -> bool:
    """Whether a slot says something; `none` is known to be lacking, unsaid is unknown."""
    if slot == UNKNOWN:
        world.tally["unknown.agreement_lawful_slot"] += 1
        return world.best
    world.tally["agreement.lawful_basis.slot_none"] += slot == "none"
    return slot != "none"
