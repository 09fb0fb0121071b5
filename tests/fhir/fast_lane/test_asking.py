"""What the core asks is answered as the full lane would tell, badly where that is open."""

import json
from collections.abc import Iterator
from itertools import chain, permutations

import pytest

from sharedcare.fhir import Validator
from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.asking import MAX_KEPT, Answers
from sharedcare.fhir.fast_lane.numbering import Numbering
from sharedcare.fhir.fast_lane.question import ABSENT, Kind, Question
from sharedcare.fhir.invariants.running import asked_here
from tests.fhir.definition_slips import DEFINITION_SLIPS
from tests.fhir.examples import EXAMPLES, OBSERVATION, PATIENT, QUESTIONNAIRE, Json, changed
from tests.fhir.slips import SLIPS

FULL = Validator(fast=False)
NUMBERING = Numbering(r4())
RULES = SLIPS | DEFINITION_SLIPS
ALL = [
    *EXAMPLES,
    *(broken for broken, _, _ in RULES.values()),
    *(good for *_, good in RULES.values()),
]
CORE = "http://hl7.org/fhir/StructureDefinition/"


def written(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def question(kind: int, number: int, *texts: bytes | None) -> tuple[bytes, Question]:
    """A question whose line is what it asks about, each between quotation marks."""
    line, spans = b"{", []
    for text in texts:
        begin = len(line) + 1
        spans.append((ABSENT, ABSENT) if text is None else (begin, begin + len(text)))
        line += b'"%b",' % (text or b"")
    spans += [(ABSENT, ABSENT)] * (3 - len(spans))
    return line + b"}", Question(0, kind, number, *chain.from_iterable(spans))


def is_good(kind: int, number: int, *texts: bytes | None) -> bool:
    line, asked = question(kind, number, *texts)
    answers = Answers(r4())
    found = answers.is_good(line, asked)
    assert answers.is_good(line, asked) is found  # a kept answer is the same
    return found


def inside(value: object) -> bytes | None:
    """What stands between the quotation marks of a text."""
    return None if value is None else written(value)[1:-1]


def all_in(value: object, names: set[str]) -> Iterator[Json]:
    """Go through the objects in a value that have only some names."""
    if isinstance(value, dict):
        if value and value.keys() <= names and all(type(one) is str for one in value.values()):
            yield value
        value = [*value.values()]
    if isinstance(value, list):
        for one in value:
            yield from all_in(one, names)


def each_once(found: Iterator[Json]) -> list[Json]:
    return list({written(one): one for one in found}.values())


CODINGS = each_once(one for whole in ALL for one in all_in(whole, {"system", "code", "display"}))
QUANTITIES = each_once(
    {key: found[key] for key in ("system", "code") if key in found}
    for found in (*CODINGS, {"system": "http://unitsofmeasure.org", "code": "10 mg"})
    if "system" in found
)


def test_a_coding_is_good_where_the_full_lane_finds_nothing_in_it() -> None:
    told = set()
    for coding in CODINGS:
        line = written({"resourceType": "Basic", "code": {"coding": [coding]}})
        texts = [inside(coding.get(name)) for name in ("system", "code", "display")]
        if all(b"\\" not in (text or b"") for text in texts[:2]):
            told.add(is_good(Kind.CODING, 0, *texts))
            assert is_good(Kind.CODING, 0, *texts) is not bool(FULL.issues(line)), coding
    assert told == {True, False}


def test_a_unit_is_good_where_the_full_lane_finds_nothing_in_it() -> None:
    told = set()
    for unit in QUANTITIES:
        line = written(changed(OBSERVATION, valueQuantity={"value": 1, **unit}))
        answer = is_good(Kind.QUANTITY, 0, inside(unit.get("system")), inside(unit.get("code")))
        told.add(answer)
        assert answer is not bool(FULL.issues(line)), unit
    assert told == {True, False}


def test_a_display_is_read_with_its_escapes() -> None:
    coding = b"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", b"M"
    assert is_good(Kind.CODING, 0, *coding, b"Married")
    assert is_good(Kind.CODING, 0, *coding, rb"\u004darried")
    assert not is_good(Kind.CODING, 0, *coding, rb"\u0044ivorced")


def test_a_display_is_held_to_english_whatever_the_language_of_its_resource() -> None:
    coding = b"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", b"M"
    assert not is_good(Kind.CODING, 0, *coding, b"verheiratet")


@pytest.mark.parametrize(
    ("url", "code", "expected"),
    [
        ("all-languages", b"en-GB", True),
        ("all-languages", b"english please", False),
        ("currencies", b"GBP", True),
        ("currencies", b"XYZ", False),
        ("mimetypes", b"text/plain", True),
        ("mimetypes", b"json", True),
        ("mimetypes", b"plain", False),
    ],
)
def test_a_code_that_no_list_has_is_told_by_its_form(url: str, code: bytes, expected: bool) -> None:
    number = NUMBERING.value_sets[f"http://hl7.org/fhir/ValueSet/{url}"]
    assert is_good(Kind.CODE, number, code) is expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>Seen <b>today</b>.</p>", True),
        ("<script>run()</script>", False),
        ("<p><a href='#place'>there</a></p>", False),
        ("", False),
        ("<p>", False),
    ],
)
def test_a_narrative_is_good_if_it_is_so_by_itself(inner: str, expected: bool) -> None:
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{inner}</div>'
    assert is_good(Kind.NARRATIVE, 0, written(div)) is expected


