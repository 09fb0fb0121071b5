"""A snapshot that is made from a differential says what base and differential say together."""

from decimal import Decimal

from sharedcare.fhir.packages import (
    Binding,
    Discriminator,
    Slicing,
    StructureDefinition,
    TypeReference,
    Value,
)
from tests.fhir.packages.made import (
    HERE,
    HL7,
    content,
    element,
    opened,
    profile,
    refused,
    sliced,
    structure,
    types,
)


def below(found: StructureDefinition, element_id: str) -> list[str]:
    return [one.name for one in found.children(found.by_id[element_id])]


def test_an_empty_differential_gives_the_base() -> None:
    found, base = structure(), opened().structure(f"{HL7}/Patient")
    assert base is not None
    assert found.elements == base.elements
    assert found.is_generated
    assert not base.is_generated


def test_what_is_said_replaces_what_the_base_says_and_the_rest_stays() -> None:
    found = structure(element("Patient.birthDate", min=1, mustSupport=True, short="When born"))
    birth = found.by_id["Patient.birthDate"]
    assert (birth.min, birth.max, birth.must_support, birth.short) == (1, 1, True, "When born")
    assert types(birth) == ["date"]
    assert not found.by_id["Patient.gender"].must_support


def test_fixed_values_and_patterns_keep_their_type_and_their_digits() -> None:
    found = structure(
        element("Patient.gender", fixedCode="female"),
        element("Patient.maritalStatus", patternCodeableConcept={"text": "x"}),
        element("Patient.multipleBirth[x]", type=[{"code": "integer"}], maxValueInteger=5),
        element("Patient.photo.size", minValueUnsignedInt=1),
    )
    assert found.by_id["Patient.gender"].fixed == Value("female", "code")
    pattern = found.by_id["Patient.maritalStatus"].pattern
    assert pattern == Value({"text": "x"}, "CodeableConcept")
    assert found.by_id["Patient.multipleBirth[x]"].max_value == Value(5, "integer")
    assert found.by_id["Patient.photo.size"].min_value == Value(1, "unsignedInt")


def test_only_a_key_that_ends_in_a_type_gives_a_value() -> None:
    found = structure(element("Patient.gender", fixed="x", fixedly="x", pattern="x"))
    assert found.by_id["Patient.gender"].fixed is None
    assert found.by_id["Patient.gender"].pattern is None


def test_a_decimal_keeps_the_digits_that_its_author_wrote() -> None:
    value = element("Observation.valueQuantity.value", fixedDecimal=1.5)
    found = structure(value, type_="Observation")
    fixed = found.by_id["Observation.value[x]:valueQuantity.value"].fixed
    assert fixed == Value(Decimal("1.5"), "decimal")


def test_invariants_are_added_and_one_of_the_same_key_replaces() -> None:
    said = [{"key": key, "severity": "error", "human": "x", "expression": "true"}
            for key in ("dom-2", "mine-1")]  # fmt: skip
    keys = {
        one.key: one.expression
        for one in structure(element("Patient", constraint=said)).root.constraints
    }
    assert keys["mine-1"] == keys["dom-2"] == "true"
    assert "dom-3" in keys


def test_a_binding_is_replaced_and_keeps_its_value_set_if_it_only_gets_stronger() -> None:
    found = structure(
        element("Patient.maritalStatus", binding={"strength": "required"}),
        element("Patient.language", binding={"strength": "required", "valueSet": f"{HERE}/v|1"}),
    )
    marital = found.by_id["Patient.maritalStatus"].binding
    assert marital == Binding("required", "http://hl7.org/fhir/ValueSet/marital-status")
    assert found.by_id["Patient.language"].binding == Binding("required", f"{HERE}/v|1")


def test_targets_that_are_not_said_again_still_hold() -> None:
    found = structure(element("Patient.managingOrganization", type=[{"code": "Reference"}]))
    (reference,) = found.by_id["Patient.managingOrganization"].types
    assert reference == TypeReference("Reference", (), (f"{HL7}/Organization",))


