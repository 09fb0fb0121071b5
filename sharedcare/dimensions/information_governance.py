"""Information governance: lawful, proportionate rules for sharing that staff can use.

What is looked at is each crossing: information of one organisation that another is handed, by a
flow or by using a system. No agreement is asked for where it is passed on for direct care, nor
where the receiving system only carries it for the sender: the verdicts on needs ask for none there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.disclosures import Disclosure, disclosures
from sharedcare.dimensions.said import within, worst
from sharedcare.evidence import Evidence, is_written, listing, unless
from sharedcare.findings import Finding
from sharedcare.flows import NeedVerdict
from sharedcare.flows.law import covers_category, parties_of
from sharedcare.flows.losses.lapses import Turn, Turning
from sharedcare.flows.losses.verdict_change import Direction, going, is_sure
from sharedcare.landscape import Agreement
from sharedcare.landscape.agreement import NO_BASIS
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import AgreementStatus, Group, Outcome, Verdict

#: How old a review of an agreement, or of its impact assessment, may be, in days. Ours.
REVIEWED_WITHIN_DAYS = 365

#: Within how many days no need should fall because an agreement runs out. Ours.
RENEWED_DAYS = 90

#: How soon a new crossing is approved or refused, in days. Ours.
APPROVED_WITHIN_DAYS = 60


@dataclass(frozen=True, slots=True)
class _Trait:
    """What is asked of an agreement in force, with the words that end a sentence about it."""

    holds: Callable[[Evidence, Agreement], Outcome]
    has: str
    lacks: str


def every_crossing_has_an_agreement_in_force(evidence: Evidence) -> Iterator[Finding]:
    """Look at each crossing: is an agreement that covers it signed, and valid on the day?"""
    return _judged(evidence, _Trait(lambda *_: Outcome.MET, "is in force", "is not in force"))


def every_crossing_rests_on_a_complete_lawful_basis(evidence: Evidence) -> Iterator[Finding]:
    """Look at each crossing: does its agreement state all that the legal system asks for?

    Where the legal system asks for nothing, there is nothing to look at.
    """
    if evidence.landscape.meta.lawful_basis_asked:
        lacks = "does not state a complete lawful basis"
        yield from _judged(evidence, _Trait(_basis, "states a complete lawful basis", lacks))


def every_crossing_names_its_controllers(evidence: Evidence) -> Iterator[Finding]:
    """Look at each crossing: does its agreement name who controls what is shared?"""
    return _judged(evidence, _Trait(_controllers, "names its controllers", "names no controller"))


def every_crossing_was_assessed_for_its_impact(evidence: Evidence) -> Iterator[Finding]:
    """Look at each crossing: is the impact assessment of its agreement recent?"""
    has = f"had its impact assessed within {REVIEWED_WITHIN_DAYS} days"
    lacks = f"had its impact assessed more than {REVIEWED_WITHIN_DAYS} days ago"
    return _judged(evidence, _Trait(_assessed, has, lacks))


def every_crossing_was_reviewed(evidence: Evidence) -> Iterator[Finding]:
    """Look at each crossing: was its agreement reviewed recently?"""
    has = f"was reviewed within {REVIEWED_WITHIN_DAYS} days"
    lacks = f"was last reviewed more than {REVIEWED_WITHIN_DAYS} days ago"
    return _judged(evidence, _Trait(_reviewed, has, lacks))


def _basis(evidence: Evidence, agreement: Agreement) -> Outcome:
    basis = agreement.lawful_basis
    slots = [basis and basis.slot(name) for name in evidence.landscape.meta.lawful_basis_asked]
    if NO_BASIS in slots:
        return Outcome.NOT_MET
    return Outcome.NOT_EVIDENCED if None in slots else Outcome.MET


def _controllers(_evidence: Evidence, agreement: Agreement) -> Outcome:
    return listing(agreement, "controllers")


def _assessed(evidence: Evidence, agreement: Agreement) -> Outcome:
    return within(agreement.impact_assessed, evidence.as_of, REVIEWED_WITHIN_DAYS)


def _reviewed(evidence: Evidence, agreement: Agreement) -> Outcome:
    return within(agreement.reviewed, evidence.as_of, REVIEWED_WITHIN_DAYS)


def _in_force(evidence: Evidence, agreement: Agreement) -> Outcome:
    """Whether an agreement is signed, and valid on the day; an end that is not given is open."""
    if agreement.status in (AgreementStatus.DRAFT, AgreementStatus.NONE):
        return Outcome.NOT_MET
    signed = Outcome.MET if agreement.status is AgreementStatus.SIGNED else Outcome.NOT_EVIDENCED
    return worst((signed, _is_valid(agreement, evidence.as_of)))


def _is_valid(agreement: Agreement, day: date) -> Outcome:
    if agreement.valid is None:
        return Outcome.MET
    starts, ends = agreement.valid.from_, agreement.valid.until
    if (isinstance(starts, date) and day < starts) or (isinstance(ends, date) and ends < day):
        return Outcome.NOT_MET
    unsure = isinstance(starts, Unknown) or isinstance(ends, Unknown)
    return Outcome.NOT_EVIDENCED if unsure else Outcome.MET


def _judged(evidence: Evidence, trait: _Trait) -> Iterator[Finding]:
    """One finding for each crossing and each of its two organisations: both answer for it."""
    reader = _Reader(evidence, trait)
    for found in disclosures(evidence):
        answer = reader.answer(found)
        way = [evidence.organisation_name(end) for end in (found.source, found.to)]
        message = f"{found.label}, {way[0]} to {way[1]}: {answer.words}."
        for organisation in (found.source, found.to):
            yield Finding(answer.outcome, found.about, message, organisation)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is said of one crossing; ``rank`` tells which of several answers is nearest to met."""

    outcome: Outcome
    words: str
    rank: int = 0


