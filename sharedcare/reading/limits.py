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


@dataclass(slots=True)
class Allowance:
    """What may still be read of one profile; reading takes away from it."""

    bytes: int = MAX_PROFILE_BYTES
    nodes: int = MAX_NODES
    aliased: int = MAX_ALIASED
    includes: int = MAX_INCLUDES
