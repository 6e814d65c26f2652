"""Where a drawing is filled, along a line of pixels."""

import numpy as np
from numpy.typing import NDArray


def runs(is_filled: NDArray[np.bool_], min_gap: int = 1) -> list[slice]:
    """Return where a line is filled; gaps smaller than ``min_gap`` do not count."""
    filled = np.flatnonzero(is_filled)
    parts = np.split(filled, np.flatnonzero(np.diff(filled) > min_gap) + 1)
    return [slice(int(part[0]), int(part[-1]) + 1) for part in parts if len(part)]
