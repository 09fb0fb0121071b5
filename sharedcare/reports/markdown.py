"""The whole report in Markdown; every text of the profile is escaped and shows as itself."""

from collections.abc import Iterator, Sequence

from sharedcare.assessment import Assessment
from sharedcare.reports.assessing.dimensions_view import (
    CriterionView,
    DimensionView,
    Heatmap,
    criteria_words,
)
from sharedcare.reports.assessing.matrix_view import Matrix, MatrixCell
from sharedcare.reports.assessing.needs_view import ItemView, NeedView
from sharedcare.reports.assessing.next_view import RoadmapView
from sharedcare.reports.assessing.readiness_view import BLOCKS_UNDER, StepView
from sharedcare.reports.assessing.view import View, view_of
from sharedcare.reports.markdown_parts import Lines, bullets, heading, no_double_blanks, table
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.words.figures import counted, listed
from sharedcare.reports.words.literal import literal


def render_markdown(
    assessment: Assessment, provenance: Provenance, name_organisations: bool = False
) -> str:
    """Write the whole report in Markdown."""
    view = view_of(assessment, provenance, name_organisations)
    parts = (
        _head, _needs, _matrix, _every_need, _chapters, _readiness, _dimensions, _organisations,
        _next, _ask, _doubts, _sectors, _criteria, _basis,
    )  # fmt: skip
    lines = (line for part in parts for line in part(view))
    return "\n".join(no_double_blanks(lines)).strip("\n") + "\n"


def _head(view: View) -> Lines:
    yield from heading(1, view.title)
    yield f"As of {view.as_of}: {view.scope}."
    yield ""
    yield f"**{literal(view.readiness.headline)}**"
    yield from heading(2, "What blocks")
    yield from bullets(_blocking(view))
    yield from heading(2, "What to do next")
    for number, step in enumerate(view.first_steps, 1):
        yield f"{number}. {literal(step.dimension)}: {literal(step_words(step))}"


def _blocking(view: View) -> Lines:
    for blocker in view.readiness.blockers:
        if blocker.now:
            held = f", held down by {listed(blocker.because_of)}" if blocker.because_of else ""
            yield literal(f"{blocker.name}: level {blocker.level}{held}")
    for gate in view.readiness.gates:
        if gate.holds:
            yield f"{gate.mark.text}: {literal(gate.asks)} {literal(gate.words)}"
    if not view.readiness.blockers:
        yield f"No dimension that was assessed lies under level {BLOCKS_UNDER}."


def step_words(step: StepView) -> str:
    """What to do, and who."""
    who = f" ({listed(step.who, most=4)})" if step.who else ""
    borne = " (suppressed for now)" if step.borne else ""
    return f"{step.words}{who}{borne}"


def _needs(view: View) -> Lines:
    yield from heading(2, "Needs")
    if not view.needs:
        yield "No need is declared, so that nothing is judged."
        return
    counts = [
        f"{t.number} {t.mark.text} ({t.critical} safety-critical)" for t in view.readiness.tallies
    ]
    yield f"{'; '.join(counts)}. {literal(view.basis.is_not[0])}"
    yield ""
    headers = ("Need", "Verdict", "Out of date", "Reaches", "Why")
    yield from table(headers, [need_row(need) for need in view.needs])


def need_row(need: NeedView) -> tuple[str, str, str, str, str]:
    """One need as a row: who needs what, verdict, out of date, coverage, why or by which way."""
    critical = " (safety-critical)" if need.safety_critical else ""
    why = " ".join(need.why) or need.range or "; ".join(need.ways)
    return f"{need.title}{critical}", need.mark.text, need.age, need.coverage, why


def _matrix(view: View) -> Lines:
    for matrix in view.matrix:
        yield from heading(3, "Needs by role and kind of information")
        yield from table(("Role", *matrix.columns), _matrix_rows(matrix))


def _matrix_rows(matrix: Matrix) -> Iterator[Sequence[str]]:
    for row in matrix.rows:
        yield (row.who, *(map(_matrix_cell, row.cells)))


