"""Data categories that a profile adds to the built-in catalogue."""

from sharedcare.landscape.entry import Entry
from sharedcare.landscape.fields import Flag, Text, Texts


class DeclaredCategory(Entry):
    """A data category of the profile's own: what it means, and where FHIR would hold it."""

    description: Text | None = None
    fhir_types: Texts = ()
    code_systems: Texts = ()
    sensitive: Flag = False
