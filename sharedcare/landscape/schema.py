"""The JSON Schema of the landscape profile, from which editors complete and check while typing."""

from typing import Any

from sharedcare.landscape.landscape import ENTRY_MODELS, Landscape
from sharedcare.landscape.repertoire import Archetype
from sharedcare.landscape.taking_over import KEY_WORD

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: What stands at the top level of a profile besides the maps of entries.
_WAYS_OF_WRITING: dict[str, Any] = {
    "includes": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Files in this folder that hold further maps.",
    },
    "defaults": {
        "type": "object",
        "description": "For a map, values that each of its entries has unless it says otherwise.",
        "additionalProperties": {"type": "object"},
    },
    "bundles": {
        "type": "object",
        "description": "Names for sets of data categories, usable wherever a category is.",
        "additionalProperties": {"type": ["array", "object", "string"]},
    },
}


#: What takes all built-in activities over.
_BUILT_IN: dict[str, Any] = {
    "enum": [archetype.value for archetype in Archetype],
    "description": "Takes every built-in activity over, with the links of such a service.",
}


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a landscape profile as it is written."""
    schema = Landscape.model_json_schema(by_alias=True, mode="validation")
    schema["$schema"] = SCHEMA_DIALECT
    schema["title"] = "sharedcare landscape profile"
    schema["properties"] |= _WAYS_OF_WRITING
    _take_built_in(schema["properties"]["activities"])
    _tidy(schema)
    _ask_for_nothing(schema)
    return schema


def _take_built_in(activities: dict[str, Any]) -> None:
    """Let the word stand among the entries that takes all built-in activities over."""
    entries = activities["patternProperties"]
    activities["patternProperties"] = {
        pattern.replace("^", f"^(?!{KEY_WORD}$)", 1): entry for pattern, entry in entries.items()
    }
    activities["properties"] = {KEY_WORD: _BUILT_IN}


def _ask_for_nothing(schema: dict[str, Any]) -> None:
    """Let keys be missing that another file or ``defaults`` may give; the check asks for them."""
    schema.pop("required", None)
    for model in ENTRY_MODELS.values():
        schema["$defs"].get(model.__name__, {}).pop("required", None)


def _tidy(part: object) -> None:
    """Drop titles that repeat keys and defaults that say nothing; write defaults as words."""
    if isinstance(part, list):
        for inner in part:
            _tidy(inner)
    if not isinstance(part, dict):
        return
    for found in part.get("properties", {}).values():
        found.pop("title", None)
        if found.get("default", ...) in (None, [], {}):
            del found["default"]
        elif isinstance(found.get("default"), int) and "enum" in found:
            found["default"] = found["enum"][found["default"]]
    for inner in part.values():
        _tidy(inner)
