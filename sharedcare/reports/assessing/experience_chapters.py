"""What people notice, and how they are answered when they say so: two chapters of a report."""

from collections import Counter

from sharedcare.assessment import Assessment
from sharedcare.experience import State
from sharedcare.experience.chain import AttributeState
from sharedcare.experience.feedback.thresholds import LIMITS
from sharedcare.experience.prompts import BACKSTAGE, CLAIMED_HIGH, CLAIMED_LOW
from sharedcare.reports.assessing.chapter import Chapter, ChapterTable, table_of
from sharedcare.reports.experience.experience_parts import AttributeView, ExperienceView
from sharedcare.reports.experience.experience_view import (
    A_CHAIN,
    COLUMNS,
    DIFFERING,
    UNTESTED,
    chain_cells,
    experience_view,
)
from sharedcare.reports.experience.experience_words import STATES
from sharedcare.reports.experience.feedback_view import (
    NO_RANKING,
    AnsweringView,
    FeedbackView,
    feedback_view,
)
from sharedcare.reports.words.figures import counted, listed, lowered, sentence
from sharedcare.reports.words.names import Names

#: Rows that are shown of each table; the rest is counted, and the verb shows them.
MOST_SHOWN = 15

#: Sentences on what hurts one attribute; the rest is counted.
MOST_HURT = 3

#: Organisations that the first sentence names; of more it counts how many answer in which way.
MOST_NAMED = 5

NO_ACTIVITIES = (
    "The profile names no activities, so that nothing is known of what people would notice."
)
NO_FEEDBACK = "The profile does not say how what people tell of their care is answered in public."

#: What holds of numbers: activities are asked for, and what becomes of their chains is not.
MOVES_NOTHING = (
    "How a chain stands moves no verdict, no level and no index, and neither does what people "
    "said. One criterion of vision asks whether activities tie each need to what people notice; it "
    "looks at what the profile declares, and not at whether that holds."
)
MORE_OF_CHAINS = (
    "'sharedcare experience PROFILE' shows every chain, what stands alone, what one thing may cost "
    "another and what to measure first; with --what, what a change would mend."
)
MORE_OF_FEEDBACK = (
    "'sharedcare feedback PROFILE' shows every signal, line, cast and stage, and reads the answers "
    "themselves from a table."
)


def noticed_chapter(assessment: Assessment, names: Names) -> Chapter:
    """What people notice, what hurts it most, and what nobody has asked them."""
    found = assessment.chains
    view = experience_view(assessment.landscape, found, names)
    is_told = bool(found.activities)
    return Chapter(
        id="noticed",
        menu="What people notice",
        title="What people notice",
        lead=_noticed_lead(view) if is_told else NO_ACTIVITIES,
        tables=(
            *(_felt(found.attributes, view) if is_told else ()),
            *_not_whole(view),
            *_listed(DIFFERING, view.differing, "links"),
            *_listed(UNTESTED, view.untested, "activities"),
        ),
        notes=(A_CHAIN, *view.limits[:-1], MOVES_NOTHING, MORE_OF_CHAINS) if is_told else (),
    )


def _noticed_lead(view: ExperienceView) -> str:
    """How chains stand and what is hurt most; the first row of the table says by what."""
    _, counts, hurt = view.headline[:3]
    return f"From work behind the scenes to what people feel, {lowered(counts)} {hurt}"


def _felt(states: tuple[AttributeState, ...], view: ExperienceView) -> tuple[ChapterTable, ...]:
    """What people feel, the most hurt by needs that are not met first."""
    pairs = sorted(
        zip(states, view.attributes, strict=True),
        key=lambda pair: (-pair[0].broken_by_needs, -pair[0].questioned_by_needs),
    )
    return table_of(
        "What people feel, the most hurt by what does not come first",
        ("What people feel", "Stands", "Carried by", "What hurts it"),
        [(one.name, one.stand, one.carried, _hurt(one)) for _, one in pairs],
        most=len(pairs),
        more="",
    )


def _hurt(found: AttributeView) -> str:
    rest = len(found.hurt) - MOST_HURT
    more = [f"And {counted(rest, 'more need')}."] if rest > 0 else []
    return " ".join((*found.hurt[:MOST_HURT], *more))


