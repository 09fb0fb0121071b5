"""The habits of the house that a program can watch: floors, names, one version, a whole lock."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import sharedcare

PROJECT = Path(__file__).resolve().parent.parent
EMPTY_NAMES = {"handler", "handlers", "helper", "helpers", "manager", "managers", "util", "utils"}


def metadata() -> dict[str, Any]:
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    project: dict[str, Any] = declared["project"]
    return project


def pins() -> dict[str, str]:
    """Each requirement of the lock, by name as pip compares names, with the lines that are its."""
    text = (PROJECT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {entry.split("==")[0]: entry for entry in entries}


def test_a_module_imports_only_from_the_floors_below_it_and_never_the_root_package() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_module_has_a_name_that_says_nothing() -> None:
    modules = {path.relative_to(PROJECT) for path in (PROJECT / "sharedcare").rglob("*.py")}
    assert modules
    assert not [path for path in modules if EMPTY_NAMES & {path.stem, *path.parts}]


def test_the_package_and_its_metadata_name_the_same_version() -> None:
    assert sharedcare.__version__ == metadata()["version"]


def test_the_lock_pins_every_requirement_that_the_project_declares() -> None:
    declared = metadata()
    requirements = [*declared["dependencies"], *declared["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in requirements}
    assert {re.sub(r"[._]", "-", name) for name in names} <= set(pins())


def test_the_lock_gives_a_hash_for_every_pin_and_no_address() -> None:
    assert all("--hash=sha256:" in entry for entry in pins().values())
    assert not re.search("://|--(extra-)?index|--find-links", "".join(pins().values()))
