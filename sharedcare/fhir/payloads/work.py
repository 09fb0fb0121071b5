"""A chunk of payloads and what it gives: a pure function, wherever it runs.

A chunk is many whole lines of NDJSON, or one document in JSON or XML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.glance import GOOD, UNSEEN, Glance
from sharedcare.fhir.issue import Issue
from sharedcare.fhir.payloads.payload_rules import ALL_RULES, UNREADABLE
from sharedcare.fhir.payloads.settings import Settings
from sharedcare.fhir.payloads.sparing import SparingValidator
from sharedcare.fhir.payloads.tally import Counts, Found, Kind, Tally, group_of, kind_of
from sharedcare.fhir.payloads.versions import DEFAULT, may_say_version, version_of
from sharedcare.fhir.payloads.wanted import Wanted
from sharedcare.places import Severity
from sharedcare.reading.limits import MAX_PAYLOAD_VALUES, MEBIBYTE
from sharedcare.reading.source import shown

#: Characters of a value that are shown where values are asked for.
SHOWN_LENGTH = 80

#: Lines are looked at together until they have so many bytes.
BYTES_TOGETHER = MEBIBYTE // 2

#: Where a line begins in its chunk, and what it holds.
_Line = tuple[int, bytes]


class Checking:
    """Validates chunks by some settings; make one for each thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._has_groups = bool(settings.apart or settings.suppressions)
        self._wanted = Wanted()
        profiles = None
        if settings.packages is not None:
            from sharedcare.fhir.payloads.given_packages import fhir_profiles  # heavy

            profiles = fhir_profiles(settings.packages)
        self._r4 = SparingValidator(profiles)

    def tally(self, chunk: Chunk) -> Tally:
        """Return what a chunk gives."""
        tally = left_out(chunk) if chunk.left_out else self._looked_at(chunk)
        tally.files[chunk.file] = replace(tally.counts)
        return tally

    def _looked_at(self, chunk: Chunk) -> Tally:
        tally = Tally()
        self._wanted = Wanted(self._group, tally.room)
        if chunk.holds == "ndjson":
            self._lines(chunk, tally)
            return tally
        issues, version = (self._xml if chunk.holds == "xml" else self._json)(chunk.data)
        tally.versions[version] += 1
        tally.counts.read = 1
        if issues or self._wanted.counted:
            self._take(_Text(chunk.file, chunk.data, chunk.line, chunk.byte), issues, tally)
        else:
            tally.counts.ok = 1
        return tally

    def _lines(self, chunk: Chunk, tally: Tally) -> None:
        data, counts = chunk.data, tally.counts
        number, at, judged = chunk.line, 0, 0
        for lines in _together(data, counts):
            glances = self._glances([line for _, line in lines])
            if self._is_all_good(lines, glances):
                tally.versions[DEFAULT] += len(lines)
                counts.ok += len(lines)
                judged += len(lines)
                continue
            for (start, line), glance in zip(lines, glances, strict=True):
                if not glance.is_good and line.isspace():
                    continue
                issues, version = self._issues(line, glance)
                judged += 1
                tally.versions[version] += 1
                if not issues and not self._wanted.counted:
                    counts.ok += 1
                    continue
                number += data.count(b"\n", at, start)
                at = start
                self._take(_Text(chunk.file, line, number, chunk.byte + at), issues, tally)
        counts.read = data.count(b"\n") + bool(data and not data.endswith(b"\n"))
        counts.blank = counts.read - judged

    def _is_all_good(self, lines: list[_Line], glances: Sequence[Glance]) -> bool:
        """Whether nothing is wrong in any of the lines, which is told of most together."""
        if glances.count(GOOD) < len(lines):
            return False
        is_said = self._settings.version == "auto" and any(
            version_of(line) != DEFAULT for _, line in lines if may_say_version(line)
        )
        return not is_said and not any(_is_too_many(line) for _, line in lines)

    def _json(self, data: bytes) -> tuple[tuple[Issue, ...], str]:
        """Return the issues of a document in JSON, and the version by which it was looked at."""
        return self._issues(data, self._glances((data,))[0])

    def _glances(self, lines: Sequence[bytes]) -> Sequence[Glance]:
        """Tell of each resource what the fast lane sees of it, as if it were of R4."""
        if self._settings.version in {"auto", DEFAULT}:
            return self._r4.glances(lines)
        return [UNSEEN] * len(lines)

    def _issues(self, data: bytes, glance: Glance) -> tuple[tuple[Issue, ...], str]:
        """Return the issues of a resource in JSON, and the version by which it was looked at.

        What was seen of it counts if it is of R4.
        """
        wanted = self._settings.version
        version = version_of(data) if wanted == "auto" else wanted
        if _is_too_many(data):
            return (_issue("too-many-values", 0),), version
        if version == DEFAULT:
            return self._by_r4(data, glance), version
        from sharedcare.fhir.payloads.other_versions import issues_by_model  # heavy

        return issues_by_model(data, version, self._wanted), version

    def _by_r4(self, data: bytes, glance: Glance = UNSEEN) -> tuple[Issue, ...]:
        return self._r4.wanted_issues(data, glance, self._wanted)

    def _group(self, kind: Kind) -> Kind | None:
        """With what issues of a kind are listed; None where they are suppressed."""
        if not self._has_groups:
            return kind[0], ""
        if any(one.holds_for(kind) for one in self._settings.suppressions):
            return None
        return group_of(kind, self._settings.apart)

    def _xml(self, data: bytes) -> tuple[tuple[Issue, ...], str]:
        """Return the issues of a resource in XML, at their bytes in the XML."""
        from sharedcare.fhir.payloads.xml_resource import XmlRefused, read_xml  # seldom needed

        if self._settings.version not in {"auto", DEFAULT}:
            return (_issue("xml-version", 0),), self._settings.version
        try:
            made = read_xml(data)
        except XmlRefused as refused:
            return (_issue(refused.rule, refused.byte),), DEFAULT
        said = version_of(made.data) if self._settings.version == "auto" else DEFAULT
        if said != DEFAULT:
            return (_issue("xml-version", 0),), said
        found = [
            replace(issue, byte=made.byte_in_xml(issue.byte), line=0, column=0)
            for issue in self._by_r4(made.data)
        ]
        found += [_issue(rule, byte) for rule, byte in made.faults]
        return tuple(sorted(found, key=lambda issue: (issue.byte, issue.rule))), DEFAULT

    def _take(self, text: "_Text", issues: tuple[Issue, ...], tally: Tally) -> None:
        """Count a resource with issues, and list those that are to be listed."""
        counts, counted = tally.counts, self._wanted.counted
        self._wanted = Wanted(self._group, tally.room)
        severities = {issue.severity.value for issue in issues}
        severities |= {severity for severity, _, _ in counted}
        rules = {issue.rule for issue in issues} | {rule for _, rule, _ in counted}
        if not UNREADABLE.isdisjoint(rules):
            counts.quarantined += 1
        elif severities == {Severity.INFORMATION.value}:
            counts.ok += 1
        else:
            counts.with_issues += 1
            counts.with_errors += Severity.ERROR.value in severities
        for (severity, rule, path), count in counted.items():
            if self._group((rule, path)) is None:
                tally.suppressed[rule] += count
            else:
                tally.issues[severity, rule, path] += count
        for issue in issues:
            self._take_issue(text, issue, tally)

    def _take_issue(self, text: "_Text", issue: Issue, tally: Tally) -> None:
        settings, kind = self._settings, kind_of(issue.rule, issue.path)
        if self._group(kind) is None:
            tally.suppressed[issue.rule] += 1
        elif tally.count(issue.severity, kind, settings.apart):
            tally.list_one(text.found(issue, settings.show_values), settings.apart)


