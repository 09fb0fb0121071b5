"""The built-in activities, which a profile takes over, changes, or does without.

That there were 32, in four groups by who does them and on which stage, is a fact of the practice
guide that Steele Gray 2024 tells of; its Box 1 says what each stage is. The guide's own list is not
public in that paper: names, the split into eight for each group, links, proxies, and what each
activity rests on are our drafting. So are both archetypes, in the place of the paper's two figures.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from sharedcare.landscape.repertoire.built_in import Archetype, BuiltInActivity
from sharedcare.landscape.repertoire.manager_back import MANAGER_BACK
from sharedcare.landscape.repertoire.manager_front import MANAGER_FRONT
from sharedcare.landscape.repertoire.provider_back import PROVIDER_BACK
from sharedcare.landscape.repertoire.provider_front import PROVIDER_FRONT

__all__ = ["REPERTOIRE", "Archetype", "BuiltInActivity", "repertoire"]

#: Every built-in activity: managers behind the scenes first, what the person sees last.
REPERTOIRE: tuple[BuiltInActivity, ...] = (
    *MANAGER_BACK,
    *PROVIDER_BACK,
    *MANAGER_FRONT,
    *PROVIDER_FRONT,
)


@cache
def repertoire() -> Mapping[str, BuiltInActivity]:
    """Return the built-in activities by id, in their own order; they cannot be changed."""
    return MappingProxyType({activity.id: activity for activity in REPERTOIRE})
