"""Files, folders and standard input become the files to read, in one order, each once."""

import os
from pathlib import Path

import pytest

from sharedcare.reading.payload_paths import Found, kind_by_name, payload_files


def names(found: Found, folder: Path) -> list[str]:
    return [file.name.removeprefix(f"{folder}/") for file in found.files]


def test_a_folder_stands_for_its_payloads_sorted_with_those_of_its_folders(tmp_path: Path) -> None:
    for name in ("b.json", "a.NDJSON", "c.xml.gz", "notes.txt", "z/d.jsonl", "m/e.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = payload_files([str(tmp_path)])
    assert names(found, tmp_path) == ["a.NDJSON", "b.json", "c.xml.gz", "m/e.json", "z/d.jsonl"]
    assert (found.others, found.faults) == (1, [])


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.touch()
    found = payload_files([str(path), str(path), str(tmp_path), "-", "-"])
    assert [file.name for file in found.files] == [str(path), "<stdin>"]


def test_a_link_to_a_folder_is_not_followed_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").touch()
    (tmp_path / "round").symlink_to(tmp_path)
    found = payload_files([str(tmp_path)])
    assert names(found, tmp_path) == ["a.json"]
    assert [fault.code for fault in found.faults] == ["FOLDER_LINK"]


def test_a_folder_without_payloads_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert [fault.code for fault in payload_files([str(tmp_path)]).faults] == ["NOTHING_THERE"]


def test_a_pipe_in_a_folder_is_left_to_the_reader_which_refuses_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    assert names(payload_files([str(tmp_path)]), tmp_path) == ["pipe.json"]


def test_the_name_says_what_a_file_holds_packed_or_not() -> None:
    kinds = {"a.json": "json", "a.ndjson.gz": "ndjson", "A.XML": "xml", "a.txt": "", "json": ""}
    assert {name: kind_by_name(name) for name in kinds} == kinds


def test_names_that_are_shown_alike_stay_two_files(tmp_path: Path) -> None:
    for name in ("a\nb.json", "a\\nb.json"):
        (tmp_path / name).write_text("{}")
    found = payload_files([str(tmp_path)])
    assert len({file.path for file in found.files}) == 2
    assert [Path(file.name).name for file in found.files] == ["a\\nb.json", "a\\nb.json (2)"]


def test_an_empty_name_is_told_and_is_not_the_folder_we_are_in() -> None:
    found = payload_files([""])
    assert not found.files
    assert [(fault.place.file, fault.code) for fault in found.faults] == [('""', "FILE_MISSING")]


def test_one_name_may_stand_bare_and_be_a_path(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    for given in (str(tmp_path), tmp_path, [tmp_path]):
        assert [file.path for file in payload_files(given).files] == [str(tmp_path / "a.json")]


def test_a_file_that_is_named_in_two_ways_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text("{}")
    assert len(payload_files(["a.json", "./a.json", ".", ".//a.json"]).files) == 1
