"""Palettes found again with some colours kept and some left out."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from palette import (
    RGB,
    ChoiceError,
    ImageError,
    NothingLeftError,
    Palette,
    TooManyKeptError,
    extract,
)
from tests.palette.differences import difference
from tests.palette.images import PHOTOS, encode, photo_file, stripes

WHITE: RGB = (255, 255, 255)
RED: RGB = (200, 30, 40)
BLUE: RGB = (20, 60, 180)
GREEN: RGB = (40, 160, 60)


def colors_of(palette: Palette) -> list[RGB]:
    return [swatch.rgb for swatch in palette]


def shares_of(palette: Palette) -> dict[RGB, float]:
    return {swatch.rgb: swatch.share for swatch in palette}


@st.composite
def clustered_images(draw: st.DrawFn) -> bytes:
    """Draw image files with few or many groups of colours, with or without noise."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    groups = rng.integers(0, 256, (draw(st.integers(1, 40)), 3))
    pixels = groups[rng.integers(0, len(groups), (24, 24))]
    pixels = pixels + rng.normal(0, draw(st.sampled_from([0, 2, 15])), pixels.shape)
    return encode(np.clip(pixels, 0, 255).astype(np.uint8))


@settings(max_examples=40)
@given(image=clustered_images(), colors=st.integers(1, 20))
def test_keeping_all_colors_changes_nothing(image: bytes, colors: int) -> None:
    found = extract(image, colors)
    assert extract(image, colors, keep=colors_of(found)) == found
    assert extract(image, colors, keep=colors_of(found.sorted_by("hue"))) == found


@settings(max_examples=60)
@given(image=clustered_images(), colors=st.integers(1, 20), data=st.data())
def test_choices_are_respected(image: bytes, colors: int, data: st.DataObject) -> None:
    earlier = colors_of(extract(image, data.draw(st.integers(1, 20))))
    shuffled = data.draw(st.permutations(earlier))
    kept = data.draw(st.integers(0, min(colors, len(earlier))))
    keep = shuffled[:kept]
    leave_out = data.draw(st.lists(st.sampled_from(shuffled[kept:]))) if shuffled[kept:] else []
    try:
        found = extract(image, colors, keep=keep, leave_out=leave_out)
    except NothingLeftError:
        assert leave_out
        return
    rgbs = colors_of(found)
    assert set(keep) <= set(rgbs)
    assert not set(leave_out) & set(rgbs)
    assert len(set(rgbs)) == len(rgbs) <= colors
    assert sum(swatch.share for swatch in found) == pytest.approx(1)
    assert all(swatch.share > 0 or swatch.rgb in keep for swatch in found)
    assert extract(image, colors, keep=rgbs, leave_out=leave_out) == found


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("before", [5, 10, 20])
def test_photo_gets_other_colors_around_the_kept_ones(name: str, before: int) -> None:
    keep = colors_of(extract(photo_file(name), before))[::3]
    for colors in (len(keep), 10, 20):
        found = colors_of(extract(photo_file(name), colors, keep=keep, exactly=True))
        assert len(found) == colors
        assert set(keep) <= set(found)
        assert all(
            difference(one, other) > 2.99
            for one, other in combinations(found, 2)
            if {one, other} - set(keep)
        )


@pytest.mark.parametrize("name", PHOTOS)
def test_photo_without_a_color_has_nothing_near_it(name: str) -> None:
    before = extract(photo_file(name), 8)
    for swatch in before:
        found = extract(photo_file(name), 8, leave_out=[swatch.rgb])
        assert len(found) == 8
        others = [other.rgb for other in before if other != swatch]
        assert min(difference(swatch.rgb, rgb) for rgb in colors_of(found)) >= 0.5 * min(
            difference(swatch.rgb, rgb) for rgb in others
        )


def test_drawing_without_its_background_has_the_other_colors() -> None:
    image = Image.new("RGB", (400, 400), WHITE)
    draw = ImageDraw.Draw(image)
    draw.ellipse((100, 100, 200, 300), RED)
    draw.ellipse((200, 100, 300, 300), BLUE)
    smooth = encode(image.resize((200, 200), Image.Resampling.LANCZOS), "JPEG", quality=95)
    before = extract(smooth, 3)
    assert before.background is not None
    after = extract(smooth, 2, leave_out=[before.background.rgb])
    assert after.background is None
    assert all(
        min(difference(rgb, wanted) for rgb in colors_of(after)) < 3 for wanted in (RED, BLUE)
    )
    assert shares_of(after)[colors_of(after)[0]] == pytest.approx(0.5, abs=0.03)


