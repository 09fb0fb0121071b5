"""How much is read of a FHIR package.

The largest that programmes use, HL7's own core package among them, have 5,000 files and 40 MB
unpacked, so that none of these limits is met by honest work.
"""

from sharedcare.reading.limits import MEBIBYTE

#: Bytes of a package, unpacked; what is read of it is held in memory.
MAX_PACKAGE_BYTES = 128 * MEBIBYTE

#: Bytes of one file of a package.
MAX_MEMBER_BYTES = 32 * MEBIBYTE

#: Files and folders of a package.
MAX_MEMBERS = 50_000

#: Bytes of what an archive says of a name that is too long for a header.
MAX_NAME_BYTES = 8_192

#: Elements of one snapshot or differential; the largest of HL7's has a few hundred.
MAX_ELEMENTS = 20_000

#: Packages that one package may say it depends on.
MAX_DEPENDENCIES = 1_000

#: Codes that are looked at to list one value set; SNOMED CT has about half a million.
MAX_CODES = 20_000_000

#: Steps of the path of an element.
MAX_STEPS = 60

#: Value sets that include each other, and profiles that are based on each other.
MAX_CHAIN = 50
