"""Looking for garbage seldom while payloads are worked on.

What a payload becomes in memory has no cycles, so that it is freed as soon as it is done with. To
look for cycles after every few hundred new values, and through all modules too, takes a tenth of
the time and finds nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Values more than before, after which cycles among them are looked for.
MANY_VALUES = 50_000


def collect_seldom() -> None:
    """Look for cycles seldom from now on, and not in what there is now.

    A process that is forked keeps sharing the memory of what is not looked at.
    """
    gc.freeze()
    gc.set_threshold(MANY_VALUES)


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Look for cycles seldom for a while."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
