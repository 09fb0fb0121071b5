"""The sentences about a validation that several formats share."""

from collections.abc import Iterator

from sharedcare.fhir.payloads.conformance import Conformance
from sharedcare.fhir.payloads.settings import Suppression
from sharedcare.fhir.payloads.versions import DEFAULT

_R4 = (
    "Resources are checked against FHIR R4 4.0.1: structure, values, required codes,"
    " invariants, references inside the resource or Bundle. Not checked: {profiles}codes of"
    " terminologies outside HL7's, references to other resources."
)
_NO_PROFILES = "profiles, "


def verdict_words(conformance: Conformance) -> str:
    """Say in a sentence what came out."""
    counts = conformance.counts
    resources = counts.ok + counts.with_issues
    if conformance.nothing_read:
        return "Nothing could be looked at."
    valid = resources - counts.with_errors
    said = f"{_of(valid, resources)} valid"
    told = conformance.told
    if not told and counts.with_errors:
        said += "; every issue is one that the baseline or a suppression knows"
    return f"{said}."


def _of(part: int, whole: int) -> str:
    noun = "resource is" if whole == 1 else "resources are"
    return f"{part:,} of {whole:,} {noun}"


def accounting_words(conformance: Conformance) -> str:
    """Say how all that was read adds up; what adds up was checked."""
    counts = conformance.counts
    return (
        f"read {counts.read:,} = {counts.ok:,} ok + {counts.with_issues:,} with issues"
        f" + {counts.quarantined:,} quarantined + {counts.blank:,} blank"
    )


def note_words(conformance: Conformance) -> Iterator[str]:
    """Go through what has to be known beside the issues: what was left out, and why."""
    counts, tally = conformance.counts, conformance.tally
    if counts.crlf:
        yield f"{_lines(counts.crlf)} in CR LF, as Windows writes; it was passed over."
    if conformance.others:
        noun = "file was" if conformance.others == 1 else "files were"
        yield f"{conformance.others:,} other {noun} in the folders and not read."
    if conformance.known_count:
        yield f"Known by the baseline and not told: {conformance.known_count:,}."
    for one in conformance.settings.suppressions:
        count = tally.suppressed[one.rule]
        yield f"Suppressed: {suppression_words(one)} ({count:,} of this rule)."
    yield from package_words(conformance)
    yield from version_words(conformance)


def package_words(conformance: Conformance) -> Iterator[str]:
    """Say which packages resources were held against, what was asked for, and what is odd."""
    packages, settings = conformance.packages, conformance.settings.packages
    if packages is None or settings is None:
        return
    listed = ", ".join(map(str, packages.ids)) or "HL7's own of FHIR R4 4.0.1"
    yield f"Held against the FHIR profiles of {listed}, where a resource claims one."
    if settings.asked:
        yield f"Held against, whatever it claims: {', '.join(settings.asked)}."
    yield from (f"{fault.place}: {fault.message}." for fault in packages.warnings)


def _lines(count: int) -> str:
    return "1 line ends" if count == 1 else f"{count:,} lines end"


def suppression_words(one: Suppression) -> str:
    """Name a suppression with its reason and its last day."""
    where = f" at {one.path}" if one.path else ""
    until = f", until {one.until}" if one.until else ""
    return f"{one.rule}{where}: {one.reason}{until}"


def version_words(conformance: Conformance) -> Iterator[str]:
    """Say of each version of FHIR by which resources were looked at what is checked, and not."""
    for version, _ in sorted(conformance.tally.versions.items()):
        if version == DEFAULT:
            is_plain = conformance.settings.packages is None
            yield _R4.format(profiles=_NO_PROFILES if is_plain else "")
        else:
            from sharedcare.fhir.payloads.other_versions import NOT_CHECKED

            yield NOT_CHECKED.format(version=version)
