"""``graph`` writes the landscape, or a part of it, in the format that is asked for."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.reports.drawing.folding import MAX_BOXES
from sharedcare.reports.drawing.page import MAX_DRAWN, MAX_FLOWS_DRAWN

PROFILES = Path(__file__).parents[2] / "profiles"
REGION = str(PROFILES / "fictional-region.yaml")
MINIMAL = str(PROFILES / "minimal.yaml")


def output(capture: pytest.CaptureFixture[bytes], *arguments: str) -> str:
    assert main(["graph", *arguments, "--quiet"]) == Exit.DONE
    return capture.readouterr().out.decode()


def test_the_whole_landscape_is_graphml_unless_told_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "region.graphml"
    assert main(["graph", REGION, "--quiet", "--output", str(path)]) == Exit.DONE
    graph = networkx.read_graphml(path)
    assert "shared_record" in graph
    assert len(graph) == 37


@pytest.mark.parametrize(
    ("format_", "begins"), [("dot", "digraph "), ("mermaid", "flowchart LR"), ("json", "{")]
)
def test_other_formats_can_be_asked_for(
    format_: str, begins: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert output(capsysbinary, MINIMAL, "--format", format_).startswith(begins)


@pytest.mark.parametrize(
    "asked",
    [
        ("--need", "crisis_plan_in_emergency"),
        ("--cut", "crisis_plan_in_emergency"),
        ("--organisation", "hospitals"),
    ],
)
def test_a_part_is_drawn_and_drawn_the_same_twice(
    asked: tuple[str, str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    made = output(capsysbinary, REGION, "--format", "svg", *asked)
    assert ElementTree.fromstring(made).tag.endswith("svg")
    assert made == output(capsysbinary, REGION, "--format", "svg", *asked)


def test_a_part_can_be_had_in_every_format(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    asked = (REGION, "--need", "crisis_plan_in_emergency", "--format")
    found = json.loads(output(capsysbinary, *asked, "json"))
    places = [place["id"] for place in found["places"]]
    assert places == [
        "emergency_system",
        "mental_health_record",
        "shared_record",
        "emergency_doctor",
    ]
    assert output(capsysbinary, *asked, "mermaid").count("p4") == 2


def test_verdicts_are_in_the_graph_if_asked_for(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert "verdicts" not in output(capsysbinary, MINIMAL)
    assert "medicines: unmet" in output(capsysbinary, MINIMAL, "--verdicts")


def test_organisations_are_named_if_asked_for(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert "Anytown Hospital" not in output(capsysbinary, MINIMAL)
    assert "Anytown Hospital" in output(capsysbinary, MINIMAL, "--name-organisations")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "svg"], "give --need, --cut or --organisation"),
        (["--need", "day", "--cut", "day"], "give one of them"),
        (["--need", "medicine"], "did you mean medicines?"),
        (["--cut", "medicins"], "did you mean medicines?"),
        (["--organisation", "hospitl"], "did you mean hospital?"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_to_do(
    arguments: list[str], told: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["graph", MINIMAL, *arguments]) == Exit.USED_WRONGLY
    assert re.search(re.escape(told), capsysbinary.readouterr().err.decode())


def test_the_page_gives_what_is_drawn_at_most() -> None:
    page = (PROFILES.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert f"A drawing shows at most {MAX_BOXES} boxes" in page
    assert f"the first {MAX_DRAWN} needs that are not met" in page
    assert f"more than {MAX_FLOWS_DRAWN:,}\nflows" in page
