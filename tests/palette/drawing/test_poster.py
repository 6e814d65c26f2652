"""The poster, judged by the pixels that people see."""

import io
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from palette import RGB, NotAnImageError, Palette, Swatch, contrast, extract, render_poster
from palette.color.arrays import Bytes
from tests.palette.drawing.colors import distant_colors
from tests.palette.drawing.golden_images import assert_matches_golden
from tests.palette.drawing.runs import runs
from tests.palette.images import encode, noise, photo, stripes

BACKGROUND: RGB = (250, 250, 248)
RED, GREEN, BLUE, YELLOW = (200, 30, 40), (30, 160, 70), (20, 60, 180), (240, 210, 60)
GREY = Palette((Swatch((128, 128, 128), 1.0, "grey"),))

colors = st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=20, unique=True)


def palette_of(rgbs: Sequence[RGB], shares: Sequence[int] = ()) -> Palette:
    shares = shares or [1] * len(rgbs)
    swatches = zip(rgbs, shares, strict=True)
    return Palette(tuple(Swatch(rgb, share / sum(shares), "red") for rgb, share in swatches))


def draw(data: bytes, palette: Palette = GREY, title: str = "Title") -> Bytes:
    image = Image.open(io.BytesIO(render_poster(data, palette, title)))
    assert (image.format, image.mode) == ("PNG", "RGB")
    return np.asarray(image)


def strip_of(poster: Bytes) -> Bytes:
    """Return the strip of colours, without its hairline."""
    is_drawn = (poster[:, 74] != BACKGROUND).any(axis=-1)
    *_, strip = (run for run in runs(is_drawn, min_gap=8) if run.stop - run.start > 200)
    return poster[strip, 54:-54][2:-2, 2:-2]


def spans_of(strip: Bytes) -> list[slice]:
    """Return where each colour is, by the pixels above the codes."""
    row = strip[12]
    edges = np.flatnonzero((row[1:] != row[:-1]).any(axis=-1)) + 1
    return [slice(*span) for span in pairwise([0, *edges.tolist(), len(row)])]


def framed(size: tuple[int, int]) -> Image.Image:
    """Return an image with a red, green, blue and yellow side: left, top, right, bottom."""
    image = Image.new("RGB", size, (90, 90, 90))
    width, height = size
    across, down = width // 10, height // 10
    image.paste(RED, (0, down, across, height - down))
    image.paste(GREEN, (across, 0, width - across, down))
    image.paste(BLUE, (width - across, down, width, height - down))
    image.paste(YELLOW, (across, height - down, width - across, height))
    return image


def count(poster: Bytes, rgb: RGB) -> int:
    return int((poster == rgb).all(axis=-1).sum())


@settings(max_examples=10)
@given(colors)
@example([(255, 255, 255)])
@example([(118, 118, 118), (119, 119, 119)])
@example(distant_colors(20))
def test_every_color_is_shown_in_order_with_a_legible_code(rgbs: list[RGB]) -> None:
    strip = strip_of(draw(encode(stripes(RED, BLUE)), palette_of(rgbs)))
    spans = spans_of(strip)
    assert [tuple(strip[12, span.start]) for span in spans] == rgbs
    for span, rgb in zip(spans, rgbs, strict=True):
        area = strip[14:-14, span]  # without the round corners
        code = np.argwhere((area != rgb).any(axis=-1))
        assert np.ptp(code, axis=0).min() >= int(0.72 * 34) - 1  # the height of capitals
        margins = area.shape[:2] - code.max(axis=0), code.min(axis=0)
        assert np.min(margins) >= 6
        inks = {tuple(pixel) for pixel in np.unique(area.reshape(-1, 3), axis=0).tolist()}
        assert max(contrast(rgb, ink) for ink in inks) >= 4.5


def test_large_shares_are_wide_and_none_is_lost() -> None:
    shares = [1, 4000, 2, 3000, 3, 900, 50, 4, 5, 6]
    strip = strip_of(draw(encode(stripes(RED)), palette_of(distant_colors(10), shares)))
    widths = [span.stop - span.start for span in spans_of(strip)]
    assert min(widths) >= 45
    assert max(widths) == widths[1] > widths[3] > widths[5] > widths[6]


@pytest.mark.parametrize("size", [(600, 400), (400, 600), (400, 400), (900, 310), (310, 900)])
def test_image_is_shown_whole(size: tuple[int, int]) -> None:
    poster = draw(encode(framed(size)))
    for side in (RED, GREEN, BLUE, YELLOW):
        assert count(poster, side) > 10_000


