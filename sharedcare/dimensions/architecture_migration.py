"""Architecture and migration path: what shape is aimed at, why, and by which steps from here."""

from collections.abc import Iterator
from datetime import date

from sharedcare.dimension import CRESSWELL, Citation, Criterion, Dimension, Scope
from sharedcare.dimensions.said import named
from sharedcare.evidence import Evidence, is_written, unless
from sharedcare.findings import Finding
from sharedcare.vocabulary import FlowStatus, Group, Outcome

#: How long ago a partner may have joined by the published pattern, in months.
JOINED_MONTHS = 24

NO_SINGLE_SHAPE = Citation(
    "Cresswell et al. 2023: no single architecture is likely to serve every requirement",
    CRESSWELL.doi,
)
WORKING_FLOWS = Citation(
    "Cresswell et al. 2023, on disrupting flows that are embedded in current practice",
    CRESSWELL.doi,
)


def every_option_has_an_alternative(evidence: Evidence) -> Iterator[Finding]:
    """Each option for the future stands beside another one of its group.

    Only options that are declared can be compared; one that does not say its group may be another's
    alternative or not.
    """
    options = evidence.landscape.options
    for key, option in options.items():
        others = [options[other].group for other in options if other != key]
        unsure = bool(others) and None in (option.group, *others)
        has_other = option.group is not None and option.group in others
        outcome = Outcome.MET if has_other else unless(unsure, Outcome.NOT_MET)
        message = f"{evidence.name('options', key)} {_OPTION_WORDS[outcome]}"
        yield Finding(outcome, f"options.{key}", message)


_OPTION_WORDS = {
    Outcome.MET: "stands beside an alternative.",
    Outcome.NOT_MET: "is the only option that is put: nothing shows what it is better than.",
    Outcome.NOT_EVIDENCED: "may or may not stand beside an alternative: not all groups are said.",
}


def every_change_names_its_owner(evidence: Evidence) -> Iterator[Finding]:
    """Each change of the plan names who sees to it."""
    for key, change in evidence.landscape.changes.items():
        name = evidence.name("changes", key)
        yield named(change.owner, "the change's owner", f"changes.{key}", name)


def every_change_can_follow_what_it_requires(evidence: Evidence) -> Iterator[Finding]:
    """No change waits for itself or needs two changes that exclude each other.

    Nothing is known of the place of a change in the plan as long as it, or one before it, does not
    say what it requires.
    """
    for key in evidence.landscape.changes:
        before = _required(evidence, key)
        clash = _clash(evidence, before | {key})
        if key in before:
            outcome, said = Outcome.NOT_MET, "waits, by way of what it requires, for itself"
        elif clash:
            outcome, said = Outcome.NOT_MET, f"can never be done: {clash}"
        elif not _is_whole(evidence, before | {key}):
            outcome, said = (
                Outcome.NOT_EVIDENCED,
                "rests on what is not said of a change",
            )
        else:
            outcome, said = Outcome.MET, "can follow everything that it requires"
        yield Finding(outcome, f"changes.{key}", f"{evidence.name('changes', key)} {said}.")


def _required(evidence: Evidence, change: str) -> frozenset[str]:
    changes = evidence.landscape.changes
    found: set[str] = set()
    waiting = list(changes[change].requires)
    while waiting:
        required = waiting.pop()
        if required not in found:
            found.add(required)
            waiting += changes[required].requires
    return frozenset(found)


def _is_whole(evidence: Evidence, together: frozenset[str]) -> bool:
    return all(is_written(evidence.landscape.changes[key], "requires") for key in together)


def _clash(evidence: Evidence, together: frozenset[str]) -> str | None:
    for key in sorted(together):
        excluded = sorted(together & set(evidence.landscape.changes[key].excludes))
        if excluded:
            one, other = (evidence.name("changes", change) for change in (key, excluded[0]))
            return f"{one} excludes {other}"
    return None


def every_planned_flow_is_on_time(evidence: Evidence) -> Iterator[Finding]:
    """The day on which each planned flow should begin has not passed."""
    for key, flow in evidence.landscape.flows.items():
        if flow.status is FlowStatus.PLANNED:
            begins = flow.valid.from_ if flow.valid else None
            outcome = _on_time(begins, evidence.as_of)
            message = f"{evidence.name('flows', key)} {_TIME_WORDS[outcome]}"
            yield Finding(outcome, f"flows.{key}", message)


