"""Hostile and mistaken YAML: each has its fault at its place, and no message shows a value."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sharedcare.errors import InputRefused
from sharedcare.places import Fault, LocatedMap
from sharedcare.reading import CODES
from tests.reading.trees import as_bytes, faults, found, tree

#: Stands where a value or key of a patient might: no message may show it.
SECRET = "Qz7"

_BOMB = f"a: &a [{', '.join([SECRET] * 10)}]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
_MERGE_BOMB = "a: &a {Qz7: 1}\n" + "".join(
    f"{name}: &{name}\n  <<: [*{before}, *{before}]\n"
    for before, name in zip("abc", "bcd", strict=True)
)

CASES: dict[str, tuple[str | bytes, str]] = {
    # one key twice
    "the same key twice": ("Qz7: 1\nQz7: 2", "DUPLICATE_KEY 2:1"),
    "three times": ("m: {Qz7: 1, Qz7: 2, Qz7: 3}", "DUPLICATE_KEY 1:13, DUPLICATE_KEY 1:21"),
    "a number and its text": ("m:\n  1: Qz7\n  '1': Qz7", "DUPLICATE_KEY 3:3"),
    "an escaped key": ('Qz7: 1\n"\\x51z7": 2', "DUPLICATE_KEY 2:1"),
    "deep inside": ("a: [{b: {Qz7: 1,\n Qz7: 2}}]", "DUPLICATE_KEY 2:2"),
    "in the second of two": ("a: {b: 1}\na: {b: 1, b: 2}", "DUPLICATE_KEY 2:1, DUPLICATE_KEY 2:11"),
    # what YAML can do and a profile does not
    "a merge key": ("b: &b {x: Qz7}\nc:\n  <<: *b\n  y: 2", "MERGE_KEY 3:3"),
    "a merge key of nothing": ("<<:\na: Qz7", "MERGE_KEY 1:1"),
    "a merge bomb": (_MERGE_BOMB, "MERGE_KEY 3:3, MERGE_KEY 5:3, MERGE_KEY 7:3"),
    "an alias bomb": (_BOMB, "ALIAS_BUDGET 4:36"),
    "a long text repeated": (f"a: &t {SECRET * 3000}\nb: [{'*t, ' * 99}]", "ALIAS_BUDGET 2:285"),
    "an alias of what it is in": ("a: &x [Qz7, *x]", "ALIAS_CYCLE 1:13"),
    "an alias of its own map": ("a: &x {Qz7: *x}", "ALIAS_CYCLE 1:13"),
    "an alias of nothing": ("a: *Qz7", "ALIAS_UNKNOWN 1:4"),
    "an anchor twice": ("a: &Qz7 1\nb: &Qz7 2", "ANCHOR_TWICE 2:4"),
    "a Python object": ("a: !!python/object/apply:os.system [Qz7]", "TAG 1:4"),
    "a binary": ("a: !!binary Qz7", "TAG 1:4"),
    "a tag of its own": ("a: !Qz7 x", "TAG 1:4"),
    "a tag on a map and a key": ("!!map {!!str Qz7: 1}", "TAG 1:1, TAG 1:8"),
    "an exclamation before a key": ("! Qz7: 1", "TAG 1:1"),
    "an exclamation": ("a: ! Qz7", "TAG 1:4"),
    "a tag with a handle": ("a: !Qz7!x y", "TAG 1:4"),
    "a verbatim tag": ("a: !<Qz7> x", "TAG 1:4"),
    "a verbatim tag cut": ("a: !<Qz7 x", "TAG 1:4"),
    "a tag with bad escapes": ("a: !%Qz7 x", "TAG 1:4"),
    "a tag directive": ("# Qz7\n%TAG ! tag:Qz7,2000:\n---\na: !b c", "TAG 2:1"),
    "a list for a key": ("? [Qz7]\n: c", "KEY_NOT_TEXT 1:3"),
    "a map for a key": ("{Qz7: b}: c", "KEY_NOT_TEXT 1:1"),
    "a template": ("name: {{ Qz7 }}", "KEY_NOT_TEXT 1:8"),
    # not one document with a map
    "nothing": ("", "EMPTY 1:1"),
    "a byte order mark alone": ("\ufeff", "EMPTY 1:1"),
    "comments alone": ("# Qz7\n\n# Qz7\n", "EMPTY 1:1"),
    "an empty document": ("---\n", "EMPTY 1:1"),
    "two documents": ("a: Qz7\n---\nb: 2", "SEVERAL_DOCUMENTS 2:1"),
    "an empty second document": ("a: Qz7\n---", "SEVERAL_DOCUMENTS 2:1"),
    "more behind the end": ("a: 1\n...\nQz7: 2", "SYNTAX 3:1"),
    "a list at the top": ("\n- Qz7\n- b", "NOT_A_MAP 2:1"),
    "a text at the top": ("Qz7", "NOT_A_MAP 1:1"),
    "an empty text at the top": ("''", "NOT_A_MAP 1:1"),
    "null at the top": ("--- ~", "NOT_A_MAP 1:5"),
    "a key without a space": ("as_of:Qz7", "NOT_A_MAP 1:1"),
    # indentation
    "a tab": ("a:\n\tQz7: 1", "TAB 2:1"),
    "a tab behind a value": ("a: Qz7\n\tb: 2", "TAB 2:1"),
    "a tab behind a space": ("a: 1\n \tQz7: 2", "TAB 2:2"),
    "a tab at the start": ("\tQz7: 1", "TAB 1:1"),
    "a tab in a block": ("a: |\n  x\n\tQz7: z", "TAB 3:1"),
    "a tab as all of a line": ("a: 1\n\t", "TAB 2:1"),
    "a line indented further": ("a: 1\n Qz7: 2", "SYNTAX 2:5"),
    "a line indented less": ("  a: 1\n Qz7: 2", "SYNTAX 2:2"),
    "a list that goes on elsewhere": ("- - a\n - Qz7", "SYNTAX 2:2"),
    "a list among keys": ("a: b\n- Qz7", "SYNTAX 2:1"),
    "a line without a colon": ("a: 1\nQz7\nc: 2", "SYNTAX 2:1"),
    "a last line without a colon": ("a: 1\nQz7", "SYNTAX 2:1"),
    "a colon without a space": ("m:\n  title:Qz7\n  b: 2", "SYNTAX 3:4"),
    # brackets and quotes
    "a bracket not closed": ("a: [1, Qz7", "SYNTAX 1:4"),
    "a bracket not closed before a key": ("a: {b: 1\nQz7: 2", "SYNTAX 2:4"),
    "a bracket too many": ('{"a": "Qz7"}}', "SYNTAX 1:13"),
    "a bracket too many behind a list": ("a: [Qz7]]", "SYNTAX 1:9"),
    "a bracket first": ("a: ]Qz7", "SYNTAX 1:4"),
    "a bracket and nothing": ("\n{\n", "SYNTAX 2:2"),
    "a quote not closed": ("a: 'Qz7\nb: 2\n", "SYNTAX 1:4"),
    "a double quote not closed": ('a: 1\nb: "Qz7\nc: 2\n', "SYNTAX 2:4"),
    "a quote in quotes": ("a: 'Qz's'", "SYNTAX 1:8"),
    "a quote across documents": ("a: 'Qz7\n---\ny'", "SYNTAX 1:4"),
    "a text behind a quote": ('"a": "b" Qz7', "SYNTAX 1:10"),
    "a path in double quotes": ('a: "C:\\qQz7"', "SYNTAX 1:7"),
    "a surrogate in an escape": ('a: "\\ud83dQz7"', "SYNTAX 1:7"),
    "a pair of surrogates": ('{"a": "\\ud83d\\ude00"}', "SYNTAX 1:10"),
    "an escape cut short": ('a: "\\x5Qz7"', "SYNTAX 1:7"),
    # signs with a meaning
    "a colon in a value": ("a: Qz7: c", "SYNTAX 1:7"),
    "an at": ("a: @Qz7", "SYNTAX 1:4"),
    "a per cent sign": ("a: %Qz7", "SYNTAX 1:4"),
    "an asterisk alone": ("a: * Qz7", "SYNTAX 1:5"),
    "an ampersand alone": ("a: & Qz7", "SYNTAX 1:5"),
    "two anchors": ("a: &b &Qz7 c", "SYNTAX 1:7"),
    "a dash in a value": ("a: - Qz7", "SYNTAX 1:4"),
    "a question mark": ("a: ? Qz7", "SYNTAX 1:4"),
    "a bar before a text": ("a: |Qz7\n  y", "SYNTAX 1:5"),
    "a bar and a nought": ("a: |0\n  Qz7", "SYNTAX 1:5"),
    "another YAML": ("%YAML 3.0\n---\na: Qz7", "SYNTAX 1:1"),
    "a directive with more": ("%YAML 1.1 Qz7\n---\na: 1", "SYNTAX 1:1"),
    "a directive without a name": ("%@ Qz7\n---\na: 1", "SYNTAX 1:1"),
    "an unknown directive": ("%Qz7 x\n---\na: 1", "SYNTAX 1:1"),
    # characters
    "NUL": ("Qz7: x\0", "CONTROL_CHARACTER 1:7"),
    "escape": ("a: 1\nb: \x1b[31mQz7", "CONTROL_CHARACTER 2:4"),
    "a form feed": ("a: Qz7\n\fb: 1", "CONTROL_CHARACTER 2:1"),
    "a control of the second row": ("a: \x9bQz7", "CONTROL_CHARACTER 1:4"),
    "no character": ("a: Qz7\ufffe", "CONTROL_CHARACTER 1:7"),
    "NEL hiding a key": ("a: 1 # Qz7\x85b: 2", "LINE_SEPARATOR 1:11"),
    "a line separator hiding a key": ("a: 1 #\u2028Qz7: 2", "LINE_SEPARATOR 1:7"),
    "a paragraph separator": ("a: 1\nb: Qz7\u2029", "LINE_SEPARATOR 2:7"),
    "carriage returns alone": ("a: 1\rQz7: 2\r", "LINE_SEPARATOR 1:5, LINE_SEPARATOR 1:12"),
    "a direction turned": ("a: x\u202eQz7", "BIDI_CONTROL 1:5"),
    "an isolate and a mark": ("a: \u2066Qz7\nb: \u200f", "BIDI_CONTROL 1:4, BIDI_CONTROL 2:4"),
    "a key with a zero-width space": ("a\u200bQz7: 1", "INVISIBLE_CHARACTER 1:2"),
    "a byte order mark inside": ("a: Qz7\ufeff", "INVISIBLE_CHARACTER 1:7"),
    "a soft hyphen": ("a: Qz\xad7", "INVISIBLE_CHARACTER 1:6"),
    "hidden ASCII": ("a: Qz7\U000e0041", "INVISIBLE_CHARACTER 1:7"),
    "a joiner between letters": ("a: Q\u200dz7", "INVISIBLE_CHARACTER 1:5"),
    "a direction in an escape": ('a: "Qz7\\u202E"', "BIDI_CONTROL 1:4"),
    "NUL in an escape": ('a: "Qz7\\0"', "CONTROL_CHARACTER 1:4"),
    "a line separator in an escape": ('"Qz7\\L": 1', "LINE_SEPARATOR 1:1"),
    # encodings
    "Latin-1": (b"a: Qz7\nb: caf\xe9", "NOT_UTF8 2:7"),
    "an overlong slash": (b"a: Qz7\xc0\xaf", "NOT_UTF8 1:7"),
    "a lone surrogate": ("a: Qz7\ud800", "NOT_UTF8 1:7"),
    "a character cut": (b"a: \xc3\xa9Qz7\xf0\x9f", "NOT_UTF8 1:8"),
    "UTF-16 with a mark": ("a: Qz7".encode("utf-16"), "NOT_UTF8 1:1"),
    "UTF-16 without one": ("a: Qz7".encode("utf-16-be"), "NOT_UTF8 1:1"),
    "UTF-32": ("a: Qz7".encode("utf-32"), "NOT_UTF8 1:1"),
    "an image": (b"\x89PNG\r\n\x1a\nQz7", "NOT_UTF8 1:1"),
    # depth
    "brackets": ("[" * 30_000, "TOO_DEEP 1:101"),
    "braces": ("{" * 30_000, "TOO_DEEP 1:101"),
    "maps in maps": ("{a: " * 30_000, "TOO_DEEP 1:401"),
    "dashes": ("- " * 30_000, "TOO_DEEP 1:201"),
    "question marks": ("? " * 30_000, "TOO_DEEP 1:201"),
    "lists, line by line": ("".join(f"{' ' * n}-\n" for n in range(200)), "TOO_DEEP 101:101"),
    "maps, line by line": ("".join(f"{' ' * n}a:\n" for n in range(200)), "TOO_DEEP 101:101"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_input_is_refused_with_code_and_place(name: str) -> None:
    text, expected = CASES[name]
    assert found(text) == expected


@pytest.mark.parametrize("name", CASES)
def test_no_message_shows_what_stands_in_the_file(name: str) -> None:
    for fault in faults(CASES[name][0]):
        assert "Qz" not in fault.message
        assert re.fullmatch(r"profile\.yaml:\d+:\d+: [A-Z_0-9]+: [ -~]{20,300}", str(fault))


def test_there_are_enough_hostile_inputs_and_most_hold_a_secret() -> None:
    assert len(CASES) >= 45
    hold = [name for name, (text, _) in CASES.items() if SECRET.encode() in as_bytes(text)]
    assert len(hold) > 70


def test_the_message_for_a_key_that_stands_twice_names_the_first_place() -> None:
    (fault,) = faults("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert "at line 2, column 3;" in fault.message


def test_the_message_for_tabs_says_how_many_lines_have_them() -> None:
    (fault,) = faults("a:\n\tb: 1\n\tc: 2\n  \td: 3\n")
    assert fault.message.endswith("use spaces (so are others: 3 lines of the file)")


def test_the_message_for_a_missing_bracket_names_where_it_is_open() -> None:
    (fault,) = faults("a: 1\nb: {c: 1\nd: 2\n")
    assert "the { that is open stands at line 2, column 4." in fault.message


def test_a_hundred_maps_and_lists_inside_each_other_are_read() -> None:
    tree("a: " + "[" * 99 + "]" * 99)
    assert found("a: " + "[" * 100 + "]" * 100) == "TOO_DEEP 1:103"


SIGNS = [
    *"{}[]:,'|>&*!%@`#?-\n\t \r",
    '"',
    ": ",
    "- ",
    "\n  ",
    "&a ",
    "*a",
    "<<: ",
    "!x ",
    "a",
    "é",
]


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"\xef\xbb\xbf\xff")
@example(b"%TAG")
def test_any_bytes_give_a_tree_or_faults_that_have_a_place_in_them(data: bytes) -> None:
    assert_answered(data)


@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
def test_any_signs_of_yaml_give_a_tree_or_faults_that_have_a_place_in_them(text: str) -> None:
    assert_answered(text.encode())


def assert_answered(data: bytes) -> None:
    refused: Sequence[Fault] = ()
    try:
        assert isinstance(tree(data), LocatedMap)
    except InputRefused as error:
        refused = error.faults
        assert refused
    for fault in refused:
        assert fault.code in CODES
        assert 1 <= fault.place.line <= data.count(b"\n") + 1
        assert 1 <= fault.place.column <= len(data) + 1