def _matrix_cell(cell: MatrixCell | None) -> str:
    if cell is None:
        return ""
    critical = " !" if cell.safety_critical else ""
    return f"{cell.mark.text}{critical} {cell.age}".rstrip()


def _every_need(view: View) -> Lines:
    if view.needs:
        yield from heading(3, "Every need, the gravest first")
        yield literal(view.unexplained)
    for need in view.needs:
        yield from heading(4, f"{need.mark.symbol} {need.title}")
        yield literal(" ".join(need.sentences))
        yield ""
        yield from bullets(_need_facts(need))
        for item in need.items:
            yield from _item(item)
        if need.assumptions:
            yield "Taken for granted:"
            yield ""
            yield from bullets(map(literal, need.assumptions))


def _need_facts(need: NeedView) -> Lines:
    facts = (
        ("Verdict", f"{need.mark.words}{f' ({need.range})' if need.range else ''}"),
        ("As declared, without what was measured", need.declared),
        ("To achieve", need.objective),
        ("Asks for it", ", ".join(need.asks)),
        ("Reaches", need.coverage),
        ("Out of date", need.age),
        ("What would help", listed(need.helps)),
        ("What to find out", " ".join(need.find_out)),
        ("When it fails", need.fallback),
        ("Owner", need.owner),
        ("Pathway", need.pathway),
        ("In the profile", f"needs.{need.id}, weight {need.weight}"),
    )
    for label, words in facts:
        if words:
            yield f"{label}: {literal(words)}"


def _item(item: ItemView) -> Lines:
    asked = f" ({item.asked})" if item.asked else ""
    why = " ".join(("", *item.why))
    yield f"{item.mark.text}: {literal(f'{item.category}{asked}.{why}')}"
    yield ""
    if item.hops:
        headers = ("Place", "By", "Out of date", "Waiting", "Form", "Reach", "Covered by")
        rows = [
            (
                hop.place,
                hop.way,
                hop.age,
                hop.wait,
                hop.form,
                hop.reach,
                hop.cover,
            )
            for hop in item.hops
        ]
        yield from table(headers, rows)


def _chapters(view: View) -> Lines:
    for chapter in view.chapters:
        yield from heading(2, chapter.title)
        yield f"**{literal(chapter.lead)}**"
        yield ""
        for found in chapter.tables:
            yield literal(f"{found.caption}:")
            yield ""
            yield from table(found.headers, found.rows)
            yield literal(found.rest)
            yield ""
        for note in chapter.notes:
            yield literal(note)
            yield ""


def _readiness(view: View) -> Lines:
    axes = view.readiness.axes
    yield from heading(2, "Readiness beside sufficiency")
    yield "Two things, never made into one number."
    yield ""
    rows = [
        ("Sufficiency", f"{axes.sufficiency_words} {axes.sufficiency_of}"),
        ("Readiness", f"{axes.band}. {axes.capped}".strip()),
        ("Index", axes.index_words),
    ]
    yield from table(("Axis", "Result"), rows)
    yield from heading(3, "Order of work")
    stages = [(f"{s.name}{' (now)' if s.now else ''}", s.words) for s in view.readiness.stages]
    yield from table(("Stage", "State"), stages)
    yield from heading(3, "Blockers")
    blockers = [
        (b.stage, b.name, b.level, listed(b.because_of), " ".join(s.act for s in b.steps))
        for b in view.readiness.blockers
    ]
    headers = ("Stage", "Dimension", "Level", "Held down by", "What would unblock it")
    yield from table(headers, blockers) if blockers else iter(("None was found.", ""))
    yield from heading(3, "Gates")
    gates = [
        (
            g.mark.text,
            g.asks,
            f"{g.words} {f'Decided: {g.decision}' if g.decision else ''}",
            g.whose,
        )
        for g in view.readiness.gates
    ]
    yield from table(("Result", "The gate asks", "Found", "Whose gate"), gates)


