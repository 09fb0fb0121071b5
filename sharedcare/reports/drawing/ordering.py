"""The order of the cells in each layer, from the top: few links cross.

Sweeps to and fro, in which each layer is sorted by the mean position of what its cells are joined
to, then neighbours change places where that helps; of all the orders met the one with the fewest
crossings is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sharedcare.reports.drawing.cells import Cell, Layers

SWEEPS = 12

#: For the cells of one side, the positions of those that they are joined to, by identity.
Neighbours = Mapping[int, list[Cell]]


def put_in_order(layers: Layers) -> None:
    """Sort the cells of every layer."""
    left, right = neighbours(layers)
    best, fewest = [list(cells) for cells in layers.cells], crossings(layers)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        going = layers.cells if forward else reversed(layers.cells)
        _sweep(layers, going, left if forward else right)
        _exchange(layers, left, right)
        found = crossings(layers)
        if found < fewest:
            best, fewest = [list(cells) for cells in layers.cells], found
    layers.cells = best


def neighbours(layers: Layers) -> tuple[Neighbours, Neighbours]:
    """What each cell is joined to on its left, and on its right."""
    left: dict[int, list[Cell]] = defaultdict(list)
    right: dict[int, list[Cell]] = defaultdict(list)
    for one, other in layers.pairs():
        left[id(other)].append(one)
        right[id(one)].append(other)
    return left, right


def _sweep(layers: Layers, going: Iterable[list[Cell]], joined: Neighbours) -> None:
    position = {id(cell): at for cells in layers.cells for at, cell in enumerate(cells)}
    for cells in going:
        drawn = [
            _mean([position[id(other)] for other in joined.get(id(cell), ())], at)
            for at, cell in enumerate(cells)
        ]
        order = sorted(range(len(cells)), key=drawn.__getitem__)
        cells[:] = [cells[at] for at in order]
        position.update({id(cell): at for at, cell in enumerate(cells)})


def _exchange(layers: Layers, left: Neighbours, right: Neighbours) -> None:
    """Let neighbours in a layer change places where fewer links cross then."""
    position = {id(cell): at for cells in layers.cells for at, cell in enumerate(cells)}

    def crossed(upper: Cell, lower: Cell) -> int:
        return sum(
            position[id(one)] > position[id(other)]
            for joined in (left, right)
            for one in joined.get(id(upper), ())
            for other in joined.get(id(lower), ())
        )

    for cells in layers.cells:
        for at in range(len(cells) - 1):
            upper, lower = cells[at], cells[at + 1]
            if crossed(upper, lower) > crossed(lower, upper):
                cells[at], cells[at + 1] = lower, upper
                position[id(upper)], position[id(lower)] = at + 1, at


def _mean(positions: list[int], otherwise: int) -> float:
    return sum(positions) / len(positions) if positions else float(otherwise)


def crossings(layers: Layers) -> int:
    """How often links cross between neighbouring layers."""
    position = {id(cell): at for cells in layers.cells for at, cell in enumerate(cells)}
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in layers.pairs():
        spans[one.layer].append((position[id(one)], position[id(other)]))
    return sum(map(_crossed, spans.values()))


def _crossed(spans: list[tuple[int, int]]) -> int:
    ordered = sorted(spans)
    return sum(
        a[0] < b[0] and a[1] > b[1] for at, a in enumerate(ordered) for b in ordered[at + 1 :]
    )