def _not_whole(view: ExperienceView) -> tuple[ChapterTable, ...]:
    """Chains that are broken, then those in doubt; whole ones are in the picture."""
    looks = [STATES[state][2] for state in (State.BROKEN, State.QUESTIONABLE)]
    rows = [chain_cells(one) for look in looks for one in view.chains if one.look == look]
    caption = "Chains that are broken, then those in doubt"
    return table_of(caption, COLUMNS, rows, most=MOST_SHOWN, more="that do not surely hold")


def _listed(titled: tuple[str, str], texts: tuple[str, ...], what: str) -> tuple[ChapterTable, ...]:
    title, lead = titled
    return table_of(
        lead.removesuffix("."), (title,), [(text,) for text in texts], most=MOST_SHOWN, more=what
    )


def answered_chapter(assessment: Assessment, names: Names) -> Chapter:
    """How feedback is answered in public, and where that and what is claimed point apart."""
    view = feedback_view(assessment.answerings, names, assessment.prompts)
    is_told = bool(view.organisations)
    return Chapter(
        id="answered",
        menu="How feedback is answered",
        title="How feedback from people is answered in public",
        lead=_answered_lead(view) if is_told else NO_FEEDBACK,
        tables=(*_types(view), *_signals(view), *_casts(view), *_look_again(view)),
        notes=(_compared(), NO_RANKING, *LIMITS, MORE_OF_FEEDBACK) if is_told else (),
    )


def _answered_lead(view: FeedbackView) -> str:
    told = view.headline if len(view.organisations) <= MOST_NAMED else _by_type(view)
    if not view.prompts:
        return told
    places = counted(len(view.prompts), "place")
    return f"{told} In {places} this and what is claimed point apart: look again at both."


def _by_type(view: FeedbackView) -> str:
    """How many organisations answer in each way, in the order in which a way is first met."""
    numbers = Counter(one.type for one in view.organisations)
    told = "; ".join(f"{number:,} {type_}" for type_, number in numbers.items())
    return f"Of {counted(len(view.organisations), 'organisation')}: {told}."


def _compared() -> str:
    """Say what was compared, since a report without a prompt does not show it."""
    backstage = listed([key.replace("_", " ") for key in BACKSTAGE])
    return (
        f"It was compared with what is claimed of {backstage}. A level of {CLAIMED_HIGH} or more "
        "beside answers that are none, generic or offline is a reason to look again, and so is one "
        f"under {CLAIMED_LOW} beside answers that talk in public. Where nothing is claimed there "
        "is nothing to compare."
    )


def _types(view: FeedbackView) -> tuple[ChapterTable, ...]:
    return table_of(
        "How each organisation answers, in the order of the profile, and which signals say so",
        ("Organisation", "Type", "What that is", "Decided by", "Near, assumed, to ask"),
        [_type(one) for one in view.organisations],
        most=MOST_SHOWN,
        more="organisations",
    )


def _type(one: AnsweringView) -> tuple[str, ...]:
    decided = (f"{s.name}: {s.here} ({s.line})." for s in one.signals if s.decides)
    open_ = " ".join((*one.near, *one.assumed, *one.ask))
    return one.organisation, one.type, one.meaning, " ".join(decided), open_


def _signals(view: FeedbackView) -> tuple[ChapterTable, ...]:
    """The signals side by side; every organisation has the same ones, in the same order."""
    names = [signal.name for one in view.organisations[:1] for signal in one.signals]
    return table_of(
        "The signals side by side",
        ("Organisation", *names),
        [(one.organisation, *(s.here for s in one.signals)) for one in view.organisations],
        most=MOST_SHOWN,
        more="organisations",
    )


def _casts(view: FeedbackView) -> tuple[ChapterTable, ...]:
    return table_of(
        "Who answers, and on which stage",
        ("Organisation", "Cast", "Stage"),
        [(one.organisation, " ".join(one.cast), _staged(one)) for one in view.organisations],
        most=MOST_SHOWN,
        more="organisations",
    )


def _staged(one: AnsweringView) -> str:
    facts = (sentence(f"{label}: {words}") for label, words in one.stage)
    return " ".join((*facts, *one.attested))


def _look_again(view: FeedbackView) -> tuple[ChapterTable, ...]:
    return table_of(
        "Where what is claimed and what outsiders see point apart; neither is taken to be right",
        ("Look again",),
        [(words,) for words in view.prompts],
        most=MOST_SHOWN,
        more="reasons",
    )
