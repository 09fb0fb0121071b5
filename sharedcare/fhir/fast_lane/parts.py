"""The parts of an expression of FHIRPath, as its parser reads them."""

from dataclasses import dataclass, replace
from functools import cache

from sharedcare.fhir.fhirpath.compiling import Parser
from sharedcare.fhir.fhirpath.context import Compiled

#: What kind of word or sign stands in an expression, and the word itself.
Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A term or what operators join: its tokens from ``begin`` on, compiled, and its own parts.

    These are what is joined, what stands in brackets, and the arguments of functions.
    """

    tokens: tuple[Token, ...]
    begin: int
    run: Compiled
    inner: tuple["Part", ...]

    @property
    def end(self) -> int:
        """Where the next token after it stands."""
        return self.begin + len(self.tokens)

    @property
    def words(self) -> list[str]:
        """Its tokens as they are written."""
        return [word for _, word in self.tokens]

    @property
    def is_led_by_part(self) -> bool:
        """Whether it begins with one of its parts: then an operator comes next."""
        return bool(self.inner) and self.inner[0].begin == self.begin

    @property
    def operators(self) -> list[str]:
        """The operators that join its parts, none if it is a term."""
        if not self.is_led_by_part:
            return []
        return [self.tokens[one.end - self.begin][1] for one in self.inner[:-1]]

    @property
    def in_brackets(self) -> "Part | None":
        """What it has in brackets, if it is nothing else."""
        first, *others = self.inner or (None,)
        if first is None or others or self.tokens[0] != ("sign", "("):
            return None
        return first if len(first.tokens) == len(self.tokens) - 2 else None

    def without_call(self) -> "Part":
        """Return what is before a call that has no arguments and stands at its end."""
        return replace(self, tokens=self.tokens[: -len((".", "name", "(", ")"))])


@cache
def part_of(expression: str) -> Part:
    """Read an expression; raises NotSupported where the parser does."""
    reading = _Noting(expression)
    reading.parsed()
    return reading.noted[0]


class _Noting(Parser):
    """The parser, that notes the parts that it meets."""

    def __init__(self, expression: str) -> None:
        super().__init__(expression)
        self.noted: list[Part] = []

    def part(self, level: int) -> Compiled:
        begin, outer = self.at, self.noted
        self.noted = []
        run = super().part(level)
        part = Part(tuple(self.tokens[begin : self.at]), begin, run, tuple(self.noted))
        is_more = [one.tokens for one in part.inner] != [part.tokens]
        self.noted = [*outer, part if is_more else part.inner[0]]
        return run
