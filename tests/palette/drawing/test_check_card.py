"""The check card, judged by the pixels that people see."""

import io

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from palette import RGB, CheckLabels, Deficiency, Palette, Swatch, check, render_check, simulate
from palette.color.arrays import Bytes, Mask
from palette.drawing.card import Box
from palette.drawing.lettering import CAP_HEIGHT, Typeface, font
from palette.drawing.sheet import Sheet
from tests.palette.drawing.colors import distant_colors
from tests.palette.drawing.golden_images import assert_matches_golden

BACKGROUND: RGB = (30, 31, 36)

TALLEST: list[RGB] = [
    (number, 0, 9 * (number % 3)) if number % 2 else (255, 255 - 5 * number, 200 - 9 * number)
    for number in range(20)
]

colors = st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=20, unique=True)


def palette_of(rgbs: list[RGB], name: str = "much brighter light greenish blue") -> Palette:
    return Palette(
        tuple(Swatch(rgb, 1 / len(rgbs), f"{name} {number}") for number, rgb in enumerate(rgbs))
    )


def draw(palette: Palette, labels: CheckLabels | None = None) -> Bytes:
    png = render_check(palette, labels) if labels else render_check(palette)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def count_pixels(palette: Palette) -> dict[RGB, int]:
    """Count the pixels of exactly each colour."""
    card = Image.open(io.BytesIO(render_check(palette))).convert("RGB")
    return {rgb: count for count, rgb in card.getcolors(card.width * card.height)}


def panels(card: Bytes, rgb: RGB) -> Mask:
    """Return which rows are of a colour at both ends."""
    return (card[:, 40] == rgb).all(-1) & (card[:, 1060] == rgb).all(-1)


@settings(max_examples=12)
@given(colors)
def test_it_is_small_and_the_same_every_time(rgbs: list[RGB]) -> None:
    palette = palette_of(rgbs)
    png = render_check(palette)
    assert png == render_check(palette)
    assert len(png) <= 400_000
    width, height = Image.open(io.BytesIO(png)).size
    assert width == 1100
    assert height <= 5700


@settings(max_examples=12)
@given(colors)
@example(TALLEST)
def test_nothing_leaves_its_place(rgbs: list[RGB]) -> None:
    card = draw(palette_of(rgbs))
    for margin in (card[:30], card[-30:], card[:, :30], card[:, -30:]):
        assert (margin == BACKGROUND).all()


