"""The graph in each format, read back: the same places and ways, whatever they are called."""

import html
import io
import json
import re
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest

from sharedcare.flows import Judge
from sharedcare.flows.why.marking import judged_graph
from sharedcare.landscape import Landscape
from sharedcare.reports.graph import as_dot, as_graphml, as_mermaid, as_node_link
from sharedcare.reports.graph.dot import quoted as quoted_dot
from sharedcare.reports.graph.mermaid import HARMLESS
from sharedcare.reports.graph.mermaid import quoted as quoted_mermaid
from sharedcare.reports.words.names import Names
from tests.builders import landscape, two_partners
from tests.reports.making import PROFILES, assessed, example

HOSTILE = (
    'a "quoted" name',
    "a']; b --> c",
    "a --> b",
    "[brackets] {braces} (round)",
    "<script>alert(1)</script>",
    "<b>bold</b> &amp; &quot;",
    "]]> <!-- -->",
    "back\\slash \\N \\",
    "line\nbreak\r\nand %%{init: {}}%%",
    "`**markdown**` _it_ ~~x~~",
    "end",
    "style a:x#1; click",
    "#35; #quot;",
    "null \x00 bell \x07 \ufffe",
    "\u202ednuor \u200f",
    "日本 Ünïcödé",
)


def hostile(text: str) -> Landscape:
    """Two partners of which everything that can have a name has this one."""
    maps = two_partners()
    for kind in ("organisations", "systems", "stakeholders", "flows"):
        for entry in maps[kind].values():
            entry["name"] = text
    maps["systems"]["epr"]["owner"] = text
    return landscape(**maps, data_categories={"own": {"name": text}})


def shown(text: str) -> str:
    """A text as it may be shown: no line break, nothing hidden."""
    kept = re.sub(r"[\r\n]+", " ", text)
    hidden = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\ufffe]"
    return re.sub(hidden, lambda found: f"[U+{ord(found[0]):04X}]", kept)


def named(declared: Landscape) -> Names:
    return Names(declared, True)


def read_graphml(text: str) -> Any:
    return networkx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)


# ── GraphML ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_comes_back_from_graphml_as_it_was(text: str) -> None:
    declared = hostile(text)
    back = read_graphml(as_graphml(declared.graph(), named(declared)))
    assert set(back) == {"epr", "asc", "social_worker"}
    assert back.nodes["epr"]["name"] == shown(text)
    assert back.nodes["epr"]["owner"] == shown(text)
    assert back.edges["epr", "asc", "feed"]["label"] == shown(text)


@pytest.mark.parametrize("profile", PROFILES)
def test_graphml_holds_every_place_and_way_and_each_key_has_one_type(profile: str) -> None:
    declared = assessed(profile).landscape
    graph = judged_graph(Judge(declared))
    made = as_graphml(graph, Names(declared, False))
    back = read_graphml(made)
    assert list(back) == list(graph)
    assert list(back.edges(keys=True)) == list(graph.edges(keys=True))
    keys = ElementTree.fromstring(made).findall("{http://graphml.graphdrawing.org/xmlns}key")
    names = [(key.get("for"), key.get("attr.name")) for key in keys]
    assert len(names) == len(set(names))


def test_graphml_has_quantities_as_numbers_and_as_declared() -> None:
    flow = {"from": "a", "to": "b", "mode": "push", "carries": {"medications": "coded"}}
    ranged = {"low": "1 h", "high": "2 h"}
    declared = landscape(
        systems={"a": {}, "b": {}},
        flows={
            "plain": {**flow, "delay": "15 min"},
            "ranged": {**flow, "delay": ranged},
            "open": {**flow, "delay": "unknown", "rekeyed": "no", "status": "unknown"},
        },
    )
    back = read_graphml(as_graphml(declared.graph(), named(declared)))
    plain, between, open_ = (back.edges["a", "b", key] for key in ("plain", "ranged", "open"))
    assert (plain["delay"], plain["delay_declared"]) == (900, "15 min")
    assert "delay" not in between
    assert between["delay_declared"] == "1 h to 2 h"
    assert open_["delay_declared"] == "unknown"
    assert (open_["rekeyed"], open_["live"], plain["live"]) == ("no", "unknown", "yes")
    assert plain["carries"] == "medications: coded"


# ── DOT ───────────────────────────────────────────────────────────────────────────────────────────

#: What DOT is made of: quoted texts, words and numbers, arrows, signs (after its grammar).
DOT_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|([A-Za-z_0-9.]+)|(->)|([\[\]{};,=]))')


def dot_tokens(text: str) -> list[str]:
    """The tokens of a text in DOT; fails where there is anything else."""
    tokens, at, text = [], 0, text.rstrip()
    while at < len(text):
        found = DOT_TOKEN.match(text, at)
        assert found, f"no token of DOT: {text[at : at + 40]!r}"
        tokens.append(found[0].strip())
        at = found.end()
    return tokens


