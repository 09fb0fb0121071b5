"""Pages of the documentation as text: their blocks, sections and tables."""

import re
from dataclasses import dataclass
from pathlib import Path

from sharedcare.reports import document

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
GENERATED = {"dimensions.md", "data-categories.md", "fhir-invariants.md", "fhir-rules.md"}
PAGES = (PROJECT / "README.md", *sorted(DOCS.glob("*.md")))
WRITTEN = tuple(page for page in PAGES if page.name not in GENERATED)

#: How each kind of block is used; a page may hold no other.
KINDS = {"console", "python", "yaml", "text"}

#: A fenced block as a whole.
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, the file name behind it, and what it holds."""

    kind: str
    name: str
    text: str


def blocks_of(page: Path) -> list[Block]:
    found = re.findall(
        r"^```(\w*) ?([^\n]*)\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return [Block(kind, name.strip(), text) for kind, name, text in found]


def page_id(page: Path) -> str:
    return page.relative_to(PROJECT).as_posix()


def section(page: str, heading: str) -> str:
    """The text below a heading, up to the next of any depth, without blocks."""
    text = re.sub(FENCED, "", (DOCS / page).read_text("utf-8"))
    parts = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)
    found = [body for title, body in zip(parts[1::2], parts[2::2], strict=True) if title == heading]
    assert len(found) == 1, f"{page} has {len(found)} sections {heading}"
    return found[0]


def rows(text: str, columns: int) -> list[list[str]]:
    """The rows of the table with that many columns, without its head."""
    lines = (line for line in text.splitlines() if line.startswith("|"))
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    bodies = [row for row in cells if set("".join(row)) != {"-"}]
    return [row for row in bodies if len(row) == columns][1:]


def keys_in(text: str, columns: int) -> list[str]:
    return [row[0].strip("`") for row in rows(text, columns)]


def is_part(found: object) -> bool:
    """Whether something is a part of a JSON document, which has a table of its keys."""
    is_model = isinstance(found, type) and issubclass(found, document.Part)
    return is_model and found is not document.Part