def test_a_type_that_is_listed_twice_is_one_with_both_targets() -> None:
    said = [{"code": "Reference", "targetProfile": [f"{HL7}/{name}"]}
            for name in ("Organization", "Practitioner")]  # fmt: skip
    found = structure(element("Patient.generalPractitioner", type=said))
    (reference,) = found.by_id["Patient.generalPractitioner"].types
    assert reference.target_profiles == (f"{HL7}/Organization", f"{HL7}/Practitioner")


# Deeper than the base goes


def test_what_is_below_a_data_type_is_unfolded_where_it_is_spoken_of() -> None:
    found = structure(element("Patient.name.family", min=1))
    assert below(found, "Patient.name")[:5] == ["id", "extension", "use", "text", "family"]
    assert found.by_id["Patient.name.family"].min == 1
    assert below(found, "Patient.address") == []


def test_a_primitive_has_extensions_below_it() -> None:
    birth_time = [{"code": "Extension", "profile": [f"{HL7}/patient-birthTime"]}]
    found = structure(element("Patient.birthDate.extension:time", min=1, type=birth_time))
    assert found.by_id["Patient.birthDate.extension:time"].min == 1
    assert found.by_id["Patient.birthDate.extension"].slicing == BY_URL


def test_a_choice_of_several_types_has_below_it_what_all_types_have() -> None:
    found = structure(element("Patient.deceased[x].extension", max="0"))
    assert found.by_id["Patient.deceased[x].extension"].max == 0
    assert refused(element("Patient.deceased[x].start", min=1)) == [
        ("PROFILE_PATH", "Patient.deceased[x].start")
    ]


def test_what_refers_to_other_elements_has_below_it_what_those_have_in_the_base() -> None:
    found = structure(
        element("Bundle.link.relation", fixedString="self"),
        element("Bundle.entry.link.url", max="1"),
        type_="Bundle",
    )
    assert found.by_id["Bundle.link.relation"].fixed is not None
    assert found.by_id["Bundle.entry.link.relation"].fixed is None
    assert found.by_id["Bundle.entry.link"].content_reference == "#Bundle.link"
    assert below(found, "Bundle.entry.link") == below(found, "Bundle.link")


def test_a_profile_of_a_data_type_is_unfolded_with_all_it_says() -> None:
    number = profile(element("Identifier.value", min=1), type_="Identifier", name="number")
    typed = [{"code": "Identifier", "profile": [f"{HERE}/number"]}]
    found = structure(
        element("Patient.identifier", type=typed),
        element("Patient.identifier.system", min=1),
        others=(number,),
    )
    assert found.by_id["Patient.identifier.value"].min == 1
    assert found.by_id["Patient.identifier.system"].min == 1


def test_a_resource_inside_an_entry_is_unfolded_by_its_type() -> None:
    found = structure(
        element("Bundle.entry.resource", type=[{"code": "Patient"}]),
        element("Bundle.entry.resource.birthDate", min=1),
        type_="Bundle",
    )
    assert found.by_id["Bundle.entry.resource.birthDate"].min == 1


# Choices

BY_URL = Slicing((Discriminator("value", "url"),))
BY_TYPE = Slicing((Discriminator("type", "$this"),))
CLOSED_BY_TYPE = Slicing((Discriminator("type", "$this"),), "closed")


def test_a_path_that_names_a_type_leaves_only_that_type() -> None:
    found = structure(element("Observation.valueQuantity", min=1), type_="Observation")
    choice = found.by_id["Observation.value[x]"]
    assert (types(choice), choice.slicing) == (["Quantity"], CLOSED_BY_TYPE)
    slice_ = found.by_id["Observation.value[x]:valueQuantity"]
    assert (slice_.path, slice_.min, types(slice_)) == ("Observation.value[x]", 1, ["Quantity"])