def test_few_colors_stay_exact_without_the_left_out_one() -> None:
    image = encode(stripes(WHITE, RED, RED, BLUE))
    assert shares_of(extract(image, 10, leave_out=[WHITE])) == pytest.approx(
        {RED: 2 / 3, BLUE: 1 / 3}
    )
    # Also if the palette would have no room for the colour that is left out.
    nearly_red = (201, 31, 41)
    image = encode(stripes(WHITE, RED, RED, nearly_red))
    assert shares_of(extract(image, 2, leave_out=[WHITE])) == pytest.approx(
        {RED: 2 / 3, nearly_red: 1 / 3}
    )


def test_left_out_color_is_no_background() -> None:
    pixels = np.full((40, 40, 3), WHITE, np.uint8)
    pixels[10:30, 10:30] = RED
    before = extract(encode(pixels))
    assert before.background is not None
    assert before.background.rgb == WHITE
    assert extract(encode(pixels), leave_out=[WHITE]).background is None
    assert extract(encode(pixels), keep=[WHITE]) == before


def test_choice_stands_for_the_similar_color_in_the_image() -> None:
    nearly_red: RGB = (204, 33, 40)
    image = encode(stripes(WHITE, RED, BLUE))
    assert set(colors_of(extract(image, keep=[nearly_red]))) == {WHITE, nearly_red, BLUE}
    assert set(colors_of(extract(image, leave_out=[nearly_red]))) == {WHITE, BLUE}


def test_kept_color_that_the_image_lacks_has_no_share() -> None:
    image = encode(stripes(WHITE, RED, BLUE))
    assert shares_of(extract(image, 4, keep=[GREEN])) == pytest.approx(
        {WHITE: 1 / 3, RED: 1 / 3, BLUE: 1 / 3, GREEN: 0}
    )
    assert len(extract(image, 3, keep=[GREEN])) == 3
    assert extract(image, 3, leave_out=[GREEN]) == extract(image, 3)


def test_colors_like_the_left_out_one_are_left_out_too() -> None:
    shades = np.array([(250 - shade % 4, 250 - shade % 3, 250 - shade % 5) for shade in range(60)])
    pixels = np.full((60, 60, 3), RED, np.uint8)
    pixels[:40] = shades[None]
    pixels[50:, :30] = BLUE
    found = extract(encode(pixels), 3, leave_out=[WHITE])
    assert shares_of(found) == pytest.approx({RED: 0.75, BLUE: 0.25})


@pytest.mark.parametrize("colors", [3, 10])
def test_leaving_out_everything_is_refused(colors: int) -> None:
    image = encode(stripes(WHITE, RED, BLUE))
    everything = colors_of(extract(image, colors))
    with pytest.raises(NothingLeftError) as error:
        extract(image, colors, leave_out=everything)
    assert isinstance(error.value, ImageError)
    assert str(error.value) == "Nothing is left of the image without these colours."


@pytest.mark.parametrize("name", PHOTOS)
def test_photo_without_its_palette_has_the_colors_that_it_did_not_show(name: str) -> None:
    shown = colors_of(extract(photo_file(name), 5))
    found = colors_of(extract(photo_file(name), 5, leave_out=shown))
    assert min(difference(one, other) for one in shown for other in found) >= 2.99


def test_drawing_without_its_background_is_not_empty_whatever_the_number() -> None:
    image = Image.new("RGB", (400, 400), WHITE)
    ImageDraw.Draw(image).ellipse((100, 100, 300, 300), RED)
    ImageDraw.Draw(image).ellipse((200, 50, 250, 100), BLUE)
    smooth = encode(image.resize((200, 200), Image.Resampling.LANCZOS))
    assert colors_of(extract(smooth, 1, leave_out=[WHITE])) == [RED]
    assert set(colors_of(extract(smooth, 5, leave_out=[WHITE]))) == {RED, BLUE}


@pytest.mark.parametrize(
    ("keep", "leave_out", "sentence"),
    [
        ([(0, 0, 256)], [], "A colour must be three whole numbers from 0 to 255."),
        ([], [(0, -1, 0)], "A colour must be three whole numbers from 0 to 255."),
        ([(0, 0)], [], "A colour must be three whole numbers from 0 to 255."),
        ([(0.5, 0, 0)], [], "A colour must be three whole numbers from 0 to 255."),
        ([RED, BLUE], [BLUE], "A colour cannot be both kept and left out."),
    ],
)
def test_impossible_choices_are_refused(
    keep: Sequence[RGB], leave_out: Sequence[RGB], sentence: str
) -> None:
    with pytest.raises(ChoiceError) as error:
        extract(b"not even an image", keep=keep, leave_out=leave_out)
    assert str(error.value) == sentence


def test_keeping_more_colors_than_asked_for_is_refused() -> None:
    with pytest.raises(TooManyKeptError) as error:
        extract(b"not even an image", 2, keep=[RED, BLUE, WHITE])
    assert (error.value.kept, error.value.colors) == (3, 2)
    assert str(error.value) == "A palette of 2 cannot keep 3 colours."
    assert len(extract(encode(stripes(RED, BLUE)), 2, keep=[RED, BLUE, RED])) == 2
