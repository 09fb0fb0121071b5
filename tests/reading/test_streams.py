"""Bytes as they come are guarded: nothing is silently shorter, nothing grows without end."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.reading.limits import MAX_EMPTY_PARTS, MEBIBYTE
from sharedcare.reading.streams import Broken, file_blocks, unpacked

TEXT = b"".join(b'{"line": %d}\n' % number for number in range(2_000))
PACKED = gzip.compress(TEXT, mtime=0)


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def what_comes(data: bytes, size: int = 1_000) -> tuple[bytes, str]:
    """The bytes that come out, and the code of the fault that ends them."""
    made = bytearray()
    try:
        for block in unpacked(cut(data, size), "a.gz"):
            made += block
    except Broken as broken:
        return bytes(made), broken.fault.code
    return bytes(made), ""


@given(size=st.integers(1, 20_000))
def test_what_is_packed_comes_out_however_it_came(size: int) -> None:
    assert what_comes(PACKED, size) == (TEXT, "")


@given(size=st.integers(1, 50))
def test_what_is_not_packed_goes_through(size: int) -> None:
    assert what_comes(b"plain text", size) == (b"plain text", "")


def test_parts_one_after_another_are_one_stream_and_padding_is_passed_over() -> None:
    assert what_comes(PACKED + PACKED + b"\0" * 500) == (TEXT + TEXT, "")


@given(end=st.integers(2, len(PACKED) - 1))
def test_every_prefix_of_a_packed_file_is_told_and_gives_only_what_was_in_it(end: int) -> None:
    made, code = what_comes(PACKED[:end])
    assert code == "GZIP_CUT"
    assert TEXT.startswith(made)


def test_a_wrong_check_sum_is_told() -> None:
    wrong = PACKED[:-8] + bytes(byte ^ 255 for byte in PACKED[-8:-4]) + PACKED[-4:]
    assert what_comes(wrong)[1] == "GZIP_DAMAGED"


@given(at=st.integers(10, len(PACKED) - 1), byte=st.integers(1, 255))
def test_a_changed_byte_never_gives_another_text_without_a_fault(at: int, byte: int) -> None:
    changed = PACKED[:at] + bytes([PACKED[at] ^ byte]) + PACKED[at + 1 :]
    made, code = what_comes(changed)
    assert code or made == TEXT


def test_what_follows_a_packed_stream_is_told() -> None:
    assert what_comes(PACKED + b"more") == (TEXT, "GZIP_TRAILING")


def test_a_bomb_is_left_after_a_bounded_number_of_bytes() -> None:
    made, code = what_comes(gzip.compress(b"\0" * (100 * MEBIBYTE)), 4_096)
    assert code == "GZIP_RATIO"
    assert 60 * MEBIBYTE <= len(made) <= 66 * MEBIBYTE


def test_parts_with_nothing_in_them_do_not_go_on_for_ever() -> None:
    assert what_comes(gzip.compress(b"") * (MAX_EMPTY_PARTS + 2)) == (b"", "GZIP_DAMAGED")


def test_a_file_that_is_written_to_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "growing.ndjson"
    path.write_bytes(b"a" * (2 * MEBIBYTE))
    blocks = file_blocks(path, "growing.ndjson")
    next(blocks)
    with path.open("ab") as stream:
        stream.write(b"b")
    with pytest.raises(Broken, match="FILE_CHANGED"):
        list(blocks)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    codes = {"pipe": "NOT_A_FILE", ".": "NOT_A_FILE", "none": "FILE_MISSING", "loop": "LINK_LOOP"}
    for name, code in codes.items():
        with pytest.raises(Broken, match=code):
            list(file_blocks(tmp_path / name, name))
    for name, code in (("/dev/zero", "NOT_A_FILE"), ("a\0b", "FILE_MISSING")):
        with pytest.raises(Broken, match=code):
            list(file_blocks(name, name))
