"""Whether what a statement shows fits the form and the standard that a profile declares."""

from collections.abc import Iterable, Iterator, Mapping

from sharedcare.fhir.capability.compared import (
    Compared,
    Kind,
    fails,
    holds,
    not_told,
    version_in,
)
from sharedcare.fhir.capability.serving import DOCUMENT_TYPES
from sharedcare.fhir.capability.statement import Served, Statement
from sharedcare.landscape import Landscape
from sharedcare.vocabulary import Form

#: A category with the form that is declared of it, and the types that are offered for it.
Offered = tuple[str, object, tuple[Served, ...]]


def labels(landscape: Landscape, categories: Iterable[str]) -> str:
    """The names of categories, for a sentence."""
    names = [landscape.category_label(category) for category in categories]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def forms_of(landscape: Landscape, about: str, offered: Iterable[Offered]) -> Iterator[Compared]:
    """Whether what is offered can come in the form that is declared, told by what comes out."""
    by_answer: dict[str, list[str]] = {}
    for category, form, types in offered:
        answer = _answer(form, types)
        if answer:
            by_answer.setdefault(answer, []).append(category)
    for answer, categories in by_answer.items():
        tell, words = _FORMS[answer]
        said = words.format(labels(landscape, categories))
        yield tell(Kind.FORM, about, said, *categories)


def _answer(form: object, types: tuple[Served, ...]) -> str:
    if not isinstance(form, Form) or not types:
        return ""
    if form > Form.TEXT and all(one.type in DOCUMENT_TYPES for one in types):
        return "documents"
    if form is Form.CODED:
        return "coded"
    if form is Form.PROFILED and not any(one.profiles for one in types):
        return "no_profile"
    return form.word


_FORMS = {
    "documents": (
        fails,
        "Declared for a machine to use: {}. The interface gives documents only.",
    ),
    "coded": (
        not_told,
        "Declared coded: {}. A statement cannot show codes: measure payloads with harmonise.",
    ),
    "no_profile": (not_told, "Declared profiled: {}. The statement names no profile for it."),
    **{
        form.word: (holds, f"Declared {form.word}, which the interface can give: {{}}.")
        for form in Form
        if form is not Form.CODED
    },
}


def standard_of(
    about: str, what: str, who: str, standard: str | None, statement: Statement
) -> Iterator[Compared]:
    """Whether the statement of somebody is of the version of FHIR that a standard names."""
    wanted = version_in(standard)
    if wanted is None:
        return
    if wanted == statement.version:
        yield holds(Kind.STANDARD, about, f"{what} declared in FHIR {wanted}, as {who} speaks it.")
    else:
        said = f"{what} declared in FHIR {wanted}, and {who} speaks FHIR {statement.version}."
        yield fails(Kind.STANDARD, about, said)


def standards_of(
    landscape: Landscape, about: str, standards: Mapping[str, str | None], statement: Statement
) -> Iterator[Compared]:
    """The same of several categories, those of one standard together."""
    by_standard: dict[str, list[str]] = {}
    for category, standard in standards.items():
        if standard is not None:
            by_standard.setdefault(standard, []).append(category)
    for standard, categories in by_standard.items():
        what = f"{labels(landscape, categories)}:"
        yield from standard_of(about, what, "the interface", standard, statement)
