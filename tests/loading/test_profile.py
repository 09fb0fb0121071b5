"""From the bytes of a profile to a landscape, or to every fault at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedcare.errors import FileTrouble, LimitReached, ProfileRefused
from sharedcare.landscape import Landscape
from sharedcare.loading import (
    Checked,
    check_profile,
    check_profile_text,
    load_landscape,
    load_landscape_text,
)
from sharedcare.places import LocatedMap, Severity
from sharedcare.reading import Allowance, FaultList
from sharedcare.reading import given as source
from sharedcare.reading.yaml_tree import yaml_tree

PROFILE = """\
# Medicines at discharge
meta: {title: Anytown, as_of: 2026-11-01, jurisdiction: england}
organisations:
  hospital: {name: "Anytown Hospital", type: acute, population: 200000}
  council:
    name: Anytown Council
    type: local_authority
systems:
  epr:
    organisation: hospital
    kind: epr
    version: 1.10
    holds:
      medications.on_discharge: {form: coded, history: 5 y}
  asc: {organisation: council, kind: social_care_system}
flows:
  feed: {from: epr, to: asc, mechanism: mesh, mode: push, delay: 5 min,
         carries: {coded: [medications]}, hours: Mon-Fri 09:00-17:00}
stakeholders:
  worker:
    organisation: council
    uses:
    - asc
needs:
  meds:
    stakeholder: worker
    content: [medications.on_discharge]
    max_age: 2 h
    purpose: direct_care
