"""The fixed grid of colours that have a chip; any other colour shows the nearest.

Discord keeps at most 2,000 emoji for an application, so 16.8 million colours have to share them.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from palette import RGB
from palette.color.arrays import Bytes, Values
from palette.color.ciede2000 import srgb_to_cielab
from palette.color.uniform import cielab_to_uniform

_STEP = 6.2  # between layers of the grid, in about CIEDE2000
_LEVELS = [*range(0, 256, 8), 255]  # of the channels of colours to choose from


@cache
def grid() -> Bytes:
    """Return the colours of the grid, shape (1681, 3), always the same.

    No sRGB colour is further than a CIEDE2000 of 7.2 from the :func:`nearest`; the mean of all is
    2.3. The eight corners of sRGB, such as white, black and pure red, are in it.

    The grid is a body-centred cubic lattice in a space where distances are about CIEDE2000 (see
    :mod:`palette.color.uniform`), as that leaves the smallest gaps: of each of its cells that sRGB
    reaches, the colour nearest to the centre.
    """
    colors = np.array(list(product(_LEVELS, repeat=3)), np.uint8)
    position = _uniform(colors) / _STEP
    centers = np.stack([np.rint(position), np.floor(position) + 0.5])
    distances = ((position - centers) ** 2).sum(axis=-1)
    own = centers[distances.argmin(axis=0), np.arange(len(colors))]
    order = np.lexsort((distances.min(axis=0), *own.T))
    is_first = np.any(np.diff(own[order], axis=0, prepend=np.nan) != 0, axis=1)
    corners = np.array(list(product((0, 255), repeat=3)), np.uint8)
    return np.unique(np.concatenate([colors[order[is_first]], corners]), axis=0)


def nearest(colors: ArrayLike) -> Iterator[RGB]:
    """Yield the colour of the grid that shows each of some sRGB colours, shape (n, 3).

    A colour of the grid shows itself.
    """
    for position in _uniform(np.reshape(colors, (-1, 3))):
        red, green, blue = grid()[((_grid_uniform() - position) ** 2).sum(axis=1).argmin()].tolist()
        yield red, green, blue


@cache
def _grid_uniform() -> Values:
    return _uniform(grid())


def _uniform(colors: ArrayLike) -> Values:
    return cielab_to_uniform(srgb_to_cielab(colors))
