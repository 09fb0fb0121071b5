"""How much is read of anything that comes from outside.

A whole region's profile has about 100 kB, 10,000 keys and values and ten levels, so none of these
limits is met by honest work. They hold for a profile with all the files that it includes, so that
splitting it is no way round them.
"""

from dataclasses import dataclass

MEBIBYTE = 2**20

#: Bytes of a profile.
MAX_PROFILE_BYTES = 5 * MEBIBYTE

#: Maps and lists inside each other.
MAX_DEPTH = 100

#: Keys and values, each map and list counting as one too. 5 MiB could hold five million; this many
#: are read in about a second and 110 MB.
MAX_NODES = 300_000

#: Keys and values that aliases stand for, each 64 characters of a text counting as one.
MAX_ALIASED = 10_000

#: Lines under ``includes:``, in all files of a profile.
MAX_INCLUDES = 200

#: Faults listed of one code; of the rest the count is told.
MAX_LISTED = 100

#: Bytes of a payload that is one document, in JSON or XML, unpacked. It is held whole.
MAX_DOCUMENT_BYTES = 64 * MEBIBYTE

#: Bytes of one line of NDJSON; a longer one is left out, and the lines round it are read.
MAX_LINE_BYTES = 32 * MEBIBYTE

#: Values of one payload document or line; more of them need more memory than their bytes tell:
#: a Bundle of so many takes 200 MB.
MAX_PAYLOAD_VALUES = 1_000_000

#: Elements of one payload in XML.
MAX_XML_ELEMENTS = 200_000

#: Bytes of NDJSON that are worked on together: whole lines, ending at the first that reaches it.
CHUNK_BYTES = 4 * MEBIBYTE

#: How many times its own size a packed file may unpack to, once it has unpacked to
#: :data:`RATIO_FROM` bytes. Resources pack to about a twentieth.
MAX_RATIO = 200
RATIO_FROM = 64 * MEBIBYTE

#: Parts of a packed file with nothing in them; honest files have one at most.
MAX_EMPTY_PARTS = 1_000

#: Files found in the folders that are named.
MAX_PAYLOAD_FILES = 1_000_000


@dataclass(slots=True)
class Allowance:
    """What may still be read of one profile; reading takes away from it."""

    bytes: int = MAX_PROFILE_BYTES
    nodes: int = MAX_NODES
    aliased: int = MAX_ALIASED
    includes: int = MAX_INCLUDES