# ── Invariants ────────────────────────────────────────────────────────────────────────────────────


def numbered(type_name: str, rule: str) -> int:
    """The number of an invariant of a type itself, as the core has it."""
    rules = [one for one, _ in asked_here(r4(), type_name, r4().type_of(type_name).rules)]
    return NUMBERING.places[type_name, ()] << 8 | rules.index(rule)


SAME = {"code": OBSERVATION["code"], "valueInteger": 1}


@pytest.mark.parametrize(
    ("type_name", "rule", "value", "expected"),
    [
        ("Period", "per-1", {"start": "2020", "end": "2021-05"}, True),
        ("Period", "per-1", {"start": "2020", "end": "2020-05"}, True),
        ("Period", "per-1", {"start": "2022", "end": "2020"}, False),
        ("Range", "rng-2", {"low": {"value": 1.5}, "high": {"value": 1.4}}, False),
        ("Range", "rng-2", {"low": {"value": 1.5}, "high": {"value": 1.50}}, True),
        ("Observation", "obs-7", OBSERVATION, True),
        ("Observation", "obs-7", changed(OBSERVATION, component=[SAME]), False),
        ("Quantity", "qty-3", {"code": "g"}, False),
    ],
)
def test_an_invariant_is_asked_of_its_object(
    type_name: str, rule: str, value: Json, expected: bool
) -> None:
    assert is_good(Kind.INVARIANT, numbered(type_name, rule), written(value)) is expected


def test_an_invariant_that_looks_at_the_resource_around_is_not_told_of_an_element() -> None:
    snapshot = {"element": [{"path": "Patient"}, {"path": "Patient.id"}]}
    number = numbered("StructureDefinition.snapshot", "sdf-8")
    assert not is_good(Kind.INVARIANT, number, written(snapshot))


def test_numbers_that_stand_for_nothing_have_no_good_answer() -> None:
    assert not is_good(Kind.INVARIANT, 0xFFFF << 8, b"{}")
    assert not is_good(Kind.INVARIANT, NUMBERING.places["Period", ()] << 8 | 7, b"{}")
    assert not is_good(Kind.CODE, 0xFFFF, b"en")
    assert not is_good(99, 0, b"{}")


# ── Resources ─────────────────────────────────────────────────────────────────────────────────────


