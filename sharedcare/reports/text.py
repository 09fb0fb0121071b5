"""The report for a terminal: what a planner needs first, in a few screens, and where the rest is.

At most 80 columns; colour only where it is asked for, and never alone.
"""

from collections.abc import Iterable, Iterator

from sharedcare.assessment import Assessment
from sharedcare.flows import Bounds
from sharedcare.reports.assessing.dimensions_view import DimensionView
from sharedcare.reports.assessing.needs_view import NeedView
from sharedcare.reports.assessing.readiness_view import StepView
from sharedcare.reports.assessing.view import View, view_of
from sharedcare.reports.provenance import Provenance
from sharedcare.reports.text_parts import prose, table
from sharedcare.reports.words.figures import counted, listed
from sharedcare.reports.words.marks import Mark
from sharedcare.reports.words.texts import columns_of, shortened, wrapped

#: What is shown of each list; the rest is counted.
MOST_NEEDS = 8
MOST_BLOCKERS = 5
MOST_ASKED = 3

#: Names longer than this are cut: the other formats show them whole.
LONGEST_NAME = 120

#: Columns for the name of a dimension.
NAME = 52

#: Columns of text that say what was found at a gate.
MOST_GATE = 120

#: Columns of text that say why a need is not met.
MOST_WHY = 300

#: Halves of a level in the bar of a dimension.
BAR = 10

_COLOURS = {"met": "32", "partly": "33", "unmet": "31", "open": "35", "none": "2"}


def render_text(
    assessment: Assessment,
    provenance: Provenance,
    name_organisations: bool = False,
    colour: bool = False,
) -> str:
    """Write the report for a terminal."""
    view = view_of(assessment, provenance, name_organisations)
    return "\n".join(_Page(view, colour).lines()) + "\n"


def need_lines(need: NeedView, symbol: str) -> Iterator[str]:
    """Who needs what, and below it why not, or by which way."""
    told = ", ".join((need.id, *(("safety-critical",) if need.safety_critical else ())))
    yield from prose(f"{shortened(need.title, LONGEST_NAME)} ({told})", "    ", f"  {symbol} ")
    yield from prose(_why(need), "      ")
    if need.declared:
        yield from prose(f"As declared, without what was measured: {need.declared}.", "      ")


