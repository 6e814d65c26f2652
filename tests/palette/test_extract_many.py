"""What the palette of several images guarantees."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from palette import (
    MAX_COLORS,
    RGB,
    ColorCountError,
    FullyTransparentError,
    NotAnImageError,
    Palette,
    extract,
    extract_many,
)
from palette.color.oklab import squared_distances, srgb_to_oklab
from tests.palette.images import PHOTOS, encode, photo, photo_file, stripes

RED, GREEN, BLUE, WHITE = (200, 30, 40), (20, 160, 70), (20, 60, 160), (255, 255, 255)
WHOLE_PHOTOS = [photo(name) for name in PHOTOS]


@st.composite
def pictures(draw: st.DrawFn) -> bytes:
    """Draw the file of an image of few colours, of many, of noise around one, or of a photo."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    height, width = draw(st.tuples(st.integers(1, 60), st.integers(1, 60)))
    kind = draw(st.sampled_from(["flat", "shades", "photo"]))
    if kind == "photo":
        left, top = draw(st.tuples(st.integers(0, 500), st.integers(0, 300)))
        whole = draw(st.sampled_from(WHOLE_PHOTOS))
        return encode(whole.crop((left, top, left + 2 * width, top + 2 * height)))
    colors = rng.integers(0, 256, (draw(st.integers(1, 30)), 4))
    pixels = colors[rng.integers(0, len(colors), (height, width))]
    if kind == "shades":
        pixels[..., :3] += rng.integers(-20, 21, (height, width, 3))
    pixels[0, 0, 3] = 255  # something is visible
    return encode(np.clip(pixels, 0, 255).astype(np.uint8))


def shares(palette: Palette) -> dict[RGB, float]:
    return {swatch.rgb: swatch.share for swatch in palette}


@settings(max_examples=60)
@given(
    images=st.lists(pictures(), min_size=1, max_size=5),
    colors=st.integers(1, MAX_COLORS) | st.just("auto"),
    style=st.sampled_from(["seen", "faithful"]),
    exactly=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
)
def test_the_guarantees_hold_for_any_images_in_any_order(
    images: list[bytes], colors: int, style: str, seed: int, *, exactly: bool
) -> None:
    found = extract_many(images, colors, style=style, exactly=exactly)
    assert 1 <= len(found) <= (12 if colors == "auto" else colors)
    assert all(swatch.share > 0 for swatch in found)
    assert sum(swatch.share for swatch in found) == pytest.approx(1, abs=1e-9)
    assert len({swatch.name for swatch in found}) == len(found)
    order = np.random.default_rng(seed).permutation(len(images))
    shuffled = [images[number] for number in order]
    assert extract_many(shuffled, colors, style=style, exactly=exactly) == found
    kept = [swatch.rgb for swatch in found]
    again = extract_many(images, colors, style=style, exactly=exactly, keep=kept)
    assert set(again.hex) == set(found.hex)


@settings(max_examples=30)
@given(image=pictures(), colors=st.integers(1, MAX_COLORS))
def test_one_image_has_its_own_palette(image: bytes, colors: int) -> None:
    assert extract_many([image], colors) == extract(image, colors)


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_that_is_there_three_times_has_the_palette_that_it_has_alone(name: str) -> None:
    alone, together = extract(photo_file(name)), extract_many([photo_file(name)] * 3)
    assert together.hex == alone.hex
    assert shares(together) == pytest.approx(shares(alone))


@settings(max_examples=30)
@given(
    sizes=st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), min_size=1, max_size=10),
    seed=st.integers(0, 2**32 - 1),
)
def test_each_image_weighs_the_same_whatever_its_size(
    sizes: list[tuple[int, int]], seed: int
) -> None:
    grid = [(r, g, b) for r in (0, 120, 240) for g in (0, 120, 240) for b in (0, 240)]
    colors = np.random.default_rng(seed).permutation(grid)[: len(sizes)].tolist()
    images = [
        encode(Image.new("RGB", size, tuple(color)))
        for size, color in zip(sizes, colors, strict=True)
    ]
    for fewer in (0, 1):  # so that a histogram is counted, too
        found = extract_many(images, max(1, len(images) - fewer))
        if not fewer:
            assert shares(found) == pytest.approx(
                {tuple(color): 1 / len(images) for color in colors}
            )
        for share in shares(found).values():
            parts = share * len(images)
            assert parts == pytest.approx(round(parts))


def test_a_tiny_photo_weighs_as_much_as_a_large_one() -> None:
    """A share is the mean of the shares of each, counted here in all of their pixels."""
    china, flower = WHOLE_PHOTOS
    for images in ([flower, china], [flower.resize((64, 43)), china]):
        found = extract_many([encode(image) for image in images], 8)
        lab = srgb_to_oklab([swatch.rgb for swatch in found])
        counted = np.zeros(len(found))
        for image in images:
            pixels = srgb_to_oklab(np.asarray(image).reshape(-1, 3))
            nearest = squared_distances(pixels, lab).argmin(axis=1)
            counted += np.bincount(nearest, minlength=len(found)) / len(pixels) / len(images)
        assert [swatch.share for swatch in found] == pytest.approx(counted, abs=0.01)


def logo(*colors: RGB) -> bytes:
    """Return slanted stripes with smoothed edges."""
    image = Image.fromarray(stripes(*colors, width=100, height=300))
    return encode(image.rotate(17, Image.Resampling.BICUBIC, fillcolor=WHITE))


def test_logos_together_have_their_colors_and_none_of_their_smoothed_edges() -> None:
    palette = extract_many([logo(RED, WHITE, BLUE), logo(GREEN, WHITE)])
    assert {swatch.rgb for swatch in palette} == {RED, GREEN, BLUE, WHITE}


def test_flat_art_stays_exact_beside_a_photo() -> None:
    palette = extract_many([logo(RED, WHITE, BLUE), photo_file("flower.jpg")])
    assert {RED, WHITE, BLUE} <= {swatch.rgb for swatch in palette}


def test_the_first_image_that_cannot_be_read_is_refused() -> None:
    hidden = encode(np.zeros((4, 4, 4), np.uint8))
    good = encode(stripes(GREEN))
    with pytest.raises(FullyTransparentError):
        extract_many([good, hidden, b"text"])
    with pytest.raises(NotAnImageError):
        extract_many([b"text", hidden])
    with pytest.raises(NotAnImageError):
        extract_many([])
    with pytest.raises(ColorCountError):
        extract_many([good], 0)


def test_the_background_is_that_of_most_borders() -> None:
    def framed(ground: RGB) -> bytes:
        pixels = np.full((60, 60, 3), ground, np.uint8)
        pixels[20:40, 20:40] = RED
        return encode(pixels)

    background = extract_many([framed(WHITE), framed(WHITE), framed(BLUE)]).background
    assert background is not None
    assert background.rgb == WHITE
    assert extract_many([framed(WHITE), framed(BLUE)]).background is None
