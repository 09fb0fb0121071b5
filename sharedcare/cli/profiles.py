"""Reading the profile that a verb is given, with every fault of it and of its answers."""

from dataclasses import replace

from sharedcare.assessment import stray_answers
from sharedcare.cli.writing import tell
from sharedcare.landscape import Landscape
from sharedcare.loading import Checked, check_profile
from sharedcare.places import Severity


def checked(path: str) -> Checked:
    """Read a profile; answers to criteria that do not exist are faults like any other."""
    found = check_profile(path)
    if found.landscape is None:
        return found
    strays = stray_answers(found.landscape, found.place)
    if not strays:
        return found
    faults = tuple(sorted((*found.faults, *strays), key=lambda fault: fault.order))
    return replace(found, landscape=None, faults=faults, errors=found.errors + len(strays))


def taken(path: str, quiet: bool) -> tuple[Landscape, Checked]:
    """Read a profile that must hold together; warnings are told, errors raise ProfileRefused."""
    found = checked(path)
    landscape = found.or_refuse()
    warnings = [fault for fault in found.faults if fault.severity is Severity.WARNING]
    if warnings:
        noun = "warning" if len(warnings) == 1 else "warnings"
        tell(f"{len(warnings)} {noun}; 'sharedcare check' shows them", quiet)
    return landscape, found