def _together(data: bytes, counts: Counts) -> Iterator[list[_Line]]:
    """Go through lines with anything in them, as many together as are looked at together.

    Those that end as Windows ends them are counted, and come without that end.
    """
    begin = 0
    while begin < len(data):
        end = data.find(b"\n", begin + BYTES_TOGETHER) + 1 or len(data)
        lines = data[begin:end].split(b"\n")
        starts = accumulate([len(line) + 1 for line in lines], initial=begin)
        found = [(start, line) for start, line in zip(starts, lines, strict=False) if line]
        if data.find(b"\r", begin, end) >= 0:
            counts.crlf += sum(line.endswith(b"\r") for _, line in found)
            # Else a torn line would be told to have a control character at its end.
            plain = [(start, line.removesuffix(b"\r")) for start, line in found]
            found = [one for one in plain if one[1]]
        yield found
        begin = end


def left_out(chunk: Chunk) -> Tally:
    """Return the tally of one line that is too long to hold."""
    tally = Tally()
    counts = tally.counts
    counts.read = counts.quarantined = 1
    issue = _issue("line-too-long", 0)
    tally.count(issue.severity, (issue.rule, ""), frozenset())
    tally.list_one(_Text(chunk.file, b"", chunk.line, chunk.byte).found(issue, False), frozenset())
    return tally


@dataclass(slots=True)
class _Text:
    """The bytes of one resource, and where in its file they begin.

    Issues come in the order of their bytes, so that each column is counted on from the last.
    """

    file: str
    data: bytes
    line: int
    byte: int
    _at: int = field(default=0, init=False)
    _column: int = field(default=1, init=False)

    def found(self, issue: Issue, with_value: bool) -> Found:
        """Give an issue its place in the file."""
        at = min(issue.byte, len(self.data))
        self._go_to(at)
        value = self._value(at) if with_value else ""
        return Found(
            self.file,
            self.line,
            self._column,
            self.byte + at,
            issue.severity,
            issue.code,
            issue.rule,
            issue.path,
            issue.message,
            value,
        )

    def _go_to(self, at: int) -> None:
        """Count lines and columns up to a byte that is not before the last."""
        feeds = self.data.count(b"\n", self._at, at)
        if feeds:
            self.line += feeds
            self._at, self._column = self.data.rindex(b"\n", self._at, at) + 1, 1
        between = self.data[self._at : at].decode("utf-8", "replace")
        self._column += len(between.removeprefix("\ufeff") if not self._at else between)
        self._at = at

    def _value(self, at: int) -> str:
        """What stands at a byte, on one line and not longer than is shown."""
        raw = self.data[at : at + 4 * SHOWN_LENGTH].split(b"\n")[0]
        text = shown(raw.decode("utf-8", "replace").strip())
        return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def _issue(rule: str, byte: int) -> Issue:
    found = ALL_RULES[rule]
    return Issue(Severity.ERROR, found.code, rule, "", found.sentence, byte)


def _is_too_many(data: bytes) -> bool:
    """Whether a text may hold more values than fit in memory; strings may make it seem so."""
    if len(data) <= MAX_PAYLOAD_VALUES:
        return False
    return sum(map(data.count, (b",", b"{", b"["))) > MAX_PAYLOAD_VALUES
