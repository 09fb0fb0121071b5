"""Harmonising data structures: whether information keeps its meaning from system to system."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import best, percent, share_reaches, worst
from sharedcare.dimensions.sent import domains_known, forms_sent, measured_words
from sharedcare.evidence import Evidence, at_least_form, unless
from sharedcare.findings import Finding
from sharedcare.flows.meaning.clashes import ClashKind
from sharedcare.flows.meaning.differences import differ
from sharedcare.flows.meaning.feeds import carried_entry
from sharedcare.flows.meaning.parts import SEVERAL, Part
from sharedcare.landscape import Flow
from sharedcare.landscape.flow import Carried
from sharedcare.quantities import Unknown
from sharedcare.vocabulary import Conformance, Form, Group, Outcome

#: The share of the categories needed from others that should be exchanged as fields. Ours.
STRUCTURED_SHARE = Fraction(1, 2)

#: The share of people that a flow should match with those of the receiving system. Ours.
MATCHED = Fraction(19, 20)


def every_exchanged_category_is_structured(evidence: Evidence) -> Iterator[Finding]:
    """What organisations need from each other is exchanged in fields and not only as prose."""
    for category in _needed_from_others(evidence):
        outcomes = [
            at_least_form(_form(evidence, flow, category, carried), Form.STRUCTURED)
            for flow in evidence.crossings.values()
            if (carried := carried_entry(flow, category)) is not None
        ]
        outcome = best(outcomes) if outcomes else Outcome.NOT_EVIDENCED
        yield _structured(evidence, category, outcome)


def _structured(evidence: Evidence, category: str, outcome: Outcome) -> Finding:
    """What arrives is at best in the form in which its sources were measured to send it."""
    sources = _source_systems(evidence, category)
    sent = list(forms_sent(evidence, sources, category))
    if sent and len(sent) == len(sources):
        at_best = best(at_least_form(form, Form.STRUCTURED) for form, _ in sent)
        outcome = worst((outcome, at_best))
    figures = measured_words(told for _, told in sent)
    message = f"{evidence.category_name(category)} {_STRUCTURED_WORDS[outcome]}{figures}"
    return Finding(outcome, f"data_categories.{category}", message, measured=bool(sent))


def _source_systems(evidence: Evidence, category: str) -> list[str]:
    """The systems that hold a category at those who are a source of it for somebody."""
    whose = [one.organisation for one in evidence.contributions if one.item.category == category]
    held = (evidence.holdings_of(key, category) for key in dict.fromkeys(whose))
    return [system for systems in held for system in systems]


_STRUCTURED_WORDS = {
    Outcome.MET: "reaches another organisation in structured form.",
    Outcome.NOT_MET: "reaches other organisations only as speech, prose or documents.",
    Outcome.NOT_EVIDENCED: "is needed by others, and in which form it reaches them is not known.",
}


def _needed_from_others(evidence: Evidence) -> dict[str, Form]:
    """Each category that a role needs from another organisation, with the most exacting form."""
    needed: dict[str, Form] = {}
    for part in evidence.contributions:
        need = evidence.landscape.needs[part.need]
        if evidence.landscape.organisation_of(need.stakeholder) != part.organisation:
            category = part.item.category
            needed[category] = max(part.item.min_form, needed.get(category, Form.VERBAL))
    return needed


def _form(evidence: Evidence, flow: Flow, category: str, carried: Carried) -> Form | Unknown | None:
    if not carried.as_held:
        return carried.form
    holder = evidence.landscape.organisation_of(flow.from_)
    held = evidence.holdings_of(holder, category) if holder else {}
    return held[flow.from_].form if flow.from_ in held else None


def every_crossing_knows_the_person_by_one_identifier(evidence: Evidence) -> Iterator[Finding]:
    """Both ends of each live flow between organisations' systems share an identifier."""
    for key, flow in evidence.system_crossings.items():
        known = [domains_known(evidence, place) for place in (flow.from_, flow.to)]
        outcome = _identified(flow, [domains for domains, _ in known])
        figures = [told for _, told in known if told]
        message = f"{evidence.name('flows', key)} {_IDENTITY_WORDS[outcome]}"
        message += measured_words(figures)
        yield Finding(outcome, f"flows.{key}", message, measured=bool(figures))


_IDENTITY_WORDS = {
    Outcome.MET: "joins two systems that know people by the same identifier.",
    Outcome.NOT_MET: "joins two systems that have no identifier in common.",
    Outcome.NOT_EVIDENCED: "joins two systems, and by what they know people is not said of both.",
}


