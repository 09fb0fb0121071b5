"""The built-in data categories as people and programs read them."""

import json

from tabulate import tabulate

from sharedcare.landscape.data_categories import BUILT_IN, DataCategory, Mapping

_HEADERS = ("id", "name", "FHIR types", "IPS", "USCDI")


def render_categories(format_: str) -> str:
    """Write the catalogue as ``text``, ``markdown`` or ``json``."""
    if format_ == "json":
        return json.dumps([_entry(c) for c in BUILT_IN], indent=2, ensure_ascii=False) + "\n"
    if format_ == "markdown":
        rows = [
            (c.id, c.name, ", ".join(c.fhir_types), _words(c.ips), _words(c.uscdi))
            for c in BUILT_IN
        ]
        return tabulate(rows, headers=_HEADERS, tablefmt="github") + "\n"
    return tabulate([(c.id, c.name) for c in BUILT_IN], headers=_HEADERS[:2]) + "\n"


def _words(mapping: Mapping | None) -> str:
    return f"{mapping.target} ({mapping.grade.value})" if mapping else ""


def _entry(category: DataCategory) -> dict[str, object]:
    return {
        "id": category.id,
        "name": category.name,
        "description": category.description,
        "fhir_types": list(category.fhir_types),
        "code_systems": list(category.code_systems),
        "ips": _mapping(category.ips),
        "uscdi": _mapping(category.uscdi),
        "prsb": category.prsb,
        "contributed_by": category.contributed_by.value,
        "sensitive": category.sensitive,
        "note": category.note,
    }


def _mapping(mapping: Mapping | None) -> dict[str, object] | None:
    if mapping is None:
        return None
    return {"target": mapping.target, "grade": mapping.grade.value, "code": mapping.code}