class _Reader:
    """Reads the agreements of one landscape for one trait.

    Thousands of crossings rest on a few agreements, so each answer is kept: of an agreement, and of
    a category under the agreements that name both ends.
    """

    def __init__(self, evidence: Evidence, trait: _Trait) -> None:
        self.evidence, self.trait = evidence, trait
        self.agreements = evidence.landscape.agreements
        self._naming: dict[str, list[str]] = {}
        for key, agreement in self.agreements.items():
            for party in parties_of(evidence.landscape, agreement):
                self._naming.setdefault(party, []).append(key)
        self._of_agreements: dict[str, _Answer] = {}
        self._of_categories: dict[tuple[tuple[str, ...], str], _Answer] = {}

    def answer(self, found: Disclosure) -> _Answer:
        """The answer of one crossing: that of the category which is covered worst."""
        if found.released is Outcome.MET:
            return _Answer(Outcome.NOT_APPLICABLE, "it is passed on for direct care")
        naming = self._naming_both(found)
        if not naming and found.listed is None:
            words = "no agreement is recorded, nor that there is none"
            return _Answer(Outcome.NOT_EVIDENCED, words)
        answers = [self._of_category(naming, name) for name in found.categories]
        weakest = min(answers, key=lambda answer: answer.rank)
        if weakest.outcome is Outcome.NOT_MET and self._may_be_covered_by_another(found):
            return _Answer(Outcome.NOT_EVIDENCED, "of an agreement it is not said whom it binds")
        if weakest.outcome is Outcome.NOT_MET and found.released is Outcome.NOT_EVIDENCED:
            words = "whether it is passed on for direct care is not known"
            return _Answer(Outcome.NOT_EVIDENCED, words)
        return weakest

    def _naming_both(self, found: Disclosure) -> tuple[str, ...]:
        """The agreements that name both ends, of those that the flow lists if it lists any."""
        receiving = self._naming.get(found.to, ())
        return tuple(
            key
            for key in self._naming.get(found.source, ())
            if key in receiving and (found.listed is None or key in found.listed)
        )

    def _may_be_covered_by_another(self, found: Disclosure) -> bool:
        """Whether an agreement that may be meant does not say who its parties are."""
        return any(found.listed is None or key in found.listed for key in self._without_parties)

    @cached_property
    def _without_parties(self) -> tuple[str, ...]:
        agreements = self.agreements.items()
        return tuple(key for key, found in agreements if not is_written(found, "parties"))

    def _of_category(self, naming: tuple[str, ...], category: str) -> _Answer:
        key = (naming, category)
        if key not in self._of_categories:
            self._of_categories[key] = self._nearest(naming, category)
        return self._of_categories[key]

    def _nearest(self, naming: tuple[str, ...], category: str) -> _Answer:
        """The answer of the agreement nearest to it; where all is carried, any may be the one."""
        answers = [
            self._of_agreement(key)
            for key in naming
            if category == "all" or covers_category(self.agreements[key], category)
        ]
        what = "it" if category == "all" else self.evidence.category_name(category).lower()
        answers.append(_Answer(Outcome.NOT_MET, f"no agreement covers {what}"))
        if not all(is_written(self.agreements[key], "categories") for key in naming):
            words = f"whether an agreement covers {what} is not said"
            answers.append(_Answer(Outcome.NOT_EVIDENCED, words, 3))
        return max(answers, key=lambda answer: answer.rank)

    def _of_agreement(self, key: str) -> _Answer:
        if key not in self._of_agreements:
            agreement = self.agreements[key]
            self._of_agreements[key] = _of_agreement(self.evidence, key, agreement, self.trait)
        return self._of_agreements[key]