def _identified(flow: Flow, known: Iterable[set[str] | None]) -> Outcome:
    """Whether both ends share an identifier, by what each of them knows people by."""
    both = list(known)
    said = [domains for domains in both if domains is not None]
    if len(said) < len(both):
        return Outcome.NOT_EVIDENCED
    shared = set.intersection(*said)
    if isinstance(flow.identity_domain, Unknown):
        return Outcome.NOT_EVIDENCED if shared else Outcome.NOT_MET
    is_shared = flow.identity_domain in shared if flow.identity_domain else bool(shared)
    return Outcome.MET if is_shared else Outcome.NOT_MET


def the_sources_of_a_category_share_a_code_system(evidence: Evidence) -> Iterator[Finding]:
    """Several sources of a category that is needed in codes have a code system in common."""
    for category, form in _needed_from_others(evidence).items():
        if form >= Form.CODED:
            yield from _compared(evidence, ClashKind.CODE_SYSTEM, category, _CODE_WORDS)


_CODE_WORDS = {
    Outcome.MET: "has a code system that all its sources use",
    Outcome.NOT_MET: "comes from sources that have no code system in common",
    Outcome.NOT_EVIDENCED: "comes from several sources that do not all say how they code it",
}


def the_sources_of_a_category_mean_the_same_by_it(evidence: Evidence) -> Iterator[Finding]:
    """Several sources of a category that others need say that they mean the same by it."""
    for category in _needed_from_others(evidence):
        yield from _compared(evidence, ClashKind.MEANING, category, _MEANING_WORDS)


_MEANING_WORDS = {
    Outcome.MET: "means the same to all its sources",
    Outcome.NOT_MET: "does not mean the same to all its sources",
    Outcome.NOT_EVIDENCED: "comes from several sources that do not all say what they mean by it",
}


def _compared(
    evidence: Evidence, kind: ClashKind, category: str, words: dict[Outcome, str]
) -> Iterator[Finding]:
    """Compare what several sources say; whoever says nothing leaves the answer open."""
    by_source = evidence.parts(kind, category)
    if len(by_source) < SEVERAL:
        return
    parts = [part for of_source in by_source.values() for part in of_source]
    alike = Outcome.MET if all(map(_says_all, by_source.values())) else Outcome.NOT_EVIDENCED
    outcome = Outcome.NOT_MET if differ(kind, parts) is True else alike
    said = f": {_sayings(evidence, parts)}" if outcome is Outcome.NOT_MET else ""
    figures = _code_figures(evidence, category, parts) if kind is ClashKind.CODE_SYSTEM else []
    message = f"{evidence.category_name(category)} {words[outcome]}{said}."
    message += measured_words(figures)
    yield Finding(outcome, f"data_categories.{category}", message, measured=bool(figures))


def _code_figures(evidence: Evidence, category: str, parts: Iterable[Part]) -> list[str]:
    """In which forms the compared systems were measured to send a category."""
    systems = (part.system for part in parts)
    return [told for _, told in forms_sent(evidence, systems, category)]


def _says_all(parts: tuple[Part, ...]) -> bool:
    """Whether a source surely holds something, and says its own of all that it holds."""
    held = [part for part in parts if part.to is None]
    return bool(held) and all(part.party.certain and part.value is not None for part in held)


def _sayings(evidence: Evidence, parts: Iterable[Part]) -> str:
    """What is said, and by whom, each once."""
    said: dict[str, list[str]] = {}
    for part in parts:
        if part.party.said is not None:
            organisation = evidence.organisation_name(part.party.organisation)
            said.setdefault(part.party.said.rstrip("."), []).append(organisation)
    told = (f"{words} ({', '.join(dict.fromkeys(who))})" for words, who in said.items())
    return "; ".join(told)


def every_machine_flow_was_tested_against_its_standard(evidence: Evidence) -> Iterator[Finding]:
    """Conformance of each machine-to-machine flow between organisations was tested."""
    for key, flow in evidence.machine_crossings.items():
        outcome = unless(evidence.is_perhaps_by_machine(flow), _conforms(flow.conformance))
        message = f"{evidence.name('flows', key)} {_CONFORMANCE_WORDS[outcome]}"
        yield Finding(outcome, f"flows.{key}", message)


def _conforms(conformance: Conformance | None) -> Outcome:
    if conformance is None:
        return Outcome.NOT_EVIDENCED
    return Outcome.MET if conformance is Conformance.TESTED else Outcome.NOT_MET


_CONFORMANCE_WORDS = {
    Outcome.MET: "was tested against its standard.",
    Outcome.NOT_MET: "keeps a standard by claim at most: nobody tested it.",
    Outcome.NOT_EVIDENCED: "may or may not keep a standard: nothing says so.",
}


