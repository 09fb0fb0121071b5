"""What providers do among themselves or alone, without the person (Box 1)."""

from sharedcare.landscape.activity import Stage
from sharedcare.landscape.repertoire.built_in import BuiltInActivity

PROVIDER_BACK: tuple[BuiltInActivity, ...] = (
    BuiltInActivity(
        id="read_before",
        name="Reading the shared record before meeting the person",
        actor="provider",
        stage=Stage.BACK,
        description="Looks at what others wrote, and notes what is missing or does not fit.",
        supports=("start_from_known", "explain_next", "look_round_at_home"),
        categories=("problems", "medications", "allergies", "documents"),
        dimensions=("data_overload", "flows_of_information", "training"),
        proxy="share of contacts with the record opened in the day before",
    ),
    BuiltInActivity(
        id="write_once",
        name="Writing it down once, so that others can use it",
        actor="provider",
        stage=Stage.BACK,
        description="Charts in the agreed form, with who said it and when.",
        supports=("start_from_known", "explain_next", "hand_over_together"),
        categories=("problems", "examination_findings", "care_and_support_plan"),
        dimensions=("data_quality", "harmonizing_interoperability", "training"),
        proxy="share of entries that arrive elsewhere structured or coded",
    ),
    BuiltInActivity(
        id="discuss_together",
        name="Talking the case through across professions",
        actor="provider",
        stage=Stage.BACK,
        description="Health, social care and voluntary workers agree on one plan and on who leads.",
        supports=("agree_goals", "named_contact", "hand_over_together"),
        categories=("care_and_support_plan", "assessments", "risks", "social_context"),
        dimensions=("professional_jurisdictions", "distributed_knowledge"),
        proxy="share of case meetings after which the plan that all can see was changed",
    ),
    BuiltInActivity(
        id="keep_plan",
        name="Keeping the shared plan up to date",
        actor="provider",
        stage=Stage.BACK,
        description=(
            "After each meeting that mattered changes the steps, who takes them, and the "
            "next review."
        ),
        supports=("agree_goals", "explain_next", "hand_over_together"),
        categories=("care_and_support_plan", "contingency_plans"),
        dimensions=("shared_care_pathways", "data_ownership"),
        proxy="age of the plan, and steps past their day",
    ),
    BuiltInActivity(
        id="settle_medicines",
        name="Settling differences between lists of medicines",
        actor="provider",
        stage=Stage.BACK,
        description=(
            "Compares the lists, asks, decides, and sends the correction back to whoever "
            "had it wrong."
        ),
        supports=("explain_next", "look_round_at_home"),
        categories=("medications", "allergies"),
        dimensions=("harmonizing_interoperability", "data_ownership", "liability"),
        proxy="differences between two lists still open after three days",
    ),
    BuiltInActivity(
        id="ask_colleagues",
        name="Asking a colleague across the boundary",
        actor="provider",
        stage=Stage.BACK,
        description=(
            "A quick question by message or telephone to somebody in another service, "
            "with the answer noted."
        ),
        supports=("named_contact", "hand_over_together"),
        categories=("professional_contacts",),
        dimensions=("distributed_knowledge", "hardware_infrastructure"),
        proxy="share of messages to another service answered the same day",
    ),
    BuiltInActivity(
        id="learn_together",
        name="Learning and rehearsing together",
        actor="provider",
        stage=Stage.BACK,
        description="Plays scenes through across professions, reviews cases, supervises.",
        supports=("start_from_known", "agree_goals", "stand_by_carer", "answer_feedback"),
        dimensions=("skills", "training"),
        proxy="joint sessions in a quarter, by profession",
    ),
    BuiltInActivity(
        id="learn_from_feedback",
        name="Going through feedback as a team",
        actor="provider",
        stage=Stage.BACK,
        description=(
            "The team reads what people said, decides on a change, and writes the decision down."
        ),
        supports=("answer_feedback", "agree_goals"),
        categories=("feedback",),
        dimensions=("governance_structures",),
        proxy="share of comments with a decision on record",
    ),
)