def _of_agreement(evidence: Evidence, key: str, agreement: Agreement, trait: _Trait) -> _Answer:
    name, force = evidence.name("agreements", key), _in_force(evidence, agreement)
    if force is Outcome.NOT_MET:
        return _Answer(Outcome.NOT_MET, f"{name} is not in force", 1)
    held = trait.holds(evidence, agreement)
    if held is Outcome.NOT_MET:
        return _Answer(Outcome.NOT_MET, f"{name} {trait.lacks}", 2)
    if force is Outcome.NOT_EVIDENCED:
        return _Answer(Outcome.NOT_EVIDENCED, f"it is not known whether {name} is in force", 3)
    if held is Outcome.NOT_EVIDENCED:
        return _Answer(Outcome.NOT_EVIDENCED, f"it is not known whether {name} {trait.has}", 4)
    return _Answer(Outcome.MET, f"{name} {trait.has}", 5)


def no_need_is_about_to_fall_with_an_agreement(evidence: Evidence) -> Iterator[Finding]:
    """No need that rests on an agreement falls because one runs out soon.

    A need rests on one if it covers a hop of a route to it. Of a need that is not met, and not for
    certain unmet, it is not known what it will rest on.
    """
    falling = _falling(evidence)
    for key, verdict in evidence.verdicts.items():
        covers, has_route = _covers_of(verdict), evidence.has_route(key)
        needs_no_cover = has_route and not covers and key not in falling
        if verdict.high is not Verdict.UNMET and not needs_no_cover:
            unsure = not has_route or any(_end_unknown(evidence, one) for one in covers)
            otherwise = (unless(unsure, Outcome.MET), "")
            outcome, day = falling.get(key, otherwise)
            message = f"{evidence.name('needs', key)} {_FALLING_WORDS[outcome].format(day)}"
            yield Finding(outcome, f"needs.{key}", message)


_FALLING_WORDS = {
    Outcome.MET: f"stays covered for the next {RENEWED_DAYS} days.",
    Outcome.NOT_MET: "is worse off from {} on, when an agreement has run out.",
    Outcome.NOT_EVIDENCED: "may or may not stay covered: not all that would tell is known.",
}


def _falling(evidence: Evidence) -> dict[str, tuple[Outcome, str]]:
    """The needs that fall soon on a day on which an agreement has run out, surely or perhaps."""
    found: dict[str, tuple[Outcome, str]] = {}
    for day in evidence.calendar.days:
        soon = (day.day - evidence.as_of).days <= RENEWED_DAYS
        if soon and any(_runs_out(turn) for turn in day.turns):
            for change in going(day.changes, Direction.WORSE):
                outcome = Outcome.NOT_MET if is_sure(change) else Outcome.NOT_EVIDENCED
                found.setdefault(change.need, (outcome, day.day.isoformat()))
    return found


def _runs_out(turn: Turn) -> bool:
    return turn.kind == "agreements" and turn.turning is Turning.ENDS


def _covers_of(verdict: NeedVerdict) -> frozenset[str]:
    steps = (step for item in verdict.items for step in item.path)
    return frozenset(step.cover for step in steps if step.cover is not None)


