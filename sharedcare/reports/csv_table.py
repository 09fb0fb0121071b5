"""A table as CSV: the same bytes everywhere, and no cell that a spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from sharedcare.reports.words.literal import csv_cell


def csv_table(headers: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows under their headers; a cell that a row lacks is empty.

    Raises ValueError if a row has a cell under no header.
    """
    made = io.StringIO()
    writer = csv.DictWriter(made, headers, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: csv_cell(cell) for key, cell in row.items()})
    return made.getvalue()
