"""The compiled core of the fast lane at work: it is loaded here, and handed lines.

The core is WebAssembly, made of ``core/`` by ``scripts/build_core.py``. It runs by the library
wasmtime and reaches nothing but its own memory: it imports nothing, so that it cannot even ask the
time. It is loaded once in a process, which takes a while
(:data:`sharedcare.fhir.validator.WORTH_A_LANE`); each machine has a memory of its own.

A call takes as long as judging some 10 kB, so lines are handed over many at once. What goes wrong
in there, such as memory that has run out, ends in lines that are refused and never in an error: the
full lane judges what is refused.
"""

import atexit
import secrets
import struct
import weakref
import zlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from sharedcare.fhir.fast_lane.question import QUESTION_BYTES, Question, questions_in
from sharedcare.reading.limits import MAX_LINE_BYTES, MEBIBYTE

if TYPE_CHECKING:
    from wasmtime import Engine, Module

ARTEFACT, TABLES = "core.wasm", "r4-tables.bin.z"

#: Bytes of lines that are best handed over together, and that are taken at all: those and as long
#: a line as is read.
BATCH_BYTES = MEBIBYTE
MAX_LENGTH = BATCH_BYTES + MAX_LINE_BYTES

#: Bytes of memory that the core may take, and with which it is begun anew: it gives none back.
MAX_MEMORY = 256 * MEBIBYTE
KEPT_MEMORY = 64 * MEBIBYTE

#: How often something may go wrong in the core before it is handed nothing more.
MAX_FAILURES = 20

#: Bits of each of two numbers by which texts are hashed: no file can be made up to foresee it.
_SECRET_BITS = 63

_COUNTS, _NEED, _DOUBT = struct.Struct("<3I"), struct.Struct("<4I"), struct.Struct("<3I")
_ALIGNED = 4
_NO_SIGN = 0xFFFF_FFFF  # addresses have none; wasmtime gives them one


class Judged(NamedTuple):
    """What the core says of lines: in ``verdicts`` 1 for each that may be accepted, else 0.

    Nothing is wrong with a line that may be accepted if that is the answer to all that it needs:
    ``needs`` are positions of lines, each with that of a question, and where the name of the member
    begins and ends that it is about, if members were asked for.
    """

    verdicts: bytes
    questions: list[Question]
    needs: list[tuple[int, int, int, int]]
    #: Positions of lines, each with where the name of a member begins and ends that is in doubt.
    doubts: list[tuple[int, int, int]]


class CoreFailed(Exception):
    """The core cannot run on this machine, or could not do what it was asked."""


def shipped_core() -> bytes:
    """Return the core as it comes with this package."""
    return (resources.files("sharedcare.fhir.fast_lane") / ARTEFACT).read_bytes()


@cache
def shipped_tables() -> bytes:
    """Return the tables of FHIR R4 4.0.1, as ``tables`` writes them."""
    return zlib.decompress((resources.files("sharedcare.fhir.fast_lane") / TABLES).read_bytes())


class Machine:
    """Judges lines by a core with some tables; each thread needs its own.

    Raises CoreFailed where the core cannot run here, or cannot read the tables.
    """

    def __init__(self, core: bytes, tables: bytes) -> None:
        self._core, self._tables = core, tables
        self._running: _Running | None = _Running(core, tables)
        self._failures = 0

    def judge(self, lines: Sequence[bytes]) -> Judged:
        """Judge lines, which are handed over together: some :data:`BATCH_BYTES` are best."""
        return self._told("judge", lines)

    def doubts(self, lines: Sequence[bytes]) -> Judged:
        """Tell which members of resources are in doubt; the verdict is 1 where that can be told.

        Nothing is wrong with the others if that is the answer to all that they need.
        """
        return self._told("doubts", lines)

    def _told(self, name: str, lines: Sequence[bytes]) -> Judged:
        if self._running is not None and self._running.memory > KEPT_MEMORY:
            self._begin_anew()
        if self._running is not None and sum(map(len, lines)) <= MAX_LENGTH:
            try:
                return self._running.told(name, lines)
            except CoreFailed:
                self._begin_anew(is_failure=True)
        return Judged(bytes(len(lines)), [], [], [])

    def remember(self, numbers: Sequence[int]) -> None:
        """Let the core not ask again those questions of the last lines that had a good answer."""
        if numbers and self._running is not None:
            try:
                self._running.remember(numbers)
            except CoreFailed:
                self._begin_anew(is_failure=True)

    def _begin_anew(self, is_failure: bool = False) -> None:
        """Give the core a new memory; none if that fails, or if it failed too often."""
        self._failures += is_failure
        self._running = None
        if self._failures < MAX_FAILURES:
            try:
                self._running = _Running(self._core, self._tables)
            except CoreFailed:
                self._failures = MAX_FAILURES


