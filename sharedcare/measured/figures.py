"""What was measured, in figures as they may be shown: small counts are not."""

from dataclasses import dataclass

from sharedcare.fhir.harmonise.disclosure import HIDDEN, Disclosure, Shown, percent_of
from sharedcare.measured.completeness import Filled
from sharedcare.measured.given import Given
from sharedcare.measured.holdings import MeasuredHolding
from sharedcare.measured.timeliness import Timed

#: What each essential is called in ``… of 1,250 records say …``.
ESSENTIALS = {"whom": "whom they are about", "what": "what they are about", "when": "when it was"}


def percent_words(shown: Disclosure, part: int, whole: int) -> str:
    """A share for people, cut off and never rounded up: ``40 %``, ``*``, ``–`` of nothing."""
    return percent_of(shown.share(part, whole))


#: To the next so many bytes sizes of files are told: bytes of rows of one width count the rows.
SIZE_STEP = 1_000


@dataclass(frozen=True, slots=True)
class GivenShown:
    """A file or folder that was named, as it may be shown: how many files, bytes, and the digest.

    Where what it holds may be of few people, a digest would tell whoever guesses it: None then.
    """

    files: Shown
    size: Shown
    digest: str | None


def given_shown(one: Given, lines: int, shown: Disclosure) -> GivenShown:
    """Show what was named for a system of which so many lines, documents or rows were read."""
    if shown.exact:
        return GivenShown(one.files, one.size, one.digest or None)
    files = one.files if one.files == 1 else shown.count(one.files)
    if not shown.may_name(lines) or one.size < SIZE_STEP:
        return GivenShown(files, HIDDEN, None)
    size = -(-one.size // SIZE_STEP) * SIZE_STEP
    return GivenShown(files, size, one.digest or None)


def forms_words(found: MeasuredHolding, shown: Disclosure) -> str:
    """In which forms records are: ``1,250 records, 40 % coded and 60 % text``."""
    forms = found.forms
    every = (
        ("coded", forms.coded),
        ("structured", forms.structured),
        ("text", forms.text),
        ("document", forms.document),
    )
    parts = [f"{percent_words(shown, n, forms.facts)} {name}" for name, n in every if n]
    if not parts:
        return ""
    *first, last = parts
    told = f"{', '.join(first)} and {last}" if first else last
    return f"{shown.words(forms.facts)} records, {told}"


def filled_words(found: Filled, shown: Disclosure) -> str:
    """How many say it: ``61 % of 1,250 records say when it was``."""
    share, of = percent_words(shown, found.present, found.of), shown.words(found.of)
    if found.what == "people":
        return f"there is an entry for {share} of {of} people"
    return f"{share} of {of} records say {ESSENTIALS[found.what]}"


def timed_words(found: Timed, shown: Disclosure) -> str:
    """How many were in time: ``of 1,650 records, 10 % surely in time and 38 % surely late``."""
    in_time = percent_words(shown, found.in_time, found.records)
    late = percent_words(shown, found.late, found.records)
    of = shown.words(found.records)
    return f"of {of} records, {in_time} were surely written up in time and {late} surely late"
