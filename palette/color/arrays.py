"""Type aliases of the arrays that stages hand on; a docstring says the shape of each."""

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
"""sRGB or alpha, 0 to 255."""

Lab = NDArray[np.float64]
"""OKLab or CIE L*a*b* colours, shape (…, 3)."""

Values = NDArray[np.float64]
"""Any other real numbers: weights, shares, distances."""

Mask = NDArray[np.bool_]
"""Which elements are meant."""

Indices = NDArray[np.intp]
"""Positions in another array."""

Bins = NDArray[np.uint16]
"""Numbers of histogram bins."""
