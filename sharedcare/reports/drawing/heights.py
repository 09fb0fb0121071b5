"""How high each cell stands: as straight as links can run without two cells overlapping.

Layer by layer each cell is drawn to the mean height of what it is joined to. Of all heights in
order and without overlap those with the least sum of squared distances are taken, found exactly by
pooling neighbours that press on each other (isotonic regression, Ayer et al. 1955).
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from sharedcare.reports.drawing.cells import Cell, Layers
from sharedcare.reports.drawing.ordering import neighbours

ROUNDS = 48

#: How much more a link that goes on is drawn to its own height than to that of a box.
STRAIGHT = 12


def put_at_heights(layers: Layers) -> None:
    """Give every cell its ``y``; the highest cell begins at 0."""
    for cells in layers.cells:
        _put(cells, [0.0] * len(cells))
    left, right = neighbours(layers)
    for turn in range(ROUNDS):
        going = layers.cells if turn % 2 == 0 else layers.cells[::-1]
        for cells in going:
            _put(cells, [_drawn(cell, [*left[id(cell)], *right[id(cell)]]) for cell in cells])
    top = min(cell.y - cell.height / 2 for cells in layers.cells for cell in cells)
    for cells in layers.cells:
        for cell in cells:
            cell.y -= top


def _drawn(cell: Cell, joined: Sequence[Cell]) -> float:
    """The mean height of what a cell is joined to; that of a link on its way keeps it straight."""
    if not joined:
        return cell.y
    weights = [1 if cell.box or other.box else STRAIGHT for other in joined]
    drawn = sum(weight * other.y for weight, other in zip(weights, joined, strict=True))
    return drawn / sum(weights)


def _put(cells: Sequence[Cell], wanted: Sequence[float]) -> None:
    for cell, height in zip(cells, nearest_apart(wanted, [c.height for c in cells]), strict=True):
        cell.y = height


def nearest_apart(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Middles nearest to those wanted, in the same order, with things of these sizes apart."""
    between = [(one + other) / 2 for one, other in pairwise(sizes)]
    offsets = list(accumulate(between, initial=0.0))[: len(wanted)]
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        pools.append((mean, count))
    settled = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(settled, offsets, strict=True)]
