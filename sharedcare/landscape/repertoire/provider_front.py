"""What providers do before the person: in the room, on the telephone, by message (Box 1)."""

from sharedcare.landscape.activity import Attribute, LinkStrength, Stage
from sharedcare.landscape.repertoire.built_in import BuiltInActivity

PROVIDER_FRONT: tuple[BuiltInActivity, ...] = (
    BuiltInActivity(
        id="start_from_known",
        name="Starting from what is already known",
        actor="provider",
        stage=Stage.FRONT,
        description=(
            "Checks with the person what is on record and goes on from there, so that "
            "nobody tells it all again."
        ),
        gives={
            Attribute.ACCESS: LinkStrength.DEFINITE,
            Attribute.HEARD: LinkStrength.DEFINITE,
            Attribute.SAFE: LinkStrength.QUESTIONABLE,
        },
        gives_apart={Attribute.HEARD: LinkStrength.QUESTIONABLE},
        categories=("demographics", "about_me", "problems", "services_and_care"),
        dimensions=("flows_of_information", "data_overload"),
        proxy=(
            "share of first contacts in which the shared record was opened before the "
            "first question"
        ),
    ),
    BuiltInActivity(
        id="agree_goals",
        name="Agreeing goals in the person's own words",
        actor="provider",
        stage=Stage.FRONT,
        description=(
            "Asks what matters, writes it down as it was said, and says who will do what about it."
        ),
        gives={
            Attribute.HEARD: LinkStrength.DEFINITE,
            Attribute.KNOWING: LinkStrength.DEFINITE,
            Attribute.INDEPENDENT: LinkStrength.DEFINITE,
        },
        gives_apart={Attribute.KNOWING: LinkStrength.QUESTIONABLE},
        categories=("care_and_support_plan", "about_me", "social_context"),
        dimensions=("shared_care_pathways", "distributed_knowledge"),
        proxy="share of plans with a goal in the words of the person",
    ),
    BuiltInActivity(
        id="explain_next",
        name="Explaining what is the matter and what comes next",
        actor="provider",
        stage=Stage.FRONT,
        description="Says the same as colleagues said, plainly, and checks that it was understood.",
        gives={
            Attribute.KNOWING: LinkStrength.DEFINITE,
            Attribute.INDEPENDENT: LinkStrength.QUESTIONABLE,
            Attribute.SAFE: LinkStrength.DEFINITE,
        },
        gives_apart={Attribute.KNOWING: LinkStrength.QUESTIONABLE},
        categories=("problems", "medications", "plan_and_requested_actions", "future_appointments"),
        dimensions=("shared_care_pathways", "flows_of_information"),
        proxy="share of people who can say what happens next when they are asked a day later",
    ),
    BuiltInActivity(
        id="named_contact",
        name="Being the one person to ring",
        actor="provider",
        stage=Stage.FRONT,
        description=(
            "Gives a name and a number, answers within an agreed time, and knows whom to ask."
        ),
        gives={
            Attribute.ACCESS: LinkStrength.DEFINITE,
            Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.DEFINITE,
            Attribute.SAFE: LinkStrength.DEFINITE,
        },
        gives_apart={Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.QUESTIONABLE},
        categories=("professional_contacts", "personal_contacts"),
        dimensions=("distributed_knowledge", "governance_structures"),
        proxy="share of calls answered by the named person or their deputy within a working day",
    ),
    BuiltInActivity(
        id="hand_over_together",
        name="Handing over in the presence of the person",
        actor="provider",
        stage=Stage.FRONT,
        description=(
            "Brings the next service in before the first one leaves, at the bedside, on "
            "the doorstep or on the line."
        ),
        gives={
            Attribute.ACCESS: LinkStrength.DEFINITE,
            Attribute.HEARD: LinkStrength.QUESTIONABLE,
            Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.DEFINITE,
            Attribute.SAFE: LinkStrength.DEFINITE,
        },
        gives_apart={Attribute.ACCESS: LinkStrength.QUESTIONABLE},
        categories=("referral_details", "discharge_details", "care_and_support_plan"),
        dimensions=("shared_care_pathways", "professional_jurisdictions", "flows_of_information"),
        proxy="share of moves between services with both present",
    ),
    BuiltInActivity(
        id="look_round_at_home",
        name="Looking round at home and helping at once",
        actor="provider",
        stage=Stage.FRONT,
        description=(
            "Goes through medicines, aids, risks and daily life where the person lives, "
            "or by video."
        ),
        gives={
            Attribute.ACCESS: LinkStrength.QUESTIONABLE,
            Attribute.INDEPENDENT: LinkStrength.DEFINITE,
            Attribute.SAFE: LinkStrength.DEFINITE,
        },
        gives_apart={Attribute.SAFE: LinkStrength.QUESTIONABLE},
        categories=("equipment_and_adaptations", "medications", "assessments", "risks"),
        dimensions=("hardware_infrastructure", "social_determinants"),
        proxy="share of first visits after which aids and medicines were put right within two days",
    ),
    BuiltInActivity(
        id="stand_by_carer",
        name="Standing by the carer",
        actor="provider",
        stage=Stage.FRONT,
        description=(
            "Sees who cares for the person, asks how they are, and does something about the answer."
        ),
        gives={
            Attribute.HEARD: LinkStrength.DEFINITE,
            Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.DEFINITE,
            Attribute.SAFE: LinkStrength.QUESTIONABLE,
        },
        categories=("personal_contacts", "social_context", "contingency_plans"),
        dimensions=("social_determinants", "information_governance"),
        proxy="share of carers who were asked in the past year how they cope, and what came of it",
    ),
    BuiltInActivity(
        id="answer_feedback",
        name="Answering what people say about their care",
        actor="provider",
        stage=Stage.FRONT,
        description=(
            "Replies in person, in public where it was said in public, tells what will "
            "change, and comes back to it."
        ),
        gives={
            Attribute.HEARD: LinkStrength.DEFINITE,
            Attribute.SOMEONE_TO_COUNT_ON: LinkStrength.QUESTIONABLE,
            Attribute.SAFE: LinkStrength.QUESTIONABLE,
        },
        gives_apart={Attribute.HEARD: LinkStrength.QUESTIONABLE},
        categories=("feedback",),
        dimensions=("governance_structures", "vision"),
        proxy="share of comments with an answer that says what was done",
    ),
)