def heart_rate(unit: str) -> Json:
    value = {"value": 60, "unit": "beats", "system": "http://unitsofmeasure.org", "code": unit}
    code_system = "http://terminology.hl7.org/CodeSystem/observation-category"
    return changed(
        OBSERVATION,
        category=[{"coding": [{"system": code_system, "code": "vital-signs"}]}],
        code={"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
        valueQuantity=value,
    )


def answering(url: str, link: str) -> Json:
    asked = changed(QUESTIONNAIRE, id="q") | {"item": [{"linkId": "1", "type": "string"}]}
    return {
        "resourceType": "QuestionnaireResponse",
        "contained": [asked],
        "questionnaire": url,
        "status": "completed",
        "item": [{"linkId": link, "answer": [{"valueString": "x"}]}],
    }


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (heart_rate("/min"), True),
        (heart_rate("g"), False),
        (answering("#q", "1"), True),
        (answering("#q", "2"), False),
        (QUESTIONNAIRE, True),
        ({"resourceType": "Bundle", "type": "collection"}, False),
        ({"resourceType": "Unheard"}, False),
    ],
)
def test_what_a_type_of_resource_is_asked_is_asked_of_it_alone(
    resource: Json, expected: bool
) -> None:
    assert is_good(Kind.FAMILY, 0, written(resource)) is expected


def test_definitions_that_count_together_are_not_told_of_one_by_one() -> None:
    good = next(
        good for *_, good in RULES.values() if good["resourceType"] == "StructureDefinition"
    )
    text = written(good)
    alone = Question(0, Kind.FAMILY, 0, 0, len(text))
    assert Answers(r4()).is_good(text, alone)
    assert not is_good(Kind.FAMILY, 0, text)


BIRTH_PLACE = f"{CORE}patient-birthPlace"


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        ({"url": BIRTH_PLACE, "valueAddress": {"city": "Anytown"}}, True),
        ({"url": BIRTH_PLACE, "valueString": "Anytown"}, False),
        ({"url": f"{CORE}observation-bodyPosition", "valueString": "x"}, False),
        ({"url": "http://example.org/other", "valueString": "x"}, True),
    ],
)
def test_a_member_is_looked_at_without_the_others(extension: Json, expected: bool) -> None:
    broken = changed(PATIENT, extension=[extension], name=[{"use": "unheard"}])
    assert is_good(Kind.MEMBER, 0, written(broken), b"extension") is expected


@pytest.mark.parametrize(("mode", "expected"), [("changes", True), ("snapshot", False)])
def test_a_member_is_looked_at_with_the_values_beside_it(mode: str, expected: bool) -> None:
    base = {"url": f"{CORE}list-changeBase", "valueReference": {"reference": "List/1"}}
    listed = {"resourceType": "List", "status": "current", "mode": mode, "extension": [base]}
    assert is_good(Kind.MEMBER, 0, written(listed), b"extension") is expected


def test_a_member_may_lead_to_what_is_contained() -> None:
    told = {"url": BIRTH_PLACE, "valueAddress": {"city": "Anytown"}}
    other = {"reference": "#p", "extension": [told]}
    patient = {"resourceType": "Patient", "generalPractitioner": [other]}
    here = {"url": "http://example.org/other", "valueReference": {"reference": "#p"}}
    assert not is_good(Kind.MEMBER, 0, written(patient), b"generalPractitioner")
    assert is_good(Kind.MEMBER, 0, written(patient | {"extension": [here]}), b"extension")


def test_a_member_is_looked_at_together_with_what_stands_beside_it() -> None:
    beside = {"extension": [{"url": f"{CORE}patient-birthTime", "valueDateTime": "1950-02-28"}]}
    patient = PATIENT | {"_birthDate": beside}
    assert is_good(Kind.MEMBER, 0, written(patient), b"_birthDate")
    beside["extension"][0]["valueDateTime"] = "yesterday"
    assert not is_good(Kind.MEMBER, 0, written(patient), b"_birthDate")


