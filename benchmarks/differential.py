"""Where verdicts on FHIR R4 resources differ from those of peers, class by class.

    python3 -m benchmarks.differential --samples FOLDER --resources 100000 --hapi 10000 --write

Half of the resources are mutants with one fault of a known class (``tests/fhir/mutants.py``), half
have one random edit (``random_edits.py``). Each is judged valid (no error) or invalid by
``sharedcare.fhir`` and by fhir.resources (R4B) and fhirkit-rs, where they are installed; the first
``--hapi`` of them by the HAPI FHIR instance validator too (Java and Maven). A disagreement is of
the class that the side which found something names: the peer's kind of error, or our rules. Each
class that a peer alone finds needs a reason in :data:`REASONS`; the run fails where one has none.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module, util
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from tabulate import tabulate

from benchmarks.java import classpath, program
from benchmarks.random_edits import Editor, Json
from sharedcare.fhir import Validator
from sharedcare.places import Severity
from tests.fhir.mutants import CHANGES, mutant

RESULTS = Path(__file__).parent / "results" / "differential.md"

#: A resource longer than this is left out: it would make a slow run of many like cases.
MOST_BYTES = 20_000

#: Takes a resource; gives the kinds of error that were found, none where it is valid.
Judge = Callable[[bytes], frozenset[str]]

#: Why a peer alone finds something, by peer and kind.
REASONS: dict[str, dict[str, str]] = {
    "fhir.resources R4B": {
        "no such type": "a type of R4 that R4B no longer has",
        "missing variableDefinition": "required in R4B; R4 has another element there",
        "extra_forbidden exposureBackground": "an element of R4 that R4B no longer has",
    },
    "fhirkit-rs": {},
    "HAPI 8.4": {
        "stumbled": "an exception of its own: no verdict",
        "TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE": "relative canonicals: we do not read the R4 "
        "specification as forbidding them; 55 official examples have one",
        "Terminology_PassThrough_TX_Message": "units, languages and code systems that a "
        "terminology server knows and the specification does not hold",
        "Terminology_TX_System_Unknown": "the same",
        "http://hl7.org/fhir/StructureDefinition/Narrative#txt-2": "text inside preformatted or "
        "image-only narratives that it does not see",
        "http://hl7.org/fhir/StructureDefinition/Range#rng-2": "a comparison of quantities that "
        "its engine does not support and counts as failed",
        "http://hl7.org/fhir/StructureDefinition/Period#per-1": "ends of another precision than "
        "the start, which the specification lets include all that they begin",
        "Type_Specific_Checks_DT_UUID_Valid": "placeholders such as urn:uuid:a, which HL7's own "
        "examples have; a warning here",
        "Type_Specific_Checks_DT_OID_Valid": "the same, and OIDs that are short but well written",
        "TYPE_SPECIFIC_CHECKS_DT_ATT_B64_DECODE_FAIL": "white space in base 64, which R4's own "
        "expression allows and two of HL7's examples have",
        "TYPE_SPECIFIC_CHECKS_DT_ATT_HASH_MISMATCH": "a hash in hexadecimal digits, as one of "
        "HL7's own examples has; one in base 64 is checked",
        "TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_VALUE": "an OID without urn:oid:, as one "
        "of HL7's own examples has; a warning here",
        "Type_Specific_Checks_DT_XHTML_Resolve_Img": "a picture that is contained nowhere, as in "
        "one of HL7's own examples",
        "XHTML_XHTML_OUT_OF_PLACE": "a col in a colgroup, which HTML lets stand there and one of "
        "HL7's own examples has",
        "Terminology_TX_Code_ValueSet_MISSING": "a required code that is absent with its reason in "
        "an extension, as the specification lets it be",
        "BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED": "an OperationOutcome of a search without fullUrl, "
        "as in one of HL7's own examples",
        "BUNDLE_ENTRY_URL_MATCHES_TYPE_ID": "copies in messages and collections under another id, "
        "as in two of HL7's own examples; a warning here",
        "BUNDLE_BUNDLE_ENTRY_NOTFOUND_APPARENT": "relative references beside addresses by URN, as "
        "in two of HL7's own examples",
        "MEASURE_M_CRITERIA_CQL_NO_LIB": "CQL without a library or with one that it cannot load, "
        "as in four of HL7's own examples",
        "CONCEPTMAP_GROUP_SOURCE_CODE_INVALID": "codes that HL7's own maps name and its code "
        "systems lack; a warning here",
        "CONCEPTMAP_GROUP_TARGET_CODE_INVALID": "the same",
    },
}


def main() -> None:
    """Judge everything, print the table and the classes; exit 1 where one has no reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True, help="folder of NDJSON files")
    parser.add_argument("--resources", type=int, default=10_000)
    parser.add_argument("--hapi", type=int, default=0, help="how many the Java validator judges")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {RESULTS.name}")
    arguments = parser.parse_args()
    made = list(islice(resources(samples_in(arguments.samples)), arguments.resources))
    ours = [our_rules(data) for data in made]
    peers = {name: [judge(data) for data in made] for name, judge in judges()}
    if arguments.hapi:
        peers["HAPI 8.4"] = hapi_errors(made[: arguments.hapi])
    report = "\n\n".join(section(name, ours, found) for name, found in peers.items())
    print(report)
    if arguments.write:
        RESULTS.write_text(report + "\n", encoding="utf-8")
    sys.exit(1 if unexplained(ours, peers) else 0)


