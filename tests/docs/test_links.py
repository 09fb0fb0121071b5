"""Links between pages of the documentation lead somewhere, and the index names every page."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, FENCED, PAGES, PROJECT, page_id


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings get: lower case, no punctuation, dashes for spaces."""
    prose = re.sub(FENCED, "", page.read_text("utf-8"))
    titles = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    prose = re.sub(FENCED, "", page.read_text("utf-8"))
    for target in re.findall(r"\]\(\s*([^)\s]+)\s*\)", prose):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), target
        assert found.is_relative_to(PROJECT), target
        assert not anchor or anchor in anchors(found), target


def test_the_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.*") if path.is_file()]
    named = [name for name in pages if name.endswith((".md", ".json")) and name != "README.md"]
    assert named
    assert [name for name in named if f"]({name})" not in index] == []
