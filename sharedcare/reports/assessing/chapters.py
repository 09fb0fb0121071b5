"""The chapters that every report has, in their order; and those of reports with payloads.

A new one is a function beside its view, named in :data:`CHAPTERS`; no format has to know of it.
"""

from collections.abc import Callable

from sharedcare.assessment import Assessment
from sharedcare.reports.assessing.burden_chapters import hours_chapter, pushed_chapter
from sharedcare.reports.assessing.chapter import Chapter
from sharedcare.reports.assessing.experience_chapters import answered_chapter, noticed_chapter
from sharedcare.reports.assessing.losing_chapters import falls_chapter, lapses_chapter
from sharedcare.reports.assessing.meaning_chapters import blanks_chapter, meanings_chapter
from sharedcare.reports.words.names import Names

#: Makes one chapter of a report.
MakesChapter = Callable[[Assessment, Names], Chapter]

CHAPTERS: tuple[MakesChapter, ...] = (
    falls_chapter,
    lapses_chapter,
    hours_chapter,
    pushed_chapter,
    meanings_chapter,
    blanks_chapter,
    noticed_chapter,
    answered_chapter,
)


def chapters_of(assessment: Assessment, names: Names) -> tuple[Chapter, ...]:
    """Make every chapter of a report."""
    chapters = CHAPTERS if assessment.payloads is None else (*_payload_chapters(), *CHAPTERS)
    return tuple(chapter(assessment, names) for chapter in chapters)


def _payload_chapters() -> tuple[MakesChapter, ...]:
    """The chapters that stand before the others where payloads were measured."""
    from sharedcare.reports.assessing.payload_chapters import payloads_chapter, two_ways_chapter

    return payloads_chapter, two_ways_chapter
