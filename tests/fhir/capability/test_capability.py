"""What an interface says of itself is read in every version, and nothing is added to it."""

import json
from pathlib import Path
from typing import Any

import pytest

from sharedcare.errors import InputRefused
from sharedcare.fhir.capability import (
    Kind,
    Statement,
    accepted,
    compared,
    fragment,
    possible,
    read_statement,
    served,
)
from sharedcare.fhir.capability.compared import version_in
from sharedcare.landscape import Landscape, landscape_of
from sharedcare.loading import check_profile_text
from sharedcare.reading import Source, read_source
from sharedcare.vocabulary import Form, Outcome
from tests.fhir.harmonise.facts import as_xml

Json = dict[str, Any]

EXAMPLES = Path(__file__).parents[3] / "examples" / "capability"


def resource(type_: str, *interactions: str, **more: Any) -> Json:
    return {"type": type_, "interaction": [{"code": code} for code in interactions], **more}


def statement_of(
    *resources: Json, fhir: str = "4.0.1", mode: str = "server", **more: Any
) -> Statement:
    made = {
        "resourceType": "CapabilityStatement",
        "fhirVersion": fhir,
        "rest": [{"mode": mode, "resource": list(resources)}],
        **more,
    }
    return read_statement(Source("metadata.json", json.dumps(made).encode()))


READ_PROBLEMS = resource("Condition", "read", "search-type")

PROFILE = {"supportedProfile": ["https://fhir.hl7.org.uk/StructureDefinition/UKCore-Condition|2"]}
IN_STU3 = {"profile": {"reference": "https://fhir.hl7.org.uk/StructureDefinition/UKCore-Condition"}}


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fhir", "version", "profile"),
    [
        ("3.0.2", "STU3", IN_STU3),
        ("4.0.1", "R4", PROFILE),
        ("4.3.0", "R4B", PROFILE),
        ("5.0.0", "R5", PROFILE),
    ],
)
def test_every_version_is_read_from_json_and_from_xml(
    fhir: str, version: str, profile: Json
) -> None:
    operation = {"name": "$everything", "definition": "http://example.org/o"}
    definition = (
        {"reference": "http://example.org/o"} if version == "STU3" else operation["definition"]
    )
    made = {
        "resourceType": "CapabilityStatement",
        "url": "http://example.org/metadata",
        "date": "2026-06-01T10:00:00Z",
        "software": {"name": "Example", "version": "1"},
        "fhirVersion": fhir,
        "format": ["json", "application/fhir+xml"],
        "rest": [
            {
                "mode": "server",
                "security": {"service": [{"coding": [{"code": "SMART-on-FHIR"}]}]},
                "resource": [
                    resource("Condition", "read", searchParam=[{"name": "patient"}], **profile)
                ],
                "operation": [{**operation, "definition": definition}],
            }
        ],
    }
    ours = read_statement(Source("a", json.dumps(made).encode()))
    assert ours == read_statement(Source("a", as_xml(made)))
    assert ours.version == version
    assert (ours.date, ours.software, ours.software_version) == ("2026-06-01", "Example", "1")
    assert ours.languages == {"json", "xml"}
    assert ours.server is not None
    assert ours.server.security == ("SMART-on-FHIR",)
    assert ours.server.operations == ("everything",)
    (condition,) = ours.server.types
    assert condition.searches == ("patient",)
    assert [one.split("|")[0] for one in condition.profiles] == [IN_STU3["profile"]["reference"]]


