"""``validate --package``: FHIR profiles on the command line, in every format and by any worker."""

import copy
import gzip
import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scripts.make_test_package import ARCHIVE, FOLDER, NAME, VERSION, canonical
from sharedcare.cli import main
from sharedcare.cli.exits import Exit
from sharedcare.fhir.payloads.settings import Settings
from sharedcare.reports.payloads.validation_document import validation_schema
from tests.fhir.fhir_profiles.anytown import ALL, CONDITION, PATIENT
from tests.fhir.packages.made import content, element, packed, profile

PACKAGE = str(FOLDER / ARCHIVE)

Capture = pytest.CaptureFixture[bytes]
Json = dict[str, Any]


def unnamed() -> Json:
    made = copy.deepcopy(PATIENT)
    del made["name"]
    return made


def put(folder: Path, *resources: Json, name: str = "a.ndjson") -> str:
    path = folder / name
    path.write_bytes(b"".join(json.dumps(one).encode() + b"\n" for one in resources))
    return str(path)


def said(capture: Capture) -> tuple[str, str]:
    found = capture.readouterr()
    return found.out.decode(), found.err.decode()


# ── What is told ──────────────────────────────────────────────────────────────────────────────────


def test_without_packages_a_claim_is_taken_as_it_is(tmp_path: Path) -> None:
    assert main(["validate", put(tmp_path, unnamed())]) == Exit.DONE


def test_with_a_package_a_claim_is_held_to(tmp_path: Path, capsysbinary: Capture) -> None:
    path = put(tmp_path, PATIENT, unnamed())
    assert main(["validate", path, "--package", PACKAGE]) == Exit.FINDINGS
    out, _ = said(capsysbinary)
    assert out.startswith(f"{path}:2:1: error: Patient: The FHIR profile AnytownPatient requires")
    assert f"Held against the FHIR profiles of {NAME}#{VERSION}" in out
    assert "1 of 2 resources are valid" in out


