"""Where one word means two things, and what a blank does not mean: two chapters of a report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sharedcare.assessment import Assessment
from sharedcare.flows.meaning.clash import Clash, ClashKind
from sharedcare.reports.assessing.chapter import Chapter, table_of
from sharedcare.reports.assessing.needs_view import need_label
from sharedcare.reports.words.clash_words import parties_words
from sharedcare.reports.words.figures import counted, listed, sentence
from sharedcare.reports.words.gap_words import ASK, gap_words
from sharedcare.reports.words.names import Names

#: Rows that are shown of each table; the rest is counted.
MOST_SHOWN = 30

#: Needs named beside one clash; the rest is counted.
MOST_NAMED = 4

GUIDE = "'sharedcare visibility PROFILE' writes this for the people who look."

NOWHERE = "across the landscape; no need draws on both"


def meanings_chapter(assessment: Assessment, names: Names) -> Chapter:
    """Where what comes from two sources does not mean the same, or does not come alike."""
    found = [clash for clash in assessment.clashes if clash.kind is not ClashKind.ABSENCE]
    surely = [clash for clash in found if clash.certain]
    perhaps = [clash for clash in found if not clash.certain]
    headers = ("What", "Where it meets")
    return Chapter(
        id="meanings",
        menu="Two meanings",
        title="Where the same word means two things, or does not come alike",
        lead=_meanings_lead(surely, perhaps, names),
        tables=(
            *table_of(
                "Surely so, what misleads most first",
                headers,
                [_clash_row(clash, names) for clash in surely],
                most=MOST_SHOWN,
                more="differences",
            ),
            *table_of(
                "Perhaps so: not all that would tell is known",
                headers,
                [_clash_row(clash, names) for clash in perhaps],
                most=MOST_SHOWN,
                more="differences",
            ),
        ),
    )


def _meanings_lead(surely: list[Clash], perhaps: list[Clash], names: Names) -> str:
    two = [clash for clash in surely if clash.kind is ClashKind.MEANING]
    if not surely and not perhaps:
        return "Nothing that comes from several sources differs, as far as the profile says."
    if two:
        words = [names.landscape.category_label(key) for clash in two for key in clash.categories]
        told = f"The same word means two things in {listed(list(dict.fromkeys(words)), most=3)}"
    else:
        told = "No word is known to mean two things"
    others = len(surely) - len(two)
    verb = "is" if others == 1 else "are"
    more = [f"{counted(others, 'other difference')} between sources {verb} certain"] * bool(others)
    more += [f"{len(perhaps):,} more may be there"] * bool(perhaps)
    return ". ".join((told, *more)) + "."


def _clash_row(clash: Clash, names: Names) -> tuple[str, str]:
    return sentence(parties_words(clash, names)), _where(clash.needs, names)


def _where(needs: Iterable[str], names: Names) -> str:
    labels = [need_label(names.landscape, need) for need in needs]
    rest = len(labels) - MOST_NAMED
    more = [f"and {rest:,} more"] if rest > 0 else []
    return "; ".join((*labels[:MOST_NAMED], *more)) or NOWHERE


@dataclass(frozen=True, slots=True)
class _Blank:
    """What several roles see alike: of what, why it is no negative, what its source says."""

    what: str
    why: str
    said: str


def blanks_chapter(assessment: Assessment, names: Names) -> Chapter:
    """Where a blank must not be read as a no, and why."""
    found = [clash for clash in assessment.clashes if clash.kind is ClashKind.ABSENCE]
    seen: dict[_Blank, list[str]] = {}
    for clash in found:
        labels = [names.landscape.label("stakeholders", role) for role in clash.roles]
        seen.setdefault(_blank(clash, names), []).extend(labels)
    settled_first = sorted(seen, key=lambda blank: blank.said == ASK)
    return Chapter(
        id="blanks",
        menu="Empty screens",
        title="What an empty screen does not mean",
        lead=_blanks_lead(found),
        tables=table_of(
            "Who must not read an empty screen as a no",
            ("Of what", "Who", "Why something may still exist", "What the source says of a blank"),
            [
                (blank.what, listed(list(dict.fromkeys(seen[blank]))), blank.why, blank.said)
                for blank in settled_first
            ],
            most=MOST_SHOWN,
            more="screens",
        ),
        notes=(GUIDE,) if found else (),
    )


def _blanks_lead(found: Sequence[Clash]) -> str:
    if not found:
        return "Nothing that anybody sees is known to leave something out."
    roles = len({role for clash in found for role in clash.roles})
    unsaid = sum(not any(party.said for party in clash.parties) for clash in found)
    told = (
        f"{counted(roles, 'role')} must not read an empty screen as a no: in "
        f"{counted(len(found), 'place')} something may exist that is not shown"
    )
    if not unsaid:
        return f"{told}."
    return f"{told}, and in {unsaid:,} of them nobody has said what a blank means."


def _blank(clash: Clash, names: Names) -> _Blank:
    why = "; ".join(dict.fromkeys(gap_words(gap, names) for gap in clash.gaps))
    said: dict[str, list[str]] = {}
    for party in clash.parties:
        if party.said:
            whose = names.organisation(party.organisation)
            said.setdefault(party.said.rstrip("."), []).append(whose)
    told = "; ".join(f"{listed(who)}: {words}" for words, who in said.items())
    return _Blank(
        what=listed([names.landscape.category_label(key) for key in clash.categories]),
        why=sentence(why),
        said=sentence(told) if told else ASK,
    )
