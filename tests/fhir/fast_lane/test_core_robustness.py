"""Nothing that is handed to the core stops it: what is strange or much is judged like all else.

A core that stops refuses all lines of a batch, so that a good one is handed over with each.
"""

import json
import random

import pytest

from sharedcare.fhir.definitions import r4
from sharedcare.fhir.fast_lane.lane import FastLane
from tests.fhir.examples import DIV, PATIENT

pytest.importorskip("wasmtime", reason="wasmtime does not come for this system")

LANE = FastLane(r4())
GOOD = json.dumps(PATIENT).encode()


def patient(inside: bytes) -> bytes:
    return b'{"resourceType":"Patient",%b}' % inside


def extended(extensions: bytes) -> bytes:
    return patient(b'"extension":[%b]' % extensions)


def saying(inner: str) -> bytes:
    div = DIV.replace("<p>Seen <b>today</b>.</p>", inner)
    return patient(b'"text":{"status":"generated","div":%b}' % json.dumps(div).encode())


def many(one: bytes, count: int) -> bytes:
    return b",".join([one] * count)


def shapes(count: int) -> dict[str, bytes]:
    """Texts of which something is there so many times."""
    step = b'{"resourceType":"Parameters","parameter":[{"name":"a","resource":'
    family, beside = b'{"family":"a"}', b'{"extension":[{"url":"http://a.b","valueCode":"x"}]}'
    inner = b'{"url":"a","extension":['
    return {
        "objects": patient(b'"name":[%b]' % many(family, count)),
        "members": patient(many(b'"name":[%b]' % family, count)),
        "texts": patient(b'"name":[{"given":[%b]}]' % many(b'"a"', count)),
        "nulls": patient(b'"name":[{"given":[%b]}]' % many(b"null", count)),
        "companions": patient(
            b'"name":[{"given":[%b],"_given":[%b]}]' % (many(b"null", count), many(beside, count))
        ),
        "ids": patient(
            b'"name":[%b]' % b",".join(b'{"id":"a%d","family":"a"}' % n for n in range(count))
        ),
        "references": patient(b'"generalPractitioner":[%b]' % many(b'{"reference":"#a"}', count)),
        "contained": patient(
            b'"contained":[%b]' % many(b'{"resourceType":"Patient","id":"a"}', count)
        ),
        "type at the end": b'{"name":[%b],"resourceType":"Patient"}' % many(family, count),
        "resources in each other": step * count + b'{"resourceType":"Patient"}' + b"}]}" * count,
        "types at the end of each other": b'{"parameter":[{"name":"a","resource":' * count
        + b'{"resourceType":"Patient"}'
        + b'}],"resourceType":"Parameters"}' * count,
        "extensions in each other": extended(inner * count + b'{"url":"a"}' + b"]}" * count),
        "companions in each other": patient(b'"_birthDate":{"extension":[{"_url":' * count + b"}"),
        "lists in each other": patient(b'"name":' + b"[" * count + b"]" * count),
        "lists that do not end": patient(b'"name":' + b"[" * count)[:-1],
        "objects that do not end": b'{"a":' * count,
        "letters": patient(b'"name":[{"family":"%b"}]' % (b"a" * count)),
        "escapes": patient(b'"name":[{"family":"%b"}]' % (b"\\u00e9" * count)),
        "quotation marks": b'"' * count,
        "spaces": patient(b'"active":%btrue' % (b" " * count)),
        "digits": extended(b'{"url":"http://a.b","valueDecimal":%b}' % (b"1" * count)),
        "data": extended(b'{"url":"http://a.b","valueBase64Binary":"%b"}' % (b"aGVs" * count)),
        "lines of data": extended(
            b'{"url":"http://a.b","valueBase64Binary":"%b"}' % (b"aGVs\\n" * count)
        ),
        "codings": patient(
            b'"maritalStatus":{"coding":[%b]}'
            % b",".join(b'{"system":"http://a.b/%d","code":"a"}' % n for n in range(count))
        ),
        "words": saying("a " * count),
        "paragraphs": saying("<p>a</p>" * count),
        "spans in each other": saying("<span>" * count + "a" + "</span>" * count),
        "attributes": saying(f"<p {'a' * count}='b'>a</p>"),
        "brackets": saying("<" * count),
        "numbered characters": saying("&#65;" * count),
        "characters without an end": saying("&#" * count),
        "values that do not end": saying("<p class='" + "a" * count),
    }


@pytest.mark.parametrize("count", [1, 59, 60, 61, 63, 64, 65, 199, 201, 30_000])
def test_the_core_goes_on_after_much_of_anything(count: int) -> None:
    for line in shapes(count).values():
        assert LANE.accepted([GOOD, line, GOOD])[::2] == [True, True]
        LANE.glances([line])
    assert LANE.accepted([GOOD]) == [True]


def test_much_that_is_good_is_accepted() -> None:
    count = 30_000
    good = ["objects", "texts", "letters", "escapes", "spaces", "data", "lines of data"]
    good += ["codings", "words", "paragraphs", "numbered characters", "type at the end"]
    found = shapes(count)
    assert [name for name in good if not LANE.accepted([found[name]])[0]] == []


@pytest.mark.parametrize("seed", range(20))
def test_the_core_goes_on_after_any_bytes(seed: int) -> None:
    draw = random.Random(seed)
    signs = b'{}[]":,\\ntruefalsn0129.eE-u\x00\xff aresoucTypPti'
    lines = [bytes(draw.choices(signs, k=draw.choice([0, 1, 2, 5, 20, 100]))) for _ in range(200)]
    for _ in range(200):
        cut = bytearray(GOOD[: draw.randrange(len(GOOD))])
        for _ in range(draw.choice([0, 1, 3])):
            cut.insert(draw.randrange(len(cut) + 1), draw.choice(signs))
        lines.append(bytes(cut))
    assert LANE.accepted([GOOD, *lines, GOOD]) == [True, *[False] * len(lines), True]
