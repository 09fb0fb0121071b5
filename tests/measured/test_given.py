"""What payloads were measured from: names, sizes and digests that others can check."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from sharedcare.fhir.harmonise.disclosure import Disclosure
from sharedcare.measured.figures import GivenShown, given_shown
from sharedcare.measured.given import Given, given_files
from sharedcare.measured.payloads import measure_payloads
from tests.measured.sent import medicine, partners


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def test_a_file_has_the_digest_of_its_bytes_as_they_are_stored(tmp_path: Path) -> None:
    (tmp_path / "epr.ndjson").write_bytes(b"{}\n")
    path = str(tmp_path / "epr.ndjson")
    assert given_files({"epr": [path, path]}) == (
        Given("epr", "epr.ndjson", 1, 3, digest(b"{}\n")),
    )


def test_a_folder_has_the_digest_of_those_of_its_files_and_names_none(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for name, data in (("9990000026.json", b"b"), ("9990000018.json", b"a"), ("notes.txt", b"c")):
        (folder / name).write_bytes(data)
    expected = digest(f"{digest(b'a')}\n{digest(b'b')}\n".encode())
    (found,) = given_files({"epr": [f"{folder}/"]})
    assert found == Given("epr", "export", 2, 2, expected)
    (folder / "9990000018.json").write_bytes(b"x")
    assert given_files({"epr": [str(folder)]})[0].digest != expected


def test_of_what_cannot_be_read_and_of_standard_input_there_is_no_digest(tmp_path: Path) -> None:
    missing, empty = str(tmp_path / "missing.json"), str(tmp_path)
    found = given_files({"epr": [missing, empty, "-"]})
    assert [(one.files, one.digest) for one in found] == [(1, ""), (0, ""), (1, "")]
    assert {one.size for one in found} == {0}


def test_measuring_files_of_a_landscape_says_which_they_were(tmp_path: Path) -> None:
    data = json.dumps(medicine(None)).encode()
    (tmp_path / "epr.ndjson").write_bytes(data)
    found = measure_payloads(partners(), {"epr": [str(tmp_path / "epr.ndjson")]})
    assert [one.digest for one in found.given] == [digest(data)]


@pytest.mark.parametrize(
    ("given_", "lines", "shown"),
    [
        (Given("epr", "a.csv", 1, 33_001, "d"), 999, GivenShown(1, 34_000, "d")),
        (Given("epr", "a.csv", 1, 33_001, "d"), 7, GivenShown(1, "*", None)),
        (Given("epr", "a.csv", 1, 999, "d"), 999, GivenShown(1, "*", None)),
        (Given("epr", "export", 7, 33_000, "d"), 999, GivenShown("*", 33_000, "d")),
        (Given("epr", "export", 12, 33_000, "d"), 999, GivenShown(10, 33_000, "d")),
        (Given("epr", "-", 1, 0, ""), 999, GivenShown(1, "*", None)),
    ],
)
def test_neither_bytes_nor_files_nor_a_digest_tell_how_many_people_there_are(
    given_: Given, lines: int, shown: GivenShown
) -> None:
    assert given_shown(given_, lines, Disclosure()) == shown
    exactly = given_shown(given_, lines, Disclosure(exact=True))
    assert (exactly.files, exactly.size) == (given_.files, given_.size)
