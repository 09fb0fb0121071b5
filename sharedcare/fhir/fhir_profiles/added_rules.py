"""The rules that a FHIR profile adds, in FHIRPath.

Rules of FHIR itself, which a snapshot repeats, are left to the base rules. A rule has to give true,
as those of FHIR do; one that cannot be evaluated is told as one that was not checked.
"""

import re

from sharedcare.errors import InputRefused
from sharedcare.fhir.fhir_profiles.base_rules import added_rules
from sharedcare.fhir.fhir_profiles.bound_codes import has_code_of
from sharedcare.fhir.fhir_profiles.found import LONGEST_NAME, Found, printable, profile_words
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.looking import Looking
from sharedcare.fhir.fhir_profiles.shapes import Shape, Unusable
from sharedcare.fhir.fhir_profiles.value_types import NOT_THERE
from sharedcare.fhir.fhirpath.compiling import Context, NotSupported, answering
from sharedcare.fhir.fhirpath.items import CannotTell, LooksAtTooMuch, Node
from sharedcare.fhir.fhirpath.items import Item as Value
from sharedcare.fhir.packages.structure import Constraint
from sharedcare.fhir.rules import RULES
from sharedcare.fhir.walk import Fault, Scope
from sharedcare.places import Severity

#: What the key of a rule is like; another is not told as the id of a rule.
_KEY = re.compile(r"[A-Za-z0-9\-.]{1,64}")

#: Characters of the words of a rule that are told.
LONGEST_WORDS = 500

#: Items that an expression may look at in turn: far more than any honest rule has to.
MAX_LOOKED_AT = 1_000_000

_NO_EXPRESSION = "only words say what holds"


def check_rules(found: Found, looking: Looking, shape: Shape, item: Item) -> None:
    """Check the rules that a FHIR profile has for an element beyond those of FHIR."""
    for rule in added_rules(looking.definitions, shape):
        answer = asked_of(looking, shape, item, rule.expression)
        if answer is False:
            found.faults.append(_fault(shape, item, rule))
        elif isinstance(answer, str):
            key = f"The rule {rule.key[:LONGEST_NAME]}"
            found.add("profile-rule-not-checked", shape, item.pointer, key=key, reason=answer)


def surrounded(looking: Looking, shape: Shape, item: Item) -> Context:
    """Return what an expression of a FHIR profile may look at when it is asked of an item."""
    scope = item.scope
    node = Node(item.value, item.companion, item.type, looking.definitions)
    world = _Surroundings(looking, shape, item)
    return Context(node, _node(scope), _node(scope.outermost), world=world, left=MAX_LOOKED_AT)


def asked_of(looking: Looking, shape: Shape, item: Item, expression: str) -> bool | str:
    """Evaluate the expression of a rule for an item; a text says why it could not be."""
    if not expression.strip():
        return _NO_EXPRESSION
    if expression in looking.endless:
        return str(LooksAtTooMuch())
    try:
        return answering(expression)(surrounded(looking, shape, item)) is True
    except (NotSupported, CannotTell) as reason:
        if isinstance(reason, LooksAtTooMuch):
            looking.endless.add(expression)
        return str(reason)


def _node(scope: Scope) -> Node:
    return Node(scope.resource, None, scope.type, scope.walk.definitions)


def _fault(shape: Shape, item: Item, rule: Constraint) -> Fault:
    is_id = _KEY.fullmatch(rule.key) is not None
    is_other = rule.key in RULES and RULES[rule.key].code != "invariant"
    name = rule.key if is_id and not is_other else "profile-rule"
    words = " ".join(rule.human.split())[:LONGEST_WORDS]
    said = f"The rule {rule.key[:LONGEST_NAME]} of {profile_words(shape)} does not hold: “{words}”"
    severity = Severity.WARNING if rule.severity == "warning" else Severity.ERROR
    message = printable(said)
    return Fault(name, item.pointer, message=message, code="invariant", said=severity)


class _Surroundings:
    """What an expression may ask about the document and the packages around an item."""

    def __init__(self, looking: Looking, shape: Shape, item: Item) -> None:
        self._looking = looking
        self._shape = shape
        self._item = item

    def resolved(self, node: Node) -> Node:
        """Return what a reference leads to; raises CannotTell where it is not at hand."""
        item = Item(node.value, None, node.type, None, self._item.scope)
        found = self._looking.document.led_to(item)
        if found is None:
            raise CannotTell("what a reference leads to is not at hand")
        return Node(found.value, None, found.type, self._looking.definitions)

    def is_member(self, node: Value, value_set: str) -> bool:
        """Whether a code is of a value set; raises CannotTell where it is not known whole."""
        value, name = (node.value, node.type) if isinstance(node, Node) else (node, "code")
        item = Item(value, None, name, None, self._item.scope)
        try:
            expansion = self._looking.shapes.packages.value_set(value_set, self._shape.package)
        except InputRefused:
            raise CannotTell("the definition of a value set cannot be used") from None
        answer = has_code_of(expansion, item)
        if answer is None:
            raise CannotTell("the codes of a value set are not all at hand")
        return answer

    def conforms(self, node: Node, profile: str) -> bool:
        """Whether a resource of the document fits a FHIR profile; raises CannotTell."""
        item = self._looking.document.resource_of(node.value)
        if item is None:
            raise CannotTell("its expression asks it of what is no resource")
        try:
            root = self._looking.shapes.root(profile, self._shape.package)
        except Unusable as unusable:
            raise CannotTell(str(unusable)) from None
        if root is None:
            raise CannotTell(f"it names a FHIR profile, and {NOT_THERE}")
        return self._looking.fits(item, root)
