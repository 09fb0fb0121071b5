"""One random edit of a resource, made without a thought for what the specification says.

What is put in comes from other resources or from a list of awkward words, so that some edits break
a rule, some break several, and some are harmless: whoever judges them has to tell.
"""

import copy
import random
from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

#: Where a value stands: the object or array, and the key or index.
Site = tuple[Any, Any]

WORDS = (
    *("", "  ", " x", "x ", "a\tb", "é\u200b", "A" * 70, "<b>x</b>", "text", "text/plain", "true"),
    *("#", "#nowhere", "?a=b", "http://", "ftp://a b", "urn:uuid:zz", "urn:oid:2.16.840"),
    *("Patient", "Patient/1", "Patien/1", "http://example.org/Patient/1", "javascript:alert(1)"),
    *("2020", "2020-13", "2020-02-30", "2020-01-01T10:00", "2020-01-01T24:00:00Z", "12:60:00"),
    *("-5", "0", "9999999999", "1.10", "NaN", "null", "en-GB", "xx-yy-zz", "mg", "mmHg]", "ZZZ"),
    *("http://unitsofmeasure.org", "http://loinc.org", "http://snomed.info/sct"),
    *("http://hl7.org/fhir/StructureDefinition/vitalsigns", "http://hl7.org/fhir/ValueSet/nope"),
)
NUMBERS = (-1, 0, 1.5, 1e30, "1")
TRUTHS = ("true", 0, None, True, False)


class Editor:
    """Makes edits; what it puts in is taken from ``resources`` or from :data:`WORDS`."""

    def __init__(self, resources: Sequence[Json], seed: int) -> None:
        self._draw = random.Random(seed)
        self._resources = resources
        self._values: dict[str, list[Any]] = {}
        for resource in resources:
            for owner, key in sites(resource):
                if isinstance(key, str):
                    self._values.setdefault(key, []).append(owner[key])
        self._keys = sorted(self._values)

    def edited(self) -> Json:
        """Return a resource with one edit; its ``resourceType`` stays."""
        made = copy.deepcopy(self._draw.choice(self._resources))
        edits = (self._remove, self._reword, self._replace, self._add, self._repeat)
        while not self._draw.choices(edits, (15, 30, 30, 15, 10))[0](made):
            pass
        return made

    def _site(self, resource: Json) -> Site:
        return self._draw.choice([site for site in sites(resource) if site[1] != "resourceType"])

    def _remove(self, resource: Json) -> bool:
        owner, key = self._site(resource)
        del owner[key]
        return True

    def _reword(self, resource: Json) -> bool:
        owner, key = self._site(resource)
        value = owner[key]
        if isinstance(value, str):
            owner[key] = self._draw.choice(WORDS)
        elif isinstance(value, bool):
            owner[key] = self._draw.choice(TRUTHS)
        elif isinstance(value, int | float):
            owner[key] = self._draw.choice(NUMBERS)
        else:
            return False
        return True

    def _replace(self, resource: Json) -> bool:
        owner, key = self._site(resource)
        if not isinstance(key, str):
            return False
        owner[key] = copy.deepcopy(self._draw.choice(self._values[key]))
        return True

    def _add(self, resource: Json) -> bool:
        owner, _ = self._site(resource)
        key = self._draw.choice(self._keys)
        if not isinstance(owner, dict) or key in owner:
            return False
        owner[key] = copy.deepcopy(self._draw.choice(self._values[key]))
        return True

    def _repeat(self, resource: Json) -> bool:
        owner, key = self._site(resource)
        if not isinstance(owner, list):
            return False
        owner.append(copy.deepcopy(owner[key]))
        return True


def sites(value: Any) -> Iterator[Site]:
    """Every place of a value inside another, from the outside in."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, found in inner:
        yield value, key
        if isinstance(found, dict | list):
            yield from sites(found)
