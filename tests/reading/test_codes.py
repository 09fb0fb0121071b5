"""Every code is explained, and every explanation is of a code that is used."""

import re
from pathlib import Path

import sharedcare
from sharedcare.reading import CODES, LEAVES_WHOLE

ROOMS = ("reading", "loading")


def test_every_code_that_reading_and_loading_use_is_explained_and_no_other() -> None:
    package = Path(sharedcare.__file__).parent
    files = [file for room in ROOMS for file in (package / room).rglob("[!_]*.py")]
    sources = [file.read_text(encoding="utf-8") for file in files if file.name != "codes.py"]
    used = set(re.findall(r'"([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*)"', "".join(sources)))
    assert used == set(CODES)


def test_an_explanation_is_a_sentence() -> None:
    for sentence in CODES.values():
        assert re.fullmatch(r"[A-Z`].{20,120}\.", sentence), sentence


def test_the_codes_that_leave_the_rest_whole_are_codes() -> None:
    assert set(CODES) > LEAVES_WHOLE
