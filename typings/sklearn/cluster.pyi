# The one estimator this project uses; scikit-learn ships no types.

import numpy as np
from numpy.typing import NDArray

class KMeans:
    cluster_centers_: NDArray[np.float64]
    labels_: NDArray[np.int32]
    def __init__(
        self, n_clusters: int, *, init: NDArray[np.float64], n_init: int, max_iter: int
    ) -> None: ...
    def fit(
        self, data: NDArray[np.float64], /, *, sample_weight: NDArray[np.float64]
    ) -> KMeans: ...
