"""The swatch card, judged by the pixels that people see."""

import io
from collections.abc import Iterator, Sequence
from itertools import cycle, pairwise, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from palette import RGB, Palette, Swatch, render_card
from tests.palette.drawing.colors import distant_colors
from tests.palette.drawing.golden_images import assert_matches_golden
from tests.palette.drawing.runs import runs

# Discord's light and dark themes.
CHAT_BACKGROUNDS: list[RGB] = [(255, 255, 255), (49, 51, 56), (26, 26, 30)]

Pixels = NDArray[np.uint32]

colors = st.tuples(*[st.integers(0, 255)] * 3)
names = st.text("abcdefghijklmnopqrstuvwxyz '-", min_size=1, max_size=60)


def palette_of(rgbs: Sequence[RGB], shares: Sequence[int] = (), *names: str) -> Palette:
    """Return a palette of these colours; shares are scaled to sum to 1, names are repeated."""
    shares = shares or [1] * len(rgbs)
    swatches = zip(rgbs, shares, cycle(names or ["greyish blue"]), strict=False)
    return Palette(tuple(Swatch(rgb, share / sum(shares), name) for rgb, share, name in swatches))


def draw(palette: Palette) -> Pixels:
    """Return the card as an array of shape (height, width), a pixel as 0xRRGGBBAA."""
    card = Image.open(io.BytesIO(render_card(palette))).convert("RGBA")
    return np.asarray(card).view(">u4")[..., 0]


def opaque(rgb: RGB) -> int:
    return int.from_bytes((*rgb, 255))


def rgb_of(pixel: int) -> RGB:
    red, green, blue, _ = int(pixel).to_bytes(4)
    return red, green, blue


def tiles_of(card: Pixels) -> list[Pixels]:
    """Return the tiles below the band, without their outlines, by column and then by row."""
    is_drawn = (card & 255) > 0
    rows = runs(is_drawn.any(axis=1))[1:]
    columns = runs(is_drawn[rows[0]].any(axis=0))
    tiles = [card[row, column] for column in columns for row in rows]
    return [tile[3:-3, 3:-3] for tile in tiles if (tile & 255).any()]


def words_of(tile: Pixels, rgb: RGB) -> Iterator[Pixels]:
    """Yield what is written on a tile, line by line, in blocks at least 12 pixels apart."""
    tile = tile[9:-9, 9:-9]  # without its round corners
    is_text = tile != opaque(rgb)
    for line in runs(is_text.any(axis=1)):
        for word in runs(is_text[line].any(axis=0), min_gap=12):
            yield tile[line, word][is_text[line, word].any(axis=1)]


def wcag_contrast(one: RGB, other: RGB) -> float:
    def luminance(rgb: RGB) -> float:
        value = np.array(rgb) / 255
        light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
        return float(light @ [0.2126, 0.7152, 0.0722])

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@given(colors, st.sampled_from([1, 3, 5, 6, 20]))
@example((0, 0, 0), 6)
@example((255, 255, 255), 6)
@example((118, 118, 118), 6)  # the last grey on which white reaches 4.5
@example((119, 119, 119), 6)
@example((255, 0, 0), 6)
def test_all_text_is_legible_on_every_color(rgb: RGB, count: int) -> None:
    card = draw(palette_of([rgb] * count))
    for tile in tiles_of(card):
        words = list(words_of(tile, rgb))
        assert len(words) >= (3 if count == 1 else 4)
        for word in words:
            inks = {rgb_of(pixel) for pixel in np.unique(word)}
            assert max(wcag_contrast(ink, rgb) for ink in inks) >= 4.5


@pytest.mark.parametrize("name", ["h", "h" * 60, "hhhhh hhhh hhhh-hhhhhh 2", "hhhhh " * 10])
@pytest.mark.parametrize("count", range(1, 21))
def test_text_is_at_least_9_pixels_high_on_a_phone(count: int, name: str) -> None:
    least = int(0.72 * 9 * 1100 / 295)  # the height of its capitals
    rgbs = distant_colors(count)
    for rgb, tile in zip(rgbs, tiles_of(draw(palette_of(rgbs, (), name))), strict=True):
        words = list(words_of(tile, rgb))
        assert len(words) >= (3 if count == 1 else 4)
        assert min(len(word) for word in words) >= least


def test_height_grows_evenly() -> None:
    heights = [len(draw(palette_of(distant_colors(count)))) for count in range(1, 21)]
    steps = np.diff(heights).tolist()
    assert steps[:4] == [0] * 4
    assert 0 < steps[4] <= 116
    assert steps[5:] == [116, 0] * 7


