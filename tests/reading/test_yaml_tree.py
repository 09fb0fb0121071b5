"""What an author wrote is what is read, and each value knows where it stood."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.errors import InputRefused
from sharedcare.places import LocatedList, LocatedMap, LocatedText, Place
from tests.reading.trees import found, plain, tree

AT = "profile.yaml"


def text_at(mapping: LocatedMap, key: str) -> LocatedText:
    value = mapping[key]
    assert isinstance(value, LocatedText)
    return value


WRITTEN = """
no NO on yes true True ~ null 010 0o10 0x1F 1_000 12:30 190:20:30 1.10 1e3 1e400 .inf .nan -1 = x]
2026-11-01 2026-02-30 2026-11-01T09:00:00Z 40/week a:b a#b it's Llanfairpwllgwyngyll ŵŷ 👩‍⚕️
"""


@pytest.mark.parametrize(
    "written", [*WRITTEN.split(), "27 of 30", "Mon-Fri 09:00-17:00", "9" * 10_000]
)
def test_a_plain_scalar_stays_what_its_author_wrote(written: str) -> None:
    value = text_at(tree(f"a: {written}\n"), "a")
    assert value == written
    assert value.plain


def test_quotes_are_told_from_their_absence() -> None:
    read = tree("a: null\nb: 'null'\nc: \"null\"\nd: |\n  null\ne:\nf: ''\n")
    marks = {key: (str(value), text_at(read, key).plain) for key, value in read.items()}
    assert marks == {
        "a": ("null", True),
        "b": ("null", False),
        "c": ("null", False),
        "d": ("null\n", False),
        "e": ("", True),
        "f": ("", False),
    }


def test_keys_that_yaml_would_take_for_one_stay_apart() -> None:
    keys = ["1", "1.0", "01", "true", "True", "yes", "null", "~", "on"]
    assert list(tree("".join(f"{key}: x\n" for key in keys))) == keys


def test_block_scalars_keep_and_fold_lines_as_yaml_says() -> None:
    read = tree("kept: |\n  a\n   b\n\n  c\nfolded: >-\n  a\n  b\n\n  c\nstripped: |-\n  a\n")
    assert plain(read) == {"kept": "a\n b\n\nc\n", "folded": "a b\nc", "stripped": "a"}


def test_every_value_has_its_place_and_that_of_its_key() -> None:
    read = tree("# é\nsystems:\n  hub: {name: 'Ö', uses: [a, b]}\n")
    systems = read["systems"]
    assert isinstance(systems, LocatedMap)
    hub = systems["hub"]
    assert isinstance(hub, LocatedMap)
    uses = hub["uses"]
    assert isinstance(uses, LocatedList)
    assert read.place == Place(AT, 2, 1)
    assert (systems.key_place, systems.place) == (Place(AT, 2, 1), Place(AT, 3, 3))
    assert (hub.key_place, hub.place) == (Place(AT, 3, 3), Place(AT, 3, 8))
    assert (uses.key_place, uses.place) == (Place(AT, 3, 20), Place(AT, 3, 26))
    assert [item.place for item in uses if isinstance(item, LocatedText)] == [
        Place(AT, 3, 27),
        Place(AT, 3, 30),
    ]
    assert hub.keys_at == {"name": Place(AT, 3, 9), "uses": Place(AT, 3, 20)}


def test_nothing_has_its_place_behind_the_colon() -> None:
    read = tree("a:\nb: 1\n")
    assert text_at(read, "a").place == Place(AT, 1, 3)


def test_lines_count_the_same_with_every_usual_end_and_a_byte_order_mark() -> None:
    for text in ("\ufeffa: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", "a: 1\nb: 2"):
        assert text_at(tree(text), "b").place == Place(AT, 2, 4)
        assert text_at(tree(text), "a").place == Place(AT, 1, 4)


def test_columns_count_characters_also_beyond_the_first_plane() -> None:
    assert text_at(tree("{é😀: x, b: y}"), "b").place == Place(AT, 1, 12)


def test_an_alias_is_what_its_anchor_names_behind_its_own_key() -> None:
    read = tree("a: &m {x: 1}\nb: *m\nc: [*m]\n? &k d\n: 2\ne: *k\n")
    assert plain(read) == {"a": {"x": "1"}, "b": {"x": "1"}, "c": [{"x": "1"}], "d": "2", "e": "d"}
    first, again = read["a"], read["b"]
    assert isinstance(first, LocatedMap)
    assert isinstance(again, LocatedMap)
    assert (again.place, again.key_place) == (first.place, Place(AT, 2, 1))
    assert (first.key_place, again.keys_at) == (Place(AT, 1, 1), first.keys_at)


def test_an_alias_for_a_key_has_its_own_place() -> None:
    read = tree("a: &k b\n*k : 1\n")
    assert read.keys_at == {"a": Place(AT, 1, 1), "b": Place(AT, 2, 1)}


def test_aliases_may_repeat_ten_thousand_keys_and_values_and_no_more() -> None:
    texts = "a: &t x\nb: [" + "*t, " * 10_000 + "]\n"
    assert plain(tree(texts)) == {"a": "x", "b": ["x"] * 10_000}
    assert found(texts.replace("]", "*t]")) == "ALIAS_BUDGET 2:40005"


def test_json_is_read_too_also_where_it_is_indented_with_tabs() -> None:
    read = tree('{\n\t"a": {"b": [1.10, null, true, "x\\/\\u00e9"]},\n\t"c":"d"\n}\n')
    assert plain(read) == {"a": {"b": ["1.10", "null", "true", "x/é"]}, "c": "d"}
    assert text_at(read, "c").place == Place(AT, 3, 6)


def test_one_document_may_begin_and_end_with_its_marks() -> None:
    assert plain(tree("%YAML 1.2\n---\na: 1\n...\n# end\n")) == {"a": "1"}


def test_all_faults_of_a_document_are_found_at_once() -> None:
    text = "a: !x 1\na: 2\nb:\n  <<: {c: 1}\n  ? [d]\n  : 3\nc: *gone\ne: x\u200by\nf: '\n"
    assert found(text) == (
        "TAG 1:4, DUPLICATE_KEY 2:1, MERGE_KEY 4:3, KEY_NOT_TEXT 5:5, ALIAS_UNKNOWN 7:4,"
        " INVISIBLE_CHARACTER 8:5, SYNTAX 9:4"
    )


def test_of_many_faults_of_a_kind_a_hundred_are_listed_and_the_rest_counted() -> None:
    with pytest.raises(InputRefused, match=r"profile\.yaml cannot be read: 1,233 faults") as caught:
        tree("a: 1\n" * 1_234)
    listed = caught.value.faults
    assert len(listed) == 101
    assert [fault.place.line for fault in listed] == list(range(2, 103))
    assert listed[-1].message == "1,133 more faults of this kind; only the first 100 are listed"


def test_a_refusal_of_one_fault_says_one() -> None:
    with pytest.raises(InputRefused, match=r"cannot be read: 1 fault$"):
        tree("a: 1\na: 2\n")


SIGNS = "ab:{}[],'\"#~\t\n"
PIECES = [
    "no",
    "1.10",
    ": ",
    "- ",
    "\n  ",
    "  ",
    ", ",
    " #",
    "|",
    "|\n  ",
    ">\n",
    "&x ",
    "*x",
    "? ",
]
ENDS = ["é", "\\n", "\r\n", "---", "..."]


@given(st.lists(st.sampled_from([*SIGNS, *PIECES, *ENDS]), max_size=30).map("".join))
def test_what_is_read_is_what_a_loader_of_plain_texts_reads(text: str) -> None:
    try:
        read = tree(text)
    except InputRefused:
        return
    assert plain(read) == yaml.load(text, Loader=yaml.CBaseLoader)
    assert_places(read, text.split("\n"))


def assert_places(value: object, lines: list[str]) -> None:
    if isinstance(value, LocatedMap):
        assert list(value) == list(value.keys_at)
        for inner in value.values():
            assert_places(inner, lines)
    elif isinstance(value, LocatedList):
        for inner in value:
            assert_places(inner, lines)
    elif isinstance(value, LocatedText) and value.plain and value:
        rest = lines[value.place.line - 1][value.place.column - 1 :]
        assert rest.removeprefix("&x").lstrip().startswith(value.split(" ")[0].split("\n")[0])


SEEN = st.characters(exclude_categories=["Cc", "Cf", "Cn", "Cs", "Zl", "Zp"])
TEXTS = st.text(SEEN)


@given(st.dictionaries(TEXTS.filter(lambda key: key != "<<"), TEXTS | st.lists(TEXTS), min_size=1))
def test_what_a_yaml_writer_writes_is_read_back(data: dict[str, object]) -> None:
    written = yaml.safe_dump(data, allow_unicode=True, default_style='"', sort_keys=False)
    assert plain(tree(written)) == data
