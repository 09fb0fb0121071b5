"""Reading feedback from a file: a CSV of answers, a CSV or YAML of counts, or a whole profile.

Whatever comes in becomes a landscape with a ``feedback`` map, so that counts have one model, one
list of faults and one way of not naming organisations. A file of counts may leave out ``meta`` and
``organisations``.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sharedcare.errors import InputRefused, ProfileRefused
from sharedcare.experience.feedback.responses import Response
from sharedcare.identifiers import RESERVED, is_slug, slug_of
from sharedcare.landscape import Landscape
from sharedcare.landscape.activity import Feedback
from sharedcare.landscape.building import build
from sharedcare.loading import check_profile, check_profile_text
from sharedcare.places import Fault, LocatedList, LocatedMap, LocatedText, Place, Severity
from sharedcare.reading import FaultList, Source, read_source
from sharedcare.reading.source import STDIN
from sharedcare.reading.table import (
    MAX_TABLE_BYTES,
    Columns,
    Row,
    headers_of,
    read_table,
)
from sharedcare.reading.yaml_tree import read_yaml

#: Columns of a table of answers, with other names that they go by.
ANSWERS = Columns(
    {
        "story": ("story_id", "id", "post_id", "story_number", "title"),
        "response": ("response_text", "text", "answer", "reply", "response_body"),
        "story_date": (
            *("posted", "date", "date_posted", "story_posted", "submitted", "received"),
            *("date_received", "story_received"),
        ),
        "response_date": ("answered", "responded", "date_of_response", "reply_date", "answer_date"),
        "role": ("responder_role", "job_title", "job_role", "responder_job"),
        "responder": ("responder_name", "author", "responded_by", "signed", "user"),
        "organisation": ("organization", "trust", "provider", "service", "site"),
    },
    ("story", "response"),
)

#: Keys of ``feedback`` that hold several words, in a cell with semicolons between them.
_SEVERAL = frozenset({"cast", "levels"})

_COUNT_KEYS = tuple(
    key for key in Feedback.model_fields if key not in ("confirmed_by", "disputed_by")
)

#: Columns of a table of counts: the keys of ``feedback`` in a profile.
COUNTS = Columns(dict.fromkeys(_COUNT_KEYS, ()), ("organisation",))

#: A row with this column is of counts, not of answers.
_TELLS_COUNTS = "stories"

#: The only organisation of a table that names none.
ONE_ORGANISATION = "organisation"

#: No report of feedback depends on a day; a landscape has to have one.
_ANY_DAY = "2000-01-01"

#: Letters that an id takes of a name, so that there is room for a number behind it.
_LONGEST_SLUG = 48

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FeedbackRead:
    """What a file holds: a landscape with ``feedback``, and answers by the ids of its entries.

    ``warnings`` tells of what was passed over, ``digest`` is a SHA-256 over what was read.
    """

    landscape: Landscape
    responses: Mapping[str, Sequence[Response]]
    warnings: tuple[Fault, ...]
    name: str
    digest: str


def read_feedback(path: str | os.PathLike[str]) -> FeedbackRead:
    """Read feedback from a file, ``-`` for standard input; what it holds tells which kind it is.

    Raises InputRefused or ProfileRefused with every fault, FileTrouble, and LimitReached.
    """
    source = read_source(path, MAX_TABLE_BYTES)
    headers = headers_of(source)
    if _is_table(source, headers):
        read = _counts if _TELLS_COUNTS in headers else _answers
        return read(source)
    tree = read_yaml(source)
    if "meta" in tree or "includes" in tree:
        return _profile(path, source)
    return _counts_of(_with_the_rest(tree, {}), source)


def _is_table(source: Source, headers: Sequence[str]) -> bool:
    name = source.name.lower()
    if name.endswith((".csv", ".tsv")):
        return True
    if name.endswith((".yaml", ".yml", ".json")):
        return False
    known = [header for header in headers if ANSWERS.find(header) or COUNTS.find(header)]
    return len(headers) > 1 and len(known) > 1


def _profile(path: str | os.PathLike[str], source: Source) -> FeedbackRead:
    """A whole profile, read again with what it includes; standard input can include nothing."""
    if os.fspath(path) == STDIN:
        found = check_profile_text(source.data.decode("utf-8"), source.name)
    else:
        found = check_profile(path)
    landscape = found.or_refuse()
    warnings = tuple(fault for fault in found.faults if fault.severity is Severity.WARNING)
    return _read(landscape, {}, warnings, source, found.digest)


# ── counts ────────────────────────────────────────────────────────────────────────────────────────


def _counts(source: Source) -> FeedbackRead:
    table = read_table(source, COUNTS)
    known = _Organisations()
    entries = LocatedMap((), Place(source.name, 1, 1))
    for number, row in enumerate(table.rows, 1):
        entries[f"row_{number}"] = _entry(row, known)
    raw = LocatedMap([("feedback", entries)], entries.place)
    return _counts_of(_with_the_rest(raw, known.names), source, table.warnings)


def _entry(row: Row, known: "_Organisations") -> LocatedMap:
    """One row as an entry of ``feedback``."""
    first = next(iter(row.values())).place
    entry = LocatedMap((), Place(first.file, first.line, 1))
    for key, cell in row.items():
        entry.keys_at[key] = cell.place
        if key == "organisation":
            entry[key] = LocatedText(known.id_of(cell), cell.place)
        elif key in _SEVERAL:
            parts = [LocatedText(part.strip(), cell.place) for part in cell.split(";")]
            entry[key] = LocatedList(filter(None, parts), cell.place)
        else:
            entry[key] = LocatedText(str(cell), cell.place)
    return entry


class _Organisations:
    """Ids for the names of organisations; a name is the same however its letters are cased."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def id_of(self, name: str) -> str:
        """The id of a name, made when it is first met."""
        folded = " ".join(name.split()).casefold()
        if folded not in self._ids:
            slug = slug_of(name).replace("-", "_")[:_LONGEST_SLUG]
            is_free = slug not in self.names and slug not in RESERVED
            made = slug if is_free else f"{slug}_{len(self._ids) + 1}"
            self._ids[folded] = made
            self.names[made] = str(name)
        return self._ids[folded]


