"""The pairs for text: enough contrast, the best first, and different from one another."""

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from palette import HARD_TO_TELL_APART, RGB, contrast, level
from palette.color.text_pairs import best_text_pairs
from tests.palette.differences import difference

BLACK: RGB = (0, 0, 0)
WHITE: RGB = (255, 255, 255)
YELLOW: RGB = (255, 220, 0)
RED: RGB = (200, 30, 30)

palettes = st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=20, unique=True)


def chosen(colors: list[RGB]) -> list[tuple[RGB, RGB]]:
    """Return the colours of each pair: text, background."""
    return [(colors[text], colors[background]) for text, background in best_text_pairs(colors)]


def is_alike(one: RGB, other: RGB) -> bool:
    return difference(one, other) < HARD_TO_TELL_APART


@settings(max_examples=50)
@given(palettes)
def test_the_highest_contrast_comes_first_and_none_is_below_3(colors: list[RGB]) -> None:
    ratios = [contrast(*pair) for pair in chosen(colors)]
    possible = [contrast(*pair) for pair in combinations(colors, 2)]
    legible = [ratio for ratio in possible if ratio >= 3]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[:1] == ([max(legible)] if legible else [])
    assert all(ratio >= 3 for ratio in ratios)
    assert len(ratios) <= 5


@settings(max_examples=50)
@given(palettes)
def test_no_pair_looks_like_another_and_any_that_does_not_is_taken(colors: list[RGB]) -> None:
    def looks_like(pair: tuple[RGB, RGB], other: tuple[RGB, RGB]) -> bool:
        return any(
            is_alike(pair[0], one) and is_alike(pair[1], two) for one, two in (other, other[::-1])
        )

    pairs = chosen(colors)
    assert not any(looks_like(*two) for two in combinations(pairs, 2))
    if len(pairs) < 5:
        for pair in combinations(colors, 2):
            assert contrast(*pair) < 3 or any(looks_like(pair, taken) for taken in pairs)


def test_near_equals_give_one_pair() -> None:
    (pair,) = chosen([BLACK, (12, 12, 12), (250, 250, 250), WHITE])
    assert set(pair) == {BLACK, WHITE}


def test_a_vivid_background_goes_before_a_dull_one_of_more_contrast() -> None:
    greys: list[RGB] = [(value,) * 3 for value in (0, 45, 85, 160, 205, 255)]
    orange = (230, 125, 0)
    ratios = [contrast(*pair) for pair in chosen(greys)]
    assert len(ratios) == 5
    assert level(contrast(BLACK, orange)) == level(ratios[-1]) == "AAA"
    assert contrast(BLACK, orange) < ratios[-1]
    assert (BLACK, orange) in chosen([*greys, orange])


def test_a_stricter_level_goes_before_a_vivid_background() -> None:
    greys: list[RGB] = [(value,) * 3 for value in (0, 60, 170, 190, 215, 255)]
    assert level(contrast(BLACK, RED)) == "AA large"
    assert level(contrast(WHITE, RED)) == "AA"
    levels = [level(contrast(*pair)) for pair in chosen([*greys, RED])]
    assert "AAA" in levels
    assert "AA large" not in levels


def test_backgrounds_differ_where_they_can() -> None:
    darks: list[RGB] = [BLACK, (0, 0, 90), (0, 70, 0), (100, 0, 0)]
    colors: list[RGB] = [*darks, YELLOW, WHITE, (190, 220, 250), (250, 190, 220)]
    pairs = chosen(colors)
    assert len(pairs) == 5
    assert not any(is_alike(one, other) for (_, one), (_, other) in combinations(pairs, 2))


def test_no_text_is_there_more_than_twice_where_others_are_legible() -> None:
    lights: list[RGB] = [YELLOW, (120, 220, 120), (250, 170, 200), (170, 210, 250)]
    darks: list[RGB] = [(120, 0, 0), (0, 90, 0), (0, 0, 150), (90, 0, 120)]
    texts = Counter(text for text, _ in chosen([BLACK, WHITE, *lights, *darks]))
    assert max(texts.values()) <= 2


def test_the_same_background_comes_again_rather_than_less_than_five_pairs() -> None:
    pink, brick, blue, gold = (245, 184, 200), (178, 76, 62), (31, 111, 181), (240, 192, 48)
    assert chosen([pink, brick, blue, gold]) == [
        (pink, brick),
        (pink, blue),
        (brick, gold),
        (blue, gold),
    ]