def _on_time(begins: object, as_of: date) -> Outcome:
    if not isinstance(begins, date):
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if begins >= as_of else Outcome.NOT_MET


_TIME_WORDS = {
    Outcome.MET: "is planned for a day that is still to come.",
    Outcome.NOT_MET: "should have begun by now and is still only planned.",
    Outcome.NOT_EVIDENCED: "is planned, and from which day is not said.",
}


DIMENSION = Dimension(
    id="architecture_migration",
    name="Architecture and migration path",
    group=Group.TECHNOLOGICAL,
    definition=(
        "The shape that is aimed at (a store, queries to many, messages, documents, or a mixture), "
        "why it was preferred to others, and the steps that lead there from today with care kept "
        "safe at every one of them."
    ),
    rationale=(
        "No single shape serves both the nurse at the door and the analyst of ten years of "
        "records. Partners who know what each part is for can trade off openly; those who were "
        "handed a product find out later which needs it was never meant to meet, and a drawing "
        "without steps stays a drawing."
    ),
    prerequisites=("shared_care_pathways", "governance_structures", "legacy_systems"),
    criteria=(
        Criterion(
            id="architecture_migration.today_drawn",
            level=1,
            scope=Scope.REGION,
            question="Is there one drawing of today's connections that partners take to be true?",
            remedy=(
                "The lead architect draws the live flows from this profile and has each partner "
                "correct its own part."
            ),
        ),
        Criterion(
            id="architecture_migration.alternatives_put",
            level=2,
            scope=Scope.REGION,
            question="Does every option for the future stand beside at least one alternative?",
            remedy=(
                "The lead architect declares at least one more option of the same group, joining "
                "up what exists among them, so that the two can be compared on the same needs."
            ),
            claim=every_option_has_an_alternative,
            citation=NO_SINGLE_SHAPE,
        ),
        Criterion(
            id="architecture_migration.owners_named",
            level=3,
            scope=Scope.REGION,
            question="Is somebody named for every planned change who sees to it?",
            remedy=(
                "The programme lead finds an owner for the change among those who can carry it "
                "out, and names them under owner."
            ),
            claim=every_change_names_its_owner,
        ),
        Criterion(
            id="architecture_migration.order_possible",
            level=3,
            scope=Scope.REGION,
            question=(
                "Can the planned changes be put in an order in which each follows what it requires?"
            ),
            remedy=(
                "The lead architect splits a change that waits for itself, or drops one of two "
                "that exclude each other."
            ),
            claim=every_change_can_follow_what_it_requires,
        ),
        Criterion(
            id="architecture_migration.parts_matched_to_needs",
            level=3,
            scope=Scope.REGION,
            question=(
                "Is it written of every component which needs it serves, with live events and "
                "curated histories kept apart?"
            ),
            remedy=(
                "The lead architect sets the needs for care now and the needs for planning or "
                "research beside the components, and shows where one part serves neither well."
            ),
            citation=NO_SINGLE_SHAPE,
        ),
        Criterion(
            id="architecture_migration.steps_on_time",
            level=4,
            scope=Scope.REGION,
            question="Is every flow that is still planned due on a day that has not passed?",
            remedy=(
                "The owner of the flow says what held it up, and the governing body agrees a new "
                "day or drops it."
            ),
            claim=every_planned_flow_is_on_time,
        ),
        Criterion(
            id="architecture_migration.way_back_tried",
            level=4,
            scope=Scope.REGION,
            question="Was the way back from the last interim state tried before it went live?",
            remedy=(
                "Before each step the integrators rehearse with users how the flows that work "
                "today would be restored."
            ),
            citation=WORKING_FLOWS,
        ),
        Criterion(
            id="architecture_migration.joined_by_pattern",
            level=5,
            scope=Scope.REGION,
            question=(
                f"Has a partner joined within the last {JOINED_MONTHS} months by a published "
                "pattern, at the cost that was stated beforehand?"
            ),
            remedy=(
                "The lead architect publishes how one joins, with its price, and notes after each "
                "joining what it really cost."
            ),
        ),
    ),
)
