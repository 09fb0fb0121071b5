"""The compiled core of the fast lane is the one that its sources give."""

import re
import shutil
from pathlib import Path

import pytest

from scripts.build_core import ARTEFACT, CORE, built, compiler, digest, made_of
from sharedcare.fhir.fast_lane.machine import shipped_core

ANEW = "python3 -m scripts.build_core makes it anew"


def test_the_core_is_made_of_the_sources_that_are_here() -> None:
    assert made_of(ARTEFACT.read_bytes())["sources"] == digest(CORE), ANEW


def test_what_is_shipped_is_what_was_made() -> None:
    assert shipped_core() == ARTEFACT.read_bytes()


def test_the_sources_count_whatever_is_changed_in_them(tmp_path: Path) -> None:
    copy = shutil.copytree(CORE, tmp_path / "core", ignore=shutil.ignore_patterns("target"))
    assert digest(copy) == digest(CORE)
    found = {digest(CORE)}
    for name in ("src/lib.rs", "src/tables.rs", "Cargo.toml"):
        with (copy / name).open("a", encoding="utf-8") as source:
            source.write("\n")
        found.add(digest(copy))
    (copy / "src" / "lib.rs").rename(copy / "src" / "other.rs")
    assert len({*found, digest(copy)}) == 5


def test_the_same_compiler_makes_the_same_core_in_another_folder(tmp_path: Path) -> None:
    wanted, here = made_of(ARTEFACT.read_bytes())["compiler"], compiler()
    if here != wanted:
        pytest.skip(f"the core was made by {wanted}; here is {here or 'none for WebAssembly'}")
    copy = shutil.copytree(CORE, tmp_path / "core", ignore=shutil.ignore_patterns("target"))
    assert built(copy) == ARTEFACT.read_bytes(), ANEW


def test_no_path_of_the_machine_that_made_it_is_in_the_core() -> None:
    paths = re.findall(rb"[\w./~-]+\.rs", ARTEFACT.read_bytes())
    assert paths
    assert not [path for path in paths if not path.startswith((b"src/", b"/rustc/", b"/rust/"))]
