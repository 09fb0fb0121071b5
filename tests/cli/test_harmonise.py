"""``harmonise`` measures files of every kind, accounts for every line, and shows no values."""

import gzip
import io
import json
from pathlib import Path

import jsonschema
import pytest

from scripts.make_four_systems import COUNCIL_CODES, GP_CODES, write_four
from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.reports.payloads.harmonisation_document import harmonisation_schema
from sharedcare.reports.words.texts import columns_of
from tests.fhir.harmonise.facts import FACTS, as_xml

Captured = pytest.CaptureFixture[str]

PROFILES = Path(__file__).parents[2] / "profiles"


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("four")
    write_four(folder)
    (folder / "key").write_text("sixteen bytes or more", encoding="utf-8")
    return folder


def arguments(folder: Path, *more: str) -> list[str]:
    names = ("hospital", "practice", "community")
    return [
        "harmonise",
        *(f"{name}={folder / name}.ndjson" for name in names),
        f"council={folder / 'council.csv'}",
        f"--columns=council={folder / 'council-columns.yaml'}",
        f"--map={folder / 'icd-10-to-snomed-ct.json'}",
        *more,
    ]


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_every_format_names_the_clashes_and_is_the_same_each_time(
    four: Path, capsys: Captured, format_: str
) -> None:
    told = []
    for _ in range(2):
        assert main(arguments(four, "--format", format_, "--quiet")) == Exit.DONE
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "LOINC" in told[0] or "loinc.org" in told[0]
    assert "999000" not in told[0]


def test_the_text_fits_a_terminal(four: Path, capsys: Captured) -> None:
    main(arguments(four, "--quiet"))
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if columns_of(line) > 80] == []


def test_the_document_is_valid_by_its_published_schema(four: Path, capsys: Captured) -> None:
    main(arguments(four, "--format", "json", "--exact-counts", "--quiet"))
    document = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(harmonisation_schema()).validate(document)
    planted = json.loads((four / "transforms.json").read_text("utf-8"))["planted"]
    said = {(one["kind"], *one["systems"], one["affected"]) for one in document["clashes"]}
    assert said == {(one["kind"], *one["systems"], one["affected"]) for one in planted}


def test_what_was_read_is_told_and_adds_up(four: Path, capsys: Captured) -> None:
    assert main(arguments(four)) == Exit.DONE
    assert "hospital: 3,850 read = 3,850 ok + 0 quarantined + 0 blank" in capsys.readouterr().err


def test_packed_files_folders_and_documents_are_read_as_one_system(
    tmp_path: Path, capsys: Captured
) -> None:
    condition = {"resourceType": "Condition", "code": {"text": "x"}}
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "a.ndjson.gz").write_bytes(gzip.compress(json.dumps(condition).encode() + b"\n"))
    (folder / "c.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "b.json").write_text(json.dumps(condition, indent=2), encoding="utf-8")
    assert main(["harmonise", f"gp={folder}", "--format", "json", "--exact-counts"]) == Exit.DONE
    told = capsys.readouterr()
    (cell,) = json.loads(told.out)["cells"]
    assert cell["records"] == 2
    assert "files of other kinds in its folders were not read (1)" in told.err


def test_xml_and_standard_input_are_read_as_the_json_of_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    condition = FACTS["problem"]["STU3"]
    (tmp_path / "a.xml").write_bytes(as_xml(condition))
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(condition).encode() + b"\n"))
    monkeypatch.setattr("sys.stdin", stdin)
    sources = [f"gp={tmp_path / 'a.xml'}", "gp=-"]
    assert main(["harmonise", *sources, "--format", "json", "--exact-counts"]) == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["systems"][0]["fhir_versions"] == {"STU3": 2}
    assert document["systems"][0]["version_known_by"] == {"elements": 2}
    assert [cell["records"] for cell in document["cells"]] == [2]