def _end_unknown(evidence: Evidence, agreement: str) -> bool:
    valid = evidence.landscape.agreements[agreement].valid
    return valid is not None and isinstance(valid.until, Unknown)


DIMENSION = Dimension(
    id="information_governance",
    name="Information governance",
    group=Group.SOCIO_ORGANISATIONAL,
    definition=(
        "What is shared is shared lawfully and no more widely than it has to be: with an "
        "agreement, a basis, controllers, an assessment of its impact, access by role, and "
        "somebody who looks at who looked."
    ),
    rationale=(
        "Every crossing between organisations has to be allowed by both. One that is not covered "
        "stops the route, or is used all the same; staff who do not know the rule do whichever is "
        "safer for themselves."
    ),
    prerequisites=("data_ownership", "governance_structures"),
    criteria=(
        Criterion(
            id="information_governance.agreement_in_force",
            level=1,
            scope=Scope.ORGANISATION,
            question=(
                "Is every crossing to or from the partner covered by an agreement that is signed "
                "and valid today?"
            ),
            remedy=(
                "The information governance leads of both organisations sign or renew the "
                "agreement; until then the crossing has to rest."
            ),
            claim=every_crossing_has_an_agreement_in_force,
            may_not_apply=True,
        ),
        Criterion(
            id="information_governance.lawful_basis_complete",
            level=2,
            scope=Scope.ORGANISATION,
            question=(
                "Does the agreement of every crossing state all parts of the lawful basis that the "
                "legal system asks for?"
            ),
            remedy=(
                "The data protection officers add what is missing: in the UK the grounds of "
                "articles 6 and 9 and what lifts the duty of confidence."
            ),
            claim=every_crossing_rests_on_a_complete_lawful_basis,
            may_not_apply=True,
        ),
        Criterion(
            id="information_governance.controllers_named",
            level=2,
            scope=Scope.ORGANISATION,
            question="Does the agreement of every crossing name the controllers of what is shared?",
            remedy="The parties write into the agreement who is controller, alone or jointly.",
            claim=every_crossing_names_its_controllers,
            may_not_apply=True,
        ),
        Criterion(
            id="information_governance.impact_assessed",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Was the impact on the people concerned assessed for every crossing within the "
                f"last {REVIEWED_WITHIN_DAYS} days?"
            ),
            remedy=(
                "The data protection officers carry out the assessment, or go through the last one "
                "again, and date it."
            ),
            claim=every_crossing_was_assessed_for_its_impact,
            may_not_apply=True,
        ),
        Criterion(
            id="information_governance.access_by_role",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Does the partner limit what its staff see of the shared record by their role?"
            ),
            remedy="The partner agrees with the others which role sees what, and sets it up so.",
        ),
        Criterion(
            id="information_governance.agreement_reviewed",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                f"Was the agreement of every crossing reviewed within the last "
                f"{REVIEWED_WITHIN_DAYS} days?"
            ),
            remedy="The parties hold the agreement against what really flows, once a year.",
            claim=every_crossing_was_reviewed,
            may_not_apply=True,
        ),
        Criterion(
            id="information_governance.renewed_in_time",
            level=4,
            scope=Scope.REGION,
            question=(
                "Will every need that rests on an agreement still do so when the agreements that "
                f"run out within {RENEWED_DAYS} days have done so?"
            ),
            remedy=(
                "The parties renew the agreement before its last day, and enter the new one with "
                "its first day; the report's calendar says which needs fall when."
            ),
            claim=no_need_is_about_to_fall_with_an_agreement,
        ),
        Criterion(
            id="information_governance.access_audited",
            level=4,
            scope=Scope.ORGANISATION,
            question=(
                "Did the partner check within the last twelve months who had looked without cause?"
            ),
            remedy=(
                "The partner's Caldicott guardian has a sample of accesses checked and reports "
                "what was found to the other partners."
            ),
        ),
        Criterion(
            id="information_governance.new_crossing_decided_soon",
            level=5,
            scope=Scope.REGION,
            question=(
                "Was each of the last three requests for a new crossing decided within "
                f"{APPROVED_WITHIN_DAYS} days?"
            ),
            remedy=(
                "The partners agree on one framework, so that a new crossing is a page and not a "
                "new contract."
            ),
        ),
    ),
)
