"""The guarded way in for everything that comes from outside: bytes, text, YAML.

``source`` reads bytes, ``characters`` makes text of them, ``yaml_tree`` a tree whose values know
their places; ``codes`` explains each fault and ``limits`` says how much is read. YAML is imported
where it is read, so that the names here cost nothing.
"""

from sharedcare.reading.codes import CODES, LEAVES_WHOLE
from sharedcare.reading.fault_list import FaultList
from sharedcare.reading.limits import Allowance
from sharedcare.reading.source import Source, given, read_file, read_source, read_stream

__all__ = [
    "CODES",
    "LEAVES_WHOLE",
    "Allowance",
    "FaultList",
    "Source",
    "given",
    "read_file",
    "read_source",
    "read_stream",
]
