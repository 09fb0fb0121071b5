"""A packed package is read whole or refused: nothing leads out of it, nothing is cut in silence."""

import gzip
import io
import tarfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedcare.errors import FileTrouble, InputRefused, LimitReached, PackageFault
from sharedcare.fhir.packages import archive
from sharedcare.fhir.packages.archive import Member, archive_members
from tests.fhir.packages.made import content, packed, tar

HONEST = packed(content({"resourceType": "ValueSet", "url": "https://example.org/v"}))


def members(data: bytes, folder: Path) -> list[Member]:
    path = folder / "given.tgz"
    path.write_bytes(data)
    return list(archive_members(path))


def info(
    name: str = "package/a.json", kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made


def code_of(data: bytes, folder: Path) -> str:
    with pytest.raises(PackageFault) as caught:
        members(data, folder)
    (fault,) = caught.value.faults
    return fault.code


def test_an_archive_gives_its_files_in_their_order(tmp_path: Path) -> None:
    names = {"package/package.json": b"{}", "package/b.json": b"1" * 1000, "package/a.json": b""}
    assert members(packed(names), tmp_path) == [Member(*one) for one in names.items()]


def test_folders_and_names_that_begin_with_a_dot_and_a_slash_are_read(tmp_path: Path) -> None:
    data = tar((info("./package", tarfile.DIRTYPE), b""), (info("./package/a.json"), b"{}"))
    assert members(gzip.compress(data), tmp_path) == [Member("package/a.json", b"{}")]


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_name_too_long_for_a_header_is_read(form: int, tmp_path: Path) -> None:
    name = f"package/{'long-' * 40}é.json"
    data = tar((info(name), b"{}"), (info("package/b.json"), b"[]"), form=form)
    assert [one.name for one in members(gzip.compress(data), tmp_path)] == [name, "package/b.json"]


@pytest.mark.parametrize(
    ("member", "code"),
    [
        (info("/etc/passwd"), "PACKAGE_ESCAPE"),
        (info("package/../../a.json"), "PACKAGE_ESCAPE"),
        (info(".."), "PACKAGE_ESCAPE"),
        (info("package\\..\\a.json"), "PACKAGE_ESCAPE"),
        (info("C:/a.json"), "PACKAGE_ESCAPE"),
        (info("package/a\x1b[2J.json"), "PACKAGE_ESCAPE"),
        (info("package/../..", tarfile.DIRTYPE), "PACKAGE_ESCAPE"),
        (info(kind=tarfile.SYMTYPE, link="/etc/passwd"), "PACKAGE_LINK"),
        (info(kind=tarfile.LNKTYPE, link="package/b.json"), "PACKAGE_LINK"),
        (info(kind=tarfile.CHRTYPE), "PACKAGE_LINK"),
        (info(kind=tarfile.BLKTYPE), "PACKAGE_LINK"),
        (info(kind=tarfile.FIFOTYPE), "PACKAGE_LINK"),
        (info(kind=tarfile.GNUTYPE_SPARSE), "PACKAGE_LINK"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name[:12] + repr(value.type),
)
def test_what_no_package_holds_is_refused(
    member: tarfile.TarInfo, code: str, tmp_path: Path
) -> None:
    assert code_of(gzip.compress(tar((member, b""))), tmp_path) == code
    assert [path.name for path in tmp_path.iterdir()] == ["given.tgz"]


@pytest.mark.skipif(not hasattr(tarfile, "data_filter"), reason="this Python has no tar filters")
@pytest.mark.parametrize(
    "member",
    [
        info("../a"),
        info("package/../../a"),
        info("package/l", tarfile.SYMTYPE, "../../a"),
        info("package/l", tarfile.LNKTYPE, "../../a"),
        info("package/d", tarfile.CHRTYPE),
        info("package/f", tarfile.FIFOTYPE),
    ],
    ids=lambda member: member.name + repr(member.type),
)
def test_whatever_the_data_filter_of_tarfile_refuses_is_refused(
    member: tarfile.TarInfo, tmp_path: Path
) -> None:
    with pytest.raises(tarfile.FilterError):
        tarfile.data_filter(member, str(tmp_path))
    with pytest.raises(PackageFault):
        members(gzip.compress(tar((member, b""))), tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    data = tar((info("package/a.json"), b"{}"), (info("./package/a.json"), b"[]"))
    assert code_of(gzip.compress(data), tmp_path) == "PACKAGE_TWICE"


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda _: b"", "NOT_A_PACKAGE"),
        (lambda _: b"{}", "NOT_A_PACKAGE"),
        (lambda whole: b"PK\3\4" + whole, "NOT_A_PACKAGE"),
        (lambda _: gzip.compress(b"no archive" * 100), "NOT_A_PACKAGE"),
        (lambda _: gzip.compress(b""), "PACKAGE_CUT"),
        (lambda whole: whole[:-9], "GZIP_CUT"),
        (lambda whole: whole[:-5] + b"\0" + whole[-4:], "GZIP_DAMAGED"),
        (lambda whole: whole + b"more", "GZIP_TRAILING"),
        (lambda whole: gzip.compress(gzip.decompress(whole)[:512]), "PACKAGE_CUT"),
        (lambda whole: gzip.compress(gzip.decompress(whole)[:700]), "PACKAGE_CUT"),
        (lambda whole: gzip.compress(gzip.decompress(whole)[:1024]), "PACKAGE_CUT"),
        (lambda whole: gzip.compress(gzip.decompress(whole) + b"more"), "PACKAGE_DAMAGED"),
        (lambda whole: gzip.compress(swapped(gzip.decompress(whole))), "PACKAGE_DAMAGED"),
    ],
)
def test_what_is_cut_or_damaged_is_refused(
    damage: Callable[[bytes], bytes], code: str, tmp_path: Path
) -> None:
    assert code_of(damage(HONEST), tmp_path) == code


def swapped(unpacked: bytes) -> bytes:
    """Damage the second header: tarfile itself would end there without a word."""
    return unpacked[:1024] + b"?" + unpacked[1025:]


def test_the_standard_library_would_pass_over_the_second_header() -> None:
    damaged = swapped(gzip.decompress(HONEST))
    with tarfile.open(fileobj=io.BytesIO(damaged)) as lenient:
        assert lenient.getnames() == ["package/package.json"]


def test_every_prefix_of_a_package_is_refused(tmp_path: Path) -> None:
    for length in range(len(HONEST)):
        with pytest.raises(PackageFault):
            members(HONEST[:length], tmp_path)


@given(at=st.integers(0, len(gzip.decompress(HONEST)) - 1), byte=st.integers(0, 255))
def test_a_changed_byte_gives_files_or_a_documented_error(
    at: int, byte: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    unpacked = bytearray(gzip.decompress(HONEST))
    unpacked[at] = byte
    with suppress(InputRefused, LimitReached):
        members(gzip.compress(bytes(unpacked), 1), tmp_path_factory.getbasetemp())


def test_a_package_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_PACKAGE_BYTES", 100_000)
    data = gzip.compress(tar((info(), bytes(1_000_000))))
    with pytest.raises(LimitReached, match="TOO_LARGE"):
        members(data, tmp_path)


def test_a_file_larger_than_is_read_of_one_is_refused_before_it_is_read(tmp_path: Path) -> None:
    header = info()
    header.size = 8**11 - 1
    with pytest.raises(LimitReached, match="TOO_LARGE"):
        members(gzip.compress(header.tobuf()), tmp_path)


def test_more_files_than_are_read_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10)
    data = tar(*((info(f"package/{number}"), b"") for number in range(11)))
    with pytest.raises(LimitReached, match="TOO_LARGE"):
        members(gzip.compress(data), tmp_path)


@pytest.mark.parametrize(
    "records", [b"9 size=1\n", b"x path=a\n", b"2 \n", b"99999999 path=a\n", b"0 "]
)
def test_a_header_that_says_another_size_or_nothing_is_refused(
    records: bytes, tmp_path: Path
) -> None:
    data = tar((info("pax", tarfile.XHDTYPE), b""), (info(), b"{}"))
    header = info("pax", tarfile.XHDTYPE)
    header.size = len(records)
    body = header.tobuf() + records.ljust(512, b"\0") + data[512:]
    assert code_of(gzip.compress(body), tmp_path) == "PACKAGE_DAMAGED"


def record(key: str, value: str) -> bytes:
    """Return a record of a pax header, which begins with its own length."""
    left = f" {key}={value}\n".encode()
    size = len(left) + 1
    while len(str(size)) + len(left) != size:
        size += 1
    return str(size).encode() + left


@pytest.mark.parametrize("length", [1, 80, 90, 1_100])
def test_a_name_is_read_from_among_other_records(length: int, tmp_path: Path) -> None:
    name = "package/" + "a" * length
    records = record("mtime", "1.5") + record("path", name) + record("comment", "x")
    header = info("pax", tarfile.XHDTYPE)
    header.size = len(records)
    padded = records.ljust(-(-len(records) // 512) * 512, b"\0")
    data = gzip.compress(header.tobuf() + padded + tar((info("short"), b"{}")))
    assert members(data, tmp_path) == [Member(name, b"{}")]


def test_a_header_of_endless_length_is_refused(tmp_path: Path) -> None:
    header = info("pax", tarfile.XHDTYPE)
    header.size = 2**30
    with pytest.raises(LimitReached):
        members(gzip.compress(header.tobuf() + bytes(10_000)), tmp_path)


def test_a_file_that_is_not_there_and_a_folder_are_no_archive(tmp_path: Path) -> None:
    for path in (tmp_path / "none.tgz", tmp_path):
        with pytest.raises(FileTrouble):
            list(archive_members(path))
