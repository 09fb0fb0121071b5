"""Values, narratives and Bundles, put together by chance.

What they are made of may stand in them or not, so that some are good. Nothing here knows a rule.
"""

import random

from tests.fhir.examples import Json

Draw = random.Random

#: By primitive type: some values, and what is put into them.
VALUES: dict[str, tuple[tuple[str, ...], str]] = {
    "date": (("2020-02-29", "1999-12-31", "2020-04", "0001"), "0123456789-"),
    "dateTime": (
        ("2020-02-29T23:59:60.1Z", "2020-01-01T10:00:00+14:00", "2020-01-01", "2020"),
        "0123456789-:TZ+.",
    ),
    "instant": (
        ("2020-02-29T23:59:59.123456Z", "2020-01-01T10:00:00.12-13:59"),
        "0123456789-:TZ+.",
    ),
    "time": (("23:59:60", "10:00:00.5"), "0123456789:."),
    "uri": (
        ("http://a.b/c", "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f01", "urn:oid:1.2.3", "#a"),
        "abABC01:/#|?urniod. \u00e9-",
    ),
    "canonical": (("http://a.b/c|1", "#a"), "ab:/#| "),
    "code": (("ab cd", "a"), "ab \t\u00a0\u00e9\x7f"),
    "id": (("a-1.b",), "ab1-._ \u00e9"),
    "base64Binary": (("aGVsbG8=", "aGVs bG8h", "aGVsbG8hIQ=="), "abAB01+/= \n\t-_"),
    "oid": (("urn:oid:1.2.840",), "urn:oid:012."),
    "uuid": (("urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f01",), "urn:0af-FG"),
    "string": (("abc", " "), 'a \t\n\x0b\x1c\u00a0\u2003\x85\u00e9\u200b\u3000\\"/'),
}

_TAGS = (
    *("p", "br", "div", "h1", "span", "a", "b", "i", "pre", "ul", "li", "dl", "dt", "table"),
    *("tr", "td", "th", "tbody", "img", "hr", "script", "P"),
)
_ATTRIBUTES = (
    *("class='a'", 'class="a"', "style='a>b'", 'style="a&amp;b"', 'name="n"', 'href="http://a.b"'),
    *('href="#n"', 'href="javascript:x"', 'href="urn:x"', 'href=""', 'src="a.png"', 'src="cid:x"'),
    *('colspan="2"', 'onclick="x"', 'xml:lang="en"', 'xmlns="x"', 'a:b="c"', "class=a", "class"),
    *('CLASS="a"', 'class = "a"', "class=xax", 'title="a\nb"', 'href="DATA:x"', 'href="a b"'),
)
_WORDS = (
    *("a", "a b", " ", "\n", "\u00a0", "\u00e9", "&amp;", "&#160;", "&#65;", "&#x41;", "&nbsp;"),
    *("&", "]]>", "<!-- a -->", "<![CDATA[a]]>", "<?a b?>", "\ufffe", ">", "&#0;", "&#65534;"),
)
_ROOT = '<div xmlns="http://www.w3.org/1999/xhtml">'
_ROOTS = (*[_ROOT] * 12, "<div>", _ROOT.replace(">", ' class="a">'), " " + _ROOT)


def odd_value(draw: Draw, name: str) -> str:
    """Write a value of a primitive type, mostly changed at some places."""
    values, signs = VALUES[name]
    text = draw.choice(values)
    for _ in range(draw.choice([0, 1, 1, 1, 2])):
        at = draw.randrange(len(text) + 1)
        put = draw.choice([*signs, ""])
        text = text[:at] + put + text[at + draw.choice([0, 1]) :]
    return text


def odd_narrative(draw: Draw) -> str:
    """Write XHTML, or nearly that."""
    end = draw.choice([*["</div>"] * 12, "</div> ", "</div>a", "</DIV>", ""])
    return draw.choice(_ROOTS) + _inside(draw, 0) + end


def _inside(draw: Draw, depth: int) -> str:
    return "".join(_piece(draw, depth) for _ in range(draw.randint(0, 3)))


def _piece(draw: Draw, depth: int) -> str:
    if draw.random() < 0.5 or depth > 3:
        return draw.choice(["a", "a", *_WORDS])
    name = draw.choice(_TAGS)
    attributes = f" {draw.choice(_ATTRIBUTES)}" * draw.choice([0, 0, 1, 1, 2])
    if name in {"br", "img", "hr"}:
        return f"<{name}{attributes}/>"
    return f"<{name}{attributes}>{_inside(draw, depth + 1)}</{name}>"