def _with_the_rest(tree: LocatedMap, names: Mapping[str, str]) -> LocatedMap:
    """A file of counts with what a profile must have besides: a day, and the organisations."""
    whole = LocatedMap(tree.items(), tree.place)
    whole.keys_at = tree.keys_at
    whole["meta"] = {"as_of": _ANY_DAY}
    if "organisations" not in whole:
        whole["organisations"] = {key: {"name": names.get(key)} for key in _named_in(tree)}
    return whole


def _named_in(tree: LocatedMap) -> Iterator[str]:
    entries = tree.get("feedback")
    for entry in entries.values() if isinstance(entries, LocatedMap) else ():
        named = entry.get("organisation") if isinstance(entry, LocatedMap) else None
        if isinstance(named, str) and is_slug(named):
            yield str(named)


def _counts_of(
    raw: Mapping[str, object], source: Source, warnings: tuple[Fault, ...] = ()
) -> FeedbackRead:
    building = build(raw, source.name)
    if building.landscape is None:
        errors = [fault for fault in building.faults if fault.severity is Severity.ERROR]
        noun = "fault" if len(errors) == 1 else "faults"
        said = f"{source.name} holds no counts of feedback yet: {len(errors)} {noun}"
        raise ProfileRefused(said, errors)
    told = tuple(f for f in building.faults if f.severity is Severity.WARNING)
    return _read(building.landscape, {}, (*warnings, *told), source)


# ── answers ───────────────────────────────────────────────────────────────────────────────────────


def _answers(source: Source) -> FeedbackRead:
    table = read_table(source, ANSWERS)
    faults = FaultList()
    known = _Organisations()
    responses: dict[str, list[Response]] = {}
    is_signed = "responder" in table.columns
    for row in table.rows:
        key = known.id_of(row.get("organisation", ONE_ORGANISATION))
        responses.setdefault(key, []).append(_response(row, is_signed, faults))
        faults.add_all(_at_odds(row, responses[key][-1]))
    if not table.rows:
        said = "there is no row below the first line; each row is a story and an answer to it"
        faults.add(Fault(Place(source.name, 1, 1), "EMPTY", said))
    if faults.errors:
        raise InputRefused(f"{source.name} cannot be read: {faults.words}", faults.listed())
    entries = {key: {"organisation": key} for key in responses}
    raw = {"meta": {"as_of": _ANY_DAY}, "feedback": entries, "organisations": _entries(known.names)}
    warnings = (*table.warnings, *faults.listed())
    return _read(build(raw).or_refuse(), responses, warnings, source)


def _at_odds(row: Row, response: Response) -> Iterator[Fault]:
    """What one row leaves out or says twice over: which story, and which day came first."""
    if not response.story:
        first = next(iter(row.values())).place
        said = "this row does not say which story it is about; its number or name is expected"
        yield Fault(Place(first.file, first.line, 1), "MISSING_CELL", said)
    if response.days is not None and response.days < 0:
        said = "the answer is dated before the story; how long it took is not counted"
        yield Fault(row["response_date"].place, "BAD_PERIOD", said, Severity.WARNING)


def _entries(names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The organisations of a table; one that no row names has no name."""
    named = {key: name for key, name in names.items() if name != ONE_ORGANISATION}
    return {key: {"name": named[key]} if key in named else {} for key in names}


def _response(row: Row, is_signed: bool, faults: FaultList) -> Response:
    return Response(
        story=str(row.get("story", "")),
        text=str(row.get("response", "")),
        role=str(row.get("role", "")),
        responder=str(row.get("responder", "")) if is_signed else None,
        told_on=_day(row.get("story_date"), faults),
        answered_on=_day(row.get("response_date"), faults),
    )


def _day(cell: LocatedText | None, faults: FaultList) -> date | None:
    """A day, year first or day first; times behind it are left aside."""
    if cell is None:
        return None
    word = re.split(r"[T ]", cell)[0]
    found = _DAY_FIRST.fullmatch(word)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(word)
    except ValueError:
        said = "a day such as 2026-11-01 or 01/11/2026 is expected"
        faults.add(Fault(cell.place, "BAD_DATE", said))
        return None


def _read(
    landscape: Landscape,
    responses: Mapping[str, Sequence[Response]],
    warnings: tuple[Fault, ...],
    source: Source,
    digest: str = "",
) -> FeedbackRead:
    name = source.name.replace("\\", "/").rpartition("/")[2]
    made = digest or sha256(source.data).hexdigest()
    return FeedbackRead(landscape, responses, warnings, name, made)
