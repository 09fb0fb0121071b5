"""Compile the core of the fast lane, which is in Rust, to WebAssembly.

    python3 -m scripts.build_core

It takes what is in ``core/`` and needs ``rustc`` with the target wasm32-unknown-unknown
(``rustup target add wasm32-unknown-unknown``); no crate and no network. The same sources and the
same compiler give the same bytes, wherever they lie: no path gets into them, and of the sections
that are no code a single one is left, which says of which sources they were made and by which
compiler. By that a test can tell whether the file is up to date even where there is no compiler.
"""

import hashlib
import json
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
CORE = PROJECT / "core"
ARTEFACT = PROJECT / "sharedcare" / "fhir" / "fast_lane" / "core.wasm"

TARGET = "wasm32-unknown-unknown"

#: The section that tells what the others were made of.
MADE_OF = "made_of"

_HEADER = 8  # bytes: the magic number and the version of the format
_CUSTOM = 0  # the kind of a section that is no code
_BITS, _MORE = 0x7F, 0x80  # in a byte of a number: its own bits, and that another byte follows


def main() -> None:
    """Build the file and say its size."""
    ARTEFACT.write_bytes(built(CORE))
    print(f"{ARTEFACT.name}: {ARTEFACT.stat().st_size:,} bytes, by {compiler()}")


def compiler() -> str | None:
    """Return which compiler is here; None where there is none, or it lacks the target."""
    try:
        folder = _told("rustc", "--print", "target-libdir", "--target", TARGET)
        found = _told("rustc", "--version")
    except (OSError, subprocess.CalledProcessError):
        return None
    return found if Path(folder).is_dir() else None


def built(core: Path) -> bytes:
    """Compile sources; raises OSError or CalledProcessError where that cannot be done."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "core.wasm"
        command = ["rustc", *_options(core), "-o", str(made), "src/lib.rs"]
        subprocess.run(command, cwd=core, check=True)
        compiled = made.read_bytes()
    said = {"compiler": _told("rustc", "--version"), "sources": digest(core)}
    kept = b"".join(whole for kind, _, whole in sections(compiled) if kind != _CUSTOM)
    return compiled[:_HEADER] + kept + _custom(MADE_OF, json.dumps(said).encode())


def made_of(compiled: bytes) -> dict[str, str]:
    """Return what a file says it was made of: its ``compiler``, and the digest of its ``sources``.

    Raises KeyError where it does not say.
    """
    named = dict(_named(body) for kind, body, _ in sections(compiled) if kind == _CUSTOM)
    found: dict[str, str] = json.loads(named[MADE_OF])
    return found


def digest(core: Path) -> str:
    """Return a digest of all that decides what is compiled: the sources and their settings."""
    paths = [core / "Cargo.toml", *sorted((core / "src").rglob("*.rs"), key=Path.as_posix)]
    made = hashlib.sha256()
    for path in paths:
        data = path.read_bytes().replace(b"\r\n", b"\n")
        made.update(f"{path.relative_to(core).as_posix()}\0{len(data)}\0".encode() + data)
    return made.hexdigest()


def sections(compiled: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Go through the sections of a file: the kind of each, what is in it, and the whole of it."""
    at = _HEADER
    while at < len(compiled):
        length, begin = _number(compiled, at + 1)
        yield compiled[at], compiled[begin : begin + length], compiled[at : begin + length]
        at = begin + length


def _options(core: Path) -> list[str]:
    """Return how to compile: as Cargo.toml says, and so that no path gets into the file."""
    cargo = tomllib.loads((core / "Cargo.toml").read_text(encoding="utf-8"))
    release = cargo["profile"]["release"]
    said = {
        "opt-level": release["opt-level"],
        "lto": "fat" if release["lto"] else "off",
        "codegen-units": release["codegen-units"],
        "panic": release["panic"],
        "strip": "symbols" if release["strip"] else "none",
        "target-feature": "+simd128",  # many bytes at a time
    }
    library = Path(_told("rustc", "--print", "sysroot")) / "lib" / "rustlib" / "src" / "rust"
    return [
        *("--crate-name", cargo["lib"]["name"], "--crate-type", *cargo["lib"]["crate-type"]),
        *("--edition", cargo["package"]["edition"], "--target", TARGET),
        *(word for key, value in said.items() for word in ("-C", f"{key}={value}")),
        *("--remap-path-prefix", f"{core}=core", "--remap-path-prefix", f"{library}=rust"),
    ]


def _told(*command: str) -> str:
    """Return what a command says in one line."""
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _custom(name: str, content: bytes) -> bytes:
    """Return a section that is no code."""
    body = _as_number(len(name)) + name.encode() + content
    return bytes([_CUSTOM]) + _as_number(len(body)) + body


def _named(body: bytes) -> tuple[str, bytes]:
    """Return the name of a section that is no code, and what is in it."""
    length, begin = _number(body, 0)
    return body[begin : begin + length].decode(), body[begin + length :]


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a number, seven bits a byte with the lowest first; also where what follows begins."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & _BITS) << shift
        at, shift = at + 1, shift + 7
        if not byte & _MORE:
            return value, at


def _as_number(value: int) -> bytes:
    made = bytearray()
    while value > _BITS:
        made.append(value & _BITS | _MORE)
        value >>= 7
    made.append(value)
    return bytes(made)


if __name__ == "__main__":
    main()
