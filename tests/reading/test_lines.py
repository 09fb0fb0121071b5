"""NDJSON is cut into whole lines, the same however the bytes came."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.places import Fault, Place
from sharedcare.reading.lines import Piece, pieces
from sharedcare.reading.streams import Broken

TEXTS = st.lists(st.sampled_from([b"", b"\r", b"a", b"bb" * 4, b"c" * 19, b"d" * 40]), max_size=30)


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def found(data: bytes, size: int, most: int = 20) -> list[Piece]:
    return list(pieces(cut(data, size), most=most, size=16))


@given(lines=TEXTS, size=st.integers(1, 60), ends=st.booleans())
def test_pieces_are_whole_lines_that_know_where_they_begin(
    lines: list[bytes], size: int, ends: bool
) -> None:
    data = b"\n".join(lines) + b"\n" * ends
    line, byte = 1, 0
    for piece in found(data, size):
        assert (piece.line, piece.byte) == (line, byte)
        length = piece.left_out or len(piece.data)
        part = data[byte : byte + length]
        assert part.endswith(b"\n") or byte + length == len(data)
        if piece.left_out:
            assert len(part.rstrip(b"\n")) > 20
            assert part.count(b"\n") <= 1
        else:
            assert part == piece.data
            assert max(map(len, part.split(b"\n"))) <= 20
        line += part.count(b"\n")
        byte += length
    assert byte == len(data)


@given(lines=TEXTS, size=st.integers(1, 60), other=st.integers(1, 60))
def test_where_pieces_end_does_not_depend_on_how_the_bytes_came(
    lines: list[bytes], size: int, other: int
) -> None:
    data = b"\n".join(lines)
    assert found(data, size) == found(data, other)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\r"])
def test_only_a_line_feed_ends_a_line(separator: str) -> None:
    data = f"a{separator}b".encode()
    assert [piece.data for piece in found(data, 4)] == [data]


def test_what_breaks_off_is_told_after_the_lines_before_it() -> None:
    def broken() -> Iterator[bytes]:
        yield b"one\ntw"
        raise Broken(Fault(Place("a"), "GZIP_CUT", "cut"))

    made = pieces(broken())
    assert next(made).data == b"one\ntw"
    with pytest.raises(Broken, match="GZIP_CUT"):
        next(made)
