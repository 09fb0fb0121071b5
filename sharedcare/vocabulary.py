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


class Family(Enum):
    """Conditions of one kind, which give way together when it is asked what keeps a need unmet."""

    SOURCE = "source"
    CARRY = "carry"
    FORM = "form"
    HISTORY = "history"
    LAW = "law"
    TIME = "time"
    REKEY = "rekey"
    MODE = "mode"
    REACH = "reach"
    IDENTITY = "identity"
    LIVE = "live"
    CAPACITY = "capacity"

    @property
    def words(self) -> str:
        """What the conditions are about, for people: what would have to give way."""
        return _FAMILY_WORDS[self]


_FAMILY_WORDS: dict[Family, str] = {
    Family.SOURCE: "who holds it",
    Family.CARRY: "what the flows carry",
    Family.FORM: "the form in which it comes",
    Family.HISTORY: "how far back it reaches",
    Family.LAW: "whether it may be passed on",
    Family.TIME: "how out of date it may be, and how long it may take",
    Family.REKEY: "how often it may be typed in again",
    Family.MODE: "whether it is sent and kept, or only shown",
    Family.REACH: "for how many people or sites it comes",
    Family.IDENTITY: "by which identifiers people are matched",
    Family.LIVE: "what is in use",
    Family.CAPACITY: "how much the flows can take",
}

#: The family of every reason but NO_ROUTE: where no flow leads, no condition can give way.
FAMILY_OF: dict[Reason, Family] = {
    Reason.NO_SOURCE: Family.SOURCE,
    Reason.NO_CARRY: Family.CARRY,
    Reason.FORM: Family.FORM,
    Reason.HISTORY: Family.HISTORY,
    Reason.NOT_LIVE: Family.LIVE,
    Reason.CAPACITY: Family.CAPACITY,
    Reason.IDENTITY: Family.IDENTITY,
    Reason.NO_AGREEMENT: Family.LAW,
    Reason.PURPOSE: Family.LAW,
    Reason.EXPIRED: Family.LAW,
    Reason.LAWFUL_BASIS: Family.LAW,
    Reason.MODE: Family.MODE,
    Reason.AGE: Family.TIME,
    Reason.WAIT: Family.TIME,
    Reason.REKEY: Family.REKEY,
    Reason.REACH: Family.REACH,
}


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
