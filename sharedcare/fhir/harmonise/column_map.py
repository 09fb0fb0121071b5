"""What the columns of a table mean: category and element, code system, date, identifier.

A map is YAML, written once for each kind of table that a system can save:

    dates: day_first
    person: {column: nhs_no, number: true}
    records:
      primary_support_reason: {code: psr, code_system: https://council.example/psr, occurred: start}
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sharedcare.errors import InputRefused
from sharedcare.fhir.harmonise.terminologies import as_uri
from sharedcare.identifiers import did_you_mean
from sharedcare.landscape.data_categories import built_in
from sharedcare.places import Fault, Place, key_place_of, place_of
from sharedcare.reading import Source
from sharedcare.reading.yaml_tree import read_yaml

#: Elements of a record that a column may hold; those of demographics beside them.
ELEMENTS = ("code", "display", "text", "occurred", "recorded", "author", "status", "value", "unit")
DEMOGRAPHICS = ("name", "birth_date", "gender", "address", "telecom", "gp_practice")

#: Keys of a record that name no column.
_WORDS = ("code_system", "unit_system", "where")

DATES = ("iso", "day_first")


@dataclass(frozen=True, slots=True)
class RecordMap:
    """The columns of one category: element to column; ``where`` are cells that a row must have."""

    category: str
    columns: Mapping[str, str]
    code_system: str | None = None
    unit_system: str | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How the rows of a table are read.

    ``person`` is the column that tells people apart; ``is_number``: it holds NHS numbers.
    """

    records: tuple[RecordMap, ...]
    person: str | None = None
    is_number: bool = False
    day_first: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is named."""
        named = {self.person} if self.person else set()
        for record in self.records:
            named |= {*record.columns.values(), *(column for column, _ in record.where)}
        return frozenset(named)


def read_column_map(source: Source) -> ColumnMap:
    """Read a column map; raises InputRefused with every fault."""
    reading = _Reading(source.name)
    made = reading.column_map(read_yaml(source))
    if reading.faults:
        raise InputRefused("the column map cannot be used", reading.faults)
    return made


class _Reading:
    """One map on its way, with its faults."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []

    def column_map(self, tree: object) -> ColumnMap:
        found = self._map(tree, ("dates", "person", "records"), "the map")
        person = self._map(found.get("person", {}), ("column", "number"), "person")
        dates = self._word(found.get("dates", DATES[0]), DATES)
        records = found.get("records")
        if not isinstance(records, dict) or not records:
            self._tell(records or tree, "NO_RECORDS", "records: name a category and its columns")
            records = {}
        column = person.get("column")
        return ColumnMap(
            tuple(self._record(str(key), entry) for key, entry in records.items()),
            str(column) if column is not None else None,
            self._word(person.get("number", "false"), ("true", "false")) == "true",
            dates == "day_first",
        )

    def _record(self, category: str, entry: object) -> RecordMap:
        if category not in built_in():
            hint = did_you_mean(category, built_in())
            self._tell(entry, "UNKNOWN_ID", f"no data category has the id {category}{hint}")
        elements = DEMOGRAPHICS if category == "demographics" else ELEMENTS
        found = self._map(entry, (*elements, *_WORDS), category)
        where = self._map(found.get("where", {}), None, "where")
        columns = {key: str(found[key]) for key in elements if key in found}
        if not columns:
            self._tell(entry, "NO_COLUMNS", f"{category}: name the column of at least one element")
        return RecordMap(
            category,
            columns,
            _code_system(found.get("code_system")),
            _code_system(found.get("unit_system")),
            tuple((str(column), str(cell)) for column, cell in where.items()),
        )

    def _map(self, value: object, known: Iterable[str] | None, what: str) -> Mapping[str, object]:
        if not isinstance(value, dict):
            self._tell(value, "NOT_A_MAP", f"{what}: lines such as `key: column` are expected")
            return {}
        allowed = None if known is None else tuple(known)
        for key in value:
            if allowed is not None and key not in allowed:
                hint = did_you_mean(str(key), allowed)
                said = f"{what} has no key {key}{hint}; known are {', '.join(allowed)}"
                self._tell(value[key], "UNKNOWN_KEY", said)
        return value

    def _word(self, value: object, known: tuple[str, ...]) -> str:
        if str(value) not in known:
            self._tell(value, "UNKNOWN_WORD", f"one of {', '.join(known)} is expected")
        return str(value)

    def _tell(self, value: object, code: str, said: str) -> None:
        place = key_place_of(value) or place_of(value) or Place(self.name)
        self.faults.append(Fault(place, code, said))


def _code_system(value: object) -> str | None:
    return None if value is None else as_uri(str(value))
