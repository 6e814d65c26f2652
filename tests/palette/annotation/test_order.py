from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palette import RGB
from palette.annotation.order import MAX_EXACT_COLORS, exact_path, shortest_path
from palette.color.oklab import srgb_to_oklab

color = st.tuples(*[st.integers(0, 255)] * 3)


def random_colors(count: int, seed: int) -> np.ndarray:
    return srgb_to_oklab(np.random.default_rng(seed).integers(0, 256, (count, 3)))


def length(lab: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(lab, axis=0), axis=1).sum())


@given(st.lists(color, min_size=1, max_size=7))
def test_no_permutation_is_shorter(rgb: list[RGB]) -> None:
    lab = srgb_to_oklab(rgb)
    shortest = min(length(lab[list(order)]) for order in permutations(range(len(lab))))
    assert length(lab[shortest_path(lab)]) == pytest.approx(shortest, abs=1e-7)


@pytest.mark.parametrize("seed", range(10))
def test_path_is_exact_up_to_the_limit(seed: int) -> None:
    """The points of a straight line are shuffled: no path can be shorter than the line."""
    rng = np.random.default_rng(seed)
    along = np.sort(rng.random(MAX_EXACT_COLORS))
    line = along[:, None] * [0.8, 0.2, -0.3] + [0.1, 0, 0]
    shuffled = rng.permutation(MAX_EXACT_COLORS)
    assert shuffled[shortest_path(line[shuffled])].tolist() == list(range(MAX_EXACT_COLORS))


@pytest.mark.parametrize("seed", range(25))
def test_path_is_within_one_percent_beyond_the_limit(seed: int) -> None:
    lab = random_colors(15, seed)
    assert len(lab) > MAX_EXACT_COLORS
    offsets = lab[:, None] - lab
    exact = length(lab[exact_path(np.linalg.norm(offsets, axis=2))])
    assert length(lab[shortest_path(lab)]) <= 1.01 * exact


@given(st.lists(color, min_size=1, max_size=20), st.integers(0, 3))
def test_path_visits_every_color_once_from_the_darker_end(rgb: list[RGB], repeated: int) -> None:
    lab = srgb_to_oklab((rgb + rgb[:1] * repeated)[:20])
    path = shortest_path(lab)
    assert sorted(path.tolist()) == list(range(len(lab)))
    assert lab[path[0], 0] <= lab[path[-1], 0]


@pytest.mark.parametrize("count", [2, 10, 20])
def test_equal_colors_give_the_same_path(count: int) -> None:
    lab = random_colors(count, seed=count)
    assert shortest_path(lab).tolist() == shortest_path(lab.copy()).tolist()