"""


def tree(text: str) -> LocatedMap | None:
    """The tree of a text that has no faults, None for any other."""
    faults = FaultList()
    read = yaml_tree(source(text.encode(), "p"), faults, Allowance())
    return None if faults.errors else read


def test_a_profile_becomes_a_landscape_with_its_values_as_written(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(PROFILE)
    landscape = load_landscape(path)
    assert landscape.systems["epr"].version == "1.10"
    assert list(landscape.needs) == ["meds"]


def test_json_yaml_and_a_text_make_the_same_landscape(tmp_path: Path) -> None:
    as_json = tmp_path / "profile.json"
    as_json.write_text(json.dumps(yaml.load(PROFILE, Loader=yaml.BaseLoader), indent="\t"))
    from_text = load_landscape_text(PROFILE)
    assert load_landscape(as_json) == from_text
    assert from_text == load_landscape_text(PROFILE.replace("\n", "\r\n"))


def test_standard_input_is_a_profile_too() -> None:
    code = "from sharedcare.loading import check_profile; c = check_profile('-'); print(*c.files)"
    for text in (PROFILE, "meta: 1"):
        run = subprocess.run(
            [sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True
        )
        assert run.stdout == "<stdin>\n"


def test_standard_input_that_is_closed_is_trouble() -> None:
    code = "from sharedcare.loading import check_profile; check_profile('-')"
    command = ["/bin/sh", "-c", f'exec "{sys.executable}" -c "{code}" <&-']
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "FileTrouble: <stdin>: FILE_MISSING: standard input is closed" in run.stderr


def test_every_fault_of_a_profile_is_told_at_once_in_the_order_of_places() -> None:
    text = PROFILE.replace("kind: epr", "kind: epr\n    kind: portal").replace("5 min", "soon")
    text = text.replace("to: asc", "to: ascc").replace("5 y", "!x 5 y")
    checked = check_profile_text(text, "p.yaml")
    assert checked.landscape is None
    assert [f"{fault.place} {fault.code}" for fault in checked.faults] == [
        "p.yaml:12:5 DUPLICATE_KEY",
        "p.yaml:15:56 TAG",
        "p.yaml:18:25 UNKNOWN_ID",
        "p.yaml:18:67 BAD_QUANTITY",
    ]
    assert checked.errors == 4


def test_what_only_the_second_of_two_maps_holds_is_not_called_unknown() -> None:
    text = PROFILE.replace("  asc: {org", "systems:\n  asc: {org")
    (fault,) = check_profile_text(text, "p").faults
    assert (str(fault.place), fault.code) == ("p:15:1", "DUPLICATE_KEY")


def test_the_digest_is_of_the_name_too() -> None:
    digests = {check_profile_text(PROFILE, name).digest for name in ("a", "a", "b")}
    assert len(digests) == 2
    assert all(len(digest) == 64 for digest in digests)


def test_a_refusal_names_the_file_and_the_count_and_holds_every_fault() -> None:
    with pytest.raises(ProfileRefused, match=r"^p is no landscape profile yet: 1 fault$") as caught:
        load_landscape_text("systems: {}\n", "p")
    assert [fault.code for fault in caught.value.faults] == ["MISSING_KEY"]
    many = "meta: {as_of: 2026-11-01}\nsystems:\n" + "  s: {}\n" * 1_501
    with pytest.raises(ProfileRefused, match=r"^p is no landscape profile yet: 1,500 faults$"):
        load_landscape_text(many, "p")


def test_many_faults_of_values_are_counted_and_a_hundred_listed() -> None:
    entries = "".join(f"  s{number}: {{lifecycle: dead}}\n" for number in range(500))
    checked = check_profile_text("meta: {as_of: 2026-11-01}\nsystems:\n" + entries)
    assert checked.errors == 500
    assert len(checked.faults) == 101
    assert [fault.place.line for fault in checked.faults] == list(range(3, 104))


def test_a_warning_refuses_nothing() -> None:
    text = PROFILE.replace("medications.on_discharge]", "medications.on_discharge, zodiac_sign]")
    checked = check_profile_text(text)
    assert isinstance(checked.landscape, Landscape)
    assert checked.errors == 0
    assert {fault.severity for fault in checked.faults} == {Severity.WARNING}


def test_a_file_that_is_not_there_is_trouble_and_one_too_large_a_limit(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="FILE_MISSING"):
        check_profile(tmp_path / "gone.yaml")
    with pytest.raises(LimitReached, match=r"^big: TOO_LARGE"):
        check_profile_text(" " * (5 * 2**20 + 1), "big")


def test_a_text_with_half_a_character_is_refused_and_ends_nothing() -> None:
    (fault,) = check_profile_text("meta: \ud800", "p").faults
    assert (str(fault.place), fault.code) == ("p:1:7", "NOT_UTF8")


def test_every_cut_of_a_profile_in_json_is_refused() -> None:
    text = json.dumps(yaml.load(PROFILE, Loader=yaml.BaseLoader), ensure_ascii=False)
    assert tree(text) is not None
    assert not [end for end in range(len(text)) if tree(text[:end]) is not None]


def test_every_cut_of_a_profile_is_refused_or_says_no_more_than_the_whole() -> None:
    """YAML has no last sign, so that a cut may read well; then only its last value may differ."""
    whole = tree(PROFILE)
    read = [(end, tree(PROFILE[:end])) for end in range(len(PROFILE))]
    taken = [(end, cut) for end, cut in read if cut is not None]
    assert len(read) / 4 < len(taken) < len(read)
    assert not [end for end, cut in taken if not is_cut(cut, whole)]


def is_cut(part: object, whole: object) -> bool:
    """Whether the first is the second up to some point, and nothing beside it."""
    if isinstance(part, dict) and isinstance(whole, dict):
        *before, last = part.items()
        ahead = list(whole.items())
        following = ahead[len(before)]
        return (
            before == ahead[: len(before)]
            and last[0] == following[0]
            and is_cut(last[1], following[1])
        )
    if isinstance(part, list) and isinstance(whole, list):
        return part[:-1] == whole[: len(part) - 1] and is_cut(part[-1], whole[len(part) - 1])
    if isinstance(whole, str):
        return isinstance(part, str) and whole.startswith(part)
    # Where a map or a list begins, its first key or dash may be all that is left.
    first = next(iter(whole)) if isinstance(whole, dict) else "-"
    return isinstance(part, str) and first.startswith(part)


def test_the_same_bytes_give_the_same_answer_whatever_the_hash_seed() -> None:
    text = PROFILE.replace("type: acute", "type: acute\n    typo: 1").replace("asc", "acs", 1)
    code = (
        "import sys; from sharedcare.loading import check_profile_text as check;"
        "c = check(sys.stdin.read()); print(c.digest, *c.faults, sep='\\n')"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(answers) == 1


PIECES = [
    *"{}[]:,'|>&*!%@#?-\n \t0aé",
    '"',
    ": ",
    "\n  ",
    "- ",
    "unknown",
    "all",
    "none",
    "null",
    "<<",
]


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.integers(0, len(PROFILE)), st.integers(0, 12), st.sampled_from(PIECES)),
        max_size=4,
    )
)
def test_a_profile_with_slips_gives_a_landscape_or_faults_with_places(
    slips: list[tuple[int, int, str]],
) -> None:
    text = PROFILE
    for start, length, piece in slips:
        text = text[:start] + piece + text[start + length :]
    assert_answered(check_profile_text(text, "p"))


@given(st.binary(max_size=100))
def test_any_bytes_behind_a_meta_give_a_landscape_or_faults_with_places(data: bytes) -> None:
    text = "meta: {as_of: 2026-11-01}\n" + data.decode("latin-1")
    assert_answered(check_profile_text(text, "p"))


def assert_answered(checked: Checked) -> None:
    errors = [fault for fault in checked.faults if fault.severity is Severity.ERROR]
    assert (checked.landscape is None) == bool(errors)
    assert list(checked.faults) == sorted(checked.faults, key=lambda fault: fault.order)
    assert {fault.place.file for fault in checked.faults} <= {"p"}
