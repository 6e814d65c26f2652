"""The colours that serve a demand best.

This is facility location: each cell is served by the chosen colour that serves it best. The gain
of one more colour only shrinks as others are added (the objective is submodular), so choosing
greedily reaches at least 1 - 1/e of the optimum: G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, "An
analysis of approximations for maximizing submodular set functions", Mathematical Programming 14
(1978). Exchanges then improve on that.
"""

import numpy as np

from palette.color.arrays import Mask, Singles, Values

from .demand import REACH, Cells, service

_APART = 5.0  # distance that chosen colours keep, in a palette of up to ten; less in a larger one
_EXCHANGE_RADIUS = 0.05  # the least service of a cell that may take a colour's place


def min_distance(colors: int) -> float:
    """Return the distance in the uniform space that the colours of a palette keep."""
    return _APART * min(1.0, 10 / colors)


def choose_cells(cells: Cells, colors: int, given: Values) -> list[int]:
    """Choose up to ``colors`` cells that, with those ``given``, serve the demand best.

    ``given``, shape (m, 3), are places in the uniform space that are in the palette already. The
    first cell is the one that serves most of the area. None is within :func:`min_distance` of
    another or of those given: there are fewer than ``colors`` if all others are.
    """
    served_by, demand = cells.served_by, cells.demand.astype(np.float32)
    given_service = service(given, cells.place, REACH).max(axis=0, initial=0.0).astype(np.float32)
    too_near = np.exp(-((min_distance(colors + len(given)) / REACH) ** 2))
    first = [] if len(given) else [int((cells.area @ served_by).argmax())]

    def served_by_all(others: list[int]) -> Singles:
        return np.maximum(given_service, served_by[others].max(axis=0, initial=0.0))

    def add_greedily(chosen: list[int]) -> list[int]:
        while len(chosen) < colors:
            served = served_by_all(chosen)
            is_open = served < too_near
            if not is_open.any():
                break
            chosen = [*chosen, _best(served_by, served, demand, is_open)]
        return chosen

    chosen = add_greedily(first)
    for position in range(len(first), len(chosen)):
        served = served_by_all(chosen[:position] + chosen[position + 1 :])
        is_open = (served_by[chosen[position]] > _EXCHANGE_RADIUS) & (served < too_near)
        is_open[chosen[position]] = True
        chosen[position] = _best(served_by, served, demand, is_open)
    return add_greedily(chosen)


def _best(served_by: Singles, served: Singles, demand: Singles, is_open: Mask) -> int:
    """Return the open cell with which most of the demand is served; ``served`` has shape (n,)."""
    candidates = np.flatnonzero(is_open)
    total = np.maximum(served_by[candidates], served) @ demand
    return int(candidates[total.argmax()])