def test_profiles_that_stu3_names_for_the_whole_belong_to_the_types_in_their_names() -> None:
    profiles = ["CareConnect-Condition-1", "CareConnect-Patient-1"]
    whole = [{"reference": f"https://fhir.hl7.org.uk/STU3/{name}"} for name in profiles]
    made = statement_of(READ_PROBLEMS, fhir="3.0.1", profile=whole)
    assert made.server is not None
    assert made.server.types[0].profiles == (whole[0]["reference"],)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"{", "NOT_A_STATEMENT"),
        (b'{"resourceType": "CapabilityStatement", "resourceType": "x"}', "NOT_A_STATEMENT"),
        (b'{"resourceType": "Patient"}', "NOT_A_STATEMENT"),
        (b'{"resourceType": "Conformance", "fhirVersion": "1.0.2"}', "NOT_A_STATEMENT"),
        (b"[]", "NOT_A_STATEMENT"),
        (b"[" * 100_000, "NOT_A_STATEMENT"),
        (b'<!DOCTYPE a><CapabilityStatement xmlns="http://hl7.org/fhir"/>', "NOT_A_STATEMENT"),
        (b'{"resourceType": "CapabilityStatement"}', "NO_FHIR_VERSION"),
        (b'{"resourceType": "CapabilityStatement", "fhirVersion": "1.0.2"}', "NO_FHIR_VERSION"),
        (b'{"resourceType": "CapabilityStatement", "fhirVersion": 4}', "NO_FHIR_VERSION"),
        (
            b'{"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": "x"}',
            "NOT_A_STATEMENT",
        ),
    ],
)
def test_what_is_no_statement_is_refused_at_its_place(text: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_statement(Source("metadata", text))
    (fault,) = refused.value.faults
    assert fault.code == code
    assert str(fault).startswith("metadata:1:")


# ── serving ───────────────────────────────────────────────────────────────────────────────────────


def test_a_type_serves_what_it_is_mainly_used_for_where_others_can_get_it() -> None:
    made = statement_of(READ_PROBLEMS, resource("Immunization", "create"))
    assert [(one.category, one.form) for one in served(made.server)] == [
        ("problems", Form.STRUCTURED)
    ]


def test_what_others_can_create_is_accepted_and_not_served() -> None:
    made = statement_of(resource("Immunization", "create"), resource("Condition", "read"))
    assert [one.category for one in accepted(made.server)] == ["vaccinations"]
    assert accepted(None) == ()


def test_a_profile_makes_it_profiled_and_documents_stay_documents() -> None:
    made = statement_of(
        resource("Condition", "read", **PROFILE), resource("DocumentReference", "read")
    )
    assert {one.category: one.form for one in served(made.server)} == {
        "problems": Form.PROFILED,
        "documents": Form.DOCUMENT,
    }


def test_observations_serve_what_their_profiles_name_and_else_nobody_knows() -> None:
    lab = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-Observation-Lab"
    named = statement_of(resource("Observation", "read", supportedProfile=[lab]))
    assert [one.category for one in served(named.server)] == ["investigation_results.laboratory"]
    unnamed = statement_of(resource("Observation", "read"))
    assert served(unnamed.server) == ()
    ((observation, categories),) = possible(unnamed.server)
    assert observation.type == "Observation"
    assert {"assessments", "investigation_results"} <= set(categories)


def test_everything_of_a_person_gives_every_type_that_is_named() -> None:
    operation = [{"name": "everything", "definition": "http://example.org/o"}]
    made = statement_of(resource("Condition"), resource("Patient", "read", operation=operation))
    assert {one.category for one in served(made.server)} == {"demographics", "problems"}
    without = statement_of(resource("Condition"), resource("Patient", "read"))
    assert {one.category for one in served(without.server)} == {"demographics"}


# ── the part of a profile ─────────────────────────────────────────────────────────────────────────

REST = "\nmeta: {title: x, as_of: 2026-11-01}\norganisations: {practice: {name: Practice}}\n"


@pytest.mark.parametrize("name", ["gp-record.json", "shared-record.json", "community-record.xml"])
def test_the_part_that_is_written_is_one_of_a_profile(name: str) -> None:
    made = read_statement(read_source(str(EXAMPLES / name)))
    checked = check_profile_text(fragment(made, "gp") + REST)
    assert checked.faults == ()
    assert checked.landscape is not None
    system = checked.landscape.systems["gp"]
    assert list(system.holds) == [one.category for one in served(made.server)]
    assert (system.product, system.version) == (made.software, made.software_version)
    assert system.organisation is None
    assert not any(holding.authoritative for holding in system.holds.values())


def test_texts_of_a_statement_cannot_write_into_the_profile() -> None:
    bad = 'x"\nsystems: {evil: {}} # \u202e'
    made = statement_of(
        resource(bad, "read"), software={"name": bad, "version": bad}, url=bad, fhir=f"4.0.1 {bad}"
    )
    checked = check_profile_text(fragment(made, "gp") + REST)
    assert checked.faults == ()
    assert checked.landscape is not None
    assert list(checked.landscape.systems) == ["gp"]


def test_what_passes_on_what_others_hold_is_not_said_to_hold_it() -> None:
    made = statement_of(READ_PROBLEMS)
    for more in ({"kind": "shared_record"}, {"processor_for": "all"}):
        landscape = landscape_of({**DECLARED, "systems": {"gp": {"organisation": "a", **more}}})
        assert "problems" not in fragment(made, "gp", landscape)
    assert "problems" in fragment(made, "gp", landscape_of(DECLARED))


def test_an_id_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="bad id"):
        fragment(statement_of(), "bad id")


