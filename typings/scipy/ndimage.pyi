# The one function this project uses; SciPy ships no types.

import numpy as np
from numpy.typing import NDArray

def label(
    mask: NDArray[np.bool_], structure: NDArray[np.float64], /
) -> tuple[NDArray[np.int32], int]: ...
