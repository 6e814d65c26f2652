"""What extraction guarantees, whatever the image."""

import io
import math
import os
import pickle
import subprocess
import sys
from importlib.resources import files
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from palette import MAX_COLORS, RGB, ColorCountError, ImageError, Palette, extract
from palette.annotation.order import shortest_path
from palette.color.oklab import srgb_to_oklab
from palette.decoding.decode import decode
from palette.quantization.flat_art.flats import count_flat_colors
from tests.palette.differences import difference, mean_difference
from tests.palette.images import PHOTOS, encode, noise, photo, photo_file, stripes

MAX_AUTO_COLORS = 12
MIN_DIFFERENCE = 3  # CIEDE2000
MAX_UNNAMED_DIFFERENCE = 10  # in a palette that might have more colours: 6, and half a cell
ROUNDING = 0.01  # CIEDE2000, between two libraries

channel = st.integers(0, 255)
color = st.tuples(channel, channel, channel)


@st.composite
def colorful_images(draw: st.DrawFn) -> np.ndarray:
    """Draw the pixels of images with too many colours, from nearly equal ones to all kinds."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    middle = draw(color)
    spread = draw(st.integers(2, 128))
    distinct = rng.integers(-spread, spread + 1, (draw(st.integers(21, 300)), 3)) + middle
    chosen = rng.integers(0, len(distinct), draw(st.tuples(st.integers(8, 40), st.integers(8, 40))))
    pixels = np.clip(distinct, 0, 255).astype(np.uint8)[chosen]
    assume(len(np.unique(pixels.reshape(-1, 3), axis=0)) > MAX_COLORS)
    return pixels


def min_difference(palette: Palette) -> float:
    """Return the CIEDE2000 of the two most similar colours."""
    pairs = combinations(palette, 2)
    return min((difference(one.rgb, other.rgb) for one, other in pairs), default=math.inf)


@settings(max_examples=60)
@given(
    colors=st.lists(color, min_size=1, max_size=MAX_COLORS, unique=True),
    spare=st.integers(0, MAX_COLORS),
    seed=st.integers(0, 2**32 - 1),
)
def test_few_colors_come_back_exactly(colors: list[RGB], spare: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    chosen = rng.integers(0, len(colors), rng.integers(1, 24, 2))
    pixels = np.array(colors, np.uint8)[chosen]
    found = extract(encode(pixels), min(MAX_COLORS, len(colors) + spare))
    numbers, counts = np.unique(chosen, return_counts=True)
    assert {swatch.rgb: swatch.share for swatch in found} == pytest.approx(
        {colors[number]: count / chosen.size for number, count in zip(numbers, counts, strict=True)}
    )


@settings(max_examples=40)
@given(
    colors=st.lists(st.tuples(color, channel), min_size=1, max_size=6),
    seed=st.integers(0, 2**32 - 1),
)
def test_few_colors_are_weighted_by_their_alpha(colors: list[tuple[RGB, int]], seed: int) -> None:
    chosen = np.random.default_rng(seed).integers(0, len(colors), (9, 9))
    pixels = np.array([(*rgb, alpha) for rgb, alpha in colors], np.uint8)[chosen]
    weights: dict[RGB, int] = {}
    for red, green, blue, alpha in pixels.reshape(-1, 4).tolist():
        if alpha:
            weights[red, green, blue] = weights.get((red, green, blue), 0) + alpha
    assume(weights)
    whole = sum(weights.values())
    found = extract(encode(pixels), 6)
    assert {swatch.rgb: swatch.share for swatch in found} == pytest.approx(
        {rgb: weight / whole for rgb, weight in weights.items()}
    )


@settings(max_examples=60)
@given(pixels=colorful_images(), colors=st.integers(1, MAX_COLORS), exactly=st.booleans())
def test_every_palette_keeps_the_guarantees(
    pixels: np.ndarray, colors: int, *, exactly: bool
) -> None:
    found = extract(encode(pixels), colors, exactly=exactly)
    assert 1 <= len(found) <= colors
    assert all(swatch.share > 0 for swatch in found)
    assert sum(swatch.share for swatch in found) == pytest.approx(1, abs=1e-9)
    assert min_difference(found) > MIN_DIFFERENCE - ROUNDING
    assert len({swatch.name for swatch in found}) == len(found)
    is_flat = count_flat_colors(decode(encode(pixels), with_neighbors=True)) is not None
    if is_flat and not exactly:
        assert {swatch.rgb for swatch in found} <= set(map(tuple, pixels.reshape(-1, 3).tolist()))
    elif len(found) < colors:
        # Colours of one bin are at most 7.4 apart, and counted as one: half of that is tolerated.
        most = MIN_DIFFERENCE + 3.7 if exactly else MAX_UNNAMED_DIFFERENCE
        for rgb in np.unique(pixels.reshape(-1, 3), axis=0).tolist():
            assert min(difference(rgb, swatch.rgb) for swatch in found) < most


def night_sky() -> np.ndarray:
    """Return shades of one dark blue with a few stars."""
    down = np.linspace(0, 1, 200)[:, None, None]
    pixels = np.broadcast_to([10, 14, 40] + down * [8, 12, 30], (200, 300, 3)).astype(np.uint8)
    pixels[20:200:45, 30:300:60] = (250, 245, 220)
    return pixels


def market() -> np.ndarray:
    """Return stalls in twelve colours, with grain."""
    hues = np.random.default_rng(2).integers(20, 236, (12, 3))
    pixels = hues[np.arange(12).reshape(3, 4)].repeat(60, axis=0).repeat(60, axis=1)
    grain = np.random.default_rng(3).normal(0, 5, (*pixels.shape[:2], 1))
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


@settings(max_examples=40)
@given(pixels=colorful_images())
def test_auto_gives_three_to_twelve_colors_of_an_image_that_has_them(pixels: np.ndarray) -> None:
    found = extract(encode(pixels), "auto")
    assert 1 <= len(found) <= MAX_AUTO_COLORS
    if len(extract(encode(pixels), 3)) == 3:
        assert len(found) >= 3
    assert extract(encode(pixels), "auto", keep=[swatch.rgb for swatch in found]) == found


def test_auto_follows_the_image() -> None:
    flag = encode(stripes((255, 255, 255), (200, 30, 40), (20, 60, 160)))
    assert len(extract(flag, "auto")) == 3
    night, day = (len(extract(encode(scene), "auto")) for scene in (night_sky(), market()))
    assert night <= 5 < day


@pytest.mark.parametrize("name", PHOTOS)
def test_auto_is_the_palette_of_that_number(name: str) -> None:
    found = extract(photo_file(name), "auto")
    assert found == extract(photo_file(name), len(found))


@settings(max_examples=40)
@given(pixels=colorful_images(), colors=st.integers(1, MAX_COLORS), scale=st.integers(2, 4))
def test_fewer_colors_of_flat_art_than_asked_for_are_all_that_cover_areas(
    pixels: np.ndarray, colors: int, scale: int
) -> None:
    data = encode(pixels.repeat(scale, axis=0).repeat(scale, axis=1))
    found = extract(data, colors)
    distinct = np.unique(pixels.reshape(-1, 3), axis=0).tolist()
    assert min_difference(found) > MIN_DIFFERENCE - ROUNDING
    if count_flat_colors(decode(data, with_neighbors=True)):
        assert {swatch.rgb for swatch in found} <= set(map(tuple, distinct))
        if len(found) < colors:
            for rgb in distinct:
                nearest = min(difference(rgb, swatch.rgb) for swatch in found)
                assert nearest < MIN_DIFFERENCE + ROUNDING


def test_colors_are_distinguishable_after_rounding_to_bytes() -> None:
    # Two pixels are often counted as one colour, whose channels then are exactly between bytes.
    rng = np.random.default_rng(0)
    for _ in range(150):
        pixels = rng.integers((117, 110, 20), (146, 139, 49), (8, 14, 3)).astype(np.uint8)
        found = extract(encode(pixels), 9)
        assert min_difference(found) > MIN_DIFFERENCE - ROUNDING


@settings(max_examples=20)
@given(pixels=colorful_images(), colors=st.integers(2, MAX_COLORS))
def test_order_is_the_shortest_path_from_the_darker_end(pixels: np.ndarray, colors: int) -> None:
    lab = srgb_to_oklab([swatch.rgb for swatch in extract(encode(pixels), colors)])
    assert lab[0, 0] <= lab[-1, 0]

    def path_length(path: np.ndarray) -> float:
        return float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())

    assert path_length(lab) == pytest.approx(path_length(lab[shortest_path(lab)]))


@given(color, st.integers(1, 40), st.integers(1, 40))
def test_flat_color_comes_back_as_itself(rgb: RGB, width: int, height: int) -> None:
    (swatch,) = extract(encode(Image.new("RGB", (width, height), rgb)))
    assert swatch.rgb == rgb
    assert swatch.share == 1


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("colors", [1, 5, 10, 20])
def test_photo_has_as_many_colors_as_asked_for(name: str, colors: int) -> None:
    found = extract(encode(photo(name)), colors)
    assert len(found) == colors
    assert sum(swatch.share for swatch in found) == pytest.approx(1, abs=1e-9)
    assert not found.notes


def test_ten_colors_are_found_by_default() -> None:
    assert extract(encode(noise(64, 64))) == extract(encode(noise(64, 64)), 10)


@pytest.mark.parametrize("colors", [True, 3.0, "3", None, 0, -1, 21, np.int64(3)])
def test_only_integers_from_1_to_20_are_accepted(colors: object) -> None:
    with pytest.raises(ColorCountError) as error:
        extract(b"not even an image", colors)
    assert str(error.value) == 'The number of colours must be an integer from 1 to 20, or "auto".'


def test_errors_for_bad_images_survive_pickling() -> None:
    bad = [
        b"",
        b"text",
        encode(stripes((1, 2, 3)))[:40],
        b"%PDF-",
        encode(Image.new("LA", (9, 9))),
    ]
    for data in bad:
        with pytest.raises(ImageError) as error:
            extract(data)
        again = pickle.loads(pickle.dumps(error.value))  # noqa: S301, our own bytes
        assert type(again) is type(error.value)
        assert str(again) == str(error.value)


@pytest.mark.parametrize("name", PHOTOS)
def test_second_call_gives_an_equal_palette(name: str) -> None:
    data = encode(photo(name), "JPEG", quality=90)
    assert extract(data) == extract(bytes(bytearray(data)))


def test_every_process_gives_the_same_palette_with_any_number_of_threads() -> None:
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
    expected = "".join(f"{extract(photo_file(name), 12)!r}\n" for name in PHOTOS)
    assert printed == [expected, expected]


@pytest.mark.parametrize("name", PHOTOS)
def test_turned_resized_or_compressed_photo_gives_nearly_the_same_palette(name: str) -> None:
    image = photo(name)
    upright = extract(encode(image))
    for turn in Image.Transpose:
        assert mean_difference(upright, extract(encode(image.transpose(turn)))) < 3
    assert mean_difference(upright, extract(encode(image.resize((480, 320))))) < 3
    assert mean_difference(upright, extract(encode(image, "JPEG", quality=80))) < 3


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("rgb", [(255, 0, 200), (0, 255, 230), (120, 40, 255)])
def test_small_vivid_object_is_kept(name: str, rgb: RGB) -> None:
    pixels = np.array(photo(name))
    height, width, _ = pixels.shape
    radius = np.sqrt(0.003 * height * width / np.pi)
    rows, columns = np.ogrid[:height, :width]
    disc = np.hypot(rows - height * 0.7, columns - width * 0.6) <= radius
    pixels[disc] = rgb
    found = extract(encode(pixels))
    assert min(difference(rgb, swatch.rgb) for swatch in found) < 8


def test_hidden_colors_never_appear() -> None:
    pixels = np.full((100, 100, 4), (255, 0, 255, 0), np.uint8)
    pixels[:20] = (0, 0, 0, 255)
    pixels[:4, :, :3] = noise(4, 100)
    seen = {swatch.rgb for swatch in extract(encode(pixels))}
    assert (0, 0, 0) in seen
    assert (255, 0, 255) not in seen


@settings(max_examples=30)
@given(pixels=colorful_images(), hidden=color, seed=st.integers(0, 2**32 - 1))
def test_hidden_pixels_change_nothing(pixels: np.ndarray, hidden: RGB, seed: int) -> None:
    alpha = np.random.default_rng(seed).choice(np.array([0, 255], np.uint8), pixels.shape[:2])
    assume(alpha.any())
    other = pixels.copy()
    other[alpha == 0] = hidden
    one, two = (extract(encode(np.dstack([rgb, alpha]))) for rgb in (pixels, other))
    assert one == two


def test_faint_pixels_count_less_than_opaque_ones() -> None:
    pixels = np.dstack([noise(60, 60), np.full((60, 60), 255, np.uint8)])
    pixels[:, 30:] = (0, 0, 0, 26)
    shares = {swatch.rgb: swatch.share for swatch in extract(encode(pixels), 20)}
    assert shares[0, 0, 0] == pytest.approx(26 / (255 + 26), abs=0.05)


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("JPEG", {"quality": 95, "subsampling": 0}), ("WEBP", {"lossless": True})],
)
def test_shares_are_those_of_the_unreduced_image(kind: str, options: dict[str, object]) -> None:
    """Reducing an image loses its grain, which must not change the shares."""
    rng = np.random.default_rng(5)
    levels = rng.choice(np.array([60, 100, 180], np.uint8), (1200, 1200), p=[0.5, 0.2, 0.3])
    data = encode(np.stack([levels, levels, 255 - levels], axis=-1), kind, **options)
    found = extract(data, 12)
    with Image.open(io.BytesIO(data)) as image:
        pixels = srgb_to_oklab(np.asarray(image.convert("RGB")).reshape(-1, 3))
    colors = srgb_to_oklab([swatch.rgb for swatch in found])
    nearest = np.array([np.linalg.norm(pixels - lab, axis=1) for lab in colors]).argmin(axis=0)
    counted = np.bincount(nearest, minlength=len(found)) / len(pixels)
    assert np.abs(counted - [swatch.share for swatch in found]).sum() < 0.03
