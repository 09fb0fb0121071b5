"""What the process ends with, and what it says, when something is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sharedcare.cli import main
from sharedcare.cli.exits import Exit

PROFILES = Path(__file__).parents[2] / "profiles"
MINIMAL = str(PROFILES / "minimal.yaml")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as its users do."""
    return subprocess.run(
        [sys.executable, "-m", "sharedcare", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """A profile with one fault, in its second line."""
    path = tmp_path / "faulty.yaml"
    path.write_text("meta: {as_of: 2026-11-01}\nsystms: {}\n")
    return str(path)


def test_a_profile_that_holds_together_is_done() -> None:
    assert main(["check", MINIMAL]) == Exit.DONE


def test_a_faulty_profile_is_refused_by_every_verb_that_reads_one(faulty: str) -> None:
    for verb in ("check", "assess", "needs"):
        done = run(verb, faulty)
        assert done.returncode == Exit.INPUT_REFUSED
        assert "faulty.yaml:2:1: UNKNOWN_KEY" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_check_says_its_faults_as_data_and_the_others_as_messages(faulty: str) -> None:
    assert "UNKNOWN_KEY" in run("check", faulty).stdout
    assert run("assess", faulty).stdout == ""


def test_a_file_that_is_not_there_is_file_trouble(tmp_path: Path) -> None:
    done = run("check", str(tmp_path / "nothing.yaml"))
    assert done.returncode == Exit.FILE_TROUBLE
    assert "nothing.yaml" in done.stderr


def test_a_folder_and_a_device_are_file_trouble(tmp_path: Path) -> None:
    for path in (str(tmp_path), "/dev/zero"):
        assert run("check", path).returncode == Exit.FILE_TROUBLE


def test_an_unknown_verb_names_the_one_that_was_meant() -> None:
    done = run("asess", MINIMAL)
    assert done.returncode == Exit.USED_WRONGLY
    assert "assess" in done.stderr


def test_an_unknown_dimension_is_used_wrongly() -> None:
    done = run("explain", "information_govrnance")
    assert done.returncode == Exit.USED_WRONGLY
    assert "information_governance" in done.stderr


def test_a_report_with_an_unknown_ending_is_used_wrongly(tmp_path: Path) -> None:
    done = run("assess", MINIMAL, "--report", str(tmp_path / "report.docx"))
    assert done.returncode == Exit.USED_WRONGLY


def test_a_report_that_cannot_be_written_leaves_the_old_one_whole(tmp_path: Path) -> None:
    folder = tmp_path / "no" / "such"
    done = run("assess", MINIMAL, "--report", str(folder / "report.html"))
    assert done.returncode == Exit.FILE_TROUBLE
    assert not list(tmp_path.rglob(".sharedcare-*"))


def test_fail_on_turns_findings_into_an_exit_code() -> None:
    assert run("assess", MINIMAL, "--quiet").returncode == Exit.DONE
    done = run("assess", MINIMAL, "--quiet", "--fail-on", "needs")
    assert done.returncode == Exit.FINDINGS


def test_the_profile_may_come_from_standard_input() -> None:
    with Path(MINIMAL).open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "sharedcare", "check", "-"],
            stdin=stream,
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == Exit.DONE


def test_settings_stand_in_for_flags_and_flags_win(tmp_path: Path) -> None:
    (tmp_path / "sharedcare.yaml").write_text("assess: {fail-on: needs, quiet: yes}\n")
    arguments = [sys.executable, "-m", "sharedcare", "assess", MINIMAL]
    for extra, code in (([], Exit.FINDINGS), (["--fail-on", "never"], Exit.DONE)):
        done = subprocess.run(
            [*arguments, *extra], cwd=tmp_path, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == code, done.stderr


def set_up(folder: Path, settings: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run with settings of a folder."""
    (folder / "sharedcare.yaml").write_text(settings)
    return subprocess.run(
        [sys.executable, "-m", "sharedcare", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_settings_name_options_as_the_command_line_does(tmp_path: Path) -> None:
    done = set_up(tmp_path, "needs: {format: csv, quiet: yes}\n", "needs", MINIMAL)
    assert done.stdout == run("needs", MINIMAL, "--format", "csv").stdout
    (tmp_path / "a.json").write_text('{"resourceType":"Patient"}')
    one = "validate: {package: none.tgz, input: json, fail_on: never}\n"
    for settings in (one, one.replace("none.tgz", "[none.tgz]")):
        done = set_up(tmp_path, settings, "validate", "a.json")
        assert "none.tgz: FILE_MISSING" in done.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("needs: {formt: csv}\n", "needs has no option formt (did you mean format?)"),
        ("neds: {format: csv}\n", "there is no verb neds (did you mean needs?)"),
        ("needs: {profile: a.yaml}\n", "needs has no option profile"),
        ("needs: {format: jsn}\n", "'jsn' is not one of"),
        ("needs: 5\n", "a map of verbs"),
    ],
)
def test_a_setting_that_would_do_nothing_is_used_wrongly(
    tmp_path: Path, settings: str, said: str
) -> None:
    done = set_up(tmp_path, settings, "needs", MINIMAL)
    assert done.returncode == Exit.USED_WRONGLY
    assert said in done.stderr


def test_settings_reach_the_parts_of_a_verb(tmp_path: Path) -> None:
    for settings, said in (
        ("import: {capability: {formt: json}}\n", "capability has no option formt"),
        ("import: {capabilty: {}}\n", "import has no capabilty (did you mean capability?)"),
    ):
        done = set_up(tmp_path, settings, "import", "capability", "a.json", "--system", "a")
        assert done.returncode == Exit.USED_WRONGLY
        assert said in done.stderr


@pytest.mark.parametrize("text", ["tool = 5\n", "", "[tool.other]\na = 1\n"])
def test_a_project_without_settings_of_ours_is_none_of_our_business(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "sharedcare", "needs", MINIMAL],
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == Exit.DONE


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys; from sharedcare.cli import main; main(['--help']); main(['--version']);"
        "heavy = {'pydantic', 'networkx', 'yaml', 'jinja2', 'tabulate'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_verb_has_help_with_an_example_that_runs(tmp_path: Path) -> None:
    listed = run("--help").stdout
    for verb in ("init", "check", "assess", "needs", "explain", "dimensions", "schema"):
        assert verb in listed
        words = run(verb, "--help").stdout.split()
        assert "Example:" in words
        example = words[words.index("sharedcare", words.index("Example:")) + 1 :]
        example = example[: example.index("Options:")]
        arguments = [
            str(PROFILES.parent / word) if word.startswith("profiles/") else word
            for word in example
        ]
        done = subprocess.run(
            [sys.executable, "-m", "sharedcare", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == Exit.DONE, (verb, done.stderr)


def test_a_report_does_not_say_in_which_folder_its_profile_lay() -> None:
    for format_ in ("text", "markdown", "json", "html"):
        told = run("assess", MINIMAL, "--quiet", "--format", format_).stdout
        assert str(PROFILES) not in told
        assert "minimal.yaml" in told or format_ == "json"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_an_output_that_is_full_or_closed_is_file_trouble_and_no_fault_of_ours() -> None:
    program = f"{sys.executable} -m sharedcare schema"
    for words, said in (
        (">/dev/full", "standard output"),
        (">&-", "closed"),
        ("-o /dev/full", "full"),
    ):
        done = subprocess.run(
            ["sh", "-c", f"{program} {words}"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == Exit.FILE_TROUBLE, (words, done.stderr)
        assert said in done.stderr
    assert Path("/dev/full").is_char_device()


def test_a_pipe_as_output_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert run("schema", "--output", str(pipe)).returncode == Exit.DONE
        assert reader.communicate(timeout=60)[0].startswith(b"{")
    assert pipe.is_fifo()


def test_a_link_as_output_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("schema.json")
    assert run("schema", "--output", str(tmp_path / "link.json")).returncode == Exit.DONE
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "schema.json").read_text().startswith("{")


def test_standard_output_by_its_other_name_keeps_what_is_in_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n")
    with log.open("a") as stream:
        subprocess.run(
            [sys.executable, "-m", "sharedcare", "schema", "-o", "/dev/stdout"],
            stdout=stream,
            timeout=60,
            check=True,
        )
    assert log.read_text().startswith("before\n{")
