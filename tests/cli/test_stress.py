"""``stress`` tells what falls, and stops a script where a safety-critical need does."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from sharedcare.cli import main
from sharedcare.cli.commands.stress import KINDS, command
from sharedcare.cli.exits import Exit
from sharedcare.flows import search
from sharedcare.flows.losses import pairs
from sharedcare.flows.losses.lapses import HORIZON
from sharedcare.flows.losses.resilience import LossKind
from sharedcare.quantities import parse_duration
from tests.builders import two_partners
from tests.docs.pages import section

Asked = pytest.CaptureFixture[bytes]


def profile(folder: Path, **changes: Any) -> str:
    """A profile of two partners in a file, with some keys of its need changed."""
    maps = two_partners({f"needs/medicines/{key}": value for key, value in changes.items()})
    path = folder / "region.yaml"
    path.write_text(yaml.safe_dump({"meta": {"as_of": "2026-11-01"}, **maps}), encoding="utf-8")
    return str(path)


def test_the_option_offers_every_kind_that_may_be_lost() -> None:
    assert list(KINDS) == [kind.value for kind in LossKind]


def test_the_page_of_the_command_line_tells_the_defaults_and_the_limit() -> None:
    text = section("command-line.md", "stress")
    defaults = {option.name: option.default for option in command.params}
    assert f"Up to {pairs.MAX_PAIRS:,} pairs" in text
    assert f"(`{defaults['horizon']}`; " in text
    assert f"text and Markdown show ({defaults['top']})" in text
    assert parse_duration(str(defaults["horizon"])) == HORIZON


def test_the_result_goes_to_standard_output_and_progress_beside_it(
    tmp_path: Path, capsysbinary: Asked
) -> None:
    assert main(["stress", profile(tmp_path)]) == Exit.DONE
    told = capsysbinary.readouterr()
    assert told.out.decode().startswith("What falls when something is lost: ")
    assert b"losing system by system: 0 of 2" in told.err


def test_quiet_says_nothing_beside_the_result(tmp_path: Path, capsysbinary: Asked) -> None:
    assert main(["stress", profile(tmp_path), "--quiet", "--pairs"]) == Exit.DONE
    assert capsysbinary.readouterr().err == b""


def test_kinds_and_pairs_are_those_that_are_asked_for(tmp_path: Path, capsysbinary: Asked) -> None:
    asked = ["stress", profile(tmp_path), "-q", "--format", "json", "--kind", "system"]
    assert main([*asked, "--kind", "agreement", "--pairs"]) == Exit.DONE
    document = json.loads(capsysbinary.readouterr().out)
    assert document["kinds"] == ["system", "agreement"]
    assert document["pairs"] == []
    assert document["concentration"] is None


def test_a_single_loss_that_takes_a_safety_critical_need_can_stop_a_script(tmp_path: Path) -> None:
    output = str(tmp_path / "out.txt")
    critical = ["stress", profile(tmp_path), "-q", "-o", output]
    assert main([*critical, "--fail-on", "safety"]) == Exit.FINDINGS
    assert main(critical) == Exit.DONE
    harmless = ["stress", profile(tmp_path, safety_critical=False), "-q", "-o", output]
    assert main([*harmless, "--fail-on", "safety"]) == Exit.DONE


def test_the_horizon_bounds_the_calendar_and_a_slip_in_it_is_told(
    tmp_path: Path, capsysbinary: Asked
) -> None:
    asked = ["stress", profile(tmp_path), "-q", "--format", "json", "--horizon"]
    assert main([*asked, "30 d"]) == Exit.DONE
    assert json.loads(capsysbinary.readouterr().out)["calendar"]["until"] == "2026-12-01"
    assert main([*asked, "soon"]) == Exit.USED_WRONGLY
    assert b"--horizon: a duration such as 15 min" in capsysbinary.readouterr().err


def test_a_verdict_that_is_not_proven_ends_with_the_code_of_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Asked
) -> None:
    monkeypatch.setattr(search, "MAX_WAYS", 0)
    assert main(["stress", profile(tmp_path), "-q"]) == Exit.LIMIT_REACHED
    assert b"Some verdicts are not proven" in capsysbinary.readouterr().out


def test_too_many_pairs_end_with_the_code_of_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Asked
) -> None:
    monkeypatch.setattr(pairs, "MAX_PAIRS", -1)
    assert main(["stress", profile(tmp_path), "-q", "--pairs"]) == Exit.LIMIT_REACHED
    assert b"choose another kind, or leave the pairs out" in capsysbinary.readouterr().err
