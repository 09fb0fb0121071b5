"""YAML to a tree in which every scalar is the text that its author wrote, with its place.

The tree is composed from the parser's events as they come, and never by libyaml itself: its own
composer ends the process by a signal on 60 kB of opening brackets, where the events stop at the
limit of depth. What the author wrote stays: ``no``, ``010``, ``12:30`` and ``1.10`` are text until
the landscape's models say otherwise. Decisions:

- A key that stands twice in a map is a fault, with both places; keys are compared as text, so that
  ``1`` and ``"1"`` are one and ``1`` and ``true`` are two. The first is kept, and joined with the
  second where both are maps, so that what belongs to either can still be checked.
- No merge keys and no tags. Anchors and aliases are taken, within a small allowance; an alias has
  the place of what it stands for, behind the place of its own key.
- One document, a map at the top. A nothing (``key:``) is empty plain text behind the colon.

JSON is a subset: a profile in JSON is read here too, save that an escaped pair of surrogates
is refused; the character itself can be written.
"""

import re

from yaml.error import MarkedYAMLError

from sharedcare.errors import InputRefused
from sharedcare.places import Fault, LocatedMap, Place
from sharedcare.reading.characters import LineIndex, text_of
from sharedcare.reading.fault_list import FaultList
from sharedcare.reading.limits import Allowance
from sharedcare.reading.source import Source
from sharedcare.reading.yaml_composer import Composer, Stopped
from sharedcare.reading.yaml_syntax import syntax_fault

# libyaml compares each of these lines with all before it, which takes minutes for 5 MiB of them.
_TAG_DIRECTIVE = re.compile(r"^%TAG", re.MULTILINE)


def read_yaml(source: Source) -> LocatedMap:
    """Read one YAML document with a map at the top.

    Raises InputRefused with every fault that was found, and LimitReached for a document that holds
    more than is read.
    """
    faults = FaultList()
    tree = yaml_tree(source, faults, Allowance())
    if tree is None or faults.errors:
        raise InputRefused(f"{source.name} cannot be read: {faults.words}", faults.listed())
    return tree


def yaml_tree(source: Source, faults: FaultList, allowance: Allowance) -> LocatedMap | None:
    """Read one YAML document with a map at the top, adding to ``faults`` what is wrong with it.

    Returns None where no map could be made; whether a map that is returned is whole tells
    :data:`sharedcare.reading.codes.LEAVES_WHOLE`. Raises LimitReached where ``allowance`` ends.
    """
    text = text_of(source, faults)
    if text is None or _has_directive(text, source.name, faults):
        return None
    try:
        return Composer(text, source.name, faults, allowance).document()
    except MarkedYAMLError as error:
        faults.add(syntax_fault(error, text, source.name))
    except Stopped:
        pass
    return None


def _has_directive(text: str, name: str, faults: FaultList) -> bool:
    match = _TAG_DIRECTIVE.search(text) if "%TAG" in text else None
    if match is None:
        return False
    place = Place(name, *LineIndex(text).line_and_column(match.start()))
    faults.add(Fault(place, "TAG", "tags are not read; leave out the line that begins with %TAG"))
    return True