def samples_in(folder: Path) -> list[Json]:
    """The resources of every NDJSON file of the folder that are not longer than the most."""
    lines = (line for path in sorted(folder.glob("*.ndjson")) for line in path.open("rb"))
    return [json.loads(line) for line in lines if line.strip() and len(line) <= MOST_BYTES]


def resources(samples: list[Json], seed: int = 1) -> Iterator[bytes]:
    """Without an end: a mutant of each class in turn, and after each a random edit."""
    draw, editor = random.Random(seed), Editor(samples, seed)
    while True:
        for name in CHANGES:
            found = mutant(name, draw.choice(samples), draw.randrange(1_000_000))
            if found is not None:
                yield found
                yield json.dumps(editor.edited()).encode()


_VALIDATOR = Validator()


def our_rules(data: bytes) -> frozenset[str]:
    """The rules that a resource breaks, of error severity."""
    return frozenset(i.rule for i in _VALIDATOR.issues(data) if i.severity is Severity.ERROR)


def judges() -> Iterator[tuple[str, Judge]]:
    """The peers of Python, where they are installed."""
    yield "fhir.resources R4B", _models()
    if util.find_spec("fhirkit") is not None:
        yield "fhirkit-rs", _fhirkit()


def _models() -> Judge:
    from pydantic import ValidationError

    def judge(data: bytes) -> frozenset[str]:
        resource = orjson.loads(data)
        try:
            name = resource["resourceType"]
            model = getattr(import_module(f"fhir.resources.R4B.{name.lower()}"), name)
        except (ModuleNotFoundError, KeyError, AttributeError):
            return frozenset({"no such type"})
        try:
            model.model_validate(resource)
        except ValidationError as found:
            return frozenset(_kind(each) for each in found.errors(include_input=False))
        except Exception as found:  # noqa: BLE001 - whatever it raises, it does not accept
            return frozenset({type(found).__name__})
        return frozenset()

    return judge


def _kind(error: Any) -> str:
    names = [part for part in error["loc"] if isinstance(part, str)]
    return f"{error['type']} {names[-1] if names else ''}".strip()


def _fhirkit() -> Judge:
    made: Any = import_module("fhirkit")

    def judge(data: bytes) -> frozenset[str]:
        found = (each for each in made.validate(data.decode()) if each.severity == "error")
        return frozenset(re.sub(r'"[^"]*"', "…", each.message) for each in found)

    return judge


def hapi_errors(made: list[bytes]) -> list[frozenset[str]]:
    """What the Java validator holds against each resource."""
    with tempfile.TemporaryDirectory() as folder:
        given, told = Path(folder) / "given.ndjson", Path(folder) / "told.txt"
        given.write_bytes(b"\n".join(made) + b"\n")
        command = [program("java"), "-cp", classpath(), "peer.Errors", str(given), str(told)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # stack traces of its own
        lines = told.read_text("utf-8").splitlines()
    return [frozenset(line.split("\t")) if line else frozenset() for line in lines]


def section(peer: str, ours: list[frozenset[str]], theirs: list[frozenset[str]]) -> str:
    """One peer: how often both agree, and each class in which they do not."""
    pairs = list(zip(ours, theirs, strict=False))
    agreed = sum(bool(one) == bool(other) for one, other in pairs)
    rows = [("found by us alone", kind, count, "") for kind, count in alone(pairs).items()]
    turned = alone([(other, one) for one, other in pairs])
    reasons = REASONS[peer]
    rows += [("by it alone", kind, n, reasons.get(kind, "?")) for kind, n in turned.items()]
    table = tabulate(rows, ["side", "class", "resources", "why"], tablefmt="github")
    return f"## {peer}: {agreed:,} of {len(pairs):,} agree\n\n{table}"


def alone(pairs: list[tuple[frozenset[str], frozenset[str]]]) -> dict[str, int]:
    """The classes of what the first of a pair finds where the second finds nothing; most first."""
    found = Counter(kind for first, second in pairs if not second for kind in first)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def unexplained(
    ours: list[frozenset[str]], peers: dict[str, list[frozenset[str]]]
) -> list[tuple[str, str]]:
    """Peer and kind of what a peer alone finds without any kind that has a reason."""
    return sorted(
        {
            (peer, kind)
            for peer, theirs in peers.items()
            for one, other in zip(ours, theirs, strict=False)
            if other and not one and not other & REASONS[peer].keys()
            for kind in other
        }
    )


if __name__ == "__main__":
    main()
