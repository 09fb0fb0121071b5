#!/usr/bin/env python3
"""Run the project's commands with nothing but Python 3.11 or newer and its pip.

    python3 run.py test [PYTEST ARGUMENTS]    the tests
    python3 run.py spark-tests [THE SAME]     those on a Spark cluster of two workers; with Java
    python3 run.py lint                       ruff, its formatting, mypy, the floors
    python3 run.py demo                       assess a real region and write its report
    python3 run.py generate                   the pages and schemas that are made from the code
    python3 run.py bench NAME [ARGUMENTS]     a benchmark, side by side with its peers
    python3 run.py lock [UV ARGUMENTS]        make requirements/*.lock anew, say with --upgrade
    python3 run.py ANYTHING ELSE              the command line of sharedcare itself

The first call makes a virtual environment, .venv, from the hashed lock; so does the first call
after the lock, the project's metadata, the Python or the folder has changed. Its stamp is written
last, so that an interrupted set-up is done again and never used. Spark, which is large, has an
environment of its own, .venv-spark, made by the first call of spark-tests. What is said about the
set-up goes to stderr: stdout belongs to the command.
"""

from __future__ import annotations  # an older Python has to get as far as being told that it is

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
SPARK_ENVIRONMENT = HERE / ".venv-spark"
STAMP = ".stamp"
TURN = HERE / ".venv.turn"
LOCK = HERE / "requirements" / "dev.lock"
SPARK_LOCK = HERE / "requirements" / "spark.lock"
METADATA = HERE / "pyproject.toml"

OLDEST_PYTHON = (3, 11)
SPARK_TESTS = "tests/fhir/bulk/test_on_spark.py"
OLDEST_PIP = (22, 3)  # the first that can install into another Python: pip --python
UV = "uv==0.13.9"

# Exit codes, the same as those of sharedcare itself.
FAILED, USED_WRONGLY, NOT_SET_UP, INTERRUPTED = 1, 2, 6, 130

AFRESH = "The next call starts it afresh."


def main(arguments: list[str]) -> NoReturn:
    """Do what the first argument names, after the set-up if need be, and end with its code."""
    require_python()
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if verb == "lock":  # which may be called because no environment can be made
        sys.exit(lock(rest))
    if verb == "spark-tests":
        require_java()
        python = ready_environment(SPARK_ENVIRONMENT)
        os.chdir(HERE)
        become(python, "-m", "pytest", SPARK_TESTS, *rest)
    python = ready_environment(ENVIRONMENT)
    if verb == "lint":
        sys.exit(lint(python))
    if verb == "test":
        os.chdir(HERE)
        become(python, "-m", "pytest", *rest)
    if verb == "bench":
        os.chdir(HERE)
        name, *more = rest or ["verdicts"]
        become(python, "-m", f"benchmarks.{name}", *more)
    if verb == "generate":
        os.chdir(HERE)
        become(python, HERE / "scripts" / "write_generated.py", *rest)
    if verb == "demo":
        become(python, HERE / "examples" / "demo.py", *rest)
    # -P keeps modules that happen to lie in the caller's folder out of the way.
    become(python, "-P", "-m", "sharedcare", verb, *rest)


