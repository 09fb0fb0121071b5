"""``validate``: formats, exit codes, hostile input, resumption; and no value leaves unasked."""

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.fhir import validate_resource
from sharedcare.reading.limits import CHUNK_BYTES, MEBIBYTE
from sharedcare.reports.payloads.validation_document import validation_schema
from sharedcare.reports.payloads.validation_sarif import uri_of
from tests.cli.hostile_payloads import CORPUS, write_payload
from tests.fhir.examples import PATIENT, changed

FORMATS = ("text", "json", "operationoutcome", "sarif", "junit")

GOOD = json.dumps(PATIENT).encode() + b"\n"
BAD = json.dumps(changed(PATIENT, gender="x", birthDate="1999-02-31")).encode() + b"\n"
WARNING = b'{"resourceType":"Patient","text":{"status":"empty","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\"> </div>"}}\n'  # fmt: skip # noqa: E501

#: Bytes of memory that a process may have, whatever it is given.
MEMORY = 300 * MEBIBYTE

PROGRAM = [sys.executable, "-m", "sharedcare", "validate"]

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture
def mixed(tmp_path: Path) -> str:
    path = tmp_path / "mixed.ndjson"
    path.write_bytes(GOOD + BAD + b"\n" + GOOD[:40] + b"\n" + WARNING)
    return str(path)


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, timeout=60, check=False, **options
    )


def out(capture: Capture) -> str:
    return capture.readouterr().out.decode()


# ── Exit codes and accounting ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "arguments", "code"),
    [
        (GOOD, [], Exit.DONE),
        (BAD, [], Exit.FINDINGS),
        (BAD, ["--fail-on", "never"], Exit.DONE),
        (WARNING, [], Exit.DONE),
        (WARNING, ["--fail-on", "warning"], Exit.FINDINGS),
        (GOOD + GOOD[:9], [], Exit.PARTIAL),
        (GOOD[:9], [], Exit.INPUT_REFUSED),
        (GOOD, ["--fhir-version", "R5"], Exit.DONE),
        (GOOD, ["--input", "json"], Exit.DONE),
    ],
)
def test_the_exit_code_says_what_came_out(
    tmp_path: Path, data: bytes, arguments: list[str], code: Exit
) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(data)
    assert main(["validate", str(path), *arguments]) == code


