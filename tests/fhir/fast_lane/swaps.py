"""Changes to good resources that put what is good elsewhere, or at the edge, where it may be wrong.

A change is drawn with a seed, so that the same seed gives the same text. Nothing here knows any
rule: what comes out may be good still.
"""

import copy
import random
import re
from collections.abc import Iterator
from typing import Any

from tests.fhir.examples import Json

Draw = random.Random

#: Values that decide much, at the edges of what they may be.
POOL: list[Any] = [
    # addresses and references
    "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org", "urn:oid:1.2.3",
    "urn:ietf:rfc:3986", "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f01", "urn:oid:3.2", "#",
    "urn:uuid:0DBBF2B4-7B4F-4B9E-9B7E-0F0F0F0F0F01", "#nowhere", "Questionnaire/1", "Patient/1",
    "Patient/1/_history/1", "Patient/a_b", "Patient/" + "a" * 65, "https://x.org/Patient/1#a",
    "Patient?identifier=a", "http://hl7.org/fhir/StructureDefinition/patient-birthPlace|4.0.1",
    "http://hl7.org/fhir/StructureDefinition/vitalsigns", "a/b", "http://a b", "1.2.3", "\xfc:",
    # codes, units, languages, currencies
    "8867-5", "8867-4", "29463-7", "73211009", "73211008", "mm[Hg", "kg", "lb", "GBP", "gbp", "M",
    "male", "final", "active", "entered-in-error", "en_GB", "en", "de", "en-XX", "comparator", ">",
    "outcome", "match", "vital-signs", "laboratory", "kode", " M", "M  M", "refuted", "order",
    # days and moments
    "2026-02-29", "0000-01-01", "0001-01-01", "2026-13-01", "2026-1-1", "2026", "2026-01-01T10:00Z",
    "2026-01-01T24:00:00Z", "2016-12-31T23:59:60Z", "2026-01-01T10:00:00+14:00",
    "2026-01-01T10:00:00+14:01", "2026-01-01T10:00:00+13:60", "2026-01-01T10:00:00",
    "2026-01-01T10:00:00.1234567Z", "2026-01-01 10:00:00Z", "9999-12-31T23:59:59.999999-12:00",
    # ids and texts
    "a" * 64, "a" * 65, "a_b", "", " ", " x", "x ", "\t", "\xa0", "\u2003x", "\ufeff", "\x7f",
    "x\x00", "\x85", "\u540d", "\U0001d4b3", '"', "\\", "x\r\ny", "<b>",
    # numbers, and what is no primitive
    0, -1, 1.0, 1.5, 1e5, 1e-7, 10**18, 2**31, 2**31 - 1, True, False, None, {}, [], [None], [{}],
    {"id": "x"}, {"reference": "#nowhere"}, {"extension": []}, {"text": "x"},
]  # fmt: skip


def owners(value: Any) -> Iterator[Any]:
    """Every object and list that holds something, from outside inwards."""
    if isinstance(value, dict | list) and value:
        yield value
        for inner in list(value.values()) if isinstance(value, dict) else value:
            yield from owners(inner)


class Others:
    """What stands in some resources: the values under each key, and the items of all lists."""

    def __init__(self, resources: list[Json]) -> None:
        self.under: dict[str, list[Any]] = {}
        self.items: list[Any] = []
        for owner in (owner for one in resources for owner in owners(one)):
            if isinstance(owner, dict):
                for key, value in owner.items():
                    self.under.setdefault(key, []).append(value)
            else:
                self.items.extend(owner)
        self.keys = sorted(self.under)


