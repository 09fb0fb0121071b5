"""Which characters a text may hold, and where the others are."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml import CBaseLoader

from sharedcare.reading import FaultList
from sharedcare.reading import given as source
from sharedcare.reading.characters import LineIndex, first_refused, text_of
from tests.reading.trees import faults, found, tree

# All planes, without the long rows of ideographs, syllables and what is not assigned.
ROWS = [(0, 0x3400), (0xA000, 0xAC00), (0xE000, 0x17000), (0x1B000, 0x20000), (0xE0000, 0xE1000)]
EVERY = [chr(code) for start, end in ROWS for code in range(start, end)]


def refused_as(letter: str) -> str | None:
    """The code with which a letter is refused between letters of ASCII, None if it is not."""
    refused = first_refused(f"a{letter}b")
    return refused[0] if refused else None


def test_every_character_that_cannot_be_seen_is_refused_between_letters() -> None:
    hidden = [letter for letter in EVERY if unicodedata.category(letter) == "Cf"]
    assert len(hidden) > 150
    assert not [hex(ord(letter)) for letter in hidden if refused_as(letter) is None]


def test_nothing_but_controls_and_what_cannot_be_seen_is_refused() -> None:
    refused = [letter for letter in EVERY if refused_as(letter)]
    kinds = {unicodedata.category(letter) for letter in refused}
    assert kinds == {"Cc", "Cf", "Cn", "Zl", "Zp"}


def test_the_parser_takes_every_character_that_is_not_refused_as_it_is() -> None:
    letters = "".join(letter for letter in EVERY if not refused_as(letter))
    written = re.sub(r'[\r\n\t"\\]', "", letters)
    assert CBaseLoader(f'"{written}"').get_single_data() == written


def test_a_change_of_direction_is_a_fault_of_its_own() -> None:
    bidi = [letter for letter in EVERY if refused_as(letter) == "BIDI_CONTROL"]
    names = {unicodedata.bidirectional(letter) for letter in bidi}
    assert names >= {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert {"\u200e", "\u200f", "\u061c"} <= set(bidi)
    assert len(bidi) == 12


@pytest.mark.parametrize("name", ["Zażółć", "می‌خواهم", "👩‍⚕️", "Siân O’Neill–Pryce", "北京", "क्‍ष"])
def test_names_of_all_scripts_are_read(name: str) -> None:
    assert tree(f"name: {name}") == {"name": name}


def test_what_is_no_text_at_all_is_told_once() -> None:
    listed = faults(b"\x01" * 20_000)
    assert len(listed) == 102
    assert str(listed[-1]).startswith("profile.yaml:1:10000: NOT_TEXT: the file has 10,000 char")
    assert listed[-2].message.startswith("9,899 more faults")


def test_the_byte_of_an_encoding_fault_counts_from_the_start_of_the_file() -> None:
    (fault,) = faults(b"\xef\xbb\xbfa: \xc3\xa9\n\xff")
    assert (fault.place.line, fault.place.column, fault.place.byte) == (2, 1, 9)


def test_an_invisible_character_does_not_keep_other_faults_from_being_found() -> None:
    assert found("a: x\u200b\na: 2") == "INVISIBLE_CHARACTER 1:5, DUPLICATE_KEY 2:1"


@given(st.text(st.sampled_from("aé😀\r\n"), max_size=50), st.integers(0, 50))
def test_line_and_column_are_those_of_counting(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    before = text[:offset]
    expected = (before.count("\n") + 1, len(before.split("\n")[-1]) + 1)
    assert LineIndex(text).line_and_column(offset) == expected


@given(st.text(max_size=100))
def test_a_text_without_faults_is_decoded_to_itself(text: str) -> None:
    found = FaultList()
    decoded = text_of(source(text.encode("utf-8", "surrogatepass"), "x"), found)
    if not found.errors:
        assert decoded == text.removeprefix("\ufeff")
