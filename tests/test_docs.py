"""The documentation is held to the code: its examples run, its tables and links are true.

Blocks marked ``console`` are run line by line (``$`` begins a command; what is shown below it must
be what comes out, where anything is shown; ``...`` stands for anything). Blocks marked ``python``
are run, and their ``#>`` lines must be what they print. A ``yaml`` block with a file name is saved
under it. Blocks marked ``text`` are not run.
"""

import contextlib
import copy
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from sharedcare.cli.exits import Exit
from sharedcare.cli.main import VERBS, main
from sharedcare.flows import judge
from sharedcare.flows.judging import MAX_DECIDING_FACTS
from sharedcare.flows.meaning.clashes import ClashKind, GapKind
from sharedcare.flows.search import MAX_WAYS, MAX_WAYS_IN_ALL
from sharedcare.flows.why.relaxations import MAX_WAYS_FOR_A_NEED
from sharedcare.flows.why.spread import MAX_LABELS
from sharedcare.landscape import (
    activity,
    agreement,
    building,
    bundles,
    carried,
    change,
    edits,
    fields,
    flow,
    landscape_of,
    need,
    pathway,
    stakeholder,
    system,
)
from sharedcare.landscape.entry import Entry, Period
from sharedcare.landscape.evidence import SHELF_LIFE_DAYS
from sharedcare.landscape.landscape import ENTRY_MODELS
from sharedcare.landscape.meta import Meta
from sharedcare.landscape.pydantic_faults import known_keys
from sharedcare.loading import check_profile_text
from sharedcare.measured.differences import DifferenceKind
from sharedcare.quantities import MAX_NUMBER_LENGTH, Unknown
from sharedcare.reading import limits
from sharedcare.reports import document
from sharedcare.reports.assessing import assessment_document, payloads_document
from sharedcare.reports.experience import experience_document, feedback_document
from sharedcare.reports.explaining import document as explanation_document
from sharedcare.reports.fault_codes import code_meanings
from sharedcare.reports.losses import resilience_document
from sharedcare.reports.words.figures import time_words
from sharedcare.reports.work import burden_document
from sharedcare.scoring import rules
from sharedcare.vocabulary import Family, Reason

PROJECT = Path(__file__).resolve().parent.parent
DOCS = PROJECT / "docs"
GENERATED = {"dimensions.md", "data-categories.md", "fhir-invariants.md", "fhir-rules.md"}
PAGES = (PROJECT / "README.md", *sorted(DOCS.glob("*.md")))
WRITTEN = tuple(page for page in PAGES if page.name not in GENERATED)

#: How each kind of block is used; a page may hold no other.
KINDS = {"console", "python", "yaml", "text"}

#: A fenced block as a whole.
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)

#: The commands find this function in front of them, so that no installed script is needed.
SHELL = 'sharedcare() {{ "{python}" -P -m sharedcare "$@"; }}\n'


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


# ── Examples ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the project's profiles and examples, where examples may write."""
    shutil.copytree(PROJECT / "profiles", tmp_path / "profiles")
    for name in ("capability", "packages", "payloads"):
        shutil.copytree(PROJECT / "examples" / name, tmp_path / "examples" / name)
    return tmp_path


def commands_in(block: Block) -> Iterator[tuple[str, str]]:
    """Each command of a console block with what is shown below it."""
    lines = block.text.splitlines(keepends=True)
    assert lines[0].startswith("$ "), f"a console block begins with a prompt: {lines[0]}"
    for position, line in enumerate(lines):
        if line.startswith("$ "):
            shown = takewhile(lambda later: not later.startswith("$ "), lines[position + 1 :])
            yield line.removeprefix("$ ").strip(), "".join(shown)


def run_command(command: str, folder: Path) -> str:
    """Run a command and return all that a terminal would show; only what needs it gets a shell."""
    if set(command) & set(";|<>&$"):
        return run_in_shell(command, folder)
    name, *arguments = shlex.split(command)
    assert name == "sharedcare"
    shown = io.BytesIO()
    terminal = io.TextIOWrapper(shown, encoding="utf-8", newline="", write_through=True)
    with contextlib.redirect_stdout(terminal), contextlib.redirect_stderr(terminal):
        code = main(arguments)
    made = shown.getvalue().decode()
    assert code == Exit.DONE, f"$ {command}\n{made}"
    return made


