from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.flows import Bounds
from sharedcare.flows.taking import ENDLESS
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.text import level_bar
from sharedcare.reports.text_parts import table
from sharedcare.reports.words.figures import (
    counted,
    cut,
    date_words,
    index_words,
    level_words,
    listed,
    percent_words,
    sentence,
    time_words,
)
from sharedcare.reports.words.literal import csv_cell, literal
from sharedcare.reports.words.texts import columns_of, each_text, shortened, visible, wrapped


def bounds(low: str, high: str) -> Bounds:
    return Bounds(Fraction(low), Fraction(high))


def test_what_cannot_be_seen_is_shown_by_its_number() -> None:
    assert visible("a\u202eb\x1b[31mc\ud800\ufeff") == "a[U+202E]b[U+001B][31mc[U+D800][U+FEFF]"


def test_line_breaks_become_spaces_and_right_to_left_letters_stay() -> None:
    assert visible("one\r\ntwo\u2028three\tfour \u05d0\u05d1") == "one two three four \u05d0\u05d1"


@given(st.text())
def test_a_visible_text_can_be_written_and_holds_no_control_character(text: str) -> None:
    made = visible(text)
    made.encode()
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in made)


def test_every_text_of_a_view_is_changed_however_deep() -> None:
    view = (Provenance("a", "b", "c"), ("d", ("e", 7, None)))
    assert each_text(view, str.upper) == (Provenance("A", "B", "C"), ("D", ("E", 7, None)))


@given(st.text(max_size=60), st.integers(min_value=2, max_value=20))
def test_no_line_is_wider_than_asked_and_no_character_is_lost(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert all(columns_of(line) <= most for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


def test_wide_letters_take_two_columns_and_marks_none() -> None:
    assert columns_of("日本") == 4
    assert columns_of("e\u0301") == 1


@given(st.text(max_size=60), st.integers(min_value=1, max_value=30))
def test_a_shortened_text_fits_and_shows_that_it_is_cut(text: str, most: int) -> None:
    made = shortened(text, most)
    assert columns_of(made) <= most
    assert made == text or made.endswith("…")


def test_a_text_is_cut_after_a_word_where_there_is_one() -> None:
    assert shortened("medicines, results and letters", 17) == "medicines…"
    assert shortened("medicines and results", 14) == "medicines and…"
    assert shortened("a Donaudampfschifffahrt", 10) == "a Donauda…"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (Fraction(1, 2), "0.5 s"),
        (90, "1 min 30 s"),
        (2100, "35 min"),
        (90012, "1 d 1 h"),
        (626400, "7 d 6 h"),
        (400 * 86400, "1 y 35 d"),
        (ENDLESS, "without end"),
    ],
)
def test_a_time_is_written_in_its_two_largest_units(seconds: Fraction, words: str) -> None:
    assert time_words(seconds) == words


def test_levels_and_shares_are_cut_off_and_never_rounded_up() -> None:
    assert cut(Fraction(199, 100)) == "1.9"
    assert level_words(bounds("199/100", "5/2")) == "1.9–2.5"
    assert level_words(bounds("2", "2")) == "2"
    assert level_words(None) == "not assessed"
    assert percent_words(bounds("9999/10000", "1")) == "99.9 % to 100 %"
    assert index_words(bounds("19", "349/10")) == "19 to 34 of 100"


def test_days_numbers_and_lists_are_written_without_a_locale() -> None:
    assert date_words(date(2026, 3, 9)) == "9 March 2026"
    assert [counted(1, "need"), counted(1200, "entry", "entries")] == ["1 need", "1,200 entries"]
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d"], most=2) == "a, b and 2 more"
    assert [sentence("so it is"), sentence("Is it?")] == ["So it is.", "Is it?"]


def test_a_bar_shows_what_is_certain_and_what_is_not_known() -> None:
    assert level_bar(bounds("1", "5/2")) == "██░░░·····"
    assert level_bar(bounds("5", "5")) == "█" * 10
    assert level_bar(None) == "·" * 10


def test_a_table_breaks_long_cells_within_their_columns() -> None:
    lines = table([("one", "two three"), ("1", "x" * 12)], (3, 5))
    assert lines == ["one  two", "     three", "1    xxxxx", "     xxxxx", "     xx"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<script>", "\\<script\\>"),
        ("{{7*7}}", "\\{\\{7\\*7\\}\\}"),
        ("[a](http://x)", "\\[a\\](http\\://x)"),
        ("# title", "\\# title"),
        ("- item", "\\- item"),
        ("12. item", "12\\. item"),
        ("63.6 %", "63.6 %"),
        ("a|b", "a\\|b"),
        ("`code`", "\\`code\\`"),
        ("_so_ gp_hub", "\\_so\\_ gp_hub"),
        ("=HYPERLINK(1)", "\\=HYPERLINK(1)"),
        ("two\nlines", "two lines"),
    ],
)
def test_markup_in_a_text_shows_as_itself_in_markdown(text: str, written: str) -> None:
    assert literal(text) == written


@given(st.text(alphabet="=+-@\t\ra1 ", min_size=1))
def test_no_cell_of_csv_begins_a_formula(text: str) -> None:
    assert csv_cell(text)[0] not in "=+-@\t\r"
    assert csv_cell(text) in (text, f"'{text}")