class _Page:
    """One report on its way to lines."""

    def __init__(self, view: View, colour: bool) -> None:
        self.view = view
        self.colour = colour

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._blockers()
        yield from self._needs()
        yield from self._axes()
        yield from self._dimensions()
        yield from self._next()
        yield from self._ask()
        yield from self._chapters()
        yield from self._foot()

    def _marked(self, mark: Mark, text: str) -> str:
        return self._painted(_COLOURS[mark.look], text)

    def _painted(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def _title(self, words: str) -> Iterator[str]:
        yield ""
        yield self._painted("1", words)

    def _head(self) -> Iterator[str]:
        view = self.view
        for line in prose(shortened(view.title, LONGEST_NAME)):
            yield self._painted("1", line)
        yield from prose(f"As of {view.as_of}: {view.scope}.")
        yield ""
        yield from prose(view.readiness.headline)

    def _blockers(self) -> Iterator[str]:
        blocking = [blocker for blocker in self.view.readiness.blockers if blocker.now]
        held = [gate for gate in self.view.readiness.gates if gate.holds]
        if not blocking and not held:
            return
        yield from self._title("What blocks")
        for blocker in blocking[:MOST_BLOCKERS]:
            because = f", held down by {listed(blocker.because_of)}" if blocker.because_of else ""
            yield from prose(f"{blocker.name}: level {blocker.level}{because}", "    ", "  - ")
        if len(blocking) > MOST_BLOCKERS:
            yield f"  - and {counted(len(blocking) - MOST_BLOCKERS, 'dimension')} more"
        later = [s for s in self.view.readiness.stages if s.blocking and not s.now]
        if later:
            words = "; ".join(f"{s.name}: {s.words}" for s in later)
            yield from prose(f"Later in the order of work: {words}", "    ", "  - ")
        for gate in held:
            first = f"  {self._marked(gate.mark, gate.mark.symbol)} "
            yield from prose(f"Gate: {gate.asks} {shortened(gate.words, MOST_GATE)}", "    ", first)

    def _needs(self) -> Iterator[str]:
        if not self.view.needs:
            return
        yield from self._title("Needs")
        tallies = self.view.readiness.tallies
        counts = (
            self._marked(t.mark, f"{t.mark.symbol} {t.number} {t.mark.words}") for t in tallies
        )
        yield f"  {'   '.join(counts)}"
        failing = self.view.failing
        if failing:
            yield ""
        for need in failing[:MOST_NEEDS]:
            yield from need_lines(need, self._marked(need.mark, need.mark.symbol))
        if len(failing) > MOST_NEEDS:
            yield f"  and {len(failing) - MOST_NEEDS} more that are not met"
        if self.view.unexplained:
            yield from prose(self.view.unexplained, "  ")

    def _axes(self) -> Iterator[str]:
        axes = self.view.readiness.axes
        yield from self._title("Readiness and sufficiency, two things and never one number")
        rows = [
            ("Sufficiency", f"{axes.sufficiency_words} {axes.sufficiency_of}"),
            ("Readiness", axes.band),
            ("Index", axes.index_words),
        ]
        rows += [("", axes.capped)] if axes.capped else []
        yield from _indented(table(rows, (12, 62)))

    def _dimensions(self) -> Iterator[str]:
        group = ""
        for found in self.view.dimensions:
            if found.group != group:
                group = found.group
                yield from self._title(f"{group} dimensions, level 0 to 5")
            yield from self._dimension(found)
        yield "  █ certain  ░ not known yet  ▾ limited by what it leans on  ! blocks"

    def _dimension(self, found: DimensionView) -> Iterator[str]:
        *lines, last = wrapped(found.name, NAME)
        yield from (f"  {line}" for line in lines)
        room = " " * (NAME + 1 - columns_of(last))
        blocks = "!" if any(b.id == found.id for b in self.view.readiness.blockers) else " "
        limited = "▾" if found.is_limited else " "
        level = "–" if found.effective is None else found.words
        bar = level_bar(found.effective)
        yield f"  {last}{room}{bar} {blocks}{limited} {level}".rstrip()

    def _next(self) -> Iterator[str]:
        if self.view.first_steps:
            yield from self._title("What to do next")
        for number, step in enumerate(self.view.first_steps, 1):
            yield from prose(_step(step), "     ", f"  {number}. ")

    def _ask(self) -> Iterator[str]:
        ask = self.view.ask
        if ask.facts or ask.questions:
            yield from self._title("Ask first")
        for fact in ask.facts[:MOST_ASKED]:
            decides = counted(len(fact.decides), "need")
            ask_whom = f" Ask {listed(fact.whom)}." if fact.whom else ""
            yield from prose(f"{fact.question} Decides {decides}.{ask_whom}", "    ", "  ? ")
        for question in ask.questions[:MOST_ASKED]:
            yield from prose(f"{question.dimension}: {question.question}", "    ", "  ? ")
        facts = len(ask.facts) + ask.more_facts - MOST_ASKED
        rest = max(0, facts) + max(0, len(ask.questions) + ask.more_questions - MOST_ASKED)
        if rest:
            yield f"  and {counted(rest, 'question')} more"

    def _chapters(self) -> Iterator[str]:
        """Of each chapter what it found first; the other formats have its tables."""
        yield from self._title("What else was found")
        for chapter in self.view.chapters:
            yield from prose(f"{chapter.menu}: {chapter.lead}", "    ", "  - ")

    def _foot(self) -> Iterator[str]:
        basis = self.view.basis
        yield from self._title("Not assessed")
        for words in basis.not_assessed:
            yield from prose(shortened(words, MOST_WHY), "    ", "  – ")
        yield ""
        borne = sum(found.active for found in self.view.doubts.suppressions)
        if borne:
            yield from prose(
                f"{counted(borne, 'finding')} suppressed for now; they count all the same."
            )
        yield from prose(f"{basis.is_not[0]} {self.view.naming}")
        yield from prose(
            "Every criterion, route, assumption and suppression, the method, and the next step for "
            "each dimension stand in the full report: --report report.html (or .md, .json)."
        )
        yield from prose(_made(dict(basis.provenance)))


def level_bar(level: Bounds | None) -> str:
    """Draw a level from 0 to 5: what is certain, what is not known yet, what is not reached."""
    if level is None:
        return "·" * BAR
    certain, possible = int(level.low * 2), int(level.high * 2)
    return "█" * certain + "░" * (possible - certain) + "·" * (BAR - possible)


def _why(need: NeedView) -> str:
    """Why a need is not met; of one that is met, by which way and how far out of date."""
    if need.mark is Mark.MET:
        age = f" Out of date: {need.age}." if need.age else ""
        return shortened(f"{'; '.join(need.ways)}.{age}", MOST_WHY)
    if need.sentences:
        both = " ".join(need.sentences)
        return both if columns_of(both) <= MOST_WHY else shortened(need.sentences[0], MOST_WHY)
    return shortened(" ".join(need.why) or need.range, MOST_WHY)


def _step(step: StepView) -> str:
    who = f" ({listed(step.who, most=3)})" if step.who else ""
    return f"{step.dimension}: {step.words}{who}"


def _made(provenance: dict[str, str]) -> str:
    digest = provenance["SHA-256 of its files"][:16]
    profile = shortened(provenance["Profile"], LONGEST_NAME)
    return f"{profile} (SHA-256 {digest}…), {provenance['Made by']}."


def _indented(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"  {line}".rstrip()
