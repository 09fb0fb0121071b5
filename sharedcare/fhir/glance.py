"""What is seen of a resource before the full lane looks at it."""

from typing import NamedTuple


class Glance(NamedTuple):
    """Whether nothing is wrong with a resource for certain, and else where something may be.

    ``doubtful`` are the members that hold others in which something may be wrong; None where that
    is not known. Of its other members, and of the resource as a whole, nothing is told.
    """

    is_good: bool = False
    doubtful: frozenset[str] | None = None


#: Nothing was seen.
UNSEEN = Glance()

#: Nothing is wrong.
GOOD = Glance(is_good=True)
