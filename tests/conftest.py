"""What every test shares: how property tests draw their examples, how golden files are kept."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"

# In CI the same examples on every run; elsewhere new ones, so that a long search goes on.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write what is made now into the golden files, to be read as a diff",
    )


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Callable[[str, bytes], None]:
    """Hold bytes against the golden file of that name, or rewrite the file where that is asked."""

    def hold(name: str, made: bytes) -> None:
        kept = GOLDEN / name
        if pytestconfig.getoption("--rewrite-golden"):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(made)
        assert kept.exists(), f"there is no golden {name}; --rewrite-golden makes it"
        assert made == kept.read_bytes(), f"{name} has changed; --rewrite-golden accepts that"

    return hold
