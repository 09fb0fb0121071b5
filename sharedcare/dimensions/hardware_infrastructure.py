"""Hardware and physical infrastructure: whether the record can be opened where the person is.

Computed from how roles reach the systems that they use and from how shared views open. What only a
visit shows (devices, dead spots, power) is attested.
"""

from collections.abc import Iterator
from fractions import Fraction

from sharedcare.dimension import Criterion, Dimension, Scope
from sharedcare.dimensions.said import percent, share_reaches
from sharedcare.evidence import Evidence, at_most
from sharedcare.findings import Finding
from sharedcare.landscape import Flow, Uses
from sharedcare.quantities import Duration
from sharedcare.vocabulary import Group, Mode, Outcome

#: The share of a role's people who should be able to open a system that the role uses. Ours.
REACHED = Fraction(4, 5)

#: The share of them who should be able to where the person is. Ours.
AT_HAND = Fraction(4, 5)

#: How long somebody at the bedside can be asked to look at an empty screen. Ours.
OPENS_WITHIN = Duration(Fraction(10), "10 s")

#: How many years a survey of connections stays true.
SURVEY_YEARS = 2

#: What ``sign_on`` of a system that a role uses may say: one for all systems, or one of its own.
SINGLE, SEPARATE = "single", "separate"


def every_role_reaches_its_systems(evidence: Evidence) -> Iterator[Finding]:
    """Most people of each role that needs information can open the systems that it uses."""
    for key, organisation, uses in _uses(evidence):
        yield share_reaches(
            uses.reach,
            REACHED,
            f"the share of them who can open {evidence.name('systems', uses.system)}",
            about=f"stakeholders.{key}",
            name=evidence.name("stakeholders", key),
            organisation=organisation,
        )


def every_role_reaches_its_systems_where_the_person_is(evidence: Evidence) -> Iterator[Finding]:
    """Most people of each role that needs information can open its systems at the point of care."""
    for key, organisation, uses in _uses(evidence):
        system = evidence.name("systems", uses.system)
        yield share_reaches(
            uses.point_of_care,
            AT_HAND,
            f"the share of them who can open {system} at the point of care",
            about=f"stakeholders.{key}",
            name=evidence.name("stakeholders", key),
            organisation=organisation,
        )


def _uses(evidence: Evidence) -> Iterator[tuple[str, str, Uses]]:
    """Each live electronic system used by a role of an organisation that has a need."""
    needing = {need.stakeholder for need in evidence.landscape.needs.values()}
    for key, role in evidence.landscape.stakeholders.items():
        for uses in role.uses:
            is_screen = not evidence.landscape.is_human(uses.system)
            if key in needing and role.organisation and is_screen:
                yield key, role.organisation, uses


def every_role_signs_on_once(evidence: Evidence) -> Iterator[Finding]:
    """No system that a role uses asks for a sign-on of its own."""
    for key, organisation, uses in _uses(evidence):
        asked_again = Outcome.NOT_MET if uses.sign_on == SEPARATE else Outcome.NOT_EVIDENCED
        outcome = Outcome.MET if uses.sign_on == SINGLE else asked_again
        who, system = evidence.name("stakeholders", key), evidence.name("systems", uses.system)
        message = f"{who}: {_SIGN_ON_WORDS[outcome].format(system)}"
        yield Finding(outcome, f"stakeholders.{key}", message, organisation)


_SIGN_ON_WORDS = {
    Outcome.MET: "{} opens with the one sign-on that opens everything.",
    Outcome.NOT_MET: "{} asks for a sign-on of its own.",
    Outcome.NOT_EVIDENCED: "how one signs on to {} is not said.",
}


def every_shared_view_opens_at_once(evidence: Evidence) -> Iterator[Finding]:
    """Each live view of another system is on the screen within seconds."""
    for key, organisation, flow in _views(evidence):
        outcome = at_most(flow.wait, OPENS_WITHIN)
        message = f"{evidence.name('flows', key)} {_SPEED_WORDS[outcome].format(flow.wait)}"
        yield Finding(outcome, f"flows.{key}", message, organisation)


