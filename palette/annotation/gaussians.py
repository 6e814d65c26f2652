"""Costs that are quadratic in OKLab: negative logarithms of normal distributions.

Each is an array of ten coefficients, so that one matrix product evaluates a whole table of them.
"""

import numpy as np

from palette.color.arrays import Lab, Values

CONSTANT = np.eye(10)[0]
"""The coefficients of a cost of 1 for every colour."""


def quadratic(mean: Values, precision: Values, constant: float = 0.0) -> Values:
    """Return the coefficients, shape (10,), of ½ (x - mean)ᵀ precision (x - mean) + constant.

    ``mean`` has shape (3,); ``precision``, the inverse of a covariance, is symmetric, (3, 3).
    """
    slope = -precision @ mean
    (light_light, light_a, light_b), (_, a_a, a_b), (_, _, b_b) = precision
    return np.array(
        [
            constant + mean @ precision @ mean / 2,
            *slope,
            *(light_light / 2, light_a, light_b),
            *(a_a / 2, a_b, b_b / 2),
        ]
    )


def evaluate(coefficients: Values, lab: Lab) -> Values:
    """Return the costs for n colours, shape (n, 3): coefficients (10, m) in, costs (n, m) out."""
    light, a, b = lab.T
    products = (light * light, light * a, light * b, a * a, a * b, b * b)
    return np.stack([np.ones_like(light), light, a, b, *products], axis=1) @ coefficients