class Swaps:
    """Changes of one resource at places that are drawn; it stays as it is where none fits."""

    def __init__(self, draw: Draw, made: Json, others: Others) -> None:
        self._draw = draw
        self._made = made
        self._others = others
        self._changes = [
            self._from_the_pool, self._of_another, self._by_another_name, self._without,
            self._in_another_order, self._one_more, self._item_of_another, self._one_character,
        ]  # fmt: skip

    def change(self) -> None:
        """Change the resource at one place."""
        if self._made:
            self._draw.choice(self._changes)()

    def _from_the_pool(self) -> None:
        owner, key = self._place()
        owner[key] = copy.deepcopy(self._draw.choice(POOL))

    def _of_another(self) -> None:
        owner, key = self._member()
        owner[key] = copy.deepcopy(self._draw.choice(self._others.under.get(key, POOL)))

    def _by_another_name(self) -> None:
        owner, key = self._member()
        known = self._draw.choice(self._others.keys)
        name = self._draw.choice([known, f"_{key}", key.title(), f"{key}s", key[:-1]])
        members = [(name if one == key else one, value) for one, value in owner.items()]
        owner.clear()
        owner.update(members)

    def _without(self) -> None:
        owner, key = self._place()
        del owner[key]

    def _in_another_order(self) -> None:
        owner, _ = self._member()
        members = list(owner.items())
        self._draw.shuffle(members)
        owner.clear()
        owner.update(members)

    def _one_more(self) -> None:
        owner, _ = self._member()
        key = self._draw.choice(self._others.keys)
        owner[key] = copy.deepcopy(self._draw.choice(self._others.under[key]))

    def _item_of_another(self) -> None:
        lists = [one for one in owners(self._made) if isinstance(one, list)]
        if lists:
            items = self._draw.choice(lists)
            put = self._draw.choice([*items, self._draw.choice(self._others.items)])
            items.insert(self._draw.randrange(len(items) + 1), copy.deepcopy(put))

    def _one_character(self) -> None:
        owner, key = self._place()
        if isinstance(text := owner[key], str):
            at = self._draw.randrange(len(text) + 1)
            put = self._draw.choice("\t\xa0\xe9a0Z#/:-_. ")
            owner[key] = text[:at] + put + text[at + self._draw.choice([0, 1]) :]

    def _place(self) -> tuple[Any, Any]:
        owner = self._draw.choice([*owners(self._made)])
        return owner, self._draw.choice(
            [*(owner if isinstance(owner, dict) else range(len(owner)))]
        )

    def _member(self) -> tuple[Json, str]:
        owner = self._draw.choice([one for one in owners(self._made) if isinstance(one, dict)])
        return owner, self._draw.choice([*owner])


def changed_by(seed: int, resource: Json, others: Others) -> Json:
    """Change a copy of a resource at one to three places."""
    draw = Draw(seed)
    made = copy.deepcopy(resource)
    swaps = Swaps(draw, made, others)
    for _ in range(draw.choice([1, 1, 2, 3])):
        swaps.change()
    return made


#: What may stand in a text by mistake, or says the same in another way.
PIECES = [
    b"e5", b"E+2", b".0", b"0", b"-", b" ", b"\t", b"\n", b"\\u0020", b"\\u0041", b"\\ud800",
    b"\\/", b"\xc2\xa0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x00", b"\x7f", b",", b"{}",
    b"null", b"1e400", b'"', b"\\", b"]", b"}", b"NaN",
]  # fmt: skip
_MEMBER = re.compile(rb'"\w+": ?(?:"[^"\\]*"|[0-9.]+|true|false)')


def rewritten(seed: int, text: bytes) -> bytes:
    """Escape a character of a text, write a member of it twice, or put a piece into it."""
    draw = Draw(seed)
    members = list(_MEMBER.finditer(text))
    at = draw.randrange(len(text))
    way = draw.choice(["escape", "double", "piece"])
    if way == "escape" and text[at : at + 1].isalnum():
        return text[:at] + b"\\u%04x" % text[at] + text[at + 1 :]
    if way == "double" and members:
        one, other = draw.choice(members), draw.choice(members)
        return text[: one.end()] + b"," + other.group() + text[one.end() :]
    return text[:at] + draw.choice(PIECES) + text[at + draw.choice([0, 0, 1, 2]) :]
