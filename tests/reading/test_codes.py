"""Every code is explained, and every explanation is of a code that is used."""

import re
from pathlib import Path

import sharedcare
from sharedcare.reading import CODES, LEAVES_WHOLE
from sharedcare.reading.codes import PACKAGE_CODES, PAYLOAD_CODES

ROOMS = ("reading", "loading")

#: Versions of FHIR and an encoding are written as codes are.
NO_CODES = {"R4", "R4B", "R5", "STU3", "UTF8"}


def codes_in(*rooms: str) -> set[str]:
    package = Path(sharedcare.__file__).parent
    files = [file for room in rooms for file in (package / room).rglob("[!_]*.py")]
    sources = [file.read_text(encoding="utf-8") for file in files if file.name != "codes.py"]
    return set(re.findall(r'"([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*)"', "".join(sources)))


def test_every_code_that_reading_and_loading_use_is_explained_and_no_other() -> None:
    assert codes_in(*ROOMS) - set(PAYLOAD_CODES) == set(CODES)


def test_every_code_of_reading_payloads_is_explained_and_no_other() -> None:
    used = codes_in(*ROOMS, "fhir/payloads")
    assert used - set(CODES) - NO_CODES == set(PAYLOAD_CODES)


def test_every_code_of_reading_packages_is_explained_and_no_other() -> None:
    used = codes_in("fhir/packages") - set(CODES) - set(PAYLOAD_CODES) - NO_CODES
    assert used == set(PACKAGE_CODES)


def test_an_explanation_is_a_sentence() -> None:
    for sentence in (*CODES.values(), *PAYLOAD_CODES.values(), *PACKAGE_CODES.values()):
        assert re.fullmatch(r"[A-Z`].{20,120}\.", sentence), sentence


def test_the_codes_that_leave_the_rest_whole_are_codes() -> None:
    assert set(CODES) > LEAVES_WHOLE
