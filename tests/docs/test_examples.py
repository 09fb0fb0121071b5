"""Examples of the documentation run and show what comes out.

Blocks marked ``console`` are run line by line (``$`` begins a command; what is shown below it must
be what comes out, where anything is shown; ``...`` stands for anything). Blocks marked ``python``
are run, and their ``#>`` lines must be what they print. A ``yaml`` block with a file name is saved
under it. Blocks marked ``text`` are not run.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from sharedcare.cli.exits import Exit
from sharedcare.cli.main import main
from tests.docs.pages import KINDS, PROJECT, WRITTEN, Block, blocks_of, page_id

#: The commands find this function in front of them, so that no installed script is needed.
SHELL = 'sharedcare() {{ "{python}" -P -m sharedcare "$@"; }}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the project's profiles and examples, where examples may write."""
    shutil.copytree(PROJECT / "profiles", tmp_path / "profiles")
    for name in ("capability", "packages", "payloads"):
        shutil.copytree(PROJECT / "examples" / name, tmp_path / "examples" / name)
    return tmp_path


def commands_in(block: Block) -> Iterator[tuple[str, str]]:
    """Each command of a console block with what is shown below it."""
    lines = block.text.splitlines(keepends=True)
    assert lines[0].startswith("$ "), f"a console block begins with a prompt: {lines[0]}"
    for position, line in enumerate(lines):
        if line.startswith("$ "):
            shown = takewhile(lambda later: not later.startswith("$ "), lines[position + 1 :])
            yield line.removeprefix("$ ").strip(), "".join(shown)


def run_command(command: str, folder: Path) -> str:
    """Run a command and return all that a terminal would show; only what needs it gets a shell."""
    if set(command) & set(";|<>&$"):
        return run_in_shell(command, folder)
    name, *arguments = shlex.split(command)
    assert name == "sharedcare"
    shown = io.BytesIO()
    terminal = io.TextIOWrapper(shown, encoding="utf-8", newline="", write_through=True)
    with contextlib.redirect_stdout(terminal), contextlib.redirect_stderr(terminal):
        code = main(arguments)
    made = shown.getvalue().decode()
    assert code == Exit.DONE, f"$ {command}\n{made}"
    return made


def run_in_shell(command: str, folder: Path) -> str:
    shell = SHELL.format(python=sys.executable) + f"{{ {command}; }} 2>&1"
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    run = subprocess.run(
        ["bash", "-c", shell],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "NO_COLOR": "1", "COLUMNS": "80"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, f"$ {command}\n{run.stdout}"
    return run.stdout


def run_python(block: Block, names: dict[str, Any]) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.text, block.kind, "exec"), names)
    shown = re.findall(r"^#> ?(.*)$", block.text, re.MULTILINE)
    assert printed.getvalue().splitlines() == shown, block.text


@pytest.mark.parametrize("page", WRITTEN, ids=page_id)
def test_every_example_of_a_page_runs_and_shows_what_comes_out(
    page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    for block in blocks_of(page):
        if block.kind == "console":
            for command, shown in commands_in(block):
                made = run_command(command, folder)
                checked = doctest.OutputChecker().check_output(shown, made, doctest.ELLIPSIS)
                assert checked or not shown, f"$ {command}\n{made}"
        elif block.kind == "python":
            run_python(block, names)
        elif block.name:
            (folder / block.name).write_text(block.text, encoding="utf-8")


@pytest.mark.parametrize("page", WRITTEN, ids=page_id)
def test_every_block_says_what_it_is_so_that_none_is_skipped_silently(page: Path) -> None:
    text = page.read_text("utf-8")
    assert {block.kind for block in blocks_of(page)} <= KINDS
    assert len(re.findall("^ *(```|~~~)", text, re.MULTILINE)) == 2 * len(blocks_of(page))


def test_every_page_but_the_index_has_an_example() -> None:
    assert {page.name for page in WRITTEN if not blocks_of(page)} <= {"README.md"}
    assert blocks_of(PROJECT / "README.md")


def test_the_profile_that_the_readme_shows_is_the_one_that_it_names() -> None:
    shown = [block.text for block in blocks_of(PROJECT / "README.md") if block.kind == "yaml"]
    assert (PROJECT / "profiles" / "minimal.yaml").read_text("utf-8").endswith(shown[0])