def test_a_member_that_is_not_there_or_claims_a_profile_has_no_good_answer() -> None:
    claiming = PATIENT | {"meta": {"profile": [f"{CORE}cholesterol"]}}
    assert is_good(Kind.MEMBER, 0, written(PATIENT), b"meta")
    assert not is_good(Kind.MEMBER, 0, written(claiming), b"meta")
    assert not is_good(Kind.MEMBER, 0, written(PATIENT), b"unheard")


def test_an_extension_is_free_unless_the_specification_defines_it() -> None:
    assert is_good(Kind.EXTENSION, 0, b"http://example.org/other")
    for url in r4().extensions:
        assert not is_good(Kind.EXTENSION, 0, url.encode())
        assert not is_good(Kind.EXTENSION, 0, f"{url}|4.0.1".encode())


# ── Doubt ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Kind.CODING, [rb"http:\/\/example.org", b"a", b"b"]),
        (Kind.CODING, [b"http://example.org", rb"\u0061", None]),
        (Kind.CODING, [b"http://example.org", b"a", b"\\ud800"]),
        (Kind.CODING, [b"http://example.org", b"a", b"\xff"]),
        (Kind.CODING, [b"http://example.org", b'a"b', None]),
        (Kind.QUANTITY, [b"http://unitsofmeasure.org", rb"m\u0067"]),
        (Kind.NARRATIVE, [b"<div/>"]),
        (Kind.NARRATIVE, [None]),
        (Kind.INVARIANT, [b"{"]),
        (Kind.INVARIANT, [b"[]"]),
        (Kind.INVARIANT, [b'{"start":1e999999}']),
        (Kind.INVARIANT, [b"[" * 5000 + b"]" * 5000]),
        (Kind.FAMILY, [b"[1]"]),
        (Kind.FAMILY, [None]),
        (Kind.MEMBER, [b'{"id":"a"', b"id"]),
        (Kind.MEMBER, [b'{"resourceType":"Patient","id":"a"}', None]),
        (Kind.MEMBER, [b'{"resourceType":"Patient","id":"a"}', rb"i\u0064"]),
        (Kind.EXTENSION, [None]),
        (Kind.EXTENSION, [rb"http:\/\/example.org"]),
    ],
)
def test_whatever_is_in_doubt_has_no_good_answer(kind: Kind, texts: list[bytes | None]) -> None:
    assert not is_good(kind, numbered("Period", "per-1") if kind is Kind.INVARIANT else 0, *texts)


def test_what_was_read_for_one_question_does_not_answer_another() -> None:
    rate = heart_rate("g")
    text = written(rate | {"component": [{"code": rate["code"], "valueInteger": 1}]})
    numbers = [numbered("Observation", rule) for rule in ("obs-6", "obs-7")]
    asked = [Question(0, Kind.INVARIANT, number, 0, len(text)) for number in numbers]
    asked += [
        Question(0, Kind.FAMILY, 0, 0, len(text)),
        Question(0, Kind.INVARIANT, numbers[0], 0, len(text)),
    ]
    answers = Answers(r4())
    alone = [Answers(r4()).is_good(text, one) for one in asked]
    assert alone == [True, False, False, True]
    for order in permutations(range(len(asked))):
        assert [answers.is_good(text, asked[at]) for at in order] == [alone[at] for at in order]
    other = written(heart_rate("/min"))
    assert answers.is_good(text, asked[0]._replace(begin=0, end=len(text)))
    assert answers.is_good(other, Question(0, Kind.FAMILY, 0, 0, len(other)))


def test_a_long_object_is_read_as_well() -> None:
    text = written({"start": "2020", "end": "2021", "extension": [{"url": "x" * MAX_KEPT}]})
    assert is_good(Kind.INVARIANT, numbered("Period", "per-1"), text)
