"""Pages and schemas that are made from the code are what the code makes today."""

import json
import zlib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from scripts.write_generated import DOCS, GENERATED, PACKAGE, PACKED
from sharedcare.assessment import assess
from sharedcare.landscape.schema import profile_schema
from sharedcare.loading import load_landscape
from sharedcare.reports.assessing.assessment_document import assessment_schema, render_json

PROFILES = Path(__file__).parents[1] / "profiles"
ALL_PROFILES = sorted(PROFILES.glob("*.yaml"))


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_file_is_fresh(name: str) -> None:
    kept = (DOCS / name).read_text(encoding="utf-8")
    assert kept == GENERATED[name](), "python3 run.py generate makes it anew"


@pytest.mark.parametrize("name", PACKED)
def test_a_compressed_file_holds_what_is_made_today(name: str) -> None:
    kept = zlib.decompress((PACKAGE / name).read_bytes())
    assert kept == PACKED[name](), "python3 run.py generate makes it anew"


class AsEditorsRead(yaml.SafeLoader):
    """YAML as an editor reads it, with dates left as text."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("path", sorted(PROFILES.rglob("*.yaml")), ids=lambda path: path.name)
def test_every_profile_is_valid_by_the_schema_that_editors_complete_from(path: Path) -> None:
    document: Any = yaml.load(path.read_text(encoding="utf-8"), AsEditorsRead)
    faults = jsonschema.Draft202012Validator(profile_schema()).iter_errors(document)
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []


@pytest.mark.parametrize(
    "edit",
    [
        {"systms": {}},
        {"systems": {"epr": {"lifecylce": "live"}}},
        {"flows": {"f": {"from": "a", "to": "b", "mode": "pusch"}}},
    ],
)
def test_the_schema_marks_slips_while_one_types(edit: dict[str, Any]) -> None:
    document = {"meta": {"as_of": "2026-11-01"}, **edit}
    assert not jsonschema.Draft202012Validator(profile_schema()).is_valid(document)


@pytest.mark.parametrize("path", ALL_PROFILES, ids=lambda path: path.name)
def test_every_assessment_is_valid_by_its_published_schema(path: Path) -> None:
    document = json.loads(render_json(assess(load_landscape(path)), "0", None))
    jsonschema.Draft202012Validator(assessment_schema()).validate(document)