# ── beside a profile ──────────────────────────────────────────────────────────────────────────────

DECLARED: Json = {
    "meta": {"as_of": "2026-11-01"},
    "organisations": {"a": {"type": "acute"}, "b": {"type": "primary_care"}},
    "systems": {
        "gp": {"organisation": "b", "holds": {"structured": ["problems"]}},
        "hub": {"organisation": "a"},
    },
}


def with_flow(**flow: Any) -> Landscape:
    made = {"from": "gp", "to": "hub", "mechanism": "fhir_rest", "mode": "pull", "wait": "1 s",
            "carries": {"structured": ["problems"]}, **flow}  # fmt: skip
    return landscape_of({**DECLARED, "flows": {"feed": made}})


def outcomes(
    landscape: Landscape, kind: Kind, statement: Statement, system: str = "gp", **others: Statement
) -> list[Outcome]:
    found = compared(landscape, system, statement, others)
    return [one.finding.outcome for one in found if one.kind is kind]


MET, NOT_MET, SILENT = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED


@pytest.mark.parametrize(
    ("resources", "outcome"),
    [
        ([READ_PROBLEMS], MET),
        ([resource("Immunization", "read")], NOT_MET),
        ([resource("Condition", "create")], NOT_MET),
    ],
)
def test_what_is_held_can_be_had_or_not(resources: list[Json], outcome: Outcome) -> None:
    found = landscape_of(DECLARED)
    assert outcomes(found, Kind.HELD, statement_of(*resources)) == [outcome]


def test_a_statement_without_a_server_tells_nothing_of_what_can_be_had() -> None:
    client = statement_of(READ_PROBLEMS, mode="client")
    assert outcomes(landscape_of(DECLARED), Kind.HELD, client) == [SILENT]


def test_a_category_that_a_type_may_mean_is_neither_there_nor_missing() -> None:
    held = {"gp": {"organisation": "b", "holds": ["functional_status.falls"]}}
    landscape = landscape_of({**DECLARED, "systems": held})
    served_ = statement_of(resource("Observation", "read"))
    assert outcomes(landscape, Kind.HELD, served_) == [SILENT]


@pytest.mark.parametrize(
    ("mode", "interaction", "system", "kind"),
    [
        ("pull", "read", "gp", Kind.SERVES),
        ("view", "search-type", "gp", Kind.SERVES),
        ("push", "create", "hub", Kind.ACCEPTS),
        ("batch", "update", "hub", Kind.ACCEPTS),
    ],
)
def test_the_end_that_is_the_server_has_to_have_what_the_flow_carries(
    mode: str, interaction: str, system: str, kind: Kind
) -> None:
    landscape = with_flow(mode=mode)
    fitting = statement_of(resource("Condition", interaction))
    assert outcomes(landscape, kind, fitting, system) == [MET]
    other = statement_of(resource("Immunization", interaction))
    assert outcomes(landscape, kind, other, system) == [NOT_MET]
    assert outcomes(landscape, kind, statement_of(READ_PROBLEMS, mode="client"), system) == [SILENT]