def test_xml_with_a_document_type_is_quarantined_and_not_looked_into(
    tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "a.xml"
    path.write_text('<!DOCTYPE a [<!ENTITY x "Jane">]>\n<Patient>&x;</Patient>', encoding="utf-8")
    assert main(["harmonise", f"gp={path}"]) == Exit.PARTIAL
    told = capsys.readouterr()
    assert "a.xml:1:1: NOT_XML" in told.err
    assert "Jane" not in told.out + told.err


def test_what_files_hold_may_be_said(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "export.json"
    path.write_text('{"resourceType": "Condition"}\n' * 2, encoding="utf-8")
    assert main(["harmonise", f"gp={path}"]) == Exit.FILE_TROUBLE
    assert "NOT_ONE_RESOURCE" in capsys.readouterr().err
    assert main(["harmonise", f"gp={path}", "--input=ndjson"]) == Exit.DONE
    assert "2 read = 2 ok" in capsys.readouterr().err


def test_the_version_of_a_system_may_be_said(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "gp.json"
    path.write_text(json.dumps({"resourceType": "Procedure"}), encoding="utf-8")
    main(["harmonise", f"gp={path}", "--fhir-version=gp=r5", "--format=json", "--exact-counts"])
    document = json.loads(capsys.readouterr().out)
    assert document["systems"][0]["fhir_versions"] == {"R5": 1}
    assert "recorded" in document["cells"][0]["completeness"]


def test_codes_that_are_given_are_named_and_those_that_are_not_are_told(
    four: Path, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "codes.csv"
    rows = f"code_system,code,display\n{COUNCIL_CODES},PSR-1,\n{COUNCIL_CODES},PSR-2,\n"
    rows += f"{GP_CODES},L1959,Wheezing\n{GP_CODES},L4405,\n"
    path.write_text(rows, encoding="utf-8")
    assert main(arguments(four, f"--codes={path}", "--format=json", "--quiet")) == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    kinds = {clash["kind"] for clash in document["clashes"] if "council" in clash["systems"]}
    assert kinds == {"local_codes", "unknown_codes"}
    (cell,) = (one for one in document["cells"] if one["system"] == "council")
    assert cell["listed"]["known"] > cell["listed"]["unknown"] > 0
    found = [one["codes"] for one in document["map_first"] if one["system"] == "practice"]
    labels = {code["code"]: code["label"] for codes in found for code in codes}
    assert labels["L1959"] == "Wheezing"
    assert {label for code, label in labels.items() if code != "L1959"} == {None}


def test_a_torn_line_is_quarantined_told_by_its_place_and_the_result_is_partial(
    tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "gp.ndjson"
    path.write_text('{"resourceType": "Condition"}\n{"name": "Jane Doe"\n', encoding="utf-8")
    assert main(["harmonise", f"gp={path}"]) == Exit.PARTIAL
    told = capsys.readouterr()
    assert "gp.ndjson:2:1: NOT_JSON" in told.err
    assert "2 read = 1 ok + 1 quarantined + 0 blank" in told.err
    assert "Jane" not in told.out + told.err


def test_a_cut_packed_file_gives_what_was_read_and_is_partial(
    tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "gp.ndjson.gz"
    line = b'{"resourceType": "Condition"}\n'
    path.write_bytes(gzip.compress(line) + gzip.compress(line * 1_000)[:-9])
    assert main(["harmonise", f"gp={path}"]) == Exit.PARTIAL
    assert "GZIP_CUT" in capsys.readouterr().err


def test_nothing_to_read_is_file_trouble(tmp_path: Path, capsys: Captured) -> None:
    assert main(["harmonise", f"gp={tmp_path / 'none.ndjson'}"]) == Exit.FILE_TROUBLE
    assert "FILE_MISSING" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["gp.ndjson"], "SYSTEM=PATH"),
        (["gp=x.ndjson", "--columns", "asc=map.yaml"], "no path is given"),
        (["gp=table.csv"], "say with --columns"),
        (["gp=x.ndjson", "--fhir-version", "gp=R6"], "DSTU2, R4, R4B, R5, STU3"),
        (["gp=x.ndjson", "--fhir-version", "asc=R4"], "no path is given"),
        (["gp=x.ndjson", "--key-file", "short"], "16 to 64 bytes"),
    ],
)
def test_what_is_used_wrongly_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, more: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.ndjson").write_text("", encoding="utf-8")
    Path("table.csv").write_text("a\n", encoding="utf-8")
    Path("short").write_text("short", encoding="utf-8")
    Path("map.yaml").write_text("records: {problems: {code: a}}", encoding="utf-8")
    assert main(["harmonise", *more]) == Exit.USED_WRONGLY
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "{", "[]", '{"resourceType": "ConceptMap"}', "[" * 100_000])
def test_what_is_no_map_is_refused(tmp_path: Path, capsys: Captured, text: str) -> None:
    path = tmp_path / "map.json"
    path.write_text(text, encoding="utf-8")
    assert main(["harmonise", f"gp={path}", "--map", str(path)]) == Exit.INPUT_REFUSED
    assert "no ConceptMap" in capsys.readouterr().err


def test_clashes_fail_only_where_that_is_asked_for(four: Path, capsys: Captured) -> None:
    assert main(arguments(four, "--fail-on", "clashes", "--quiet")) == Exit.FINDINGS
    assert "Clashes" in capsys.readouterr().out


def test_needs_of_a_profile_weigh_what_depends_on_them(four: Path, capsys: Captured) -> None:
    profile = str(PROFILES / "minimal.yaml")
    key = f"--key-file={four / 'key'}"
    assert main(arguments(four, "--profile", profile, key, "--format=json", "--quiet")) == Exit.DONE
    clashes = json.loads(capsys.readouterr().out)["clashes"]
    scores = [one["weight"] > 0 for one in clashes]
    assert scores == sorted(scores, reverse=True)
    assert {True, False} == set(scores)


def test_of_many_rows_that_cannot_be_read_the_first_are_named_and_the_others_counted(
    tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "map.yaml").write_text("records: {problems: {code: a}}", encoding="utf-8")
    (tmp_path / "asc.csv").write_bytes(b"a\n" + b"\xe9\n" * 30)
    sources = [f"asc={tmp_path / 'asc.csv'}", f"--columns=asc={tmp_path / 'map.yaml'}"]
    assert main(["harmonise", *sources]) == Exit.PARTIAL
    told = capsys.readouterr().err
    assert told.count("NOT_UTF8") == 20
    assert "and 10 more lines of asc" in told


def test_a_map_as_large_as_that_of_a_whole_classification_is_read(
    tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "map.json"
    elements = [
        {"code": f"X{n:06}", "target": [{"code": str(n), "equivalence": "equivalent"}]}
        for n in range(80_000)
    ]
    group = {"source": "http://a", "target": "http://b", "element": elements}
    path.write_text(json.dumps({"resourceType": "ConceptMap", "group": [group]}), "utf-8")
    assert path.stat().st_size > 6 * 2**20
    (tmp_path / "gp.json").write_text('{"resourceType": "Condition"}', encoding="utf-8")
    assert main(["harmonise", f"gp={tmp_path / 'gp.json'}", f"--map={path}"]) == Exit.DONE
    assert "has nothing to do here" in " ".join(capsys.readouterr().out.split())


def test_more_systems_than_are_set_beside_each_other_are_refused_before_any_is_read(
    capsys: Captured,
) -> None:
    assert main(["harmonise", *(f"s{n}=none.ndjson" for n in range(201))]) == Exit.LIMIT_REACHED
    told = capsys.readouterr().err
    assert "201 systems are named, and at most 200" in told
    assert "FILE_MISSING" not in told
