"""What is said of each link from a front-stage activity to an attribute, and by whom.

Links of the profile and what people said in its ``experience`` are voices alike. All definite is
definite, all absent is absent, anything else is questionable: so one more definite voice never
makes a link worse.
"""

from collections.abc import Iterable, Iterator

from sharedcare.experience.chain import FrontLink, Party, State, Voice, worst
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import CATALOGUE, Attribute, LinkStrength, Stage

#: Words for those who say so, by party, in the singular and the plural; others are told as written.
PARTIES: dict[Party, frozenset[str]] = {
    Party.PEOPLE: frozenset((
        "people_cared_for", "person_cared_for", "people", "person", "patient", "patients", "carer",
        "carers", "family", "families", "relative", "relatives", "resident", "residents",
        "service_user", "service_users", "public",
    )),
    Party.PROVIDERS: frozenset((
        "provider", "providers", "manager", "managers", "staff", "professional", "professionals",
        "nurse", "nurses", "volunteer", "volunteers", "director", "directors",
    )),
    Party.EVIDENCE: frozenset((
        "evidence", "study", "studies", "research", "audit", "audits", "evaluation",
    )),
    Party.PLAN: frozenset((CATALOGUE, "plan", "authors")),
}  # fmt: skip

#: How a link stands by its strength.
OF_STRENGTH = {
    LinkStrength.DEFINITE: State.WHOLE,
    LinkStrength.QUESTIONABLE: State.QUESTIONABLE,
    LinkStrength.ABSENT: State.BROKEN,
}

#: Who can test a link: those who experience it, and whoever studied it.
TESTERS = frozenset((Party.PEOPLE, Party.EVIDENCE))


def party_of(said_by: str | None) -> Party:
    """Whose word it is; nobody's is the plan's."""
    if said_by is None:
        return Party.PLAN
    return next((party for party, words in PARTIES.items() if said_by in words), Party.OTHERS)


def together(voices: Iterable[Voice]) -> LinkStrength | None:
    """What several voices come to; None where nobody speaks."""
    said = {voice.strength for voice in voices}
    if not said:
        return None
    return said.pop() if len(said) == 1 else LinkStrength.QUESTIONABLE


def voices_of(landscape: Landscape) -> dict[tuple[str, Attribute], tuple[Voice, ...]]:
    """Everything said of each link of a front-stage activity, by activity and attribute."""
    found: dict[tuple[str, Attribute], list[Voice]] = {}
    for key, activity in landscape.activities.items():
        if activity.stage is Stage.FRONT:
            for attribute in (one for one in Attribute if one in activity.links):
                found[key, attribute] = [
                    Voice(party_of(link.said_by), link.strength, link.said_by, link.words)
                    for link in activity.links[attribute]
                ]
    for activity_id, attribute, voice in _experienced(landscape):
        if activity_id and landscape.activities[activity_id].stage is Stage.FRONT:
            found.setdefault((activity_id, attribute), []).append(voice)
    return {link: tuple(voices) for link, voices in found.items() if voices}


def about_no_activity(landscape: Landscape) -> tuple[tuple[Attribute, Voice], ...]:
    """What people said of an attribute without naming an activity that they see."""
    activities = landscape.activities
    return tuple(
        (attribute, voice)
        for key, attribute, voice in _experienced(landscape)
        if not key or activities[key].stage is not Stage.FRONT
    )


def _experienced(landscape: Landscape) -> Iterator[tuple[str, Attribute, Voice]]:
    for said in landscape.experience.values():
        if said.attribute is not None and said.strength is not None:
            by = said.said_by or "people_cared_for"
            voice = Voice(party_of(by), said.strength, by, said.words, said.respondents)
            yield said.activity or "", said.attribute, voice


def front_link(
    activity: str, attribute: Attribute, voices: tuple[Voice, ...], stands: State
) -> FrontLink:
    """Put together what is said of one link of an activity that stands so."""
    strength = together(voices) or LinkStrength.ABSENT
    return FrontLink(
        activity=activity,
        attribute=attribute,
        strength=strength,
        voices=voices,
        differs=_differs(voices),
        is_tested=any(voice.party in TESTERS for voice in voices),
        state=worst([stands, OF_STRENGTH[strength]]),
    )


def _differs(voices: tuple[Voice, ...]) -> bool:
    """Whether those who give care, or else the plan, and those cared for see it differently."""
    by = {party: together(v for v in voices if v.party is party) for party in Party}
    ours, theirs = by[Party.PROVIDERS] or by[Party.PLAN], by[Party.PEOPLE]
    return ours is not None and theirs is not None and ours is not theirs