@settings(max_examples=40)
@given(st.lists(st.integers(112, 124), min_size=1, max_size=10))
@example([117, 119])
@example([116, 117, 119, 118, 117, 116])
def test_ink_changes_as_seldom_as_possible(greys: list[int]) -> None:
    rgbs = [(grey, grey, grey) for grey in greys]
    black, white = ((0, 0, 0), (255, 255, 255))
    drawn = [
        white if (tile == opaque(white)).any() else black
        for tile in tiles_of(draw(palette_of(rgbs)))
    ]

    def changes(inks: Sequence[RGB]) -> int:
        return sum(one != other for one, other in pairwise(inks))

    legible = [[ink for ink in (black, white) if wcag_contrast(ink, rgb) >= 4.5] for rgb in rgbs]
    assert changes(drawn) == min(map(changes, product(*legible)))


@settings(max_examples=40)
@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=20))
@example([9700, 120, 90, 40, 30, 20])
@example([1] * 19 + [10_000])
@example([99, 102, 102, 354, 9939, 102])
def test_band_shows_the_shares(shares: list[int]) -> None:
    rgbs = distant_colors(len(shares))
    band = draw(palette_of(rgbs, shares))[50]
    fair = [share / sum(shares) * 1100 for share in shares]
    taken_by_small = sum(max(0, 10 - width) for width in fair)
    for rgb, fair_width in zip(rgbs, fair, strict=True):
        width = int((band == opaque(rgb)).sum())
        assert width >= 8  # visible, even where the outline takes two pixels of it
        assert fair_width - taken_by_small - 4 <= width <= max(fair_width, 10) + 2


@settings(max_examples=40)
@given(st.integers(1, 20), st.lists(names, min_size=20, max_size=20))
def test_tiles_are_equally_large_in_order_and_text_stays_inside(
    count: int, twenty_names: list[str]
) -> None:
    rgbs = distant_colors(count)
    tiles = tiles_of(draw(palette_of(rgbs, (), *twenty_names)))
    assert (np.ptp([tile.shape for tile in tiles], axis=0) <= 1).all()
    for rgb, tile in zip(rgbs, tiles, strict=True):
        margins = tile.copy()
        margins[4:-4, 8:-8] = opaque(rgb)
        assert (margins[24:-24] == opaque(rgb)).all()
        assert (margins[:, 24:-24] == opaque(rgb)).all()


@pytest.mark.parametrize("chat", CHAT_BACKGROUNDS)
def test_tile_in_the_color_of_the_chat_is_visible(chat: RGB) -> None:
    card = draw(palette_of([chat, (200, 80, 40)]))
    assert card[0, 0] & 255 == 0  # round corners on a transparent background
    outline = card[200, 0]
    assert outline & 255 == 255
    assert max(abs(a - b) for a, b in zip(rgb_of(outline), chat, strict=True)) >= 30


@pytest.mark.parametrize("count", range(1, 21))
def test_card_is_wide_small_and_deterministic(count: int) -> None:
    palette = palette_of(distant_colors(count), (), "very light purple-grey 2")
    png = render_card(palette)
    assert png == render_card(palette)
    assert len(png) <= 60_000
    width, height = Image.open(io.BytesIO(png)).size
    assert width == 1100
    assert height <= 1300


def test_names_and_shares_can_be_translated() -> None:
    palette = palette_of([(20, 60, 40), (200, 80, 40)], (3, 1), "dark green", "orange")
    translated = {"dark green": ("verde închis", "75\xa0%"), "orange": ("portocaliu", "25\xa0%")}
    romanian = render_card(palette, lambda swatch: translated[swatch.name])
    assert romanian != render_card(palette)
    assert romanian == render_card(
        palette_of([(20, 60, 40), (200, 80, 40)], (3, 1), "verde închis", "portocaliu"),
        lambda swatch: (swatch.name, f"{swatch.share:.0%}".replace("%", "\xa0%")),
    )


def test_a_card_is_english_if_a_letter_is_missing_in_any_name() -> None:
    palette = palette_of([(20, 60, 40), (200, 80, 40)], (), "dark green", "orange")
    mixed = {"dark green": ("vert", "50\xa0%"), "orange": ("оранжевый", "50\xa0%")}
    assert render_card(palette, lambda swatch: mixed[swatch.name]) == render_card(palette)


SUNSET: dict[RGB, str] = {
    (27, 21, 38): "very dark purple",
    (74, 37, 69): "very dark grey-purple 2",
    (141, 59, 94): "rose",
    (208, 95, 91): "pale red",
    (242, 166, 90): "sandy orange",
    (249, 220, 156): "very light beige-grey",
    (253, 253, 254): "white",
}
GOLDEN_PALETTES = {
    "five": palette_of([*SUNSET][:5], (990, 4, 3, 2, 1), *[*SUNSET.values()][:5]),
    "one": palette_of([(122, 110, 76)], (), "greyish brown"),
    "seven": palette_of([*SUNSET], (220, 300, 200, 150, 110, 14, 6), *SUNSET.values()),
    "twenty": palette_of(distant_colors(20), range(1, 21)),
}


@pytest.mark.parametrize("name", GOLDEN_PALETTES)
def test_card_matches_its_golden_image(name: str) -> None:
    assert_matches_golden(Image.open(io.BytesIO(render_card(GOLDEN_PALETTES[name]))), name)
