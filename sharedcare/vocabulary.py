"""The words of the field, each list naming its source.

Closed lists are enums: a value outside them is refused. Open lists are tuples of the usual words:
another slug is taken, and one that looks like a slip of a usual word is pointed out.
"""

from enum import Enum, IntEnum


class Form(IntEnum):
    """How far a machine can use information, from least to most; no rank of use to a person.

    Source: ours, after the levels of interoperability of HIMSS.
    """

    VERBAL = 0
    DOCUMENT = 1
    TEXT = 2
    STRUCTURED = 3
    CODED = 4
    PROFILED = 5

    @property
    def word(self) -> str:
        """The word as a profile writes it."""
        return self.name.lower()


class Mode(Enum):
    """How a flow moves information. Source: enterprise integration usage."""

    PUSH = "push"
    BATCH = "batch"
    MANUAL = "manual"
    PULL = "pull"
    VIEW = "view"

    @property
    def delivers(self) -> bool:
        """Whether what arrives is stored (push, batch, manual) and not only shown or answered."""
        return self is Mode.PUSH or self is Mode.BATCH or self is Mode.MANUAL

    @property
    def shows(self) -> bool:
        """Whether what arrives is only shown."""
        return self is Mode.VIEW


class Use(Enum):
    """What a stakeholder does with a need's information: look, take in, or be told."""

    VIEW = "view"
    INGEST = "ingest"
    ALERT = "alert"


class Purpose(Enum):
    """What information is used for. Source: UK information governance usage."""

    DIRECT_CARE = "direct_care"
    SAFEGUARDING = "safeguarding"
    COMMISSIONING = "commissioning"
    POPULATION_HEALTH = "population_health"
    PLANNING = "planning"
    RESEARCH = "research"
    AUDIT = "audit"


class Scope(Enum):
    """Whom a need is about. Source: Cresswell et al. 2023 (a person, a caseload, a population)."""

    PERSON = "person"
    CASELOAD = "caseload"
    POPULATION = "population"


class Sources(Enum):
    """Whether every type of source organisation is wanted, or any one of them."""

    EACH = "each"
    ANY = "any"


class Lifecycle(Enum):
    """Where a system stands in its life."""

    PLANNED = "planned"
    LIVE = "live"
    END_OF_SUPPORT = "end_of_support"
    RETIRED = "retired"

    @property
    def works(self) -> bool:
        """Whether the system is in use: past its end of support it still is."""
        return self in (Lifecycle.LIVE, Lifecycle.END_OF_SUPPORT)


class FlowStatus(Enum):
    """Where a flow stands in its life."""

    LIVE = "live"
    PILOT = "pilot"
    PLANNED = "planned"
    RETIRED = "retired"

    @property
    def works(self) -> bool:
        """Whether information flows today: a pilot does."""
        return self in (FlowStatus.LIVE, FlowStatus.PILOT)


class AgreementStatus(Enum):
    """Whether a sharing agreement is in force."""

    SIGNED = "signed"
    DRAFT = "draft"
    NONE = "none"


class Conformance(Enum):
    """How far a flow's standard was shown to be kept."""

    TESTED = "tested"
    CLAIMED = "claimed"
    NONE = "none"


class Verdict(Enum):
    """Whether a need is met. Undetermined means not known: never success and never failure."""

    MET = "met"
    PARTLY_MET = "partly_met"
    UNMET = "unmet"
    UNDETERMINED = "undetermined"

    @property
    def words(self) -> str:
        """The verdict as a sentence writes it."""
        return self.value.replace("_", " ")


class Outcome(Enum):
    """What a criterion says of one thing. Four outcomes, so that silence is never yes or no."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_EVIDENCED = "not_evidenced"
    NOT_APPLICABLE = "not_applicable"


class Answer(Enum):
    """What a partner attests."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class Reason(Enum):
    """Why an item of a need does not arrive."""

    NO_SOURCE = "NO_SOURCE"
    NO_ROUTE = "NO_ROUTE"
    NO_CARRY = "NO_CARRY"
    FORM = "FORM"
    HISTORY = "HISTORY"
    NOT_LIVE = "NOT_LIVE"
    CAPACITY = "CAPACITY"
    IDENTITY = "IDENTITY"
    NO_AGREEMENT = "NO_AGREEMENT"
    PURPOSE = "PURPOSE"
    EXPIRED = "EXPIRED"
    LAWFUL_BASIS = "LAWFUL_BASIS"
    MODE = "MODE"
    AGE = "AGE"
    WAIT = "WAIT"
    REKEY = "REKEY"
    REACH = "REACH"


class Group(Enum):
    """The two groups of dimensions of Cresswell et al. 2023."""

    SOCIO_ORGANISATIONAL = "socio_organisational"
    TECHNOLOGICAL = "technological"


#: Legal systems in which each slot of a lawful basis is asked for (UK GDPR and the common law duty
#: of confidentiality; EU GDPR). Elsewhere nothing is asked.
LAWFUL_BASIS_ASKED: dict[str, tuple[str, ...]] = {
    "england": ("article_6", "article_9", "confidentiality"),
    "scotland": ("article_6", "article_9", "confidentiality"),
    "wales": ("article_6", "article_9", "confidentiality"),
    "northern_ireland": ("article_6", "article_9", "confidentiality"),
    "eu": ("article_6", "article_9"),
}

JURISDICTIONS = (*LAWFUL_BASIS_ASKED, "other")

ORGANISATION_TYPES = (
    "acute",
    "primary_care",
    "community",
    "mental_health",
    "ambulance",
    "local_authority",
    "care_home",
    "home_care",
    "hospice",
    "pharmacy",
    "voluntary",
    "research",
    "national_body",
    "commissioner",
    "supplier",
)

SECTORS = ("health", "social_care", "voluntary", "research", "government")

OWNERSHIPS = ("public", "private", "voluntary")

SYSTEM_KINDS = (
    "epr",
    "gp_system",
    "community_system",
    "mental_health_system",
    "ambulance_system",
    "social_care_system",
    "digital_social_care_record",
    "pharmacy_system",
    "shared_record",
    "portal",
    "integration_engine",
    "data_platform",
    "national_service",
    "personal_health_record",
    "spreadsheet",
    "paper",
    "person",
)

#: Kinds of system at which a human hand passes information on.
HUMAN_KINDS = frozenset({"paper", "person"})

MECHANISMS = (
    "fhir_rest",
    "fhir_messaging",
    "hl7v2",
    "mesh",
    "ihe_xds",
    "document_feed",
    "api",
    "file",
    "in_context_launch",
    "single_sign_on",
    "separate_login",
    "email",
    "post",
    "fax",
    "phone",
    "carried_by_person",
)

#: Mechanisms by which a machine hands information to a machine.
MACHINE_MECHANISMS = frozenset(
    {"fhir_rest", "fhir_messaging", "hl7v2", "mesh", "ihe_xds", "document_feed", "api", "file"}
)

#: Mechanisms by which what arrives is typed in again unless the profile says that it is not.
REKEYED_MECHANISMS = frozenset({"phone", "fax", "email", "post"})