def unquoted_dot(token: str) -> str:
    return re.sub(r"\\(.)", r"\1", token[1:-1])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_one_text_in_dot(text: str) -> None:
    declared = hostile(text)
    tokens = dot_tokens(as_dot(declared.graph(), named(declared)))
    labels = [unquoted_dot(tokens[at + 2]) for at, token in enumerate(tokens) if token == "label"]
    assert labels.count(shown(text)) == 5
    assert tokens.count("->") == 2
    assert tokens.count("{") == tokens.count("}") == 3
    assert {token for token in tokens if token[0] != '"'} <= {
        *("digraph", "graph", "node", "edge", "subgraph", "label", "style", "shape", "box"),
        *("rankdir", "LR", "charset", "fontname", "fontsize", "10", "newrank", "true", "solid"),
        *("cluster_1", "cluster_2", "->", "[", "]", "{", "}", ";", ",", "="),
    }


def test_a_text_in_dot_comes_back_as_it_was() -> None:
    for text in HOSTILE:
        assert unquoted_dot(quoted_dot(shown(text))) == shown(text)


# ── Mermaid ───────────────────────────────────────────────────────────────────────────────────────

#: The only kinds of line that are written.
MERMAID_LINES = (
    r"flowchart LR",
    r'  subgraph o\d+\["[^"]+"\]',
    r'    p\d+\["[^"]+"\]',
    r'    p\d+\("[^"]+"\)',
    r"  end",
    r'  p\d+ (?:-->|-\.->|-\.-x)\|"[^"]+"\| p\d+',
)


def unquoted_mermaid(quoted: str) -> str:
    """A text as Mermaid shows it: entity codes are numbers of characters."""
    return re.sub(r"#(\d+);", lambda found: html.unescape(f"&#{found[1]};"), quoted[1:-1])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_one_text_in_mermaid(text: str) -> None:
    declared = hostile(text)
    lines = as_mermaid(declared.graph(), named(declared)).splitlines()
    strange = [
        line for line in lines if not any(re.fullmatch(kind, line) for kind in MERMAID_LINES)
    ]
    assert strange == []
    assert len([line for line in lines if "|" in line]) == 2
    for label in re.findall(r'"([^"]+)"', "\n".join(lines)):
        rest = re.sub(r"#\d+;", "", label)
        assert all(character.isalnum() or character in HARMLESS for character in rest)
    names = [
        unquoted_mermaid(found) for found in re.findall(r'p\d[\[(]("[^"]+")', "\n".join(lines))
    ]
    assert names == [shown(text)] * 3


def test_an_empty_text_is_something_in_mermaid() -> None:
    assert quoted_mermaid("") == '" "'


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", HOSTILE)
def test_json_keeps_names_as_they_are(text: str) -> None:
    declared = hostile(text)
    found = json.loads(as_node_link(declared.graph()))
    assert found["places"][0]["name"] == declared.systems["epr"].name


@pytest.mark.parametrize("profile", PROFILES)
def test_networkx_reads_the_graph_back_from_json(profile: str) -> None:
    graph = assessed(profile).landscape.graph()
    found = json.loads(as_node_link(graph))
    assert found["schema_version"] == "1.0"
    back: Any = networkx.node_link_graph(
        found,
        source="from",
        target="to",
        name="id",
        key="id",
        edges="connections",
        nodes="places",
    )
    assert list(back) == list(graph)
    assert list(back.edges(keys=True)) == list(graph.edges(keys=True))
    assert {place: said["name"] for place, said in back.nodes.items()} == {
        place: said["name"] for place, said in graph.nodes.items()
    }
    for one, other in zip(back.edges(data=True), graph.edges(data=True), strict=True):
        assert one[2] == _as_json(other[2])


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_as_json(part) for part in value]
    return float(value) if isinstance(value, Fraction) else value


# ── All ───────────────────────────────────────────────────────────────────────────────────────────


def test_organisations_go_by_their_type_in_what_people_look_at() -> None:
    declared = example()
    for write in (as_graphml, as_dot, as_mermaid):
        told = write(declared.graph(), Names(declared, False))
        assert "Anytown Council" not in told
        assert "anytown_council" not in told
        assert "Local authority A" in told
        assert "Anytown Council" in write(declared.graph(), Names(declared, True))


def test_a_judged_graph_says_what_comes_by_which_way_and_what_is_stopped_where() -> None:
    declared = assessed("minimal").landscape
    graph = judged_graph(Judge(declared))
    assert graph.nodes["social_worker"]["verdicts"] == {"day": "met", "medicines": "unmet"}
    notice = graph.edges["ward", "cases", "notice"]
    assert (notice["comes"], notice["stops"]) == (("day",), {"medicines": ("NO_CARRY",)})
    use = graph.edges["cases", "social_worker", "social_worker.uses.cases"]
    assert use["comes"] == ("day",)
    assert "stops" not in use


@pytest.mark.parametrize("profile", PROFILES)
def test_the_ways_that_a_judged_graph_marks_lead_from_a_source_to_whoever_needs_it(
    profile: str,
) -> None:
    declared = assessed(profile).landscape
    graph = judged_graph(Judge(declared))
    for need in assessed(profile).judgement.needs:
        ways = [
            (from_, to)
            for from_, to, said in graph.edges(data=True)
            if need.need in said.get("comes", ())
        ]
        marked: networkx.DiGraph[str] = networkx.DiGraph(ways)
        places = {item.path[0].place for item in need.items if len(item.path) > 1}
        assert all(networkx.has_path(marked, place, need.stakeholder) for place in places)
