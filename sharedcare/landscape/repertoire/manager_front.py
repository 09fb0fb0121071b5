"""What managers do before people, carers, or those who give care: all three are front (Box 1)."""

from sharedcare.landscape.activity import Attribute, LinkStrength, Stage
from sharedcare.landscape.repertoire.built_in import BuiltInActivity

MANAGER_FRONT: tuple[BuiltInActivity, ...] = (
    BuiltInActivity(
        id="listen_to_people",
        name="Going out to listen",
        actor="manager",
        stage=Stage.FRONT,
        description="A manager meets people and carers, and hears how joined-up care is for them.",
        gives={
            Attribute.HEARD: LinkStrength.DEFINITE,
            Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.QUESTIONABLE,
        },
        gives_apart={Attribute.HEARD: LinkStrength.QUESTIONABLE},
        categories=("feedback",),
        dimensions=("vision", "governance_structures"),
        proxy="share of meetings with the public that were followed by a published answer",
    ),
    BuiltInActivity(
        id="say_what_is_shared",
        name="Saying plainly what is shared and why",
        actor="manager",
        stage=Stage.FRONT,
        description=(
            "Tells the public and the staff what is shared, with whom, what protects it, "
            "and what choice they have."
        ),
        gives={
            Attribute.HEARD: LinkStrength.QUESTIONABLE,
            Attribute.KNOWING: LinkStrength.QUESTIONABLE,
            Attribute.SAFE: LinkStrength.DEFINITE,
        },
        gives_apart={Attribute.SAFE: LinkStrength.QUESTIONABLE},
        dimensions=("information_governance", "vision"),
        proxy="share of people asked who know who can see their record",
    ),
    BuiltInActivity(
        id="back_staff",
        name="Backing staff who work across boundaries",
        actor="manager",
        stage=Stage.FRONT,
        description="Gives time, permission and cover to whoever works with another service.",
        gives={
            Attribute.HEARD: LinkStrength.QUESTIONABLE,
            Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.QUESTIONABLE,
        },
        dimensions=("incentives", "training"),
        proxy="hours protected for work with other services",
    ),
    BuiltInActivity(
        id="put_failures_right",
        name="Putting right what fell between two services",
        actor="manager",
        stage=Stage.FRONT,
        description="Acts at once with those whom it hit, and tells them what came of it.",
        gives={
            Attribute.ACCESS: LinkStrength.DEFINITE,
            Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.DEFINITE,
            Attribute.SAFE: LinkStrength.DEFINITE,
        },
        gives_apart={Attribute.ACCESS: LinkStrength.QUESTIONABLE},
        categories=("referral_details", "services_and_care"),
        dimensions=("governance_structures", "shared_care_pathways", "liability"),
        proxy="days until a complaint about two services is settled",
    ),
    BuiltInActivity(
        id="tell_partners",
        name="Telling partners and staff how things stand",
        actor="manager",
        stage=Stage.FRONT,
        description=(
            "Shows those who give care what changed, what is late, and what that means "
            "for the people they see."
        ),
        gives={
            Attribute.ACCESS: LinkStrength.QUESTIONABLE,
            Attribute.KNOWING: LinkStrength.QUESTIONABLE,
        },
        dimensions=("governance_structures", "vision"),
        proxy="share of staff who know of a change before it reaches the people they see",
    ),
    BuiltInActivity(
        id="publish_changes",
        name="Publishing how it goes and what was changed",
        actor="manager",
        stage=Stage.FRONT,
        description="Reports waits, use, harm and improvement where everybody can read it.",
        gives={
            Attribute.HEARD: LinkStrength.QUESTIONABLE,
            Attribute.KNOWING: LinkStrength.QUESTIONABLE,
            Attribute.SAFE: LinkStrength.QUESTIONABLE,
        },
        gives_apart={Attribute.SAFE: LinkStrength.QUESTIONABLE},
        dimensions=("governance_structures", "data_quality"),
        proxy="days since the public page was last brought up to date",
    ),
    BuiltInActivity(
        id="lead_joint_meetings",
        name="Leading meetings of staff of several employers",
        actor="manager",
        stage=Stage.FRONT,
        description=(
            "Makes one team of people with different employers, regularly and in one room or call."
        ),
        gives={
            Attribute.ACCESS: LinkStrength.QUESTIONABLE,
            Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.QUESTIONABLE,
        },
        categories=("care_and_support_plan",),
        dimensions=("organizational_complexity", "professional_jurisdictions"),
        proxy="share of meetings at which both health and social care were there",
    ),
    BuiltInActivity(
        id="be_there_at_go_live",
        name="Being there when something new is switched on",
        actor="manager",
        stage=Stage.FRONT,
        description="Stands beside the staff who use it on the first days and mends on the spot.",
        gives={
            Attribute.ACCESS: LinkStrength.QUESTIONABLE,
            Attribute.SAFE: LinkStrength.QUESTIONABLE,
        },
        dimensions=("data_overload", "training", "upgrades_maintenance"),
        proxy="hours until a fault told in the first fortnight is mended",
    ),
)
