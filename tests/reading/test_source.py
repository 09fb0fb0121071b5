"""The way in for bytes: what is no ordinary file is refused, and no more is read than the limit."""

import io
import os
import socket
import threading
from pathlib import Path

import pytest

from sharedcare.errors import FileTrouble, LimitReached
from sharedcare.places import Fault
from sharedcare.reading import Source, given, read_file, read_stream
from sharedcare.reading.source import file_or_fault, shown


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def trouble(path: str) -> str:
    with pytest.raises(FileTrouble) as caught:
        read_file(path)
    return str(caught.value)


def test_a_file_is_read_as_it_is_under_the_name_it_was_given() -> None:
    Path("a.yaml").write_bytes(b"\xff\r\n\0")
    assert read_file("./a.yaml") == Source("./a.yaml", b"\xff\r\n\0")


def test_a_link_to_a_file_is_read_under_its_own_name() -> None:
    Path("real").write_bytes(b"x")
    Path("link").symlink_to("real")
    assert read_file("link") == Source("link", b"x")


def test_a_link_is_refused_where_none_may_be_followed() -> None:
    Path("real").write_bytes(b"x")
    Path("link").symlink_to("real")
    refused = file_or_fault("link", follow_link=False)
    assert isinstance(refused, Fault)
    assert refused.code == "LINK_LOOP"


def test_what_is_not_there_is_missing() -> None:
    Path("file").write_bytes(b"")
    Path("dangling").symlink_to("nowhere")
    for path in ("gone", "file/inside", "x" * 300, "nul\0", "dangling"):
        assert ": FILE_MISSING: there is no such file; " in trouble(path)


def test_a_folder_is_no_file() -> None:
    assert trouble(".") == ".: NOT_A_FILE: this is a folder; name a file in it"


def test_a_pipe_is_refused_without_waiting_for_it() -> None:
    os.mkfifo("pipe")
    assert trouble("pipe") == (
        "pipe: NOT_A_FILE: this is a pipe; name - to read from standard input"
    )


def test_a_socket_is_refused() -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("here")
        assert trouble("here") == "here: NOT_A_FILE: this is a socket; name a file"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(device: str) -> None:
    assert trouble(device) == f"{device}: NOT_A_FILE: this is a device; name a file"


def test_links_in_a_circle_are_refused() -> None:
    Path("a").symlink_to("b")
    Path("b").symlink_to("a")
    assert trouble("a").startswith("a: LINK_LOOP: this link leads back to itself; ")


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever may read everything is refused nothing")
def test_a_file_that_may_not_be_read_is_refused() -> None:
    Path("secret").write_bytes(b"x")
    Path("secret").chmod(0)
    assert trouble("secret").startswith("secret: FILE_UNREADABLE: the file may not be read")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has such a file")
def test_a_file_that_cannot_be_read_is_trouble_with_the_system_s_word_for_it() -> None:
    assert trouble("/proc/self/mem") == (
        "/proc/self/mem: FILE_UNREADABLE: the file cannot be read (EIO)"
    )


def test_a_file_may_have_as_many_bytes_as_the_limit_and_no_more() -> None:
    Path("a").write_bytes(b"x" * 10)
    assert read_file("a", 10).data == b"x" * 10
    with pytest.raises(LimitReached, match=r"^a: TOO_LARGE: the file has more than the 9 bytes"):
        read_file("a", 9)


def test_a_stream_without_end_is_read_to_the_limit() -> None:
    with Path("/dev/zero").open("rb") as endless, pytest.raises(LimitReached, match="TOO_LARGE"):
        read_stream(endless, "<stdin>")


def test_a_stream_that_cannot_be_read_is_trouble() -> None:
    descriptor = os.open(".", os.O_RDONLY)
    with pytest.raises(FileTrouble, match="NOT_A_FILE: this is a folder"):
        read_stream(UnreadableFolder(descriptor), "<stdin>")
    os.close(descriptor)


class UnreadableFolder(io.BytesIO):
    """Standard input that is a folder, which Python does not open by itself."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self.descriptor = descriptor

    def read(self, size: int | None = -1, /) -> bytes:
        return os.read(self.descriptor, size or 1)


def test_bytes_at_hand_have_the_same_limit() -> None:
    assert given(b"xyz", "n", 3) == Source("n", b"xyz")
    with pytest.raises(LimitReached):
        given(b"xyz", "n", 2)


def test_a_file_that_is_written_to_while_it_is_read_is_refused() -> None:
    path = Path("busy")
    path.write_bytes(b"x" * 4_000_000)
    done = threading.Event()

    def touch() -> None:
        at = 0
        while not done.is_set():
            at += 1
            os.utime(path, ns=(at, at))

    writer = threading.Thread(target=touch)
    writer.start()
    try:
        found = next(
            (fault for _ in range(500) if isinstance(fault := file_or_fault("busy"), Fault)), None
        )
    finally:
        done.set()
        writer.join()
    assert found is not None
    assert str(found).startswith("busy: FILE_CHANGED: the file was written to while it was read")


def test_a_name_is_shown_without_what_could_steer_a_terminal() -> None:
    assert shown("é x/\x1b[2J\u202e\udcff\n.yaml") == r"é x/\x1b[2J\u202e\udcff\n.yaml"