@pytest.mark.parametrize("count", range(1, 21))
def test_text_can_be_read_on_a_phone_and_fits_its_tile(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[float] = []
    write, write_centered = Sheet.write, Sheet.write_centered

    def spy(
        sheet: Sheet, at: tuple[float, float], text: str, typeface: Typeface, *rest: object
    ) -> None:
        sizes.append(typeface.size)
        write(sheet, at, text, typeface, *rest)

    def spy_centered(sheet: Sheet, box: Box, text: str, size: int, color: RGB) -> None:
        left, top, right, bottom = box
        assert font("semibold", size).getlength(text) <= right - left - 4
        assert CAP_HEIGHT * size <= bottom - top - 4
        write_centered(sheet, box, text, size, color)

    monkeypatch.setattr(Sheet, "write", spy)
    monkeypatch.setattr(Sheet, "write_centered", spy_centered)
    render_check(palette_of(distant_colors(count)))
    assert min(sizes) * 295 / 1100 >= 9


@pytest.mark.parametrize("count", [1, 2, 5, 6, 10, 11, 12, 15, 16, 20])
def test_every_colour_is_there_as_itself_and_as_others_see_it(count: int) -> None:
    rgbs = distant_colors(count)
    area = count_pixels(palette_of(rgbs))
    for rgb in rgbs:
        assert area[rgb] > 2500
        for deficiency in Deficiency:
            assert area[simulate(rgb, deficiency)] > 900


def test_the_best_pairs_for_text_are_shown_as_text() -> None:
    palette = palette_of([(0, 0, 120), (250, 240, 120), (200, 30, 30), (255, 255, 255)])
    card = draw(palette)
    pairs = check(palette).text_pairs
    assert len(pairs) >= 4
    for pair in pairs:
        panel = card[panels(card, pair.background.rgb)]
        assert len(panel) > 120
        assert (panel == pair.text.rgb).all(-1).sum() > 2000


def test_colours_that_are_legible_on_none_have_no_samples() -> None:
    legible, illegible = (
        draw(palette_of([(0, 0, 120), other])) for other in ((250, 240, 120), (60, 0, 0))
    )
    assert panels(legible, (0, 0, 120)).sum() > 120
    assert panels(illegible, (60, 0, 0)).sum() == 0
    assert panels(illegible, (0, 0, 120)).sum() == 0


@pytest.mark.parametrize(
    ("rgbs", "least", "most"),
    [
        ([(0, 0, 0), (255, 255, 255)], 0, 250),  # AAA only
        ([(0, 0, 0), (255, 255, 255), (215, 45, 45)], 500, 700),  # all three
        ([(0, 0, 0), (40, 40, 40)], 1000, 1100),  # none: the matrix is the last thing
    ],
)
def test_the_legend_has_only_the_marks_that_occur(rgbs: list[RGB], least: int, most: int) -> None:
    last_row = draw(palette_of(rgbs))[-50]
    drawn = np.flatnonzero((last_row != BACKGROUND).any(-1))
    assert least < drawn[-1] < most


def test_pairs_that_are_close_anyway_are_drawn_side_by_side() -> None:
    one, other = (100, 100, 100), (108, 108, 108)
    card = draw(palette_of([one, other]))
    above = card[:220]  # the heading, the codes and the pairs
    touching = (above[:, :-1] == one).all(-1) & (above[:, 1:] == other).all(-1)
    assert touching.sum() > 30


def test_pairs_that_become_alike_are_drawn_side_by_side() -> None:
    red, green = (190, 80, 60), (118, 120, 50)
    seen = [simulate(rgb, Deficiency.DEUTERANOPIA) for rgb in (red, green)]
    card = draw(palette_of([red, green]))
    touching = (card[:, :-1] == seen[0]).all(-1) & (card[:, 1:] == seen[1]).all(-1)
    # In the row of all colours and in the pair, less what outlines cover.
    assert touching.sum() > 100


def test_only_the_worst_of_many_pairs_are_drawn() -> None:
    more, less = (palette_of([(step * number,) * 3 for number in range(20)]) for step in (2, 4))
    assert len(check(more).close) > len(check(less).close) > 50
    assert len(draw(more)) == len(draw(less)) < 3000


def test_labels_can_be_translated() -> None:
    palette = palette_of(distant_colors(12))
    spanish_labels = ("Típica", "Protanopía", "Deuteranopía", "Tritanopía", "Una línea de texto")
    japanese_labels = ("一般", "1型2色覚", "2型2色覚", "3型2色覚", "テキストのサンプル")
    russian_labels = ("Обычное", "Протанопия", "Дейтеранопия", "Тританопия", "Строка текста")
    english, spanish, japanese, russian = (
        draw(palette, labels)
        for labels in (
            CheckLabels(),
            CheckLabels(*spanish_labels),
            CheckLabels(*japanese_labels),
            CheckLabels(*russian_labels),
        )
    )
    for translated in (spanish, japanese):
        is_different = (np.abs(english - translated.astype(int)) > 60).any(-1)
        assert is_different[: len(english) // 3].any()
        assert is_different[len(english) // 3 : 2 * len(english) // 3].any()
        assert is_different[:, 640:].mean() < 1e-4  # the 256 colours of a file depend on its text
    assert (english == russian).all()


GOLDEN_PALETTES = {
    "check-one": palette_of([(122, 110, 76)], "greyish brown"),
    "check-seven": palette_of(
        [
            (27, 21, 38),
            (141, 59, 94),
            (208, 95, 91),
            (92, 130, 60),
            (242, 166, 90),
            (120, 190, 220),
            (253, 253, 254),
        ],
        "brighter light yellowish brown",
    ),
    "check-twenty": palette_of(distant_colors(20)),
}


@pytest.mark.parametrize("name", GOLDEN_PALETTES)
def test_card_matches_its_golden_image(name: str) -> None:
    assert_matches_golden(Image.open(io.BytesIO(render_check(GOLDEN_PALETTES[name]))), name)