def test_a_receiver_that_takes_bundles_does_not_say_what_may_be_in_them() -> None:
    takes = {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1",
             "rest": [{"mode": "server", "interaction": [{"code": "transaction"}]}]}  # fmt: skip
    made = read_statement(Source("a", json.dumps(takes).encode()))
    assert outcomes(with_flow(mode="push"), Kind.ACCEPTS, made, "hub") == [SILENT]


def test_a_batch_may_be_an_export_that_the_receiver_asks_for() -> None:
    operation = [{"name": "export", "definition": "http://example.org/o"}]
    made = statement_of(READ_PROBLEMS, resource("Patient", "read", operation=operation))
    assert made.exports
    assert outcomes(with_flow(mode="batch"), Kind.SERVES, made) == [MET]
    assert outcomes(with_flow(mode="batch"), Kind.SERVES, statement_of(READ_PROBLEMS)) == []


def test_what_the_acting_end_does_is_told_by_its_client_or_by_nothing() -> None:
    landscape = with_flow()
    asks = statement_of(resource("Condition", "search-type"), mode="client")
    assert outcomes(landscape, Kind.ASKS, asks, "hub") == [MET]
    assert outcomes(landscape, Kind.ASKS, statement_of(READ_PROBLEMS), "hub") == [SILENT]


@pytest.mark.parametrize(
    ("fhir", "outcome"), [("4.0.1", MET), ("3.0.1", NOT_MET), ("5.0.0", NOT_MET)]
)
def test_both_ends_have_to_speak_the_same_version(fhir: str, outcome: Outcome) -> None:
    other = statement_of(fhir=fhir)
    assert outcomes(with_flow(), Kind.SAME_VERSION, statement_of(), hub=other) == [outcome]
    assert outcomes(with_flow(), Kind.SAME_VERSION, statement_of()) == []


def test_a_standard_is_held_to_the_version_that_is_spoken() -> None:
    landscape = with_flow(standard="UK Core on FHIR R4")
    assert outcomes(landscape, Kind.STANDARD, statement_of()) == [MET]
    assert outcomes(landscape, Kind.STANDARD, statement_of(fhir="3.0.1")) == [NOT_MET]
    assert outcomes(with_flow(standard="FHIR"), Kind.STANDARD, statement_of()) == []


@pytest.mark.parametrize(
    ("standard", "version"),
    [("FHIR R4", "R4"), ("FHIR STU 3", "STU3"), ("FHIR 4.0.1", "R4"), ("fhir r4b", "R4B"),
     ("HL7 v2.5.1", None), ("FHIR", None), (None, None)],
)  # fmt: skip
def test_a_standard_may_name_a_version(standard: str | None, version: str | None) -> None:
    assert version_in(standard) == version


def test_formats_and_profiles_have_to_be_common_where_both_name_any() -> None:
    def one(format_: str, profile: str) -> Statement:
        condition = resource(
            "Condition", "read", supportedProfile=[f"http://example.org/{profile}"]
        )
        return statement_of(condition, format=[format_])

    ours = one("json", "a|1")
    assert outcomes(with_flow(), Kind.SAME_FORMAT, ours, hub=one("xml", "a")) == [NOT_MET]
    assert outcomes(with_flow(), Kind.SAME_FORMAT, ours, hub=one("json", "a")) == [MET]
    assert outcomes(with_flow(), Kind.SAME_PROFILES, ours, hub=one("json", "a|2")) == [MET]
    assert outcomes(with_flow(), Kind.SAME_PROFILES, ours, hub=one("json", "b")) == [NOT_MET]
    assert outcomes(with_flow(), Kind.SAME_PROFILES, ours, hub=statement_of()) == []


