"""Assessments that the tests of reports share, and how to look into a page."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sharedcare.assessment import Assessment, assess
from sharedcare.landscape import Landscape, landscape_of
from sharedcare.loading import load_landscape
from sharedcare.reports import Provenance
from sharedcare.reports.assessing.view import View, view_of

PROJECT = Path(__file__).resolve().parents[2]
PROFILES = sorted(path.stem for path in (PROJECT / "profiles").glob("*.yaml"))
MADE_FROM = Provenance("anytown.yaml", "0123456789abcdef" * 4, "9.9.9")
HUMAN_FORMATS = ("text", "markdown", "html")

EXAMPLE: dict[str, Any] = {
    "meta": {"title": "Discharge in Anytown", "as_of": "2026-11-01", "jurisdiction": "england"},
    "organisations": {
        "hospital": {"name": "Anytown Hospital", "type": "acute", "sector": "health"},
        "practices": {
            "name": "GP practices",
            "type": "primary_care",
            "sector": "health",
            "instances": 30,
        },
        "anytown_council": {
            "name": "Anytown Council",
            "type": "local_authority",
            "sector": "social_care",
        },
    },
    "systems": {
        "epr": {
            "name": "Hospital record",
            "organisation": "hospital",
            "holds": {
                "medications.on_discharge": {
                    "form": "coded",
                    "authoritative": True,
                    "history": "5 y",
                    "written_up_in": "30 min",
                }
            },
        },
        "gp": {
            "name": "GP system",
            "organisation": "practices",
            "holds": {"allergies": {"form": "coded", "authoritative": True}},
        },
        "hub": {"name": "Shared record", "organisation": "hospital", "processor_for": "all"},
        "asc": {"name": "Social care system", "organisation": "anytown_council"},
    },
    "flows": {
        "epr_hub": {
            "from": "epr",
            "to": "hub",
            "mode": "push",
            "delay": "5 min",
            "carries": {"medications": "coded"},
        },
        "gp_hub": {
            "from": "gp",
            "to": "hub",
            "mode": "batch",
            "interval": "1 d",
            "delay": "10 min",
            "reach": "27 of 30",
            "carries": {"coded": ["allergies"]},
        },
        "hub_asc": {
            "from": "hub",
            "to": "asc",
            "mechanism": "in_context_launch",
            "mode": "view",
            "wait": "10 s",
            "history": "12 mo",
            "carries": {"as_held": "all"},
        },
    },
    "agreements": {
        "shcr": {
            "name": "The sharing agreement",
            "parties": "all",
            "categories": "all",
            "purposes": ["direct_care"],
            "status": "signed",
            "lawful_basis": {"article_6": "e", "article_9": "h", "confidentiality": "implied"},
        }
    },
    "stakeholders": {
        "social_worker": {
            "name": "Hospital social worker",
            "organisation": "anytown_council",
            "headcount": 12,
            "uses": [{"system": "asc", "reach": "11 of 12"}],
        }
    },
    "needs": {
        "discharge_meds": {
            "stakeholder": "social_worker",
            "objective": "the right medicines on the first evening at home",
            "content": [{"category": "medications.on_discharge", "min_form": "document"}],
            "quantity": {"events": "40/week", "coverage": 0.9},
            "max_age": "2 h",
            "max_wait": "30 s",
            "purpose": "direct_care",
            "weight": 5,
            "safety_critical": True,
        }
    },
}


def example(**maps: Any) -> Landscape:
    """The worked example; each map given is laid over its own, entry by entry."""
    merged = {kind: {**EXAMPLE.get(kind, {}), **entries} for kind, entries in maps.items()}
    return landscape_of({**EXAMPLE, **merged})


def need_of(**changed: Any) -> dict[str, Any]:
    """The need of the worked example with some keys changed; None takes a key away."""
    made = {**EXAMPLE["needs"]["discharge_meds"], **changed}
    return {key: value for key, value in made.items() if value is not None}


def viewed(landscape: Landscape, named: bool = False) -> View:
    return view_of(assess(landscape), MADE_FROM, named)


@cache
def assessed(profile: str) -> Assessment:
    return assess(load_landscape(PROJECT / "profiles" / f"{profile}.yaml"))


@cache
def nothing_declared() -> Assessment:
    return assess(landscape_of({"meta": {"as_of": "2026-11-01"}}))


#: Elements that have no end tag.
VOID = frozenset({"meta", "link", "br"})

#: SVG elements, which close themselves here.
CLOSED = frozenset({"rect", "line", "path"})


@dataclass
class Element:
    """One element of a page, with what stands directly in it."""

    tag: str
    attributes: dict[str, str]
    content: list["str | Element"] = field(default_factory=list)

    @property
    def inner(self) -> list["Element"]:
        return [one for one in self.content if isinstance(one, Element)]

    def all(self, *tags: str) -> list["Element"]:
        found = [self] if self.tag in tags else []
        return found + [one for child in self.inner for one in child.all(*tags)]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def words(self) -> str:
        return "".join(one if isinstance(one, str) else one.words for one in self.content)


class Page(HTMLParser):
    """Reads a page strictly: every tag closes, in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.elements: list[Element] = []
        self.feed(source)
        self.close()
        assert self.open == [self.root], f"never closed: {[one.tag for one in self.open[1:]]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in CLOSED, f"<{tag}/> is not closed in HTML"
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        self.elements.append(element)
        return element

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]