def _dimensions(view: View) -> Lines:
    yield from heading(2, "Dimensions")
    headers = (
        "Dimension", "Effective", "Level", "Limited by", "Claimed", "Evidenced", "Computed",
        "Burden", "Criteria",
    )  # fmt: skip
    for group in dict.fromkeys(found.group for found in view.dimensions):
        yield from heading(3, group)
        rows = [_dimension_row(found) for found in view.dimensions if found.group == group]
        yield from table(headers, rows)


def _dimension_row(found: DimensionView) -> tuple[str, ...]:
    contested = " (contested)" if found.is_contested else ""
    return (
        f"{found.name}{contested}",
        found.words,
        found.level_words,
        listed(found.limited_by),
        found.claimed,
        found.evidenced,
        found.computed,
        found.exposure,
        criteria_words(found),
    )


def _organisations(view: View) -> Lines:
    yield from heading(2, "By organisation")
    yield literal(view.naming)
    yield ""
    for heatmap in view.heatmaps:
        yield from table(("Dimension", "The region", *heatmap.organisations), _heat(heatmap))
    yield "▾ limited by what it leans on; – not assessed"


def _heat(heatmap: Heatmap) -> Iterator[Sequence[str]]:
    for row in heatmap.rows:
        cells = [
            f"{cell.words}{' ▾' if cell.limited_by else ''}" for cell in (row.region, *row.cells)
        ]
        yield (row.name, *cells, *[""] * (len(heatmap.organisations) + 1 - len(cells)))


def _next(view: View) -> Lines:
    yield from heading(2, "The next step for each dimension")
    for entry in view.roadmap:
        yield from heading(3, f"{entry.name}: level {entry.now}{_target(entry)}")
        yield literal(entry.words)
        if entry.raise_first:
            yield literal(f"It is held down by {listed(entry.raise_first)}: raise that first.")
        yield ""
        yield from bullets(f"{s.mark.symbol} {literal(step_words(s))}" for s in entry.steps)
        if entry.unlocks:
            yield literal(f"It unlocks {listed(entry.unlocks)}.")
        if entry.needs:
            yield literal(f"Needs that wait for it: {'; '.join(entry.needs)}.")


def _target(entry: RoadmapView) -> str:
    return f" → {entry.target}" if entry.target else ""


def _ask(view: View) -> Lines:
    ask = view.ask
    yield from heading(2, "Ask first")
    facts = [
        (fact.question, listed(fact.whom), "; ".join(fact.decides), fact.place)
        for fact in ask.facts
    ]
    if facts:
        yield from table(("Fact", "Who would know", "It may decide", "In the profile"), facts)
    yield from _more(ask.more_facts, "fact")
    questions = [
        (q.question, q.dimension, listed(q.whom, 4) or "the region", q.worth) for q in ask.questions
    ]
    if questions:
        yield from table(("Question", "Dimension", "Whom to ask", "What an answer does"), questions)
    yield from _more(ask.more_questions, "question")
    if not facts and not questions:
        yield "Nothing is open."


def _more(number: int, noun: str) -> Lines:
    if number:
        yield f"And {counted(number, noun)} more."
        yield ""


def _doubts(view: View) -> Lines:
    doubts = view.doubts
    yield from heading(2, "What to doubt")
    yield from heading(3, "Answers that stand against each other")
    against = [(c.question, c.dimension, c.who, c.words) for c in doubts.contradictions]
    yield from _or_none(("Question", "Dimension", "Of", "What stands against what"), against)
    yield from heading(3, "Contested")
    yield from _or_none(
        ("What", "Of", "State"), [(c.what, c.who, c.words) for c in doubts.contested]
    )
    yield from heading(3, "Resting on sand")
    sand = [(s.dimension, s.rests_on, s.words) for s in doubts.sand]
    yield from _or_none(("Dimension", "Rests on", "How sure"), sand)
    yield from heading(3, "How respondents see it")
    rated = [
        (r.dimension, r.median, r.agreement, ", ".join(map(str, r.counts)) or "too few to show",
         "; ".join(r.sectors), r.respondents)
        for r in doubts.respondents
    ]  # fmt: skip
    headers = (
        "Dimension",
        "Median",
        "Agreement",
        "Ratings of 0, 1, … 5",
        "By sector",
        "Answered by",
    )
    yield from _or_none(headers, rated)
    yield from _sensitivity(view)


