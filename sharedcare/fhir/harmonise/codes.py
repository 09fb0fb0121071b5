"""The codes of faults that measuring finds, each with a sentence that explains it.

Codes of faults in files and tables in general are in :mod:`sharedcare.reading.codes`.
"""

#: Why a line, document or row could not be measured, and what to do about it.
REASONS: dict[str, str] = {
    "not_json": "this line is no JSON; a document over several lines goes into a file named .json,"
    " a table into one named .csv",
    "not_xml": "this is no XML that is read: it is torn, too deep, not in UTF-8, or has a document"
    " type; export it again, as UTF-8 and without a document type",
    "no_resource": "this is no FHIR resource: it does not say its resourceType, or is in another"
    " namespace",
    "misshapen": "elements of this resource are not shaped as FHIR has them; sharedcare validate"
    " says which",
    "too_long": "this line is too long and was left out",
    "too_many_values": "this line holds too many values and was left out",
    "torn_row": "this row does not end, or has a cell longer than is read; look for a quotation"
    " mark that is not closed",
    "row_length": "this row has more or fewer cells than the first line",
    "not_utf8": "this row is not UTF-8; save the table as CSV UTF-8",
}

#: What each code means that no other file has.
HARMONISATION_CODES: dict[str, str] = {
    "MISSHAPEN": "Elements of a resource are not shaped as FHIR has them, so that it cannot be"
    " measured; `sharedcare validate` says which and where.",
    "NOT_A_CODE_LIST": "A list of codes is a CodeSystem or ValueSet that lists its codes, or a"
    " table with the columns code_system, code and display.",
    "NOT_A_CONCEPT_MAP": "A map is a ConceptMap in JSON whose groups name their source and target,"
    " or a table that names codes, their targets and the relationship.",
    "NOT_JSON": "A line of NDJSON is a resource in JSON; this one is torn or something else.",
    "NOT_XML": "A document is no XML that is read: torn, too deep, not in UTF-8, or with a document"
    " type, which is never read.",
    "NO_COLUMNS": "A record of a column map names the column of at least one element.",
    "NO_RECORDS": "A column map names at least one category and its columns, under `records`.",
    "NO_RESOURCE": "A line or document is no FHIR resource: it does not say its resourceType, or is"
    " in another namespace than FHIR's.",
    "TOO_MANY_VALUES": "A line or document may hold more values than fit in memory.",
    "UNKNOWN_WORD": "Only certain words may stand here; the message lists them.",
}