def run_in_shell(command: str, folder: Path) -> str:
    shell = SHELL.format(python=sys.executable) + f"{{ {command}; }} 2>&1"
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    run = subprocess.run(
        ["bash", "-c", shell],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "NO_COLOR": "1", "COLUMNS": "80"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, f"$ {command}\n{run.stdout}"
    return run.stdout


def run_python(block: Block, names: dict[str, Any]) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.text, block.kind, "exec"), names)
    shown = re.findall(r"^#> ?(.*)$", block.text, re.MULTILINE)
    assert printed.getvalue().splitlines() == shown, block.text


@pytest.mark.parametrize("page", WRITTEN, ids=page_id)
def test_every_example_of_a_page_runs_and_shows_what_comes_out(
    page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    for block in blocks_of(page):
        if block.kind == "console":
            for command, shown in commands_in(block):
                made = run_command(command, folder)
                checked = doctest.OutputChecker().check_output(shown, made, doctest.ELLIPSIS)
                assert checked or not shown, f"$ {command}\n{made}"
        elif block.kind == "python":
            run_python(block, names)
        elif block.name:
            (folder / block.name).write_text(block.text, encoding="utf-8")


@pytest.mark.parametrize("page", WRITTEN, ids=page_id)
def test_every_block_says_what_it_is_so_that_none_is_skipped_silently(page: Path) -> None:
    text = page.read_text("utf-8")
    assert {block.kind for block in blocks_of(page)} <= KINDS
    assert len(re.findall("^ *(```|~~~)", text, re.MULTILINE)) == 2 * len(blocks_of(page))


def test_every_page_but_the_index_has_an_example() -> None:
    assert {page.name for page in WRITTEN if not blocks_of(page)} <= {"README.md"}
    assert blocks_of(PROJECT / "README.md")


def test_the_profile_that_the_readme_shows_is_the_one_that_it_names() -> None:
    shown = [block.text for block in blocks_of(PROJECT / "README.md") if block.kind == "yaml"]
    assert (PROJECT / "profiles" / "minimal.yaml").read_text("utf-8").endswith(shown[0])


# ── Links ─────────────────────────────────────────────────────────────────────────────────────────


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


# ── The profile's page ────────────────────────────────────────────────────────────────────────────

#: Each model of the profile, by the heading over its table.
MODELS: dict[str, type[BaseModel]] = {
    "meta": Meta,
    **ENTRY_MODELS,
    "`valid`": Period,
    "`holds`": system.Holding,
    "`contract`": system.Contract,
    "`safety`": system.Safety,
    "`uses`": stakeholder.Uses,
    "`carries`": flow.Carried,
    "`use` of a flow": flow.FlowUse,
    "`lawful_basis`": agreement.LawfulBasis,
    "`content`": need.Item,
    "`quantity`": need.Quantity,
    "`steps`": pathway.Step,
    "`links`": activity.Link,
    "`needs` of a gate": change.NeedGate,
}

#: Keys whose text ``unknown`` is read as unknown, although their type does not say so.
READ_AS_UNKNOWN = {"lawful_basis", "article_6", "article_9", "confidentiality"}


def own_keys(model: type[BaseModel]) -> dict[str, str]:
    """A model's keys as they are written, with the names of their fields; without every entry's."""
    shared = set(Entry.model_fields) if issubclass(model, Entry) else set()
    written = zip(known_keys(model), model.model_fields, strict=True)
    return {key: name for key, name in written if name not in shared}


def may_be_unknown(annotation: Any) -> bool:
    """Whether ``unknown`` may stand for a value, or for a value of a map."""
    is_part = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation is Unknown or (
        not is_part and any(may_be_unknown(inner) for inner in get_args(annotation))
    )


def test_every_part_of_a_profile_has_its_table() -> None:
    parts = set(MODELS.values())
    fields_of = [
        field.annotation for model in MODELS.values() for field in model.model_fields.values()
    ]
    assert {found for annotation in fields_of for found in models_in(annotation)} <= parts


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


@pytest.mark.parametrize("heading", MODELS)
def test_a_table_names_every_key_which_are_required_and_which_may_be_unknown(heading: str) -> None:
    model, table = MODELS[heading], rows(section("profile.md", heading), 4)
    written = {row[0].strip("`"): row for row in table}
    keys = own_keys(model)
    assert list(written) == list(keys)
    for key, name in keys.items():
        field, row = model.model_fields[name], written[key]
        unknown = may_be_unknown(field.annotation) or key in READ_AS_UNKNOWN
        assert ("**required**" in row[2]) is field.is_required(), key
        assert row[3] == ("yes" if unknown else "–"), key


def test_the_page_names_what_every_entry_may_say() -> None:
    assert keys_in(section("profile.md", "What every entry may say"), 4) == list(Entry.model_fields)


def test_the_page_names_every_map_and_every_way_of_writing() -> None:
    text = (DOCS / "profile.md").read_text("utf-8")
    for key in (*building.OTHER_KEYS, *ENTRY_MODELS):
        assert re.search(rf"^##+ `?{key}`?$", text, re.MULTILINE), key


def test_the_examples_of_the_page_are_together_a_profile_that_holds_together() -> None:
    examples = (block for block in blocks_of(DOCS / "profile.md") if block.kind == "yaml")
    checked = check_profile_text("".join(block.text for block in examples if not block.name))
    assert checked.faults == ()
    assert checked.landscape is not None
    assert all(getattr(checked.landscape, kind) for kind in ENTRY_MODELS)


def test_the_page_explains_every_fault_code() -> None:
    codes = set(code_meanings()) - {reason.value for reason in Reason}
    assert set(keys_in(section("profile.md", "Fault codes"), 2)) == codes


def test_the_page_gives_every_limit() -> None:
    text = section("profile.md", "Limits")
    for most in (
        limits.MAX_PROFILE_BYTES,
        limits.MAX_NODES,
        limits.MAX_DEPTH,
        limits.MAX_ALIASED,
        limits.MAX_INCLUDES,
        limits.MAX_LISTED,
        fields.MAX_TEXT_LENGTH,
        fields.MAX_COUNT,
        bundles.MAX_DEPTH,
        bundles.MAX_MEMBERS,
        carried.MAX_UNBUNDLED,
        building.MAX_DEFAULTED,
        edits.MAX_PATCHED,
        MAX_NUMBER_LENGTH,
    ):
        assert re.search(rf"(?<![\d,]){most:,}(?![\d,])", text), most


# ── The page of verdicts ──────────────────────────────────────────────────────────────────────────


def worked_example() -> dict[str, Any]:
    (block,) = (block for block in blocks_of(DOCS / "verdicts.md") if block.kind == "yaml")
    made: dict[str, Any] = yaml.load(block.text, Loader=yaml.BaseLoader)  # everything as text
    return made


def variants() -> list[list[str]]:
    return rows(section("verdicts.md", "What changes it"), 4)


def changed(profile: dict[str, Any], cell: str) -> dict[str, Any]:
    """Apply what the first column of a variant says: ways with their values, or left out."""
    made = copy.deepcopy(profile)
    for way, value, left_out in re.findall(r"`([^`:]+)(?:: ([^`]*))?`( left out)?", cell):
        holder, key = parting(made, way)
        if left_out:
            del holder[key]
        else:
            holder[key] = yaml.load(value, Loader=yaml.BaseLoader)
    return made


def parting(profile: dict[str, Any], way: str) -> tuple[Any, str]:
    """Follow ``needs.a.content[0].from`` to its last key and what holds it; ids may hold dots."""
    holder: Any = profile
    while True:
        position = re.match(r"\[(\d+)\]\.?", way)
        if position:
            holder, way = holder[int(position[1])], way[position.end() :]
            continue
        starts = [key for key in holder if re.match(rf"{re.escape(key)}[.\[]", way)]
        if not starts:
            return holder, way
        longest = max(starts, key=len)
        holder, way = holder[longest], way.removeprefix(longest).removeprefix(".")


def covered_words(low: Fraction, high: Fraction) -> str:
    return str(low) if low == high else f"{low} to {high}"


@pytest.mark.parametrize("variant", variants(), ids=lambda variant: str(variant[0]))
def test_each_variant_of_the_worked_example_has_the_verdict_that_is_told(
    variant: list[str],
) -> None:
    change_said, verdict, covered, reasons = variant
    (found,) = judge(landscape_of(changed(worked_example(), change_said))).needs
    (item,) = found.items
    assert found.verdict.words == verdict
    assert covered_words(item.coverage.low, item.coverage.high) == covered
    assert [reason.value for reason in item.reasons] == re.findall("`(.*?)`", reasons)


def test_the_variants_show_every_reason_that_can_be_shown_on_one_need() -> None:
    shown = {reason for row in variants() for reason in re.findall("`(.*?)`", row[3])}
    assert {reason.value for reason in Reason} - shown == {"NO_ROUTE", "REKEY"}


def test_the_hops_of_the_worked_example_are_those_that_are_told() -> None:
    (found,) = judge(landscape_of(worked_example())).needs
    (item,) = found.items
    told = rows(section("verdicts.md", "A worked example"), 7)
    assert [time_words(step.age) for step in item.path] == [row[2] for row in told]
    assert [step.wait for step in item.path] == [int(row[3].removesuffix(" s")) for row in told]
    assert [step.form.word for step in item.path] == [row[4] for row in told]
    assert [Fraction(row[5].replace(" of ", "/")) for row in told] == [s.reach for s in item.path]


def test_the_page_explains_every_reason() -> None:
    assert keys_in(section("verdicts.md", "Reasons"), 3) == [reason.value for reason in Reason]


def test_the_page_explains_every_family_of_condition_and_when_its_search_is_given_up() -> None:
    text = section("verdicts.md", "Why not: what would have to give way")
    told = [(row[0].strip("`"), row[1]) for row in rows(text, 3)]
    assert told == [(family.value, family.words) for family in Family]
    assert f"({MAX_WAYS_FOR_A_NEED:,} ways for one need" in text
    assert f"({MAX_LABELS:,} labels for one source)" in section("verdicts.md", "The certificate")


COUNT_WORDS = {6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}


def test_the_page_says_when_a_search_is_given_up() -> None:
    text = " ".join(section("verdicts.md", "What is not known").split())
    item, together = MAX_WAYS, MAX_WAYS_IN_ALL
    assert f"{item:,} for one item, {together:,} for all together" in text
    assert f"more than {COUNT_WORDS[MAX_DECIDING_FACTS]} such facts" in text


# ── The page of scoring ───────────────────────────────────────────────────────────────────────────


def constant_words(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def test_every_constant_of_the_scoring_stands_on_its_page_with_its_value() -> None:
    constants = {name: value for name, value in vars(rules).items() if name.isupper()}
    told = {row[0].strip("`"): row[1] for row in rows(section("scoring.md", "Every constant"), 3)}
    assert told == {name: constant_words(value) for name, value in constants.items()}


def test_every_shelf_life_stands_on_its_page() -> None:
    told = {row[0].strip("`"): row[1] for row in rows(section("scoring.md", "Shelf lives"), 2)}
    assert told == {kind.value: str(days) for kind, days in SHELF_LIFE_DAYS.items()}


def test_the_bands_begin_where_the_page_says() -> None:
    told = [row[0] for row in rows(section("scoring.md", "Index and bands"), 3)]
    low, middle, high = map(str, rules.BAND_BOUNDS)
    assert told == [
        f"under {low}",
        f"{low} to under {middle}",
        f"{middle} to under {high}",
        f"{high} and more",
    ]


# ── The page of the command line ──────────────────────────────────────────────────────────────────


def test_every_verb_has_its_section_and_an_example_that_runs() -> None:
    text = (DOCS / "command-line.md").read_text("utf-8")
    run = "".join(b.text for b in blocks_of(DOCS / "command-line.md") if b.kind == "console")
    for verb in VERBS:
        assert f"\n## {verb}\n" in text
        assert f"[`{verb}`](#{verb})" in text
        assert f"$ sharedcare {verb}" in run


def test_every_exit_code_is_told() -> None:
    assert keys_in(section("command-line.md", "Exit codes"), 2) == [str(int(e)) for e in Exit]


#: Each part of the assessment's document, by the heading over its table.
PARTS: dict[str, type[BaseModel]] = {
    "The document": assessment_document.AssessmentDocument,
    "`readiness`": document.ReadinessPart,
    "`readiness.gates`": document.Gate,
    "`dimensions`": document.DimensionPart,
    "`dimensions.exposure`": document.ExposurePart,
    "`dimensions.exposure.measures`": document.MeasurePart,
    "`dimensions.organisations`": document.OrganisationLevel,
    "`dimensions.criteria`": document.CriterionPart,
    "`dimensions.criteria.findings`": document.FindingPart,
    "`needs`": document.NeedPart,
    "`needs.items`": document.ItemPart,
    "`needs.items.path`": document.StepPart,
    "`needs.items.sources`": document.SourcePart,
    "`explanations`": assessment_document.NeedExplanationPart,
    "`resilience`": assessment_document.ResiliencePart,
    "`clashes`": assessment_document.ClashPart,
    "`clashes.parties`": assessment_document.PartyPart,
    "`clashes.gaps`": assessment_document.GapPart,
    "`roadmap`": document.NextStep,
    "`payloads`": payloads_document.PayloadsPart,
    "`payloads.thresholds`": payloads_document.ThresholdsPart,
    "`payloads.holdings`": payloads_document.HoldingPart,
    "`payloads.holdings.forms`": payloads_document.FormsPart,
    "`payloads.differences`": payloads_document.DifferencePart,
    "`payloads.needs`": payloads_document.BothVerdictsPart,
    "`payloads.criteria`": payloads_document.BothAnswersPart,
    "`payloads.map_first`": payloads_document.MapFirstPart,
}

#: Parts of the assessment's document that another document has too, and that are told with it.
TOLD_ELSEWHERE = {
    burden_document.BurdenPart,
    experience_document.ChainsPart,
    feedback_document.FeedbackPart,
    resilience_document.CalendarPart,
    resilience_document.ConcentrationPart,
    resilience_document.LossPart,
}


@pytest.mark.parametrize("heading", PARTS)
def test_a_table_names_every_key_of_a_part_of_the_document(heading: str) -> None:
    keys = keys_in(section("command-line.md", heading), 2)
    assert keys == list(PARTS[heading].model_fields)


def test_every_part_of_the_document_has_its_table() -> None:
    written = {
        found
        for module in (document, assessment_document)
        for found in vars(module).values()
        if is_part(found)
    }
    assert written - set(PARTS.values()) == {document.Interval, *TOLD_ELSEWHERE}


def test_every_kind_of_difference_between_what_is_declared_and_measured_is_told() -> None:
    kinds = [kind.value for kind in DifferenceKind]
    assert keys_in(section("command-line.md", "Kinds of difference"), 2) == kinds


def test_every_kind_of_clash_and_of_gap_is_told() -> None:
    kinds = [kind.name.lower() for kind in ClashKind]
    assert keys_in(section("command-line.md", "Kinds of clash"), 2) == kinds
    gaps = [kind.name.lower() for kind in GapKind]
    assert keys_in(section("command-line.md", "Kinds of gap"), 2) == gaps


def is_part(found: object) -> bool:
    is_model = isinstance(found, type) and issubclass(found, document.Part)
    return is_model and found is not document.Part


# ── The page of explanations ──────────────────────────────────────────────────────────────────────

#: Each part of the explanation's document, by the heading over its table.
EXPLANATION_PARTS: dict[str, type[BaseModel]] = {
    "The explanation as JSON": explanation_document.ExplanationDocument,
    "`robustness`": explanation_document.RobustnessPart,
    "`robustness.items`": explanation_document.ItemRobustnessPart,
    "`path` of an explanation": explanation_document.RouteStepPart,
    "`robustness.items.slacks`": explanation_document.SlackPart,
    "`robustness.items.weakest_hop`": explanation_document.WeakestHopPart,
    "`robustness.items.routes`": explanation_document.SourceRoutesPart,
    "`robustness.single_points`": explanation_document.SinglePointPart,
    "`relaxations`": explanation_document.RelaxationsPart,
    "`frontiers`": explanation_document.FrontierPart,
    "`frontiers.settled`": explanation_document.SettledPart,
    "`frontiers.labels`": explanation_document.LabelPart,
    "`frontiers.blocked`": explanation_document.BlockedPart,
    "`nearest`": explanation_document.NearestPart,
    "`lacking`": explanation_document.LackingPart,
    "`lacking.losses`": explanation_document.LossPart,
    "`deciding`": explanation_document.DecidingPart,
    "`deciding.facts`": explanation_document.FactPart,
    "`deciding.facts.ask`": explanation_document.KnowerPart,
}


@pytest.mark.parametrize("heading", EXPLANATION_PARTS)
def test_a_table_names_every_key_of_a_part_of_an_explanation(heading: str) -> None:
    fields_of = EXPLANATION_PARTS[heading].model_fields
    keys = [field.serialization_alias or name for name, field in fields_of.items()]
    assert keys_in(section("explanation.md", heading), 2) == keys


def test_every_part_of_an_explanation_has_its_table() -> None:
    written = {found for found in vars(explanation_document).values() if is_part(found)}
    borrowed = {document.Interval, document.NeedPart}
    assert written - set(EXPLANATION_PARTS.values()) == borrowed


def test_the_page_of_explanations_names_every_family() -> None:
    text = section("explanation.md", "The explanation as JSON")
    assert all(f"`{family.value}`" in text for family in Family)