def _or_none(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Lines:
    if rows:
        yield from table(headers, rows)
    else:
        yield "None."
        yield ""


def _sensitivity(view: View) -> Lines:
    found = view.readiness.sensitivity
    if found is None:
        return
    yield from heading(3, "How the band hangs on our choices")
    yield literal(f"{found.verdict} {found.weights}")
    yield ""
    rows = [(v.what, v.index, v.band, "yes" if v.differs else "no") for v in found.variants]
    yield from table(("Otherwise", "Index", "Band", "Changes the band"), rows)


def _sectors(view: View) -> Lines:
    yield from heading(2, "Who pays, who does the work, who gains")
    rows = [(s.name, s.partners, s.gains, s.gives, s.does, s.pays) for s in view.sectors]
    yield from _or_none(("Sector", "Partners", "Gains", "Gives", "Does", "Pays"), rows)


def _criteria(view: View) -> Lines:
    yield from heading(2, "Every criterion asked")
    for found in view.dimensions:
        yield from heading(3, f"{found.name}: {found.words}")
        yield literal(f"{found.definition} {found.rationale}")
        yield ""
        yield from bullets(map(literal, _asides(found)))
        for criterion in found.criteria:
            yield from _criterion(criterion)


def _asides(found: DimensionView) -> Lines:
    if found.exposure:
        yield f"Burden: {found.exposure}. {'; '.join(found.measures)}."
    if found.established:
        yield found.established
    if found.not_assessed:
        yield f"Not assessed: {listed(found.not_assessed)}."


def _criterion(criterion: CriterionView) -> Lines:
    yield from heading(4, f"{criterion.mark.text}, level {criterion.level}: {criterion.question}")
    yield literal(f"{criterion.id}; {criterion.kind}; {criterion.scope}")
    yield ""
    yield from bullets(map(literal, _criterion_facts(criterion)))


def _criterion_facts(criterion: CriterionView) -> Lines:
    if criterion.share:
        yield f"{criterion.share} holds"
    if criterion.not_met_by:
        yield f"No: {listed(criterion.not_met_by)}"
    if criterion.not_known_of:
        yield f"Not known: {listed(criterion.not_known_of)}"
    yield from criterion.doubts
    for finding in criterion.findings:
        yield f"{finding.mark.symbol} {finding.message}"
    if criterion.rest:
        yield f"and {counted(criterion.rest, 'finding')} more"
    if criterion.borne:
        yield "suppressed for now"
    if criterion.remedy:
        yield f"To do: {criterion.remedy}"


def _basis(view: View) -> Lines:
    basis = view.basis
    yield from heading(2, "What stands behind this")
    for title, texts in (
        ("What this is not", basis.is_not),
        ("What was assessed", basis.assessed),
        ("What was not assessed", basis.not_assessed),
    ):
        yield from heading(3, title)
        yield from bullets(map(literal, texts))
    yield from heading(3, "What was assumed")
    yield from bullets(
        literal(f"{found.words} ({counted(len(found.needs), 'need')})")
        for found in basis.assumptions
    )
    yield from _more(basis.more_assumptions, "assumption")
    yield from bullets(literal(f"By the author: {words}") for words in basis.assumed)
    yield from _more(basis.more_assumed, "entry")
    yield from heading(3, "What is suppressed")
    yield from _or_none(("Criterion", "About", "Why", "By", "Until", "State"), _suppressed(view))
    yield from heading(3, "Method")
    for words in basis.method:
        yield literal(words)
        yield ""
    yield from heading(3, "Made from")
    yield from table(("What", "Which"), basis.provenance)


def _suppressed(view: View) -> list[tuple[str, ...]]:
    return [
        (s.criterion, s.about, s.reason, s.by, s.until, "in force" if s.active else "expired")
        for s in view.doubts.suppressions
    ]