@pytest.mark.parametrize(
    ("form", "types", "outcome"),
    [
        ("structured", ["Condition"], MET),
        ("coded", ["Condition"], SILENT),
        ("profiled", ["Condition"], SILENT),
        ("coded", ["DocumentReference"], NOT_MET),
        ("document", ["DocumentReference"], MET),
    ],
)
def test_the_form_is_what_the_statement_can_show(
    form: str, types: list[str], outcome: Outcome
) -> None:
    category = "problems" if types == ["Condition"] else "documents"
    landscape = with_flow(carries={form: [category]})
    made = statement_of(*(resource(type_, "read") for type_ in types))
    found = [
        one.finding.outcome
        for one in compared(landscape, "gp", made)
        if one.kind is Kind.FORM and one.finding.about == "flows.feed"
    ]
    assert found == [outcome]


def test_a_flow_that_carries_all_carries_what_its_sender_holds() -> None:
    landscape = with_flow(carries={"as_held": "all"})
    found = compared(landscape, "gp", statement_of(READ_PROBLEMS))
    (serves,) = (one for one in found if one.kind is Kind.SERVES)
    assert serves.categories == ("problems",)


def test_messages_are_compared_where_a_flow_goes_by_messages() -> None:
    def one(mode: str, definition: str) -> Statement:
        message = {"supportedMessage": [{"mode": mode, "definition": definition}]}
        return statement_of(messaging=[message])

    landscape = with_flow(mechanism="fhir_messaging", mode="push", delay="1 s")
    ours = one("sender", "http://example.org/a")
    theirs = one("receiver", "http://example.org/b")
    assert outcomes(landscape, Kind.SERVES, ours, hub=theirs) == [MET]
    assert outcomes(landscape, Kind.SAME_PROFILES, ours, hub=theirs) == [NOT_MET]
    assert outcomes(landscape, Kind.SERVES, statement_of()) == [SILENT]


def test_a_launched_window_needs_a_word_on_how_it_is_let_in() -> None:
    landscape = with_flow(mechanism="in_context_launch", mode="view")
    smart = {"service": [{"coding": [{"code": "SMART-on-FHIR"}]}]}
    made = statement_of(rest=[{"mode": "server", "security": smart}])
    assert outcomes(landscape, Kind.LAUNCH, made) == [MET]
    assert outcomes(landscape, Kind.LAUNCH, statement_of()) == [SILENT]


def test_a_flow_that_goes_otherwise_is_not_judged() -> None:
    landscape = with_flow(mechanism="post")
    assert outcomes(landscape, Kind.SERVES, statement_of()) == [Outcome.NOT_APPLICABLE]


def test_whoever_is_told_of_what_is_new_has_somebody_to_subscribe_to() -> None:
    landscape = with_flow(notifies=True)
    subscribes = statement_of(READ_PROBLEMS, resource("Subscription", "create"))
    assert outcomes(landscape, Kind.NOTIFIES, subscribes) == [MET]
    assert outcomes(landscape, Kind.NOTIFIES, statement_of(READ_PROBLEMS)) == [SILENT]


def test_another_product_than_the_profile_names_is_told() -> None:
    systems = {"gp": {"organisation": "b", "product": "Example", "version": "7"}}
    landscape = landscape_of({**DECLARED, "systems": systems})
    made = statement_of(software={"name": "example", "version": "8"})
    assert outcomes(landscape, Kind.PRODUCT, made) == [NOT_MET, MET]
    assert outcomes(landscape, Kind.PRODUCT, statement_of()) == []


def test_what_does_not_go_together_comes_first() -> None:
    found = compared(with_flow(), "gp", statement_of(), {"hub": statement_of(fhir="3.0.1")})
    ranks = [one.finding.outcome for one in found]
    assert ranks == sorted(ranks, key=[NOT_MET, SILENT, MET].index)
