"""A palette made again with some of its colours kept and some left out."""

from collections.abc import Sequence
from importlib.resources import files
from itertools import combinations

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from palette import ChoiceError, ImageError, NothingLeftError, Palette, TooManyKeptError, extract
from tests.palette.pictures import encoded, stripes

RGB = tuple[int, int, int]

PHOTOS = ("china.jpg", "flower.jpg")
WHITE: RGB = (255, 255, 255)
RED: RGB = (200, 30, 40)
BLUE: RGB = (20, 60, 180)
GREEN: RGB = (40, 160, 60)


def photo(name: str) -> bytes:
    return files("sklearn.datasets.images").joinpath(name).read_bytes()


def colors_of(palette: Palette) -> list[RGB]:
    return [swatch.rgb for swatch in palette]


def shares_of(palette: Palette) -> dict[RGB, float]:
    return {swatch.rgb: swatch.share for swatch in palette}


def difference(one: RGB, other: RGB) -> float:
    first, second = (Color("srgb", [value / 255 for value in rgb]) for rgb in (one, other))
    return first.delta_e(second, method="2000")


@st.composite
def crowded(draw: st.DrawFn) -> bytes:
    """Draw pictures of a few groups of colours or many, each with its own noise."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    groups = rng.integers(0, 256, (draw(st.integers(1, 40)), 3))
    picture = groups[rng.integers(0, len(groups), (24, 24))]
    picture = picture + rng.normal(0, draw(st.sampled_from([0, 2, 15])), picture.shape)
    return encoded(np.clip(picture, 0, 255).astype(np.uint8))


@settings(max_examples=40, deadline=None)
@given(picture=crowded(), colors=st.integers(1, 20))
def test_keeping_all_colours_changes_nothing(picture: bytes, colors: int) -> None:
    found = extract(picture, colors)
    assert extract(picture, colors, keep=colors_of(found)) == found
    assert extract(picture, colors, keep=colors_of(found.sorted_by("hue"))) == found


@settings(max_examples=60, deadline=None)
@given(picture=crowded(), colors=st.integers(1, 20), data=st.data())
def test_what_is_promised_of_chosen_colours(
    picture: bytes, colors: int, data: st.DataObject
) -> None:
    earlier = colors_of(extract(picture, data.draw(st.integers(1, 20))))
    shuffled = data.draw(st.permutations(earlier))
    kept = data.draw(st.integers(0, min(colors, len(earlier))))
    keep = shuffled[:kept]
    leave_out = data.draw(st.lists(st.sampled_from(shuffled[kept:]))) if shuffled[kept:] else []
    try:
        found = extract(picture, colors, keep=keep, leave_out=leave_out)
    except NothingLeftError:
        assert leave_out
        return
    rgbs = colors_of(found)
    assert set(keep) <= set(rgbs)
    assert not set(leave_out) & set(rgbs)
    assert len(set(rgbs)) == len(rgbs) <= colors
    assert sum(swatch.share for swatch in found) == pytest.approx(1)
    assert all(swatch.share > 0 or swatch.rgb in keep for swatch in found)
    assert extract(picture, colors, keep=rgbs, leave_out=leave_out) == found


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("before", [5, 10, 20])
def test_a_photo_keeps_some_colours_and_gets_others_around_them(name: str, before: int) -> None:
    keep = colors_of(extract(photo(name), before))[::3]
    for colors in (len(keep), 10, 20):
        found = colors_of(extract(photo(name), colors, keep=keep))
        assert len(found) == colors
        assert set(keep) <= set(found)
        assert all(
            difference(one, other) > 2.99
            for one, other in combinations(found, 2)
            if {one, other} - set(keep)
        )


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_without_a_colour_shows_nothing_near_it(name: str) -> None:
    before = extract(photo(name), 8)
    for swatch in before:
        found = extract(photo(name), 8, leave_out=[swatch.rgb])
        assert len(found) == 8
        others = [other.rgb for other in before if other != swatch]
        assert min(difference(swatch.rgb, rgb) for rgb in colors_of(found)) >= 0.5 * min(
            difference(swatch.rgb, rgb) for rgb in others
        )


def test_the_background_left_out_of_a_drawing_leaves_the_drawing() -> None:
    image = Image.new("RGB", (400, 400), WHITE)
    draw = ImageDraw.Draw(image)
    draw.ellipse((100, 100, 200, 300), RED)
    draw.ellipse((200, 100, 300, 300), BLUE)
    smooth = encoded(image.resize((200, 200), Image.Resampling.LANCZOS), "JPEG", quality=95)
    before = extract(smooth, 3)
    assert before.background is not None
    after = extract(smooth, 2, leave_out=[before.background.rgb])
    assert after.background is None
    assert all(
        min(difference(rgb, wanted) for rgb in colors_of(after)) < 3 for wanted in (RED, BLUE)
    )
    assert shares_of(after)[colors_of(after)[0]] == pytest.approx(0.5, abs=0.03)


def test_of_few_colours_the_others_stay_exact() -> None:
    picture = encoded(stripes(WHITE, RED, RED, BLUE))
    assert shares_of(extract(picture, 10, leave_out=[WHITE])) == pytest.approx(
        {RED: 2 / 3, BLUE: 1 / 3}
    )
    # Also where the palette would have no place for the colour that is left out.
    nearly_red = (201, 31, 41)
    picture = encoded(stripes(WHITE, RED, RED, nearly_red))
    assert shares_of(extract(picture, 2, leave_out=[WHITE])) == pytest.approx(
        {RED: 2 / 3, nearly_red: 1 / 3}
    )


def test_a_colour_left_out_of_the_border_is_no_background() -> None:
    picture = np.full((40, 40, 3), WHITE, np.uint8)
    picture[10:30, 10:30] = RED
    before = extract(encoded(picture))
    assert before.background is not None
    assert before.background.rgb == WHITE
    assert extract(encoded(picture), leave_out=[WHITE]).background is None
    kept = extract(encoded(picture), keep=[WHITE])
    assert kept == before


def test_a_colour_of_a_smaller_palette_takes_the_place_of_what_is_like_it() -> None:
    nearly_red: RGB = (204, 33, 40)
    picture = encoded(stripes(WHITE, RED, BLUE))
    assert set(colors_of(extract(picture, keep=[nearly_red]))) == {WHITE, nearly_red, BLUE}
    assert set(colors_of(extract(picture, leave_out=[nearly_red]))) == {WHITE, BLUE}


def test_a_colour_the_picture_does_not_have_is_kept_without_a_share() -> None:
    picture = encoded(stripes(WHITE, RED, BLUE))
    assert shares_of(extract(picture, 4, keep=[GREEN])) == pytest.approx(
        {WHITE: 1 / 3, RED: 1 / 3, BLUE: 1 / 3, GREEN: 0}
    )
    assert len(extract(picture, 3, keep=[GREEN])) == 3
    assert extract(picture, 3, leave_out=[GREEN]) == extract(picture, 3)


def test_what_can_hardly_be_told_from_a_colour_left_out_is_left_out_too() -> None:
    shades = np.array([(250 - shade % 4, 250 - shade % 3, 250 - shade % 5) for shade in range(60)])
    picture = np.full((60, 60, 3), RED, np.uint8)
    picture[:40] = shades[None]
    picture[50:, :30] = BLUE
    found = extract(encoded(picture), 3, leave_out=[WHITE])
    assert shares_of(found) == pytest.approx({RED: 0.75, BLUE: 0.25})


@pytest.mark.parametrize("colors", [3, 10])
def test_to_leave_out_everything_is_refused(colors: int) -> None:
    picture = encoded(stripes(WHITE, RED, BLUE))
    everything = colors_of(extract(picture, colors))
    with pytest.raises(NothingLeftError) as error:
        extract(picture, colors, leave_out=everything)
    assert isinstance(error.value, ImageError)
    assert str(error.value) == "Nothing is left of the image without these colours."
    for name in PHOTOS:
        with pytest.raises(NothingLeftError):
            extract(photo(name), colors, leave_out=colors_of(extract(photo(name), colors)))


@pytest.mark.parametrize(
    ("keep", "leave_out", "sentence"),
    [
        ([(0, 0, 256)], [], "A colour is three whole numbers from 0 to 255."),
        ([], [(0, -1, 0)], "A colour is three whole numbers from 0 to 255."),
        ([(0, 0)], [], "A colour is three whole numbers from 0 to 255."),
        ([(0.5, 0, 0)], [], "A colour is three whole numbers from 0 to 255."),
        ([RED, BLUE], [BLUE], "A colour cannot be both kept and left out."),
    ],
)
def test_impossible_choices_are_refused(
    keep: Sequence[RGB], leave_out: Sequence[RGB], sentence: str
) -> None:
    with pytest.raises(ChoiceError) as error:
        extract(b"not even an image", keep=keep, leave_out=leave_out)
    assert str(error.value) == sentence


def test_more_cannot_be_kept_than_are_wanted() -> None:
    with pytest.raises(TooManyKeptError) as error:
        extract(b"not even an image", 2, keep=[RED, BLUE, WHITE])
    assert (error.value.kept, error.value.colors) == (3, 2)
    assert str(error.value) == "3 colours cannot be kept in a palette of 2."
    assert len(extract(encoded(stripes(RED, BLUE)), 2, keep=[RED, BLUE, RED])) == 2
