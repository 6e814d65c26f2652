"""Type aliases for the arrays passed between stages; each docstring gives the shape."""

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
"""sRGB or alpha, 0 to 255."""

Lab = NDArray[np.float64]
"""OKLab or CIE L*a*b* colours, shape (…, 3)."""

Values = NDArray[np.float64]
"""Any other real numbers: weights, shares, distances."""

Singles = NDArray[np.float32]
"""Real numbers in single precision, where speed counts."""

Numbers = NDArray[np.number]
"""Real numbers of any type."""

Mask = NDArray[np.bool_]
"""Which elements are selected."""

Indices = NDArray[np.intp]
"""Positions in another array."""

Bins = NDArray[np.uint16]
"""Histogram bin numbers."""

Labels = NDArray[np.int32]
"""The number of each pixel's colour: like :data:`Indices`, in half the memory."""
