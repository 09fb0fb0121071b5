"""Payloads that are made to do harm, or are only broken, each with the exit codes it may have."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

from sharedcare.cli.exits import Exit

Make = Callable[[], bytes]

PATIENT = b'{"resourceType":"Patient"}'
LINE = PATIENT + b"\n"
OBSERVATION = (
    b'{"resourceType":"Observation","status":"final","code":{"text":"a"},'
    b'"valueQuantity":{"value":%s}}'
)

F, R, P, L = Exit.FINDINGS, Exit.INPUT_REFUSED, Exit.PARTIAL, Exit.LIMIT_REACHED
OK = Exit.DONE


def _deep(open_: bytes, close: bytes, depth: int) -> bytes:
    return open_ * depth + b"1" + close * depth


def _items(depth: int) -> bytes:
    inner = '{"linkId":"x","type":"display"}'
    for number in range(depth):
        inner = f'{{"linkId":"{number}","type":"group","item":[{inner}]}}'
    return f'{{"resourceType":"Questionnaire","status":"draft","item":[{inner}]}}'.encode()


def _attachment() -> bytes:
    data = "QUJD" * (5 * 2**20)
    attachment = {"contentType": "application/pdf", "data": data}
    content = [{"attachment": attachment}]
    return json.dumps(
        {"resourceType": "DocumentReference", "status": "current", "content": content}
    ).encode()


def _bundle(count: int) -> bytes:
    urn = "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-{:012x}"
    entries = [
        {
            "fullUrl": urn.format(number),
            "resource": {
                "resourceType": "Patient",
                "link": [
                    {"other": {"reference": urn.format((number + 1) % count)}, "type": "refer"}
                ],
            },
        }
        for number in range(count)
    ]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def _names(count: int) -> bytes:
    return json.dumps({"resourceType": "Patient", "name": [{"family": 5}] * count}).encode()


JSON: dict[str, tuple[bytes | Make, Exit]] = {
    "nothing": (b"", R),
    "blank": (b" \n\t ", R),
    "nul": (b"\0\0\0\0", R),
    "utf16": (PATIENT.decode().encode("utf-16"), R),
    "utf32": (PATIENT.decode().encode("utf-32"), R),
    "latin1": (b'{"resourceType":"Patient","id":"\xe9"}', R),
    "overlong": (b'{"resourceType":"Patient","id":"\xc0\xaf"}', R),
    "surrogate bytes": (b'{"resourceType":"Patient","id":"\xed\xa0\x80"}', R),
    "lone surrogate": (b'{"resourceType":"Patient","id":"\\ud800"}', F),
    "half an escape": (b'{"resourceType":"Patient","id":"\\u12"}', R),
    "bom": (b"\xef\xbb\xbf" + PATIENT, OK),
    "two boms": (b"\xef\xbb\xbf\xef\xbb\xbf" + PATIENT, R),
    "cut": (PATIENT[:-1], R),
    "cut in a text": (PATIENT[:-3], R),
    "trailing": (PATIENT + b"}", R),
    "trailing text": (PATIENT + b" and more", R),
    "lines": (LINE * 3, R),
    "comment": (b"// a\n" + PATIENT, R),
    "single quotes": (b"{'resourceType':'Patient'}", R),
    "trailing comma": (b'{"resourceType":"Patient",}', R),
    "nan": (OBSERVATION % b"NaN", F),
    "infinity": (OBSERVATION % b"-Infinity", F),
    "1e400": (OBSERVATION % b"1e400", F),
    "1e999999999": (OBSERVATION % b"1e999999999", F),
    "4301 digits": (OBSERVATION % (b"9" * 4_301), F),
    "5 million digits": (lambda: OBSERVATION % (b"9" * 5_000_000), F),
    "duplicate": (b'{"resourceType":"Patient","id":"a","id":"b"}', F),
    "hidden duplicate": (b'{"resourceType":"Patient","id":"a","\\u0069d":"b"}', F),
    "two types": (b'{"resourceType":"Patient","resourceType":"Group"}', F),
    "deep arrays": (_deep(b"[", b"]", 10**5), R),
    "deep objects": (_deep(b'{"a":', b"}", 10**5), R),
    "never closed": (b"[" * 10**6, R),
    "64 items": (lambda: _items(64), OK),
    "5000 items": (lambda: _items(5_000), R),
    "array": (b"[" + PATIENT + b"]", F),
    "text": (b'"Patient"', F),
    "number": (b"7", F),
    "unknown type": (b'{"resourceType":"JohnSmith1950"}', F),
    "unknown key": (b'{"resourceType":"Patient","John Smith 1950":1}', F),
    "type is a list": (b'{"resourceType":["Patient"]}', F),
    "prototype": (b'{"resourceType":"__proto__","__class__":{"__init__":1}}', F),
    "control": (b'{"resourceType":"Patient","id":"a\x01"}', R),
    "20 MB attachment": (_attachment, OK),
    "5 MB code": (lambda: b'{"resourceType":"Patient","language":"' + b"a " * 2_500_000 + b'"}', F),
    "20,000 faults": (lambda: _names(20_000), F),
    "2,000 entries in a ring": (lambda: _bundle(2_000), OK),
    "too many values": (lambda: b"[" + b"1," * 3_000_000 + b"1]", L),
    "65 MiB": (lambda: b" " * (65 * 2**20), L),
}

NDJSON: dict[str, tuple[bytes | Make, Exit]] = {
    "nothing": (b"", R),
    "blank lines": (b"\n\n\n", R),
    "one torn": (LINE + PATIENT[:9] + b"\n" + LINE, P),
    "torn at the end": (LINE + PATIENT[:-1], P),
    "torn at the start": (PATIENT[9:] + b"\n" + LINE, P),
    "all torn": (b"{\nx\n}\n", R),
    "crlf": (LINE.replace(b"\n", b"\r\n") * 2, OK),
    "cr alone": (LINE.replace(b"\n", b"\r") * 2, R),
    "line separator": ('{"resourceType":"Patient","id":"a\u2028b"}\n'.encode(), F),
    "next line": ('{"resourceType":"Patient","id":"a\x85b"}\n'.encode(), F),
    "form feed": (LINE + b"\x0c\n" + LINE, OK),
    "pretty": (b'{\n "resourceType": "Patient"\n}\n', R),
    "pretty array": (b"[\n" + PATIENT + b",\n" + PATIENT + b"\n]\n", R),
    "array a line": (b"[" + PATIENT + b"]\n", F),
    "nul line": (LINE + b"\0\n" + LINE, P),
    "binary": (bytes(range(256)) * 10, R),
    "two on a line": (LINE + PATIENT + PATIENT + b"\n", P),
    "40 MiB line": (lambda: LINE + b'"' + b"a" * (40 * 2**20) + b'"\n' + LINE, P),
    "only a 40 MiB line": (lambda: b"a" * (40 * 2**20), L),
    "10 million blank lines": (lambda: b"\n" * 10**7 + LINE, OK),
}

_GZIP_NAMED = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff../../x\0"

GZIP: dict[str, tuple[bytes | Make, Exit]] = {
    "nothing": (b"", R),
    "one byte": (b"\x1f", R),
    "only a head": (gzip.compress(LINE)[:10], R),
    "cut": (gzip.compress(LINE * 9_000)[:-9], P),
    "bad crc": (gzip.compress(LINE)[:-8] + b"abcd" + gzip.compress(LINE)[-4:], R),
    "bad length": (gzip.compress(LINE)[:-4] + b"abcd", R),
    "bad method": (b"\x1f\x8b\x07" + gzip.compress(LINE)[3:], R),
    "trailing": (gzip.compress(LINE) + b"and more", P),
    "two parts": (gzip.compress(LINE) * 2, OK),
    "padded": (gzip.compress(LINE) + b"\0" * 512, OK),
    "not packed": (LINE, OK),
    "packed twice": (gzip.compress(gzip.compress(LINE)), R),
    "bomb": (lambda: gzip.compress(b"\n" * (100 * 2**20)), L),
    "bomb of one line": (lambda: gzip.compress(b"1" * (100 * 2**20)), L),
    "empty parts": (lambda: gzip.compress(b"") * 100_000, R),
    "named like a way out": (_GZIP_NAMED + gzip.compress(LINE)[10:], OK),
}

_OPEN = b'<Patient xmlns="http://hl7.org/fhir">'

XML: dict[str, tuple[bytes | Make, Exit]] = {
    "nothing": (b"", R),
    "no xml": (PATIENT, R),
    "cut": (_OPEN + b'<id value="a"/>', R),
    "two roots": (_OPEN + b"</Patient>" + _OPEN + b"</Patient>", R),
    "doctype": (b"<!DOCTYPE Patient>" + _OPEN + b"</Patient>", R),
    "external entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _OPEN + b"&x;</Patient>",
        R,
    ),
    "external dtd": (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd">' + _OPEN + b"</Patient>", R),
    "parameter entity": (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "x"> %x;]><a/>', R),
    "laughs": (
        b'<!DOCTYPE a [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>' + _OPEN + b"&b;</Patient>",
        R,
    ),
    "deep": (_OPEN + b"<a>" * 10**5, R),
    "too many": (lambda: _OPEN + b"<name/>" * 250_000 + b"</Patient>", L),
    "latin1": (b'<?xml version="1.0" encoding="latin1"?>' + _OPEN + b"</Patient>", R),
    "utf16": ('<?xml version="1.0"?><Patient/>'.encode("utf-16"), R),
    "other namespace": (b'<Patient xmlns="http://example.org"/>', F),
    "script": (
        _OPEN + b'<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">'
        b"<script>a()</script></div></text></Patient>",
        F,
    ),
    "unknown key": (_OPEN + b"<JohnSmith1950/></Patient>", F),
    "empty narrative alone": (b'<div xmlns="http://www.w3.org/1999/xhtml"/>', F),
    "instruction": (b'<?xml-stylesheet href="a.css"?>' + _OPEN + b"</Patient>", OK),
}

#: Ending of the file, to what is put into it.
CORPUS = {"json": JSON, "ndjson": NDJSON, "ndjson.gz": GZIP, "xml": XML}


def write_payload(folder: Path, ending: str, name: str) -> tuple[Path, Exit]:
    """Write one payload, and return its path and the exit code that it has to have."""
    data, code = CORPUS[ending][name]
    path = folder / f"payload.{ending}"
    path.write_bytes(data if isinstance(data, bytes) else data())
    return path, code
