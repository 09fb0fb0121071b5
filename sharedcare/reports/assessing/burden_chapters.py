"""Hours that people spend by hand, and what is pushed at them: two chapters of a report."""

from sharedcare.assessment import Assessment
from sharedcare.reports.assessing.chapter import Chapter, table_of
from sharedcare.reports.words.figures import counted
from sharedcare.reports.words.names import Names
from sharedcare.reports.work.burden_view import (
    METHOD,
    OverloadView,
    burden_view,
    overloaded,
)

#: Rows that are shown of each table; the rest is counted, and ``burden`` shows them.
MOST_SHOWN = 20

_BURDEN = "'sharedcare burden PROFILE' shows every piece of work and how it is counted."


def hours_chapter(assessment: Assessment, names: Names) -> Chapter:
    """Hours a year of typing in again, handing on and looking things up."""
    found = burden_view(assessment.burden, names)
    return Chapter(
        id="hours",
        menu="Hours by hand",
        title="Hours of re-keying and looking things up",
        lead=" ".join(found.hours_headline),
        tables=(
            *table_of(
                "Hours a year, by role",
                ("Role", "Of", "Hours a year", "Pieces of work"),
                [(one.who, one.organisation, one.hours, one.unknown) for one in found.roles],
                most=MOST_SHOWN,
                more="roles",
            ),
            *table_of(
                "Not known: to be timed or counted first",
                ("What",),
                [(words,) for words in dict.fromkeys(found.to_time)],
                most=MOST_SHOWN,
                more="pieces of work",
            ),
        ),
        notes=(METHOD[0], _BURDEN) if found.work else (),
    )


def pushed_chapter(assessment: Assessment, names: Names) -> Chapter:
    """What is pushed at roles beyond what they need; what can be looked up is none of it."""
    found = burden_view(assessment.burden, names)
    surely = tuple(overloaded(found.overload, certain=True))
    perhaps = tuple(overloaded(found.overload, certain=False))
    headers = ("Role", "Of", "By", "Not asked for", "How often")
    return Chapter(
        id="pushed",
        menu="Pushed beyond need",
        title="What is pushed beyond need",
        lead=_pushed_lead(surely, perhaps),
        tables=(
            *table_of(
                "Surely: it arrives with them, or a system tells them of it",
                headers,
                _push_rows(surely),
                most=MOST_SHOWN,
                more="pushes",
            ),
            *table_of(
                "Perhaps: whether they are told of it is not said",
                headers,
                _push_rows(perhaps),
                most=MOST_SHOWN,
                more="pushes",
            ),
        ),
    )


def _pushed_lead(surely: tuple[OverloadView, ...], perhaps: tuple[OverloadView, ...]) -> str:
    if not surely and not perhaps:
        return "Nothing is pushed at anybody beyond a need of theirs, as far as the profile says."
    gets = "gets" if len(surely) == 1 else "get"
    told = f"{counted(len(surely), 'role')} surely {gets} told of what no need of theirs asks for"
    if not perhaps:
        return f"{told}."
    return f"{told}; of {counted(len(perhaps), 'role')} it is not said whether they are."


def _push_rows(roles: tuple[OverloadView, ...]) -> list[tuple[str, ...]]:
    return [
        (role.who, role.organisation, push.flow, push.beyond, push.often)
        for role in roles
        for push in role.pushes
    ]
