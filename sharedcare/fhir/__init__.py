"""What payloads say: FHIR R4 resources against the definitions of FHIR R4.

``validate_resource`` gives every issue of one resource at once; a :class:`Validator` made once does
the same for many.
"""

from sharedcare.fhir.issue import Issue
from sharedcare.fhir.models import read_model
from sharedcare.fhir.validator import Validator, is_valid, validate_resource

__all__ = ["Issue", "Validator", "is_valid", "read_model", "validate_resource"]
