"""Primitive types that are made from another one, by https://hl7.org/fhir/R4/datatypes.html."""

#: Primitive type → the one that it is made from.
MADE_FROM = {
    **dict.fromkeys(("url", "canonical", "oid", "uuid"), "uri"),
    **dict.fromkeys(("code", "id", "markdown"), "string"),
    **dict.fromkeys(("positiveInt", "unsignedInt"), "integer"),
}