def every_machine_flow_matches_nearly_everybody(evidence: Evidence) -> Iterator[Finding]:
    """Each machine-to-machine flow between organisations' systems finds nearly everybody."""
    for key, flow in evidence.system_crossings.items():
        if key in evidence.machine_crossings:
            yield share_reaches(
                None if evidence.is_perhaps_by_machine(flow) else flow.match_rate,
                MATCHED,
                "the share of people whom it matches",
                about=f"flows.{key}",
                name=evidence.name("flows", key),
            )


DIMENSION = Dimension(
    id="harmonizing_interoperability",
    name="Harmonizing data structures and making systems interoperable",
    group=Group.TECHNOLOGICAL,
    definition=(
        "Whether information means at its end what it meant at its start: the same person, the "
        "same kind of thing, the same codes, with what was lost on the way known. Social care's "
        "words count as much as clinical ones."
    ),
    rationale=(
        "Two systems that are connected are not yet understood. Where one council's alert is a "
        "dog in the garden and the other's a child at risk, sharing both under one heading is "
        "worse than sharing neither."
    ),
    prerequisites=("shared_care_pathways", "architecture_migration", "suppliers"),
    criteria=(
        Criterion(
            id="harmonizing_interoperability.documents_arrive",
            level=1,
            scope=Scope.ORGANISATION,
            question="Can the organisation file another one's documents in its own records?",
            remedy=(
                "The records manager opens a monitored inbox whose documents are filed in the "
                "person's record, by hand if need be."
            ),
        ),
        Criterion(
            id="harmonizing_interoperability.structured",
            level=2,
            scope=Scope.REGION,
            question=(
                f"Do at least {percent(STRUCTURED_SHARE)} of the categories that organisations "
                "need from each other arrive in structured form?"
            ),
            remedy=(
                "The integrators replace the document by fields for the categories that most "
                "needs ask for, beginning where the source already holds fields."
            ),
            claim=every_exchanged_category_is_structured,
            threshold=STRUCTURED_SHARE,
        ),
        Criterion(
            id="harmonizing_interoperability.one_identifier",
            level=2,
            scope=Scope.REGION,
            question=(
                "Do both ends of every live flow between organisations' systems know people by an "
                "identifier that they share?"
            ),
            remedy=(
                "The owner of the end that lacks it traces people's national identifier (in "
                "England the NHS number) and stores it as verified, social care's systems first."
            ),
            claim=every_crossing_knows_the_person_by_one_identifier,
        ),
        Criterion(
            id="harmonizing_interoperability.one_code_system",
            level=3,
            scope=Scope.REGION,
            question=(
                "Do the sources of each category that is needed in codes have a code system in "
                "common?"
            ),
            remedy=(
                "The terminologist agrees one code system with the sources, and for those who "
                "keep their own draws a map that lists what it loses and who answers for that."
            ),
            claim=the_sources_of_a_category_share_a_code_system,
        ),
        Criterion(
            id="harmonizing_interoperability.one_meaning",
            level=3,
            scope=Scope.REGION,
            question=(
                "Do the sources of each category that organisations need from each other mean the "
                "same by it?"
            ),
            remedy=(
                "Practitioners from each source write down together what the category means, and "
                "split it where two things go under one name."
            ),
            claim=the_sources_of_a_category_mean_the_same_by_it,
        ),
        Criterion(
            id="harmonizing_interoperability.conformance_tested",
            level=4,
            scope=Scope.REGION,
            question=(
                "Was every live machine-to-machine flow between organisations tested against the "
                "standard that it follows?"
            ),
            remedy=(
                "The flow's owner has a sample of real messages validated against the standard's "
                "published profiles, and enters conformance: tested when the faults are mended."
            ),
            claim=every_machine_flow_was_tested_against_its_standard,
        ),
        Criterion(
            id="harmonizing_interoperability.people_matched",
            level=4,
            scope=Scope.REGION,
            question=(
                f"Does every live machine-to-machine flow between organisations match at least "
                f"{percent(MATCHED)} of the people in it?"
            ),
            remedy=(
                "The flow's owner counts who is not matched and why, and both ends correct names, "
                "dates of birth and identifiers at the source."
            ),
            claim=every_machine_flow_matches_nearly_everybody,
        ),
        Criterion(
            id="harmonizing_interoperability.read_at_both_ends",
            level=5,
            scope=Scope.REGION,
            question=(
                "Within the last year, did practitioners at both ends read the same sample of "
                "records and agree on what each says?"
            ),
            remedy=(
                "A practitioner from each sector reads ten records as they left and as they "
                "arrived, and the integrators trace every difference to its cause."
            ),
        ),
    ),
)
