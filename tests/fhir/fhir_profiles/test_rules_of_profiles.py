"""Every rule of FHIR profiles is told somewhere by the code, and shown broken by a test."""

import re
from pathlib import Path

import sharedcare.fhir.fhir_profiles as room
from sharedcare.fhir.profile_rules import PROFILE_RULES
from tests.fhir.fhir_profiles.holding import issues
from tests.fhir.packages.made import HERE, element, profile, sliced

SOURCE = Path(room.__file__).parent
TESTS = Path(__file__).parent
_TOLD = re.compile(r'found\.(?:add|note)\(\s*f?"([\w-]+)')

#: Told by a name that the code puts together, or chosen between two.
BUILT = {
    "profile-code-required",
    "profile-code-extensible",
    "profile-code-widest",
    "extension-unknown",
    "modifier-extension-unknown",
    "profile-rule",
}


def test_the_code_tells_of_each_rule_and_of_no_other() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(SOURCE.glob("*.py")))
    named = set(_TOLD.findall(source)) - {"profile-code-"}
    assert named | BUILT == PROFILE_RULES.keys() | {"profile-type"}


def test_each_rule_is_shown_broken() -> None:
    texts = [path.read_text("utf-8") for path in sorted(TESTS.glob("*.py"))]
    shown = "".join(text for text in texts if "SOURCE = Path(room" not in text)
    assert {rule for rule in PROFILE_RULES if f'"{rule}"' not in shown} <= {"profile-rule"}


def test_a_rule_whose_key_is_no_id_or_is_ours_goes_by_another_name() -> None:
    for key in ("two words", "slice-none"):
        broken = {"key": key, "severity": "error", "human": "x", "expression": "active"}
        held = profile(element("Patient", constraint=[broken]))
        (found,) = issues({"resourceType": "Patient", "active": False}, held, asked=f"{HERE}/a")
        assert found.rule == "profile-rule"
        assert key in found.message


def test_what_a_package_hides_from_the_eye_or_tells_a_terminal_is_escaped() -> None:
    hidden = "\x1b]0;x\x07\u202e"
    rule = {"key": f"r{hidden}", "severity": "error", "human": hidden, "expression": "false"}
    held = profile(
        element("Patient", constraint=[rule]),
        element("Patient.active", min=1),
        element("Patient.identifier", slicing=sliced("value", "system")),
        element(f"Patient.identifier:a{hidden}", max="0"),
        element(f"Patient.identifier:a{hidden}.system", min=1, fixedUri="http://a"),
    )
    held["name"] = f"Name{hidden}"
    found = issues(
        {"resourceType": "Patient", "identifier": [{"system": "http://a"}]},
        held,
        asked=f"{HERE}/a",
    )
    assert {one.rule for one in found} == {"profile-rule", "profile-minimum", "slice-maximum"}
    assert all(one.message.isprintable() for one in found)
    assert all("x1b]0;x" in one.message for one in found)
