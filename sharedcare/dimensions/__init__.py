"""The catalogue: twenty-five dimensions, in the order and under the names of Cresswell et al. 2023.

The order and the names are the paper's; definitions, criteria, levels, prerequisites and thresholds
are ours.
"""

from sharedcare.dimension import Criterion, Dimension
from sharedcare.dimensions import (
    architecture_migration,
    data_overload,
    data_ownership,
    data_quality,
    digital_maturity,
    distributed_knowledge,
    flows_of_information,
    governance_structures,
    hardware_infrastructure,
    harmonizing_interoperability,
    incentives,
    information_governance,
    legacy_systems,
    liability,
    organizational_complexity,
    professional_jurisdictions,
    shared_care_pathways,
    skills,
    social_determinants,
    structural_complexity,
    suppliers,
    system_configuration,
    training,
    upgrades_maintenance,
    vision,
)
from sharedcare.errors import NotFoundError
from sharedcare.identifiers import did_you_mean

__all__ = ["DIMENSIONS", "criterion", "dimension"]

#: All dimensions: sixteen socio-organisational, then nine technological.
DIMENSIONS: tuple[Dimension, ...] = (
    structural_complexity.DIMENSION,
    shared_care_pathways.DIMENSION,
    organizational_complexity.DIMENSION,
    professional_jurisdictions.DIMENSION,
    data_ownership.DIMENSION,
    system_configuration.DIMENSION,
    incentives.DIMENSION,
    data_overload.DIMENSION,
    vision.DIMENSION,
    information_governance.DIMENSION,
    liability.DIMENSION,
    skills.DIMENSION,
    training.DIMENSION,
    governance_structures.DIMENSION,
    distributed_knowledge.DIMENSION,
    social_determinants.DIMENSION,
    legacy_systems.DIMENSION,
    architecture_migration.DIMENSION,
    digital_maturity.DIMENSION,
    suppliers.DIMENSION,
    upgrades_maintenance.DIMENSION,
    hardware_infrastructure.DIMENSION,
    harmonizing_interoperability.DIMENSION,
    data_quality.DIMENSION,
    flows_of_information.DIMENSION,
)

_BY_ID = {found.id: found for found in DIMENSIONS}
_CRITERIA = {found.id: found for each in DIMENSIONS for found in each.criteria}


def dimension(dimension_id: str) -> Dimension:
    """Return the dimension of that id; raises NotFoundError if there is none."""
    if dimension_id not in _BY_ID:
        hint = did_you_mean(dimension_id, _BY_ID)
        raise NotFoundError(f"there is no dimension {dimension_id}{hint}")
    return _BY_ID[dimension_id]


def criterion(criterion_id: str) -> Criterion:
    """Return the criterion of that id (``dimension.words``); raises NotFoundError without one."""
    if criterion_id not in _CRITERIA:
        hint = did_you_mean(criterion_id, _CRITERIA)
        raise NotFoundError(f"there is no criterion {criterion_id}{hint}")
    return _CRITERIA[criterion_id]