def test_a_file_that_is_not_there_is_file_trouble_and_the_others_are_read(
    mixed: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    assert main(["validate", mixed, str(tmp_path / "none.json")]) == Exit.FILE_TROUBLE
    told = out(capsysbinary)
    assert "none.json: FILE_MISSING" in told
    assert "read 5 = 1 ok + 2 with issues + 1 quarantined + 1 blank" in told


def test_text_begins_each_issue_with_its_place(mixed: str, capsysbinary: Capture) -> None:
    assert main(["validate", mixed]) == Exit.PARTIAL
    lines = out(capsysbinary).splitlines()
    line = BAD.decode()
    column = line.index('"gender"') + 1
    assert lines[0].startswith(f"{mixed}:2:{column}: error: Patient.gender: ")
    assert lines[0].endswith("[code-required]")
    assert sum(line.startswith(f"{mixed}:") for line in lines) == 4


def test_standard_input_is_read_and_named() -> None:
    done = run("-", "--format", "json", input=GOOD + BAD)
    assert done.returncode == Exit.FINDINGS
    document = json.loads(done.stdout)
    assert [file["name"] for file in document["files"]] == ["<stdin>"]
    assert document["counts"]["read"] == 2


def test_the_example_of_the_help_is_there_and_valid(capsysbinary: Capture) -> None:
    example = Path(__file__).parents[2] / "examples" / "payloads" / "patient.json"
    assert main(["validate", str(example)]) == Exit.DONE
    assert main(["validate", "--help"]) == Exit.DONE
    assert f"Example: sharedcare validate examples/payloads/{example.name}" in out(capsysbinary)


# ── Formats ───────────────────────────────────────────────────────────────────────────────────────


def written(arguments: list[str], capture: Capture) -> str:
    main(["validate", *arguments])
    return out(capture)


def test_json_is_valid_by_its_schema_and_tells_what_text_tells(
    mixed: str, capsysbinary: Capture
) -> None:
    import jsonschema

    document = json.loads(written([mixed, "--format", "json"], capsysbinary))
    jsonschema.Draft202012Validator(validation_schema()).validate(document)
    assert [(one["line"], one["rule"]) for one in document["issues"]] == [
        (2, "code-required"),
        (2, "date-impossible"),
        (4, "json-syntax"),
        (5, "narrative-blank"),
    ]


def test_an_operation_outcome_is_a_valid_resource_and_not_empty(
    mixed: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    good = tmp_path / "good.json"
    good.write_bytes(GOOD)
    expected = {
        mixed: ["error", "error", "error", "warning", "information", "information"],
        str(good): ["information", "information"],
        str(tmp_path / "none.json"): ["fatal", "information"],
    }
    for path, severities in expected.items():
        text = written([path, "--format", "operationoutcome"], capsysbinary)
        assert validate_resource(text.encode()) == ()
        assert [one["severity"] for one in json.loads(text)["issue"]] == severities


def test_sarif_has_what_the_specification_requires(
    mixed: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    paths = [mixed, str(tmp_path / "none.json")]
    log = json.loads(written([*paths, "--format", "sarif"], capsysbinary))
    assert log["version"] == "2.1.0"  # 3.13.2
    (made,) = log["runs"]  # 3.13.4
    driver = made["tool"]["driver"]  # 3.14.6, 3.18.2
    assert driver["name"]  # 3.19.8
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)  # 3.19.23: unique ids
    assert all(rule["shortDescription"]["text"] for rule in rules)  # 3.12.3
    assert made["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}  # 3.14.17
    (invocation,) = made["invocations"]
    assert invocation["executionSuccessful"] is False  # 3.20.14: required
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"]  # 3.58.5
    notified = {one["id"] for one in driver["notifications"]}
    assert notification["descriptor"]["id"] in notified  # 3.52.4
    assert len(made["results"]) == 4
    for result in made["results"]:
        assert result["message"]["text"]  # 3.27.11
        assert result["level"] in {"none", "note", "warning", "error"}  # 3.27.10
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.6
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1  # 3.30.5
        assert region["startColumn"] >= 1
        assert " " not in location["physicalLocation"]["artifactLocation"]["uri"]  # 3.4.3
        assert all("/" in key for key in result["partialFingerprints"])  # 3.27.17


@pytest.mark.parametrize(
    ("name", "separator", "uri"),
    [
        ("a b/c.json", "/", "a%20b/c.json"),
        ("/data/a.json", "/", "file:///data/a.json"),
        ("a\\nb.json", "/", "a%5Cnb.json"),
        ("in\\a b.json", "\\", "in/a%20b.json"),
        ("C:\\in\\a.json", "\\", "file:///C:/in/a.json"),
        ("C:/in/a:b.json", "\\", "file:///C:/in/a%3Ab.json"),
        ("\\\\server\\in\\a.json", "\\", "file://server/in/a.json"),
    ],
)
def test_sarif_names_a_file_by_the_reference_that_its_system_means(
    name: str, separator: str, uri: str
) -> None:
    assert uri_of(name, separator) == uri


def test_junit_has_a_suite_for_each_file_and_a_failure_for_each_rule_with_errors(
    mixed: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    good = tmp_path / "good & <well>.json"
    good.write_bytes(GOOD)
    text = written(
        [mixed, str(good), str(tmp_path / "none.json"), "--format", "junit"], capsysbinary
    )
    suites = ElementTree.fromstring(text).findall("testsuite")
    counted = [(s.get("tests"), s.get("failures"), s.get("errors")) for s in suites]
    assert counted == [("4", "3", "0"), ("1", "0", "0"), ("1", "0", "1")]
    failing = [case.get("name") for case in suites[0] if case.find("failure") is not None]
    assert failing == ["code-required", "date-impossible", "json-syntax"]


def test_junit_passes_no_file_whose_errors_are_beyond_those_listed(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    (tmp_path / "a.ndjson").write_bytes(BAD * 150)
    (tmp_path / "b.ndjson").write_bytes(BAD)
    suites = ElementTree.fromstring(written([str(tmp_path), "--format", "junit"], capsysbinary))
    assert [suite.get("failures") for suite in suites] == ["2", "1"]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(
    mixed: str, format_: str
) -> None:
    seeds = ("1", "2")
    made = {
        run(mixed, "--format", format_, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in seeds
    }
    assert len(made) == 1


# ── Values ────────────────────────────────────────────────────────────────────────────────────────

SECRETS = ("Wolfeschlegel", "1871-13-41", "9434765919")

LEAKS: list[dict[str, Any]] = [
    {"birthDate": "1871-13-41"},
    {"gender": "Wolfeschlegel"},
    {"Wolfeschlegel": 1},
    {"resourceType": "Wolfeschlegel"},
    {"name": [{"family": ["Wolfeschlegel"]}]},
    {"name": [{"Wolfeschlegel": "9434765919"}]},
    {"identifier": [{"system": "Wolfeschlegel 9434765919", "value": "9434765919"}]},
    {"identifier": [{"system": "urn:ietf:rfc:3986", "value": "9434765919"}]},
    {"managingOrganization": {"reference": "Wolfeschlegel"}},
    {"managingOrganization": {"reference": "#Wolfeschlegel"}},
    {"generalPractitioner": [{"reference": "Wolfeschlegel/9434765919"}]},
    {"extension": [{"url": "Wolfeschlegel"}]},
    {"id": "Wolfeschlegel 9434765919"},
    {"text": {"status": "generated", "div": "<div>Wolfeschlegel</div>"}},
    {"text": {"status": "generated", "div": "Wolfeschlegel &amp 1871-13-41"}},
    {"maritalStatus": {"coding": [{"system": "Wolfeschlegel", "code": " 9434765919"}]}},
    {"contained": [{"resourceType": "Patient", "id": "Wolfeschlegel"}]},
    {"telecom": "Wolfeschlegel"},
    {"active": "Wolfeschlegel"},
    {"multipleBirthInteger": "9434765919"},
    {"photo": [{"contentType": "Wolfeschlegel", "data": "Wolfeschlegel!"}]},
]


@pytest.mark.parametrize("format_", FORMATS)
def test_no_value_of_a_record_leaves_unless_it_is_asked_for(
    tmp_path: Path, format_: str, capsysbinary: Capture
) -> None:
    lines = [json.dumps({"resourceType": "Patient", **parts}) for parts in LEAKS]
    lines += ['{"resourceType":"Patient","Wolfeschlegel":1,"Wolfeschlegel":', "Wolfeschlegel"]
    lines += ['{"resourceType":"Patient","id":"Wolfeschlegel","id":"9434765919"}']
    path = tmp_path / "leaks.ndjson"
    path.write_text("\n".join(lines))
    kept = tmp_path / "kept"
    for version in ("auto", "R5", "STU3"):
        arguments = ["validate", str(path), "--format", format_, "--fhir-version", version]
        main([*arguments, "--output-dir", str(kept)])
        captured = capsysbinary.readouterr()
        written_files = b"".join(file.read_bytes() for file in kept.iterdir())
        for secret in SECRETS:
            assert secret.encode() not in captured.out + captured.err + written_files
    main(["validate", str(path), "--show-values"])
    assert "Wolfeschlegel" in out(capsysbinary)


def test_what_shows_values_or_places_in_records_is_for_its_owner_alone(
    mixed: str, tmp_path: Path
) -> None:
    report, kept = tmp_path / "report.txt", tmp_path / "kept"
    main(["validate", mixed, "--show-values", "-o", str(report), "--output-dir", str(kept)])
    assert "x" in report.read_text()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in kept.iterdir()] == [0o600]


# ── Baseline and suppressions ─────────────────────────────────────────────────────────────────────


def test_a_baseline_passes_what_it_knows_and_fails_what_is_new(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    path, baseline = tmp_path / "a.ndjson", tmp_path / "known.json"
    path.write_bytes(GOOD + BAD)
    assert main(["validate", str(path), "--write-baseline", str(baseline)]) == Exit.FINDINGS
    assert main(["validate", str(path), "--baseline", str(baseline)]) == Exit.DONE
    assert "Known by the baseline and not told: 2." in out(capsysbinary)
    path.write_bytes(GOOD + BAD + b'{"resourceType":"Patient","active":1}\n')
    assert main(["validate", str(path), "--baseline", str(baseline)]) == Exit.FINDINGS
    assert "[type-boolean]" in out(capsysbinary)


def test_a_baseline_is_not_overwritten_where_nothing_could_be_looked_at(tmp_path: Path) -> None:
    path, baseline = tmp_path / "a.ndjson", tmp_path / "known.json"
    path.write_bytes(BAD)
    main(["validate", str(path), "--write-baseline", str(baseline)])
    before = baseline.read_bytes()
    for name, data in (("b.json", None), ("c.json", b"{")):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        main(["validate", str(tmp_path / name), "--write-baseline", str(baseline)])
        assert baseline.read_bytes() == before


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_tells_what_is_suppressed_and_what_was_not_checked(
    format_: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    path, rules = tmp_path / "a.json", tmp_path / "rules.yaml"
    path.write_bytes(b'{"resourceType":"Patient","gender":"x"}')
    rules.write_text("suppressions: [{rule: model-value, reason: mended soon}]")
    arguments = [str(path), "--format", format_, "--fhir-version", "R5"]
    told = written([*arguments, "--suppressions", str(rules)], capsysbinary)
    assert "model-value" in told
    assert "mended soon" in told
    assert "Not checked" in told


def test_a_suppression_ends_on_its_day(tmp_path: Path, capsysbinary: Capture) -> None:
    path, rules = tmp_path / "a.ndjson", tmp_path / "rules.yaml"
    path.write_bytes(json.dumps(changed(PATIENT, gender="x")).encode())
    rules.write_text(
        "suppressions: [{rule: code-required, until: 2026-11-01, reason: supplier mends it}]\n"
    )
    arguments = ["validate", str(path), "--suppressions", str(rules)]
    assert main(arguments) == Exit.USED_WRONGLY
    assert main([*arguments, "--as-of", "2026-11-01"]) == Exit.DONE
    assert "Suppressed: code-required: supplier mends it, until 2026-11-01" in out(capsysbinary)
    assert main([*arguments, "--as-of", "2026-11-02"]) == Exit.FINDINGS
    assert b"no longer suppressed" in capsysbinary.readouterr().err
    assert main([*arguments, "--as-of", "2026-02-30"]) == Exit.USED_WRONGLY


# ── Hostile input ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ending", "name"), [(ending, name) for ending, names in CORPUS.items() for name in names]
)
def test_a_hostile_payload_ends_with_its_exit_code_soon_and_in_bounded_memory(
    ending: str, name: str, tmp_path: Path
) -> None:
    path, code = write_payload(tmp_path, ending, name)
    if path.stat().st_size < MEBIBYTE and ending != "ndjson.gz":
        assert main(["validate", str(path), "-o", str(tmp_path / "report.txt")]) == code
    else:
        got, peak = run_measured(tmp_path, path.name)
        assert (got, peak <= MEMORY) == (code, True), peak
    assert (tmp_path / "report.txt").read_text()


def run_measured(folder: Path, name: str) -> tuple[int, int]:
    """Run in a process of its own, which tells its exit code and the bytes it had at most.

    It measures itself, since by its parent's count a child begins with its parent's peak.
    """
    code = (
        f"from sharedcare.cli import main; code = main(['validate', {name!r}, '-q', '-o',"
        " 'report.txt']); status = open('/proc/self/status').read();"
        " print(int(code), status.split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, timeout=30, check=True
    )
    exit_code, peak = map(int, done.stdout.split())
    return exit_code, peak * 1024


@pytest.mark.parametrize("name", ["folder", "pipe", "loop", "device", "missing"])
def test_a_path_that_is_no_file_is_told_and_nothing_waits_for_it(
    name: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    path = "/dev/zero" if name == "device" else str(tmp_path / name)
    code = Exit.INPUT_REFUSED if name == "folder" else Exit.FILE_TROUBLE
    assert main(["validate", path]) == code
    assert "read 0 =" in out(capsysbinary)


# ── Volume ────────────────────────────────────────────────────────────────────────────────────────


def many(path: Path, size: int) -> None:
    lines = (GOOD * 20 + BAD + b"\n" + GOOD[:99] + b"\n") * 10
    path.write_bytes(lines * (size // len(lines) + 1))


def test_workers_change_no_byte(tmp_path: Path) -> None:
    many(tmp_path / "many.ndjson", 2 * CHUNK_BYTES)
    made = {
        run("many.ndjson", "--workers", workers, "--quiet", cwd=tmp_path).stdout
        for workers in ("1", "2")
    }
    assert len(made) == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_killed_at_any_instant_goes_on_to_the_same_bytes(
    tmp_path: Path, workers: str
) -> None:
    many(tmp_path / "many.ndjson", 4 * CHUNK_BYTES)
    arguments = ["many.ndjson", "--quiet", "--workers", workers, "--output-dir"]
    whole = run(*arguments, "whole", cwd=tmp_path)
    draw = random.Random(int(workers))
    for _ in range(4):
        started = subprocess.Popen(
            [*PROGRAM, *arguments, "resumed"], cwd=tmp_path, stdout=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(0.1, 1.2))
        started.send_signal(signal.SIGKILL)
        started.wait()
    resumed = run(*arguments, "resumed", cwd=tmp_path)
    assert (resumed.returncode, resumed.stdout) == (whole.returncode, whole.stdout)
    assert files_in(tmp_path / "resumed") == files_in(tmp_path / "whole")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_result_that_was_tampered_with_is_made_again(tmp_path: Path) -> None:
    many(tmp_path / "many.ndjson", 1)
    kept = tmp_path / "kept"
    arguments = ["validate", str(tmp_path / "many.ndjson"), "-q", "--output-dir", str(kept)]
    main([*arguments, "-o", str(tmp_path / "one.txt")])
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes()[:50])
    main([*arguments, "-o", str(tmp_path / "two.txt")])
    assert (tmp_path / "one.txt").read_bytes() == (tmp_path / "two.txt").read_bytes()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    many(tmp_path / "many.ndjson", 48 * MEBIBYTE)
    code, peak = run_measured(tmp_path, "many.ndjson")
    assert code == Exit.PARTIAL
    assert peak <= 150 * MEBIBYTE


def test_one_resource_is_validated_without_what_is_heavy(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(GOOD)
    code = (
        "import sys; from sharedcare.cli import main; main(['validate', 'one.json']);"
        "heavy = {'pydantic', 'networkx', 'yaml', 'jinja2', 'tabulate', 'msgspec', 'fhir',"
        " 'multiprocessing'} & set(sys.modules); sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


# ── Rules ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rule", ["per-1", "json-duplicate-key", "xml-order", "GZIP_CUT"])
def test_explain_knows_the_rules_that_validate_names(rule: str, capsysbinary: Capture) -> None:
    assert main(["explain", rule]) == Exit.DONE
    assert out(capsysbinary).startswith(rule)


def test_explain_takes_what_is_too_long_for_a_name_as_a_word_that_is_unknown() -> None:
    assert main(["explain", "x" * 10_000]) == Exit.USED_WRONGLY


def test_explain_says_which_rule_was_meant(capsysbinary: Capture) -> None:
    assert main(["explain", "json-duplicate-keys"]) == Exit.USED_WRONGLY
    assert b"json-duplicate-key?" in capsysbinary.readouterr().err
