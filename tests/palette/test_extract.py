"""What a palette promises, whatever picture it is of."""

import io
import os
import pickle
import subprocess
import sys
from importlib.resources import files
from itertools import combinations

import numpy as np
import pytest
from coloraide import Color
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy.optimize import linear_sum_assignment

import palette
from palette import MAX_COLORS, ColorCountError, Palette, extract
from palette.annotation.order import shortest_path
from palette.color.oklab import srgb_to_oklab
from tests.palette.pictures import encoded, noise, stripes

RGB = tuple[int, int, int]

PHOTOS = ("china.jpg", "flower.jpg")
NEAR = 3  # CIEDE2000 under which two colours look the same

channel = st.integers(0, 255)
color = st.tuples(channel, channel, channel)


@st.composite
def crowded(draw: st.DrawFn) -> np.ndarray:
    """Draw pictures of many colours, from nearly one colour to all of them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    middle = draw(color)
    spread = draw(st.integers(2, 128))
    distinct = rng.integers(-spread, spread + 1, (draw(st.integers(21, 300)), 3)) + middle
    chosen = rng.integers(0, len(distinct), draw(st.tuples(st.integers(8, 40), st.integers(8, 40))))
    picture = np.clip(distinct, 0, 255).astype(np.uint8)[chosen]
    assume(len(np.unique(picture.reshape(-1, 3), axis=0)) > MAX_COLORS)
    return picture


def photo(name: str) -> Image.Image:
    with files("sklearn.datasets.images").joinpath(name).open("rb") as file:
        image = Image.open(file)
        image.load()
    return image


def difference(one: RGB, other: RGB) -> float:
    """Measure CIEDE2000 as coloraide does."""
    first, second = (Color("srgb", [value / 255 for value in rgb]) for rgb in (one, other))
    return first.delta_e(second, method="2000")


def mean_difference(one: Palette, other: Palette) -> float:
    """Match the colours of two palettes so that they differ least."""
    differences = np.array([[difference(a.rgb, b.rgb) for b in other] for a in one])
    return float(differences[linear_sum_assignment(differences)].mean())


@settings(max_examples=60)
@given(
    colors=st.lists(color, min_size=1, max_size=MAX_COLORS, unique=True),
    spare=st.integers(0, MAX_COLORS),
    seed=st.integers(0, 2**32 - 1),
)
def test_few_colours_come_back_exactly(colors: list[RGB], spare: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    chosen = rng.integers(0, len(colors), rng.integers(1, 24, 2))
    picture = np.array(colors, np.uint8)[chosen]
    found = extract(encoded(picture), min(MAX_COLORS, len(colors) + spare))
    numbers, counts = np.unique(chosen, return_counts=True)
    assert {swatch.rgb: swatch.share for swatch in found} == pytest.approx(
        {colors[number]: count / chosen.size for number, count in zip(numbers, counts, strict=True)}
    )


@settings(max_examples=40)
@given(
    colors=st.lists(st.tuples(color, channel), min_size=1, max_size=6),
    seed=st.integers(0, 2**32 - 1),
)
def test_few_colours_count_by_their_alpha(colors: list[tuple[RGB, int]], seed: int) -> None:
    chosen = np.random.default_rng(seed).integers(0, len(colors), (9, 9))
    picture = np.array([(*rgb, alpha) for rgb, alpha in colors], np.uint8)[chosen]
    weights: dict[RGB, int] = {}
    for red, green, blue, alpha in picture.reshape(-1, 4).tolist():
        if alpha:
            weights[red, green, blue] = weights.get((red, green, blue), 0) + alpha
    assume(weights)
    whole = sum(weights.values())
    found = extract(encoded(picture), 6)
    assert {swatch.rgb: swatch.share for swatch in found} == pytest.approx(
        {rgb: weight / whole for rgb, weight in weights.items()}
    )


@settings(max_examples=60, deadline=None)
@given(picture=crowded(), colors=st.integers(1, MAX_COLORS))
def test_guarantees(picture: np.ndarray, colors: int) -> None:
    found = extract(encoded(picture), colors)
    assert 1 <= len(found) <= colors
    assert all(swatch.share > 0 for swatch in found)
    assert sum(swatch.share for swatch in found) == pytest.approx(1, abs=1e-9)
    assert all(difference(a.rgb, b.rgb) > NEAR - 0.01 for a, b in combinations(found, 2))
    assert len({swatch.name for swatch in found}) == len(found)
    if len(found) < colors:
        # Colours are told apart after those that are nearly the same were counted as one.
        for rgb in np.unique(picture.reshape(-1, 3), axis=0).tolist():
            assert min(difference(rgb, swatch.rgb) for swatch in found) < NEAR + 2


def test_colours_halfway_between_two_bytes_are_told_apart_as_they_are_shown() -> None:
    # Two pixels are often counted as one colour, whose channels then end in exactly a half.
    rng = np.random.default_rng(0)
    for _ in range(150):
        picture = rng.integers((117, 110, 20), (146, 139, 49), (8, 14, 3)).astype(np.uint8)
        found = extract(encoded(picture), 9)
        assert all(difference(a.rgb, b.rgb) > NEAR - 0.01 for a, b in combinations(found, 2))


@settings(max_examples=20, deadline=None)
@given(picture=crowded(), colors=st.integers(2, MAX_COLORS))
def test_the_order_is_the_shortest_path_from_the_darker_end(
    picture: np.ndarray, colors: int
) -> None:
    lab = srgb_to_oklab([swatch.rgb for swatch in extract(encoded(picture), colors)])
    assert lab[0, 0] <= lab[-1, 0]

    def length(path: np.ndarray) -> float:
        return float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())

    assert length(lab) == pytest.approx(length(lab[shortest_path(lab)]))


@given(color, st.integers(1, 40), st.integers(1, 40))
def test_a_flat_colour_comes_back_as_itself(rgb: RGB, width: int, height: int) -> None:
    (swatch,) = extract(encoded(Image.new("RGB", (width, height), rgb)))
    assert swatch.rgb == rgb
    assert swatch.share == 1


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("colors", [1, 5, 10, 20])
def test_a_photo_has_as_many_colours_as_asked(name: str, colors: int) -> None:
    found = extract(encoded(photo(name)), colors)
    assert len(found) == colors
    assert sum(swatch.share for swatch in found) == pytest.approx(1, abs=1e-9)
    assert not found.notes


def test_ten_colours_are_found_unless_told_otherwise() -> None:
    assert extract(encoded(noise(64, 64))) == extract(encoded(noise(64, 64)), 10)


@pytest.mark.parametrize("colors", [True, 3.0, "3", None, 0, -1, 21, np.int64(3)])
def test_only_a_number_from_one_to_twenty_is_taken(colors: object) -> None:
    with pytest.raises(ColorCountError) as error:
        extract(b"not even an image", colors)
    assert str(error.value) == "The number of colours must be an integer from 1 to 20."


def test_every_error_survives_the_way_back_from_a_worker() -> None:
    wrong = [
        b"",
        b"text",
        encoded(stripes((1, 2, 3)))[:40],
        b"%PDF-",
        encoded(Image.new("LA", (9, 9))),
    ]
    for data in wrong:
        with pytest.raises(palette.ImageError) as error:
            extract(data)
        again = pickle.loads(pickle.dumps(error.value))  # noqa: S301, our own bytes
        assert type(again) is type(error.value)
        assert str(again) == str(error.value)


@pytest.mark.parametrize("name", PHOTOS)
def test_another_call_gives_an_equal_palette(name: str) -> None:
    data = encoded(photo(name), "JPEG", quality=90)
    assert extract(data) == extract(bytes(bytearray(data)))


def test_every_process_gives_the_same_palette_on_any_number_of_threads() -> None:
    program = (
        "import palette, sys\n"
        "for name in sys.argv[1:]:\n"
        "    print(repr(palette.extract(open(name, 'rb').read(), 12)))\n"
    )
    paths = [str(files("sklearn.datasets.images").joinpath(name)) for name in PHOTOS]
    processes = [
        subprocess.Popen(  # noqa: S603, our own program
            [sys.executable, "-c", program, *paths],
            env={**os.environ, "OMP_NUM_THREADS": threads, "PYTHONHASHSEED": threads},
            stdout=subprocess.PIPE,
        )
        for threads in ("1", "3")
    ]
    printed = [process.communicate()[0].decode() for process in processes]
    here = "".join(
        f"{extract(files('sklearn.datasets.images').joinpath(name).read_bytes(), 12)!r}\n"
        for name in PHOTOS
    )
    assert printed == [here, here]


@pytest.mark.parametrize("name", PHOTOS)
def test_the_same_photo_in_other_ways_gives_nearly_the_same_palette(name: str) -> None:
    image = photo(name)
    upright = extract(encoded(image))
    for turn in Image.Transpose:
        assert mean_difference(upright, extract(encoded(image.transpose(turn)))) < 3
    assert mean_difference(upright, extract(encoded(image.resize((480, 320))))) < 3
    assert mean_difference(upright, extract(encoded(image, "JPEG", quality=80))) < 3


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("rgb", [(255, 0, 200), (0, 255, 230), (120, 40, 255)])
def test_a_small_vivid_thing_is_kept(name: str, rgb: RGB) -> None:
    picture = np.array(photo(name))
    height, width, _ = picture.shape
    radius = np.sqrt(0.003 * height * width / np.pi)
    rows, columns = np.ogrid[:height, :width]
    disc = np.hypot(rows - height * 0.7, columns - width * 0.6) <= radius
    picture[disc] = rgb
    found = extract(encoded(picture))
    assert min(difference(rgb, swatch.rgb) for swatch in found) < 8


def test_hidden_colours_never_appear() -> None:
    picture = np.full((100, 100, 4), (255, 0, 255, 0), np.uint8)
    picture[:20] = (0, 0, 0, 255)
    picture[:4, :, :3] = noise(4, 100)
    seen = {swatch.rgb for swatch in extract(encoded(picture))}
    assert (0, 0, 0) in seen
    assert (255, 0, 255) not in seen


@settings(max_examples=30, deadline=None)
@given(picture=crowded(), hidden=color, seed=st.integers(0, 2**32 - 1))
def test_hidden_pixels_change_nothing(picture: np.ndarray, hidden: RGB, seed: int) -> None:
    alpha = np.random.default_rng(seed).choice(np.array([0, 255], np.uint8), picture.shape[:2])
    assume(alpha.any())
    other = picture.copy()
    other[alpha == 0] = hidden
    one, two = (extract(encoded(np.dstack([rgb, alpha]))) for rgb in (picture, other))
    assert one == two


def test_faint_pixels_count_less_than_plain_ones() -> None:
    picture = np.dstack([noise(60, 60), np.full((60, 60), 255, np.uint8)])
    picture[:, 30:] = (0, 0, 0, 26)
    shares = {swatch.rgb: swatch.share for swatch in extract(encoded(picture), 20)}
    assert shares[0, 0, 0] == pytest.approx(26 / (255 + 26), abs=0.05)


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("JPEG", {"quality": 95, "subsampling": 0}), ("WEBP", {"lossless": True})],
)
def test_shares_are_those_of_the_whole_picture(kind: str, options: dict[str, object]) -> None:
    """Not those of what is left of its grain once it has been made small."""
    rng = np.random.default_rng(5)
    picture = rng.choice(np.array([60, 100, 180], np.uint8), (1200, 1200), p=[0.5, 0.2, 0.3])
    data = encoded(np.stack([picture, picture, 255 - picture], axis=-1), kind, **options)
    found = extract(data, 12)
    with Image.open(io.BytesIO(data)) as image:
        pixels = srgb_to_oklab(np.asarray(image.convert("RGB")).reshape(-1, 3))
    palette = srgb_to_oklab([swatch.rgb for swatch in found])
    nearest = np.array([np.linalg.norm(pixels - lab, axis=1) for lab in palette]).argmin(axis=0)
    counted = np.bincount(nearest, minlength=len(found)) / len(pixels)
    assert np.abs(counted - [swatch.share for swatch in found]).sum() < 0.03