def test_what_is_for_information_leaves_a_resource_valid_and_the_exit_code_alone(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    arguments = ["validate", put(tmp_path, CONDITION), "--package", PACKAGE]
    assert main([*arguments, "--fail-on", "warning"]) == Exit.DONE
    out, _ = said(capsysbinary)
    assert ": information: Condition.code: " in out
    assert "read 1 = 1 ok + 0 with issues" in out


def test_must_support_is_told_where_it_is_asked_for(tmp_path: Path, capsysbinary: Capture) -> None:
    resource = {key: value for key, value in PATIENT.items() if key != "birthDate"}
    arguments = ["validate", put(tmp_path, resource), "--package", PACKAGE]
    for more, is_told in (([], False), (["--must-support"], True)):
        assert main([*arguments, *more]) == Exit.DONE
        assert ("must-support-absent" in said(capsysbinary)[0]) is is_told


def test_a_profile_that_is_asked_for_is_held_against_all_of_its_type(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    plain = {key: value for key, value in unnamed().items() if key != "meta"}
    arguments = ["validate", put(tmp_path, plain), "--package", PACKAGE]
    assert main(arguments) == Exit.DONE
    assert main([*arguments, "--profile", canonical("patient")]) == Exit.FINDINGS
    out, _ = said(capsysbinary)
    assert "[profile-minimum]" in out
    assert canonical("patient") in out


def test_hl7s_own_profiles_need_no_package(tmp_path: Path) -> None:
    asked = "http://hl7.org/fhir/StructureDefinition/bp"
    good = put(tmp_path, ALL["blood-pressure"])
    assert main(["validate", good, "--profile", asked]) == Exit.DONE
    bad = copy.deepcopy(ALL["blood-pressure"])
    bad["component"][0]["valueQuantity"]["code"] = "kPa"
    assert main(["validate", put(tmp_path, bad), "--profile", asked]) == Exit.FINDINGS


def test_xml_is_held_against_profiles_at_its_own_places(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    path = tmp_path / "a.xml"
    claim = f'<meta><profile value="{canonical("patient")}"/></meta>'
    path.write_text(
        f'<Patient xmlns="http://hl7.org/fhir">\n{claim}\n<gender value="male"/></Patient>', "utf-8"
    )
    assert main(["validate", str(path), "--package", PACKAGE]) == Exit.FINDINGS
    assert f"{path}:1:1: error: Patient: The FHIR profile" in said(capsysbinary)[0]


# ── Formats ───────────────────────────────────────────────────────────────────────────────────────


def test_every_format_tells_of_information_in_its_own_words(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    arguments = ["validate", put(tmp_path, CONDITION, unnamed()), "--package", PACKAGE, "--format"]
    made = {}
    for name in ("json", "operationoutcome", "sarif", "junit"):
        assert main([*arguments, name]) == Exit.FINDINGS
        made[name] = said(capsysbinary)[0]
    document = json.loads(made["json"])
    jsonschema.validate(document, validation_schema())
    assert document["packages"] == [{"name": NAME, "version": VERSION, "given": True}]
    assert {one["severity"] for one in document["issues"]} == {"error", "information"}
    outcome = json.loads(made["operationoutcome"])["issue"]
    assert ("information", "incomplete") in {(one["severity"], one["code"]) for one in outcome}
    levels = {one["level"] for one in json.loads(made["sarif"])["runs"][0]["results"]}
    assert levels == {"error", "note"}
    assert 'failures="1"' in made["junit"]


@pytest.mark.parametrize("rule", ["profile-minimum", "slice-none", "modifier-extension-unknown"])
def test_the_rules_are_explained(rule: str, capsysbinary: Capture) -> None:
    assert main(["explain", rule]) == Exit.DONE
    assert said(capsysbinary)[0].startswith(rule)


# ── Refusals ──────────────────────────────────────────────────────────────────────────────────────


def test_a_profile_that_no_package_has_is_used_wrongly_with_the_nearest(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    arguments = ["validate", put(tmp_path, PATIENT), "--package", PACKAGE]
    code = main([*arguments, "--profile", canonical("patent")])
    assert code == Exit.USED_WRONGLY
    assert f"did you mean {canonical('patient')}?" in said(capsysbinary)[1]


def test_packages_that_cannot_be_read_end_the_run_before_it_begins(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    path = put(tmp_path, PATIENT)
    odd = tmp_path / "odd.tgz"
    odd.write_bytes(gzip.compress(b"no archive"))
    for source, code in (
        (str(tmp_path / "none.tgz"), Exit.FILE_TROUBLE),
        ("any.where#1.0.0", Exit.FILE_TROUBLE),
        (str(odd), Exit.INPUT_REFUSED),
    ):
        cache = ["--package-cache", str(tmp_path)]
        assert main(["validate", path, "--package", source, *cache]) == code
        assert said(capsysbinary)[0] == ""


def test_options_of_packages_are_of_no_use_without_one(tmp_path: Path) -> None:
    assert main(["validate", put(tmp_path, PATIENT), "--must-support"]) == Exit.USED_WRONGLY


def test_a_profile_that_cannot_be_used_is_refused_where_it_is_asked_for(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tgz"
    broken.write_bytes(packed(content(profile(element("Patient.nosuch", min=1)))))
    arguments = ["validate", put(tmp_path, PATIENT), "--package", str(broken)]
    assert main([*arguments, "--profile", profile()["url"]]) == Exit.INPUT_REFUSED


# ── The cache, workers, resumption ────────────────────────────────────────────────────────────────


def test_a_package_is_found_in_the_cache_by_name_and_version(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    folder = tmp_path / "cache" / f"{NAME}#{VERSION}"
    folder.mkdir(parents=True)
    with tarfile.open(PACKAGE) as archive:
        archive.extractall(folder, filter="data")
    arguments = ["validate", put(tmp_path, unnamed()), "--package", f"{NAME}#{VERSION}"]
    assert main([*arguments, "--package-cache", str(tmp_path / "cache")]) == Exit.FINDINGS
    assert "[profile-minimum]" in said(capsysbinary)[0]


def test_the_number_of_workers_changes_no_byte(tmp_path: Path, capsysbinary: Capture) -> None:
    many = put(tmp_path, *(PATIENT, unnamed(), CONDITION, *ALL.values()) * 3)
    other = put(tmp_path, unnamed(), name="b.ndjson")
    arguments = ["validate", many, other, "--package", PACKAGE, "--format", "json", "--quiet"]
    made = []
    for workers in ("1", "2"):
        assert main([*arguments, "--workers", workers]) == Exit.FINDINGS
        made.append(said(capsysbinary)[0])
    assert made[0] == made[1]


def test_results_made_with_another_package_are_not_taken_for_those_of_this(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    path, kept = put(tmp_path, unnamed()), str(tmp_path / "kept")
    package = tmp_path / "p.tgz"
    shutil.copy(PACKAGE, package)
    arguments = ["validate", path, "--package", str(package), "--output-dir", kept, "--quiet"]
    assert main(arguments) == Exit.FINDINGS
    first = said(capsysbinary)[0]
    assert main(arguments) == Exit.FINDINGS
    assert said(capsysbinary)[0] == first
    package.write_bytes(packed(content()))
    assert main(arguments) == Exit.DONE
    assert "profile-unknown" in said(capsysbinary)[0]


def test_settings_without_packages_are_written_as_they_were() -> None:
    assert json.loads(Settings().text)["packages"] is None


def test_each_fault_of_a_package_is_told_once(tmp_path: Path, capsysbinary: Capture) -> None:
    path = tmp_path / "a.tgz"
    path.write_bytes(packed(content(profile(element("Patient.nme"), element("Patient.gendr")))))
    asked = ["--package", str(path), "--profile", profile()["url"]]
    assert main(["validate", put(tmp_path, PATIENT), *asked]) == Exit.INPUT_REFUSED
    _, err = said(capsysbinary)
    assert [err.count(name) for name in ("Patient.nme", "Patient.gendr", "PROFILE_PATH")] == [
        1,
        1,
        2,
    ]
