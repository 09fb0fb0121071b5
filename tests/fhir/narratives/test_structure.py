"""Where elements of a narrative stand: what is seen at first sight against a whole reading."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.fhir import Validator
from sharedcare.fhir.narratives.narrative import is_plain, narrative_faults, thorough_faults

OPEN = '<div xmlns="http://www.w3.org/1999/xhtml">'
_BLOCKS = ["div", "p", "h1", "pre", "blockquote", "hr", "ul", "li", "dl", "dt", "dd"]
_TABLES = ["table", "thead", "tbody", "tr", "td", "th", "caption", "col", "colgroup"]
NAMES = [*_BLOCKS, *_TABLES, "a", "b", "i", "span", "br", "img", "map", "area"]


def written(tree: Any) -> str:
    name, inner = tree
    parts = (one if isinstance(one, str) else written(one) for one in inner)
    return f"<{name}>{''.join(parts)}</{name}>" if inner else f"<{name}/>"


_TREES: st.SearchStrategy[Any] = st.recursive(
    st.tuples(st.sampled_from(NAMES), st.just([])),
    lambda inner: st.tuples(
        st.sampled_from(NAMES), st.lists(inner | st.sampled_from(["x", " "]), max_size=4)
    ),
    max_leaves=8,
)
_LIKELY = st.sampled_from(
    [
        "<p>x</p>",
        "<b>x</b>",
        "<br/>",
        "<table><tr><td>x</td></tr></table>",
        "<ul><li>x</li></ul>",
        "<li>x</li>",
        "<p><b>x</b></p>",
        "<td>x</td>",
        "x",
    ]
)


@given(tree=_TREES)
def test_what_is_good_at_first_sight_is_good(tree: Any) -> None:
    text = f"{OPEN}x{written(tree)}</div>"
    assert not is_plain(text) or thorough_faults(text) == []


@given(holder=st.sampled_from(NAMES), inner=st.lists(_LIKELY, max_size=4))
def test_what_follows_each_other_well_is_good(holder: str, inner: list[str]) -> None:
    text = f"{OPEN}<{holder}>{''.join(inner)}</{holder}>x</div>"
    assert not is_plain(text) or thorough_faults(text) == []


@pytest.mark.parametrize(
    "inner",
    [
        "<p>a <b>b</b>: c, <i>d</i></p><h3>e</h3><table><tr><td>-</td><td><b>f</b></td></tr>"
        "</table>",
        "<table><caption>a</caption><thead><tr><th>b</th></tr></thead><tbody><tr><td>c</td></tr>"
        "</tbody></table>",
        "<ul>\n<li>a</li>\n<li><p>b</p></li>\n</ul><p>c<br/>d</p>",
        "<dl><dt>a</dt><dd><b>b</b></dd></dl>",
    ],
)
def test_usual_narratives_are_good_at_first_sight(inner: str) -> None:
    assert is_plain(f"{OPEN}{inner}</div>")


@pytest.mark.parametrize(
    "inner",
    [
        "<table><td>x</td></table>",
        "<table>x<tr><td>y</td></tr></table>",
        "<ul><ul><li>x</li></ul></ul>",
        "<li>x</li>",
        "<br>x</br>",
        '<a href="http://a.org"><a href="http://b.org">x</a></a>',
        "<b><div>x</div></b>",
        "<p><p>x</p></p>",
        "<span><p><i><div>x</div></i></p></span>",
    ],
)
def test_elements_where_html_lets_none_stand_are_told(inner: str) -> None:
    assert narrative_faults(f"{OPEN}{inner}</div>") == ["narrative-structure"]


def test_a_link_may_lead_to_the_id_of_an_element_or_of_another_narrative() -> None:
    def rules(name: str) -> list[str]:
        div = f'{OPEN}<a href="#{name}">x</a></div>'
        section = {"text": {"status": "generated", "div": f'{OPEN}<p id="b">x</p></div>'}}
        made = {
            "resourceType": "Composition",
            "text": {"status": "generated", "div": div},
            "status": "final",
            "type": {"text": "x"},
            "date": "2026",
            "author": [{"id": "a", "display": "x"}],
            "title": "x",
            "section": [section],
        }
        return [one.rule for one in Validator(fast=False).issues(json.dumps(made).encode())]

    assert rules("a") == rules("b") == []
    assert rules("c") == ["narrative-target"]


def test_html_has_entities_that_fhir_has_not() -> None:
    assert narrative_faults(f"{OPEN}a&nbsp;b</div>") == ["narrative-xml"]
    assert narrative_faults(f"{OPEN}a&#160;b &lt; c</div>") == []
