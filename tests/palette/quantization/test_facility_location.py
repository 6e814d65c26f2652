"""Which cells serve a demand best, beside trying all of them."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from palette.quantization.demand import REACH, Cells, service
from palette.quantization.facility_location import choose_cells, min_distance

NONE = np.empty((0, 3))


def random_cells(seed: int, count: int, spread: float = 60.0) -> Cells:
    rng = np.random.default_rng(seed)
    place = rng.uniform(0, spread, (count, 3))
    area, demand = rng.dirichlet(np.ones(count)), rng.dirichlet(np.ones(count))
    return Cells(place, place / 100, area, demand)


def served_demand(cells: Cells, chosen: list[int]) -> float:
    return float(cells.demand @ service(cells.place, cells.place[chosen], REACH).max(axis=1))


@given(seed=st.integers(0, 10_000), colors=st.integers(1, 4))
def test_nearly_as_much_is_served_as_by_the_best_choice(seed: int, colors: int) -> None:
    cells = random_cells(seed, 12)
    chosen = choose_cells(cells, colors, NONE)
    first, *_ = chosen
    best = max(
        served_demand(cells, list(others))
        for others in combinations(range(12), colors)
        if first in others  # which is chosen by its area
    )
    assert served_demand(cells, chosen) >= (1 - 1 / np.e) * best


@given(seed=st.integers(0, 10_000), colors=st.integers(1, 20), count=st.integers(1, 40))
def test_fewer_are_chosen_only_if_all_others_are_too_near(
    seed: int, colors: int, count: int
) -> None:
    cells = random_cells(seed, count, spread=20.0)
    chosen = choose_cells(cells, colors, NONE)
    assert 1 <= len(chosen) == len(set(chosen)) <= colors
    if len(chosen) < colors:
        apart = np.linalg.norm((cells.place[:, None] - cells.place[chosen]) * [0.7, 1, 1], axis=2)
        assert apart.min(axis=1).max() <= min_distance(colors) + 1e-6


def test_the_largest_area_comes_first() -> None:
    cells = random_cells(1, 30, spread=500)
    assert choose_cells(cells, 1, NONE) == [int(cells.area.argmax())]


def test_chosen_colours_keep_their_distance_while_there_are_others() -> None:
    cells = random_cells(2, 300)
    place = cells.place[choose_cells(cells, 10, NONE)] * [0.7, 1, 1]
    apart = np.linalg.norm(place[:, None] - place, axis=2)[~np.eye(10, dtype=bool)]
    assert apart.min() >= min_distance(10)


def test_what_is_given_is_not_chosen_again() -> None:
    cells = random_cells(3, 50)
    (first,) = choose_cells(cells, 1, NONE)
    assert first not in choose_cells(cells, 9, cells.place[[first]])