def test_paths_that_name_several_types_leave_the_others_possible() -> None:
    found = structure(
        element("Observation.valueQuantity.code", min=1),
        element("Observation.valueString", maxLength=5),
        type_="Observation",
    )
    choice = found.by_id["Observation.value[x]"]
    assert choice.slicing == BY_TYPE
    assert len(choice.types) > 2
    assert found.by_id["Observation.value[x]:valueQuantity.code"].min == 1
    assert found.by_id["Observation.value[x]:valueString"].max_length == 5


def test_slices_of_a_choice_need_no_slicing_and_change_no_other_type() -> None:
    quantity = element("Observation.value[x]:valueQuantity", type=[{"code": "Quantity"}])
    found = structure(
        quantity, element("Observation.value[x]:valueQuantity.unit", min=1), type_="Observation"
    )
    choice = found.by_id["Observation.value[x]"]
    assert choice.slicing == BY_TYPE
    assert [one.id for one in found.slices(choice)] == ["Observation.value[x]:valueQuantity"]
    assert found.by_id["Observation.value[x]:valueQuantity.unit"].min == 1


def test_a_choice_of_one_type_is_unfolded_as_that_type() -> None:
    found = structure(
        element("Observation.effective[x]", type=[{"code": "Period"}]),
        element("Observation.effective[x].start", min=1),
        type_="Observation",
    )
    assert found.by_id["Observation.effective[x].start"].min == 1


# Slices


def test_a_slice_has_what_is_sliced_has_and_need_not_be_there() -> None:
    found = structure(
        element("Patient.name", min=1, slicing=sliced("value", "use"), mustSupport=True),
        element("Patient.name.family", min=1),
        element("Patient.name:official", max="1"),
        element("Patient.name:official.use", min=1, fixedCode="official"),
    )
    official = found.by_id["Patient.name:official"]
    assert (official.min, official.max, official.slicing) == (0, 1, None)
    assert found.by_id["Patient.name:official.family"].min == 1
    assert found.by_id["Patient.name.use"].fixed is None
    assert below(found, "Patient.name:official") == below(found, "Patient.name")


def test_slices_follow_what_is_sliced_in_the_order_in_which_they_are_named() -> None:
    found = structure(
        element("Patient.contact", slicing=sliced("pattern", "relationship")),
        element("Patient.contact:b", max="1"),
        element("Patient.contact:a", max="1"),
        element("Patient.contact:b.name", min=1),
    )
    ids = [one.id for one in found.elements if one.path == "Patient.contact"]
    assert ids == ["Patient.contact", "Patient.contact:b", "Patient.contact:a"]
    paths = [one.path for one in found.elements if one.path.count(".") == 1]
    assert paths.index("Patient.communication") == paths.index("Patient.contact") + 3


def test_a_slice_is_sliced_again() -> None:
    found = structure(
        element("Patient.identifier", slicing=sliced("value", "system")),
        element("Patient.identifier:a", slicing=sliced("value", "type")),
        element("Patient.identifier:a.system", fixedUri="urn:a"),
        element("Patient.identifier:a/b", max="1"),
        element("Patient.identifier:c", max="1"),
    )
    identifier, a = found.by_id["Patient.identifier"], found.by_id["Patient.identifier:a"]
    assert [one.slice_name for one in found.slices(identifier)] == ["a", "c"]
    assert [one.slice_name for one in found.slices(a)] == ["a/b"]
    assert found.by_id["Patient.identifier:a/b.system"].fixed == Value("urn:a", "uri")


def test_a_slice_inside_a_slice_stays_there() -> None:
    found = structure(
        element("Patient.contact", slicing=sliced("value", "gender")),
        element("Patient.contact:a"),
        element("Patient.contact:a.telecom", slicing=sliced("value", "system")),
        element("Patient.contact:a.telecom:phone", min=1),
        element("Patient.contact:b", max="1"),
    )
    assert found.by_id["Patient.contact:a.telecom:phone"].min == 1
    assert "Patient.contact:b.telecom:phone" not in found.by_id
    assert "Patient.contact.telecom:phone" not in found.by_id