def test_only_the_middle_of_a_panorama_is_shown() -> None:
    for size, cropped, kept in (
        ((4000, 400), (RED, BLUE), (GREEN, YELLOW)),
        ((400, 4000), (GREEN, YELLOW), (RED, BLUE)),
    ):
        poster = draw(encode(framed(size)))
        assert not any(count(poster, side) for side in cropped)
        assert all(count(poster, side) > 10_000 for side in kept)


def test_image_is_upright_and_in_srgb() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = framed((600, 400)).transpose(Image.Transpose.ROTATE_270)
    assert (draw(encode(framed((600, 400)), exif=exif)) == draw(encode(turned))).all()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    lab = encode(Image.new("LAB", (90, 60), (138, 208, 195)), "TIFF", icc_profile=profile.tobytes())
    assert count(draw(lab), extract(lab).dominant.rgb) > 500_000


def test_pixel_art_stays_sharp() -> None:
    poster = draw(encode(noise(16, 24) // 128 * 255))
    inside = poster[90:690, 70:-70].reshape(-1, 3)
    assert set(np.unique(inside)) == {0, 255}


@pytest.mark.parametrize("shade", [0, 255])
def test_transparent_logo_stands_out(shade: int) -> None:
    logo = Image.new("RGBA", (600, 400))
    ImageDraw.Draw(logo).ellipse((200, 100, 400, 300), (shade, shade, shade, 255))
    poster = draw(encode(logo))
    around = tuple(poster[200, 200].tolist())
    assert count(poster, (shade, shade, shade)) > 50_000
    assert contrast(around, (shade, shade, shade)) >= 7


@settings(max_examples=10)
@given(st.text(max_size=300))
@example("W" * 300)
@example("word " * 100)
@example("a\nb\tc\0d\u202ee")
def test_title_stays_inside(title: str) -> None:
    poster = draw(encode(stripes(RED)), title=title)
    for margin in (poster[:40], poster[-40:], poster[:, :48], poster[:, -48:]):
        assert (margin == BACKGROUND).all()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Café", "Cafe\u0301"),
        ("Paris", "  Paris\n🎉 "),
        ("kestutis fin", "ķęstutis ﬁn"),
        ("", "日本語"),
        ("", "🎨"),
    ],
)
def test_letters_without_a_glyph_are_replaced_or_left_out(title: str, shown: str) -> None:
    data = encode(stripes(RED))
    assert render_poster(data, GREY, title) == render_poster(data, GREY, shown)


def test_titles_differ() -> None:
    data = encode(stripes(RED))
    titles = ("", "Paris", "Paris 2", "Anna\u2019s", "Annas")
    assert len({render_poster(data, GREY, title) for title in titles}) == len(titles)


def test_poster_is_a_4_by_5_png_of_bounded_size_and_deterministic() -> None:
    data = encode(noise(1400, 1500))
    png = render_poster(data, GREY, "Noise")
    assert png == render_poster(data, GREY, "Noise")
    assert Image.open(io.BytesIO(png)).size == (1080, 1350)
    assert len(png) < 4_000_000


def test_bad_images_are_refused() -> None:
    with pytest.raises(NotAnImageError):
        render_poster(b"text", GREY, "Text")


def scene(size: tuple[int, int]) -> bytes:
    """Return a landscape of flat colours."""
    width, height = size
    image = Image.new("RGB", size, (249, 220, 156))
    pen = ImageDraw.Draw(image)
    pen.ellipse(
        (width * 0.55, height * 0.2, width * 0.75, height * 0.2 + width * 0.2), (208, 95, 91)
    )
    for shade, level in (((141, 59, 94), 0.5), ((74, 37, 69), 0.65), ((27, 21, 38), 0.85)):
        pen.polygon(
            [(0, height * level), (width, height * (level + 0.1)), (width, height), (0, height)],
            shade,
        )
    return encode(image)


GOLDEN_POSTERS = {
    "poster-wide": (scene((900, 600)), 5, "Sunset over the hills"),
    "poster-tall": (scene((600, 800)), 2, "A title that is too long for the width of this poster"),
    "poster-twenty": (encode(photo("flower.jpg").resize((24, 16))), 20, ""),
}


@pytest.mark.parametrize("name", GOLDEN_POSTERS)
def test_poster_matches_its_golden_image(name: str) -> None:
    data, number, title = GOLDEN_POSTERS[name]
    png = render_poster(data, extract(data, number), title)
    assert_matches_golden(Image.open(io.BytesIO(png)), name)
