"""What falls when something is lost, and what lapses when: two chapters of a report."""

from collections.abc import Iterator

from sharedcare.assessment import MOST_LOSSES, Assessment
from sharedcare.reports.assessing.chapter import Chapter, ChapterTable, table_of
from sharedcare.reports.losses.change_view import ChangeView
from sharedcare.reports.losses.lapses_view import CalendarView, DayView, calendar_view
from sharedcare.reports.losses.resilience_view import (
    KIND_WORDS,
    LOST_MEANS,
    ConcentrationView,
    LossView,
    ResilienceView,
    resilience_view,
)
from sharedcare.reports.words.figures import counted, date_words, listed
from sharedcare.reports.words.names import Names

#: Losses and suppliers that are shown; the rest is counted, and ``stress`` shows them.
MOST_SHOWN = 15

#: Needs named beside one loss or day; the rest is counted.
MOST_NAMED = 6

NOTHING_TAKES = "No single system, supplier, agreement or identity domain takes any need with it."

_STRESS = "'sharedcare stress PROFILE'"


def falls_chapter(assessment: Assessment, names: Names) -> Chapter:
    """What falls when one system, supplier, agreement or identity domain is lost."""
    found = resilience_view(assessment.landscape, assessment.stress, assessment.calendar, names)
    harmful = [loss for loss in found.losses if loss.falls]
    return Chapter(
        id="falls",
        menu="What falls",
        title="What falls when something is lost",
        lead=_falls_lead(found),
        tables=(
            *table_of(
                "What takes needs with it, the gravest first",
                ("Lost", "Takes", "Sufficiency left", "Needs that are worse off"),
                [_loss_row(loss) for loss in harmful],
                most=MOST_SHOWN,
                more="losses",
            ),
            *_suppliers(found.concentration),
        ),
        notes=tuple(_falls_notes(assessment, found)),
    )


def _falls_lead(found: ResilienceView) -> str:
    if not any(loss.falls for loss in found.losses):
        return NOTHING_TAKES
    return " ".join(found.headline)


def _loss_row(loss: LossView) -> tuple[str, ...]:
    return loss.title, loss.counts, loss.sufficiency, _named(loss.falls)


def _named(changes: tuple[ChangeView, ...]) -> str:
    told = [f"{one.title}{' (safety-critical)' if one.safety_critical else ''}" for one in changes]
    rest = len(told) - MOST_NAMED
    more = [f"and {rest:,} more"] if rest > 0 else []
    return "; ".join((*told[:MOST_NAMED], *more))


def _suppliers(found: ConcentrationView | None) -> tuple[ChapterTable, ...]:
    if found is None:
        return ()
    rows = [(one.supplier, one.systems, one.rests, one.falls) for one in found.suppliers]
    headers = ("Supplier", "Systems in use", "Rests on it", "Falls with it")
    return table_of(found.means, headers, rows, most=MOST_SHOWN, more="suppliers")


def _falls_notes(assessment: Assessment, found: ResilienceView) -> Iterator[str]:
    if found.harmless:
        yield found.harmless
    if found.concentration and found.concentration.index:
        yield found.concentration.index
    untried = [KIND_WORDS[kind][1] for kind in assessment.untried]
    if untried:
        yield (
            f"Not lost here, since an assessment tries {MOST_LOSSES:,} losses at most: "
            f"{listed(untried)}. {_STRESS} tries them."
        )
    yield f"{LOST_MEANS} {_STRESS} also loses two at a time (--pairs)."


def lapses_chapter(assessment: Assessment, names: Names) -> Chapter:
    """What ends and begins within the horizon, and what breaks and comes with it."""
    found = calendar_view(names.landscape, assessment.calendar)
    return Chapter(
        id="lapses",
        menu="What lapses when",
        title="What lapses when",
        lead=_lapses_lead(assessment, found),
        tables=table_of(
            "The first day on which something is otherwise, and what that does",
            ("From", "What ends or begins", "Breaks", "Comes"),
            [_day_row(day) for day in found.days],
            most=MOST_SHOWN,
            more="days",
        ),
        notes=tuple(_lapses_notes(found)),
    )


def _lapses_lead(assessment: Assessment, found: CalendarView) -> str:
    if not found.days:
        return f"Nothing ends or begins up to {found.until}, as far as the profile says."
    days = assessment.calendar.days
    broken = dict.fromkeys(need for day in days for need in day.breaks)
    if broken:
        first = next(day for day in days if day.breaks)
        return (
            f"Up to {found.until}, {counted(len(broken), 'need')} will be worse off because "
            f"something ends, the first from {date_words(first.day)}."
        )
    staked = {need for day in days for turn in day.turns for need in turn.at_stake}
    if staked:
        return (
            f"No verdict falls by itself up to {found.until}; but support or a contract ends for "
            f"systems without which {counted(len(staked), 'need')} would be worse off."
        )
    turns = sum(len(day.turns) for day in days)
    told = "1 thing ends or begins" if turns == 1 else f"{turns:,} things end or begin"
    return f"Up to {found.until}, {told}, and no need is worse off for it."


def _day_row(day: DayView) -> tuple[str, ...]:
    return day.day, " ".join(day.events), _named(day.breaks), _named(day.comes)


def _lapses_notes(found: CalendarView) -> Iterator[str]:
    if found.unknown:
        yield found.unknown
    if found.days:
        yield f"{_STRESS} --horizon '24 mo' looks further ahead."