def test_extensions_are_sliced_by_url_without_a_word() -> None:
    typed = [{"code": "Extension", "profile": [f"{HL7}/patient-birthPlace"]}]
    found = structure(
        element("Patient.extension:birthPlace", min=1, type=typed),
        element("Patient.extension:birthPlace.value[x].city", min=1),
    )
    assert found.by_id["Patient.extension"].slicing == BY_URL
    url = found.by_id["Patient.extension:birthPlace.url"].fixed
    assert url == Value(f"{HL7}/patient-birthPlace", "uri")
    assert found.by_id["Patient.extension:birthPlace.value[x].city"].min == 1


def test_without_ids_what_went_before_tells_where_an_element_belongs() -> None:
    with_ids = [
        element("Patient.identifier", slicing=sliced("value", "system")),
        element("Patient.identifier:a", max="1"),
        element("Patient.identifier:a.system", fixedUri="urn:a"),
        element("Patient.identifier:b", max="2"),
        element("Patient.identifier:b.system", fixedUri="urn:b"),
        element("Patient.deceased[x]:deceasedDateTime"),
    ]
    without = [{key: one[key] for key in one if key != "id"} for one in with_ids]
    assert structure(*without).elements == structure(*with_ids).elements


def test_without_ids_what_is_below_an_earlier_slice_is_not_what_is_below_the_next() -> None:
    with_ids = [
        element("Patient.contact", slicing=sliced("value", "gender")),
        element("Patient.contact:a"),
        element("Patient.contact:a.telecom", slicing=sliced("value", "system")),
        element("Patient.contact:a.telecom:phone", min=1),
        element("Patient.contact:b"),
        element("Patient.contact:b.telecom.value", min=1),
    ]
    without = [{key: one[key] for key in one if key != "id"} for one in with_ids]
    assert structure(*without).elements == structure(*with_ids).elements


def test_a_name_of_a_slice_where_nothing_is_sliced_is_a_label() -> None:
    found = structure(element("Patient.birthDate:born", min=1))
    assert found.by_id["Patient.birthDate"].min == 1
    labels = [element(f"Patient.birthDate:{name}") for name in "ab"]
    assert refused(*labels) == [("PROFILE_SLICE", "Patient.birthDate:b")]


# Profiles of profiles


def test_a_profile_of_a_profile_has_what_both_say() -> None:
    base = profile(
        element("Patient.identifier", slicing=sliced("value", "system"), min=1),
        element("Patient.identifier:a", min=1, max="2"),
        element("Patient.identifier:a.system", fixedUri="urn:a"),
        name="b",
    )
    derived = profile(
        element("Patient.identifier:a", max="1"),
        element("Patient.identifier:a.value", min=1),
        element("Patient.identifier:z", max="1"),
        base=f"{HERE}/b",
    )
    found = opened(content(base), content(derived, name="test.two")).structure(f"{HERE}/a")
    assert found is not None
    a = found.by_id["Patient.identifier:a"]
    assert (a.min, a.max) == (1, 1)
    assert found.by_id["Patient.identifier:a.system"].fixed == Value("urn:a", "uri")
    assert found.by_id["Patient.identifier:a.value"].min == 1
    identifier = found.by_id["Patient.identifier"]
    assert [one.slice_name for one in found.slices(identifier)] == ["a", "z"]
    assert found.base == f"{HERE}/b"


def test_a_slice_of_the_base_is_unfolded_by_the_profile_of_its_type() -> None:
    number = profile(element("Identifier.value", min=1), type_="Identifier", name="number")
    typed = [{"code": "Identifier", "profile": [f"{HERE}/number"]}]
    base = profile(
        element("Patient.identifier", slicing=sliced("profile", "$this")),
        element("Patient.identifier.assigner", max="0"),
        element("Patient.identifier:a", type=typed),
        name="b",
    )
    derived = profile(element("Patient.identifier:a.use", min=1), base=f"{HERE}/b")
    found = opened(content(number, base, derived)).structure(f"{HERE}/a")
    assert found is not None
    assert found.by_id["Patient.identifier:a.value"].min == 1
