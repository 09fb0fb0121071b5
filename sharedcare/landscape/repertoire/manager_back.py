"""What managers do with managers, partners and funders, or alone; co-design too (Box 1)."""

from sharedcare.landscape.activity import Stage
from sharedcare.landscape.repertoire.built_in import BuiltInActivity

MANAGER_BACK: tuple[BuiltInActivity, ...] = (
    BuiltInActivity(
        id="agree_vision",
        name="Agreeing with partners what comes first",
        actor="manager",
        stage=Stage.BACK,
        description="Partners settle whose needs are served first, and sign it.",
        supports=("say_what_is_shared", "tell_partners", "agree_goals"),
        dimensions=("vision", "structural_complexity"),
        proxy="share of signed priorities that name a need",
    ),
    BuiltInActivity(
        id="agree_sharing",
        name="Making and renewing agreements to share",
        actor="manager",
        stage=Stage.BACK,
        description=(
            "Mandate, members, what may be passed on to whom and until when, and who "
            "decides in a dispute."
        ),
        supports=(
            "say_what_is_shared",
            "put_failures_right",
            "start_from_known",
            "hand_over_together",
        ),
        dimensions=("governance_structures", "information_governance", "data_ownership"),
        proxy="share of flows between partners under an agreement that is in force",
    ),
    BuiltInActivity(
        id="align_money",
        name="Making the money follow joint work",
        actor="manager",
        stage=Stage.BACK,
        description=(
            "Pooled budgets, amends to whoever pays without gain, contracts that ask for "
            "working together."
        ),
        supports=("back_staff", "lead_joint_meetings", "named_contact", "stand_by_carer"),
        dimensions=("incentives",),
        proxy="share of partners who know what joint work costs and brings them",
    ),
    BuiltInActivity(
        id="design_with_people",
        name="Designing pathways together with people",
        actor="manager",
        stage=Stage.BACK,
        description=(
            "Prepares and runs design with people and staff, and keeps track of what "
            "their part changed."
        ),
        supports=("start_from_known", "hand_over_together", "listen_to_people"),
        categories=("about_me",),
        dimensions=("shared_care_pathways", "vision"),
        proxy="share of pathways with a person who uses them among the authors",
    ),
    BuiltInActivity(
        id="buy_systems",
        name="Buying and steering systems",
        actor="manager",
        stage=Stage.BACK,
        description="Clauses on standards, tested interfaces, plans of suppliers, a way out.",
        supports=("be_there_at_go_live", "read_before", "write_once"),
        dimensions=("suppliers", "architecture_migration", "system_configuration"),
        proxy="share of contracts with an interface that was tested",
    ),
    BuiltInActivity(
        id="plan_workforce",
        name="Planning and training one workforce",
        actor="manager",
        stage=Stage.BACK,
        description="Skill mix, joint posts, induction across employers.",
        supports=("back_staff", "learn_together", "look_round_at_home"),
        dimensions=("skills", "training"),
        proxy="share of joint posts that are filled",
    ),
    BuiltInActivity(
        id="watch_quality",
        name="Watching over the quality of data and over harm",
        actor="manager",
        stage=Stage.BACK,
        description=(
            "Keeps a list of hazards with owners, looks into incidents, and sees that "
            "wrong data are put right."
        ),
        supports=("put_failures_right", "publish_changes", "settle_medicines"),
        dimensions=("data_quality", "liability"),
        proxy="hazards without an owner; incidents that came back",
    ),
    BuiltInActivity(
        id="measure_chains",
        name="Measuring from behind the scenes to what people notice",
        actor="manager",
        stage=Stage.BACK,
        description=(
            "Looks at what was put in, what was done and what people noticed together, "
            "and changes course."
        ),
        supports=("listen_to_people", "publish_changes", "learn_from_feedback"),
        categories=("feedback",),
        dimensions=("vision", "flows_of_information"),
        proxy="reviews in a year that join a measure of work with one of experience",
    ),
)