_URN = "urn:uuid:0dbbf2b4-7b4f-4b9e-9b7e-0f0f0f0f0f0"
_KINDS = (
    *("document", "message", "transaction", "transaction-response", "batch", "batch-response"),
    *("history", "searchset", "searchset", "collection", "collection"),
)
_WITH_REQUEST, _WITH_RESPONSE = {"transaction", "batch"}, {"transaction-response", "batch-response"}


def odd_bundle(draw: Draw, depth: int = 0) -> Json:
    """Make a Bundle, with resources and Bundles in it that refer to each other or elsewhere."""
    kind = draw.choice(_KINDS)
    made: Json = {"resourceType": "Bundle", "type": kind, "id": draw.choice("ab")}
    if kind == "document" or draw.random() < 0.1:
        made["identifier"] = {"system": "http://a.b", "value": "1", **_by(draw, "assigner", 0.2)}
        made["timestamp"] = "2020-01-01T10:00:00Z"
    if draw.random() < 0.4:
        relation = draw.choice(["self", "self", "next", "other"])
        path = draw.choice(["Patient", "Goal", "", "Patient?_type=Goal", "Patient/_search"])
        made["link"] = [{"relation": relation, "url": f"http://a.b/{path}"}]
    made["entry"] = [_entry(draw, kind, number, depth) for number in range(draw.randint(1, 4))]
    return _in_any_order(draw, made)


def _entry(draw: Draw, kind: str, number: int, depth: int) -> Json:
    resource = _first(draw, kind) if number == 0 else _resource(draw, depth)
    made: Json = {"resource": resource} if draw.random() < 0.95 else {}
    if draw.random() < (0.6 if kind in _WITH_REQUEST else 0.95):
        served = f"http://a.b/{resource['resourceType']}/{resource.get('id', 'a')}"
        made["fullUrl"] = draw.choice([served, f"{_URN}{number}"])
    if kind in {*_WITH_REQUEST, "history"}:
        made["request"] = {"method": "GET", "url": "Patient"}
    if kind in {*_WITH_RESPONSE, "history"}:
        made["response"] = {"status": "200"}
    if kind == "searchset":
        made["search"] = {"mode": draw.choice(["match", "match", "include", "outcome"])}
    if draw.random() < 0.1:
        made["extension"] = [{"url": "http://a.b", "valueReference": _reference(draw)}]
    return _in_any_order(draw, made)


def _first(draw: Draw, kind: str) -> Json:
    """What a document or a message begins with, and others may hold."""
    if kind == "message":
        source = {"eventUri": "http://a.b", "source": {"endpoint": "http://a.b"}}
        return {"resourceType": "MessageHeader", "id": "a", **source, "focus": [_reference(draw)]}
    said = {"status": "final", "type": {"text": "a"}, "date": "2020", "title": "a"}
    section = [{"entry": [_reference(draw) for _ in range(draw.randint(1, 3))]}]
    made: Json = {"resourceType": "Composition", "id": "a", **said, "section": section}
    return {**made, "author": [_reference(draw)]}


def _resource(draw: Draw, depth: int) -> Json:
    name = {"id": draw.choice("abc")} if draw.random() < 0.8 else {}
    simple: list[Json] = [
        {
            "resourceType": "Patient",
            **name,
            "active": True,
            **_by(draw, "managingOrganization", 0.5),
        },
        {"resourceType": "Practitioner", **name, "active": True},
        {"resourceType": "Organization", **name, "name": "a", **_by(draw, "partOf", 0.5)},
        {"resourceType": "OperationOutcome", **name, "issue": [_ISSUE]},
        {"resourceType": "Basic", **name, "code": {"text": "a"}, **_by(draw, "subject", 0.9)},
    ]
    if depth < 2 and draw.random() < 0.25:
        inner = [{"name": "a", "resource": _resource(draw, depth + 1)}]
        return draw.choice(
            [
                odd_bundle(draw, depth + 1),
                {"resourceType": "Parameters", **name, "parameter": inner},
            ]
        )
    return draw.choice(simple)


_ISSUE = {"severity": "error", "code": "invalid"}


def _by(draw: Draw, key: str, share: float) -> Json:
    return {key: _reference(draw)} if draw.random() < share else {}


def _reference(draw: Draw) -> Json:
    name = draw.choice(["Patient", "Practitioner", "Organization", "Basic"])
    return {
        "reference": draw.choice(
            [
                *[f"{_URN}{draw.randrange(4)}"] * 3,
                f"{name}/{draw.choice('abc')}",
                f"http://a.b/{name}/a",
            ]
        )
    }


def _in_any_order(draw: Draw, made: Json) -> Json:
    items = list(made.items())
    if draw.random() < 0.5:
        draw.shuffle(items)
    return dict(items)