_SPEED_WORDS = {
    Outcome.MET: f"opens after {{}}, within the {OPENS_WITHIN} asked for.",
    Outcome.NOT_MET: f"opens after {{}}; {OPENS_WITHIN} is asked for.",
    Outcome.NOT_EVIDENCED: f"may or may not open within {OPENS_WITHIN}: nothing says so.",
}


def _views(evidence: Evidence) -> Iterator[tuple[str, str, Flow]]:
    for key, flow in evidence.live_flows.items():
        organisation = evidence.landscape.organisation_of(flow.to)
        if flow.mode is Mode.VIEW and organisation is not None:
            yield key, organisation, flow


DIMENSION = Dimension(
    id="hardware_infrastructure",
    name="Hardware and physical infrastructure",
    group=Group.TECHNOLOGICAL,
    definition=(
        "Devices, connections, sign-on, space and power in the places where care happens: homes, "
        "cars and small care homes as well as wards, so that what is shared can be opened by the "
        "one who is with the person."
    ),
    rationale=(
        "Information that can be opened only back at the office arrives after the decision. What "
        "is taken for granted on a ward (a screen, a signal, a card that lets one in) is missing "
        "on the doorstep, where much of social care takes place."
    ),
    prerequisites=("digital_maturity",),
    criteria=(
        Criterion(
            id="hardware_infrastructure.gaps_known",
            level=1,
            scope=Scope.ORGANISATION,
            question="Does the organisation know in which of its places staff cannot get online?",
            remedy=(
                "Team leads list the places, people's homes included, where staff have no device "
                "or no signal."
            ),
        ),
        Criterion(
            id="hardware_infrastructure.reached",
            level=2,
            scope=Scope.ORGANISATION,
            question=(
                f"Can at least {percent(REACHED)} of each role that needs information open the "
                "systems it uses from some device?"
            ),
            remedy=(
                "The infrastructure lead gives the rest a device and an account, shared ones in a "
                "small care home, and enters the share under reach."
            ),
            claim=every_role_reaches_its_systems,
        ),
        Criterion(
            id="hardware_infrastructure.at_hand",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                f"Can at least {percent(AT_HAND)} of each role that needs information open its "
                "systems where the person is?"
            ),
            remedy=(
                "The infrastructure lead equips the role with what it can carry, and asks a "
                "sample of them where it worked; the share goes under point_of_care."
            ),
            claim=every_role_reaches_its_systems_where_the_person_is,
        ),
        Criterion(
            id="hardware_infrastructure.one_sign_on",
            level=3,
            scope=Scope.ORGANISATION,
            question="Do the organisation's staff sign on once for all the systems they use?",
            remedy=(
                "The infrastructure lead joins the system to the organisation's one sign-on "
                "service, or to a national one, and enters sign_on: single."
            ),
            claim=every_role_signs_on_once,
        ),
        Criterion(
            id="hardware_infrastructure.connection_surveyed",
            level=3,
            scope=Scope.ORGANISATION,
            question=(
                "Was the connection measured within the last "
                f"{SURVEY_YEARS} years in every place where the organisation gives care?"
            ),
            remedy=(
                "The infrastructure lead has staff run a measurement on their usual device in "
                "every place on their rounds for one week."
            ),
        ),
        Criterion(
            id="hardware_infrastructure.opens_at_once",
            level=4,
            scope=Scope.ORGANISATION,
            question=(f"Do shared views open within {OPENS_WITHIN} for the organisation's staff?"),
            remedy=(
                "The flow's owner measures where the time goes (network, query, rendering), mends "
                "the longest part, and enters what was measured under wait."
            ),
            claim=every_shared_view_opens_at_once,
        ),
        Criterion(
            id="hardware_infrastructure.weak_spots_mended",
            level=4,
            scope=Scope.ORGANISATION,
            question="Was the worst spot of the last connection survey mended?",
            remedy=(
                "The infrastructure lead mends the worst spot first and has its staff say whether "
                "it is better."
            ),
            may_not_apply=True,
        ),
        Criterion(
            id="hardware_infrastructure.offline_rehearsed",
            level=5,
            scope=Scope.ORGANISATION,
            question="Has the organisation rehearsed within the last year a day without network?",
            remedy=(
                "The manager announces a morning without network, and the team notes what it could "
                "not know and whom it could not reach."
            ),
        ),
    ),
)
