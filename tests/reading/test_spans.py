"""A large file read in parts gives the same lines as read from its beginning."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sharedcare.reading.lines import Piece, pieces
from sharedcare.reading.spans import feeds, pieces_in, spans
from sharedcare.reading.streams import Broken

#: Bytes of a piece, of the longest line, and of a span.
SIZE, MOST = 16, 40

LINES = st.lists(st.sampled_from([b"", b"\r", b"a", b"bb" * 7, b"c" * 19, b"d" * 90]), max_size=40)


def read_in_parts(path: Path, size: int) -> list[Piece]:
    found: list[Piece] = []
    before = 0
    for span in spans(str(path), "name", size):
        found += pieces_in(span, before, MOST, SIZE)
        before += feeds(span)
    return found


@given(lines=LINES, ends=st.booleans(), at_once=st.integers(1, 5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spans_give_the_pieces_of_the_whole_file(
    tmp_path: Path, lines: list[bytes], ends: bool, at_once: int
) -> None:
    data = b"\n".join(lines) + b"\n" * ends
    path = tmp_path / "some.ndjson"
    path.write_bytes(data)
    assert read_in_parts(path, at_once * SIZE) == list(pieces(iter([data]), MOST, SIZE))


def test_a_file_that_changed_since_it_was_parted_is_told_after_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "some.ndjson"
    path.write_bytes(b"one\n")
    (span,) = spans(str(path), "some.ndjson")
    path.write_bytes(b"one\ntwo\n")
    read = pieces_in(span, 0)
    assert next(read).data == b"one\ntwo\n"
    with pytest.raises(Broken, match="FILE_CHANGED"):
        next(read)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="FILE_MISSING"):
        spans(str(tmp_path / "none.ndjson"), "none.ndjson")
