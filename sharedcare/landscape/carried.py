"""Categories with their forms, in the short ways that a profile may write them.

``{medications: coded}``, ``{coded: [medications, allergies]}``, ``[medications]`` (form not said)
and, for flows, ``{as_held: all}`` say the same kind of thing; here they become one.
"""

from collections.abc import Callable, Mapping

from pydantic import ValidationInfo

from sharedcare.landscape.fields import kind_of, refusal
from sharedcare.vocabulary import Form

AS_HELD = "as_held"
ALL = "all"
FORM_WORDS = frozenset(form.word for form in Form)

#: The name under which :mod:`sharedcare.landscape.building` hands bundles to validators.
BUNDLES = "bundles"

#: Under this name it hands on how many categories bundles may still come to.
ALLOWANCE = "allowance"
MAX_UNBUNDLED = 50_000


def bundles_of(info: ValidationInfo) -> Mapping[str, tuple[str, ...]]:
    """Return the bundles of the profile that is being read: name → category ids."""
    context = info.context or {}
    found: Mapping[str, tuple[str, ...]] = context.get(BUNDLES, {})
    return found


def unbundled(category: object, info: ValidationInfo) -> tuple[object, ...]:
    """Return the categories that a name stands for: those of a bundle, or itself."""
    bundles = bundles_of(info)
    if not isinstance(category, str) or category not in bundles:
        return (category,)
    _count(info, len(bundles[category]))
    return bundles[category]


def _count(info: ValidationInfo, categories: int) -> None:
    """Count what bundles come to over the whole profile, and refuse what no profile needs."""
    left: list[int] = (info.context or {}).get(ALLOWANCE, [MAX_UNBUNDLED])
    left[0] -= categories
    if left[0] < 0:
        message = f"bundles come to more than {MAX_UNBUNDLED:,} categories in this profile"
        raise refusal("too_large", message)


def by_category(
    value: object, info: ValidationInfo, by_form: frozenset[str], entry: Callable[[object], object]
) -> object:
    """Bring every short way of writing categories with forms into ``{category: entry}``.

    ``by_form`` holds the words that are keys of the way by form; ``entry`` makes an entry of a
    form. Raises a refusal if a category is named twice.
    """
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple):
        value = {AS_GIVEN: list(value)}
        by_form = by_form | {AS_GIVEN}
    if not isinstance(value, Mapping):
        raise refusal("wrong_type", f"a map of data categories is expected, not {kind_of(value)}")
    made: dict[object, object] = {}
    for key, given in value.items():
        for category, made_entry in _pairs(key, given, info, by_form, entry):
            if category in made:
                message = f"the data category {category} is named twice"
                raise refusal("named_twice", message, at=category)
            made[category] = made_entry
    return made


#: Stands for "the form is not said" while a plain list is brought into a map.
AS_GIVEN = ""


def _pairs(
    key: object,
    given: object,
    info: ValidationInfo,
    by_form: frozenset[str],
    entry: Callable[[object], object],
) -> list[tuple[object, object]]:
    if key not in by_form:
        made = entry(given) if isinstance(given, str | Form) else given
        return [(category, made) for category in unbundled(key, info)]
    form = None if key == AS_GIVEN else key
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list | tuple):
        raise refusal("wrong_type", f"behind {key} a list of data categories is expected")
    return [(category, entry(form)) for name in names for category in unbundled(name, info)]
