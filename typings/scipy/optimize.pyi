# The one function this project uses; SciPy ships no types.

import numpy as np
from numpy.typing import NDArray

def linear_sum_assignment(
    cost_matrix: NDArray[np.float64], /
) -> tuple[NDArray[np.intp], NDArray[np.intp]]: ...
