"""The codes of faults in reading a file, each with a sentence that explains it.

A code is stable: scripts and people look it up, so it is added to and never renamed.
"""

#: Each code of a fault that reading and loading find, and what it means in a sentence.
CODES: dict[str, str] = {
    # the file itself
    "FILE_MISSING": "There is no file of that name.",
    "FILE_UNREADABLE": "The file is there, and the operating system does not let it be read.",
    "FILE_CHANGED": "The file was written to while it was read; what was read is no version of it.",
    "NOT_A_FILE": "A folder, pipe, socket or device was named where a file is expected.",
    "LINK_LOOP": "A symbolic link leads, by itself or by others, back to itself.",
    "TOO_LARGE": "A file, with the files that it includes, has more bytes than are read.",
    "TOO_MANY_FILES": "A profile includes, or folders hold, more files than are read.",
    # its characters
    "NOT_UTF8": "Files are read as UTF-8, the usual encoding; this one was saved in another.",
    "CONTROL_CHARACTER": "Control characters, such as NUL or escape, belong in no text.",
    "LINE_SEPARATOR": "Some programs take this character for the end of a line, and some do not.",
    "BIDI_CONTROL": "A character that changes the direction of writing can make a text look other"
    " than what it says.",
    "INVISIBLE_CHARACTER": "A character that cannot be seen makes texts that differ look alike.",
    "NOT_TEXT": "So many characters are refused that the file is no text, but perhaps an image.",
    # YAML
    "EMPTY": "The file holds nothing, or only comments.",
    "NOT_A_MAP": "A profile is a map: lines such as `meta:` with what belongs to each below it.",
    "SEVERAL_DOCUMENTS": "A line of three dashes begins another document; a profile is only one.",
    "SYNTAX": "What stands here is no YAML.",
    "TAB": "Lines are indented with spaces; YAML takes no tabs there.",
    "TOO_DEEP": "Maps and lists stand inside each other deeper than any profile needs.",
    "TOO_MANY_NODES": "The profile holds more keys and values than are read.",
    "DUPLICATE_KEY": "One key stands twice in the same map; most programs would drop one silently.",
    "KEY_NOT_TEXT": "A key is a word; a map or a list stands where one is expected.",
    "MERGE_KEY": "The merge key `<<` is not read; `defaults:` gives values to many entries.",
    "TAG": "A tag, a word that begins with an exclamation mark, would change what a value means.",
    "ANCHOR_TWICE": "Two anchors (`&name`) have the same name, so that an alias could mean either.",
    "ALIAS_UNKNOWN": "An alias (`*name`) stands for an anchor (`&name`) that is not before it.",
    "ALIAS_CYCLE": "An alias (`*name`) stands inside the value that it stands for.",
    "ALIAS_BUDGET": "Aliases (`*name`) repeat more than any profile needs.",
    # tables
    "NO_HEADER": "The first line of a table names its columns; this table has no line.",
    "MISSING_COLUMN": "A table lacks a column without which its rows say nothing.",
    "UNKNOWN_COLUMN": "A column is passed over, because its name is none of those that are read.",
    "COLUMN_TWICE": "Two columns of a table have the same name, and either could be meant.",
    "ROW_LENGTH": "A row has more or fewer cells than the first line, so that some may be shifted.",
    "TORN_ROW": "A row does not end where it should, mostly for want of a quotation mark.",
    "LONG_CELL": "A cell of a table has more characters than are read.",
    "TOO_MANY_ROWS": "A table has more rows than are read.",
    "TOO_MANY_COLUMNS": "The first line of a table has more cells than any table needs.",
    # files that a profile includes
    "BAD_INCLUDE": "`includes:` is a list of files, each named from the file that lists it.",
    "INCLUDE_OUTSIDE": "A profile includes only files of its own folder and the folders in it.",
    "INCLUDE_MISSING": "A file that is included is not there.",
    "INCLUDE_UNREADABLE": "What is included cannot be read as a file.",
    "INCLUDE_CYCLE": "A file includes itself, directly or through others.",
    "INCLUDE_WITHOUT_FOLDER": "A profile that is not read from a file cannot include others.",
    "DUPLICATE_ENTRY": "Two files of a profile say the same id, key or `meta`; neither wins.",
}
#: The codes of faults after which the rest still says what its author meant. A document with no
#: other fault is worth checking further; after any other, what else seems wrong may only follow.
LEAVES_WHOLE = frozenset({"ANCHOR_TWICE", "DUPLICATE_ENTRY", "DUPLICATE_KEY", "TAG"})

#: Each code of a fault that reading payloads finds, beside those of a file itself in ``CODES``.
PAYLOAD_CODES: dict[str, str] = {
    "BAD_SUPPRESSION": "A suppression names a rule and a reason, perhaps a path and a last day.",
    "FOLDER_LINK": "In a folder, links to other folders are not followed.",
    "GZIP_CUT": "A packed file ends before its end; what was unpacked up to there is looked at.",
    "GZIP_DAMAGED": "A packed file does not unpack to what was packed, by its check sum or because"
    " it is no gzip from some place on.",
    "GZIP_RATIO": "A packed file unpacks to so many times its size that it may be made to do harm.",
    "GZIP_TRAILING": "After the end of a packed file there is something that is not packed.",
    "NOT_A_BASELINE": "A baseline is what --write-baseline has written, unchanged.",
    "NOT_NDJSON": "NDJSON has one resource on each line; this is one document over many lines.",
    "NOT_ONE_RESOURCE": "A JSON document is one resource; this one has a resource on each line.",
    "NOTHING_THERE": "A file or folder that is to be validated holds no resource.",
    "PACKED_OTHERWISE": "A file is packed by zip or another program; gzip alone is unpacked here.",
}

#: Each code of a fault that reading FHIR packages finds, beside those of a file in ``CODES`` and
#: those of a packed one in ``PAYLOAD_CODES``.
PACKAGE_CODES: dict[str, str] = {
    "BAD_DEFINITION": "A profile, value set or code system holds what FHIR does not have there.",
    "DEFINED_TWICE": "Packages define one address differently, and nothing says which is meant.",
    "DEPENDENCY_MISSING": "A package depends on another that is not there; the rest is used.",
    "NOT_A_PACKAGE": "A FHIR package is a .tgz or a folder with package/package.json in it.",
    "OTHER_FHIR": "A package is of another version of FHIR; what it says is read as R4.",
    "PACKAGE_CUT": "A package ends before its end.",
    "PACKAGE_DAMAGED": "A package is not what was packed, or not as packages are packed.",
    "PACKAGE_ESCAPE": "A package holds a name that leads out of it, which can do harm.",
    "PACKAGE_JSON": "A file of a package is not the JSON that it should be.",
    "PACKAGE_LINK": "A package holds a link, a device or another thing that is no file.",
    "PACKAGE_MISSING": "A package is not in the cache of FHIR packages; none is ever fetched.",
    "PACKAGE_OTHER": "A folder in the cache of FHIR packages holds another than its name says.",
    "PACKAGE_TWICE": "A package, or a file in one, stands there twice; either could be meant.",
    "PROFILE_BASE": "What a profile is based on is not there, or is of another type.",
    "PROFILE_CARDINALITY": "A profile allows a number of values that its base does not.",
    "PROFILE_CYCLE": "A profile or value set is made from itself, directly or through others.",
    "PROFILE_PATH": "A profile speaks of an element that its base does not have.",
    "PROFILE_SLICE": "A profile names a slice of what is not sliced, or slices against its base.",
    "PROFILE_TYPE": "A profile gives an element a type that its base does not allow.",
}
