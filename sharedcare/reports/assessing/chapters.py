"""The chapters that every report has, in their order.

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

CHAPTERS: tuple[Callable[[Assessment, Names], Chapter], ...] = (
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
    return tuple(chapter(assessment, names) for chapter in CHAPTERS)