def lint(python: Path) -> int:
    """Run every check, also after one has failed, and tell whether any did."""
    codes = [
        call(python, "-m", "ruff", "check", "."),
        call(python, "-m", "ruff", "format", "--check", "."),
        call(python, "-m", "mypy"),
        call(python.with_name("lint-imports"), "--no-logo"),
    ]
    return FAILED if any(codes) else 0


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml for every platform; pins that still fit stay unless told otherwise."""
    import tempfile

    require_pip()
    with tempfile.TemporaryDirectory() as folder:
        python = make_environment(Path(folder) / "venv")
        install(python, UV)
        compiled: list[str | Path] = [python, "-m", "uv", "pip", "compile", "--quiet"]
        scope = ["--universal", "--python-version", "3.11"]
        content = ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
        origin = ["--custom-compile-command", "python3 run.py lock"]
        options = [*scope, *content, *origin, *arguments]
        everyone = [METADATA.name, "--extra", "dev", "--no-build", "--output-file", relative(LOCK)]
        code = call(*compiled, *everyone, *options)
        # Spark's own lock holds what comes with it alone, in versions that agree with the other.
        wanted = Path(folder) / "spark.in"
        wanted.write_text("\n".join(declared()["project"]["optional-dependencies"]["spark"]))
        agreed = ["--constraint", relative(LOCK), "--no-annotate"]
        files = [str(wanted), "--output-file", relative(SPARK_LOCK)]
        return code or call(*compiled, *files, *agreed, *options)


def relative(path: Path) -> str:
    """Return a path as it stands in the project, which is the same in every checkout."""
    return path.relative_to(HERE).as_posix()


def ready_environment(folder: Path) -> Path:
    """Return the Python of an environment, made from its locks first unless it is ready."""
    python, wanted = python_of(folder), fingerprint()
    if not is_ready(folder, wanted):
        require_pip()
        with one_at_a_time():
            # Another call may have made it while this one waited for its turn.
            if not is_ready(folder, wanted):
                set_up(folder, wanted)
    return python


def is_ready(folder: Path, wanted: str) -> bool:
    """Tell whether a whole environment stands that was made from what is wanted now."""
    stamp = folder / STAMP
    there = python_of(folder).exists() and stamp.exists()
    return there and stamp.read_text(encoding="utf-8") == wanted


def set_up(folder: Path, wanted: str) -> None:
    """Make an environment from nothing, install its locks and the project, then stamp it."""
    with_spark = folder == SPARK_ENVIRONMENT
    takes = "a minute or two, for Spark is large" if with_spark else "about half a minute"
    say(f"Setting up {folder.name} from {LOCK.parent.name}/, once; {takes}.")
    (folder / STAMP).unlink(missing_ok=True)
    python = make_environment(folder)
    install(python, "--require-hashes", "--only-binary", ":all:", "-r", LOCK)
    if with_spark:
        # It comes as source alone, and is made by what the first lock has just installed.
        formats = ["--only-binary", ":all:", "--no-binary", "pyspark", "--no-build-isolation"]
        install(python, "--require-hashes", *formats, "-r", SPARK_LOCK)
    install(python, "--no-deps", "--no-build-isolation", "-e", HERE)
    (folder / STAMP).write_text(wanted, encoding="utf-8")
    say("Set up.")


def make_environment(folder: Path) -> Path:
    """Make an empty environment and return its Python.

    It gets no pip of its own, because Debian ships what would put it there in a package apart;
    the pip of the calling Python installs into it instead.
    """
    step("venv", "--clear", "--without-pip", folder)
    return python_of(folder)


def install(python: Path, *what: str | Path) -> None:
    """Install into the environment of that Python, with the pip of the calling one."""
    step("pip", "--python", python, "--disable-pip-version-check", "install", "--quiet", *what)


def python_of(environment: Path) -> Path:
    """Return where an environment keeps its Python on this platform."""
    return environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def fingerprint() -> str:
    """Return a hash of all that an environment depends on.

    Of pyproject.toml that is what an installation reads; a changed rule of a linter is no reason
    to install anything again. The folder counts because the project is installed by reference.
    """
    found = declared()
    installed = [found["build-system"], found["project"], found["tool"]["hatch"]]
    locks = [path.read_text(encoding="utf-8") for path in (LOCK, SPARK_LOCK)]
    parts = [json.dumps(installed), *locks, sys.version, str(HERE)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def declared() -> dict[str, Any]:
    """Return what pyproject.toml says."""
    import tomllib

    return tomllib.loads(METADATA.read_text(encoding="utf-8"))


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other call sets up; the system itself ends the turn of one that was killed."""
    with TURN.open("w") as turn:
        if sys.platform == "win32":
            import msvcrt

            held = False
            while not held:  # each attempt waits for ten seconds and then raises
                with contextlib.suppress(OSError):
                    msvcrt.locking(turn.fileno(), msvcrt.LK_LOCK, 1)
                    held = True
        else:
            import fcntl

            fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def step(module: str, *arguments: str | Path) -> None:
    """Run a module of the calling Python as a step of the set-up; give up if it fails."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode:
        give_up(NOT_SET_UP, f"The set-up failed: {module} says why above. {AFRESH}")


def call(*command: str | Path) -> int:
    """Run a command in the project's folder and return its exit code."""
    return subprocess.run(list(map(str, command)), cwd=HERE, check=False).returncode


def become(*command: str | Path) -> NoReturn:
    """Run the command in this process's place, so that signals and exit codes are its own."""
    words = list(map(str, command))
    if sys.platform == "win32":  # where a caller loses sight of a process that is replaced
        raise SystemExit(subprocess.run(words, check=False).returncode)
    os.execv(words[0], words)


def require_python() -> None:
    """Give up kindly under a Python that is too old."""
    if sys.version_info < OLDEST_PYTHON:
        found = sys.version.split()[0]
        give_up(USED_WRONGLY, f"Python 3.11 or newer is needed; {sys.executable} is {found}.")


def require_java() -> None:
    """Give up kindly where Spark would find no Java."""
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home) / "bin") if home else None) is None:
        remedy = "'apt-get install openjdk-17-jre-headless' on Debian and Ubuntu, or set JAVA_HOME"
        give_up(NOT_SET_UP, f"Spark needs Java 17 or newer. Install it and call again: {remedy}.")


def require_pip() -> None:
    """Give up kindly where the calling Python cannot install into another one."""
    from importlib.metadata import PackageNotFoundError, version

    if Path(sys.prefix).resolve() in {ENVIRONMENT, SPARK_ENVIRONMENT}:
        give_up(USED_WRONGLY, "An environment cannot set up itself; call a Python outside .venv.")
    try:
        found = version("pip")
    except PackageNotFoundError:
        remedy = (
            "'apt-get install python3-pip' on Debian and Ubuntu, 'dnf install python3-pip' on "
            "Fedora, 'python3 -m ensurepip' for a Python from python.org"
        )
        give_up(USED_WRONGLY, f"{sys.executable} has no pip. Install it and call again: {remedy}.")
    if tuple(map(int, re.findall(r"\d+", found)[:2])) < OLDEST_PIP:
        remedy = f"'{sys.executable} -m pip install --upgrade pip' gets it"
        give_up(USED_WRONGLY, f"pip 22.3 or newer is needed, here is {found}; {remedy}.")


def say(message: str) -> None:
    """Write a line for the person, out of the way of the command's output."""
    print(f"run.py: {message}", file=sys.stderr, flush=True)


def give_up(code: int, message: str) -> NoReturn:
    """Say why nothing more can be done, and end with the code."""
    say(message)
    raise SystemExit(code)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        give_up(INTERRUPTED, "Interrupted; call again to go on.")
    except OSError as fault:
        give_up(NOT_SET_UP, f"The set-up failed: {fault}. {AFRESH}")
