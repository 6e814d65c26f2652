# The two functions this project uses; SciPy ships no types.

import numpy as np
from numpy.typing import NDArray

def label(
    mask: NDArray[np.bool_], structure: NDArray[np.float64], /
) -> tuple[NDArray[np.int32], int]: ...
def uniform_filter(
    values: NDArray[np.float32], size: tuple[int, ...], /, *, mode: str
) -> NDArray[np.float32]: ...