class _Running:
    """The core with a memory, from its beginning to its first failure.

    Every method raises CoreFailed; the core is of no use after that.
    """

    def __init__(self, core: bytes, tables: bytes) -> None:
        engine, module = _compiled(core)
        from wasmtime import Instance, Store, WasmtimeError

        self._store = Store(engine)
        weakref.finalize(self, self._store.close)
        self._store.set_limits(memory_size=MAX_MEMORY)
        try:
            self._exports = Instance(self._store, module, []).exports(self._store)
        except WasmtimeError as error:  # there is no room for its memory
            raise CoreFailed(str(error)) from None
        self._memory: Any = self._exports["memory"]
        self._place = self._room = 0
        self._call("secret", secrets.randbits(_SECRET_BITS), secrets.randbits(_SECRET_BITS))
        if self._call("load", self._hand_over([tables])) != 1:
            raise CoreFailed("the core cannot read the tables")
        self._room = 0  # the tables keep their place

    @property
    def memory(self) -> int:
        """The bytes of memory that it has taken."""
        length: int = self._memory.data_len(self._store)
        return length

    def told(self, name: str, lines: Sequence[bytes]) -> Judged:
        """Ask something of lines."""
        count = len(lines)
        ends = struct.pack(f"<{count}I", *accumulate(map(len, lines)))
        at = self._call(name, count, self._hand_over([ends, *lines]))
        if not at:
            raise CoreFailed("the core has no answer")
        begin = at + _COUNTS.size
        told = self._read(at, begin + count)
        asks, needs, doubts = _COUNTS.unpack_from(told)
        asked = begin + count + -count % _ALIGNED
        needed = asked + asks * QUESTION_BYTES
        doubted = needed + needs * _NEED.size
        return Judged(
            told[_COUNTS.size :],
            questions_in(self._read(asked, needed)),
            list(_NEED.iter_unpack(self._read(needed, doubted))),
            list(_DOUBT.iter_unpack(self._read(doubted, doubted + doubts * _DOUBT.size))),
        )

    def remember(self, numbers: Sequence[int]) -> None:
        """Take the numbers of questions."""
        self._hand_over([struct.pack(f"<{len(numbers)}I", *numbers)])
        self._call("remember", len(numbers))

    def _hand_over(self, parts: list[bytes]) -> int:
        """Write where the core reads what it is given, and return how many bytes that is."""
        given = bytearray().join(parts)
        if len(given) > self._room:
            self._place = self._call("input", len(given))
            self._room = len(given)
        self._write(given, self._place)
        return len(given)

    def _call(self, name: str, *numbers: int) -> int:
        from wasmtime import Trap, WasmtimeError

        function: Any = self._exports[name]
        try:
            answer: int | None = function(self._store, *numbers)
        except (Trap, WasmtimeError) as error:
            raise CoreFailed(str(error)) from None
        return (answer or 0) & _NO_SIGN

    def _write(self, data: bytearray, at: int) -> None:
        try:
            self._memory.write(self._store, data, at)
        except IndexError as error:
            raise CoreFailed(str(error)) from None

    def _read(self, begin: int, end: int) -> bytes:
        data = bytes(self._memory.read(self._store, begin, end)) if end > begin else b""
        if len(data) != end - begin:
            raise CoreFailed("the core answers beyond its memory")
        return data


@cache
def _compiled(core: bytes) -> "tuple[Engine, Module]":
    """Return a core ready to run, for this process and those that it is forked into.

    It is compiled in this thread alone, because a process with several is not forked.
    """
    try:
        from wasmtime import Config, Engine, Module, WasmtimeError
    except (ImportError, OSError, RuntimeError) as error:  # not for this system or processor
        raise CoreFailed(str(error)) from None
    config = Config()
    config.parallel_compilation = False
    try:
        engine = Engine(config)
        module = Module(engine, core)
    except WasmtimeError as error:
        raise CoreFailed(str(error)) from None
    for made in (engine, module):  # wasmtime cannot close them once its own modules are gone
        atexit.register(made.close)
    return engine, module
