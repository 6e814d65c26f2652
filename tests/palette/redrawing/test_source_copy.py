"""The copy of a picture that goes along with its palette."""

import io
from importlib.resources import files

import numpy as np
import pytest
from coloraide import Color
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from scipy.optimize import linear_sum_assignment

from palette import FullyTransparentError, ImageTooLargeError, NotAnImageError, extract
from palette.redrawing.source_copy import SourceCopy, source_copy
from tests.palette.pictures import encoded, noise, png, stripes

WHITE, RED, BLUE, GREEN = (250, 250, 250), (200, 30, 40), (20, 60, 180), (40, 160, 60)
SECRETS = (b"51 deg North", b"my home", b"a comment of mine", b"MyCamera 5")
PHOTOS = ("china.jpg", "flower.jpg")


def photo(name: str) -> Image.Image:
    with files("sklearn.datasets.images").joinpath(name).open("rb") as file:
        return Image.open(file).convert("RGB")


def large(name: str) -> Image.Image:
    """Return a photo of six megapixels, upscaled and grainy."""
    image = photo(name).resize((3000, 2000), Image.Resampling.BICUBIC)
    grain = np.random.default_rng(0).normal(0, 3, (2000, 3000, 1))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def opened(copy: SourceCopy) -> Image.Image:
    image = Image.open(io.BytesIO(copy.data))
    assert {"jpg": "JPEG", "webp": "WEBP"}[copy.suffix] == image.format
    return image


def pixels(image: Image.Image, mode: str = "RGB") -> np.ndarray:
    return np.asarray(image.convert(mode))


def animation(*frames: Image.Image, kind: str = "GIF", **options: object) -> bytes:
    # Without a duration of its own, a PNG's frame is written even if it equals the last one.
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], **options)


def told(image: Image.Image, kind: str) -> bytes:
    """Return a picture whose file tells more than its pixels."""
    exif = Image.Exif()
    exif[0x010F] = SECRETS[3].decode()
    exif.get_ifd(0x8825).update({1: "N", 27: SECRETS[0]})
    options: dict[str, object] = {"exif": exif.tobytes(), "xmp": b"<x>%s</x>" % SECRETS[1]}
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", SECRETS[2].decode())
        text.add_itxt("XML:com.adobe.xmp", SECRETS[1].decode())
        options = {"exif": exif.tobytes(), "pnginfo": text}
    elif kind == "JPEG":
        options["comment"] = SECRETS[2]
    elif kind == "GIF":
        options = {"comment": b" ".join(SECRETS)}
    elif kind == "TIFF":
        options = {"exif": exif.tobytes(), "tiffinfo": {270: b" ".join(SECRETS[1:]).decode()}}
    return encoded(image, kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF", "HEIF"])
@pytest.mark.parametrize("size", [(30, 20), (1300, 1000)])
def test_it_tells_nothing_but_what_is_seen(kind: str, size: tuple[int, int]) -> None:
    data = told(photo("china.jpg").resize(size), kind)
    assert any(secret in data for secret in SECRETS)
    copy = source_copy(data)
    assert not any(secret in copy.data for secret in SECRETS)
    image = opened(copy)
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def test_colours_of_hidden_pixels_are_not_in_it() -> None:
    hidden = photo("china.jpg").convert("RGBA")
    hidden.putalpha(0)
    hidden.paste((*RED, 255), (0, 0, 100, 427))
    for size in ((640, 427), (1600, 1068)):
        image = pixels(opened(source_copy(encoded(hidden.resize(size, 0)))), "RGBA")
        assert (image[:, 300:, 3] == 0).all()
        assert not image[:, 300:, :3].std()


@pytest.mark.parametrize("name", PHOTOS)
def test_a_small_photo_stays_itself(name: str) -> None:
    data = encoded(photo(name))
    copy = source_copy(data)
    assert (pixels(opened(copy)) == pixels(photo(name))).all()
    assert len(copy.data) < len(data)
    assert extract(copy.data, 12) == extract(data, 12)


@pytest.mark.parametrize(("name", "kind"), [("china.jpg", "JPEG"), ("flower.jpg", "BMP")])
def test_a_large_photo_becomes_a_small_jpeg_of_about_the_same_palette(name: str, kind: str) -> None:
    data = encoded(large(name), kind)
    copy = source_copy(data)
    assert copy.suffix == "jpg"
    assert opened(copy).size == (1600, 1067)
    assert len(copy.data) < 2_000_000
    differences = [
        mean_difference(extract(data, colors).hex, extract(copy.data, colors).hex)
        for colors in (3, 5, 8, 10, 12, 20)
    ]
    assert np.median(differences) < 1.5
    assert np.mean(differences) < 3  # now and then a group is cut elsewhere


def mean_difference(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Match the colours of two palettes so that they differ least in CIEDE2000."""
    differences = np.array([[Color(a).delta_e(b, method="2000") for b in other] for a in one])
    return float(differences[linear_sum_assignment(differences)].mean())


def test_few_colours_stay_exact_at_any_size() -> None:
    colors = np.random.default_rng(0).permutation(2**24)[:256]
    rgb = np.stack([colors >> 16, colors >> 8 & 255, colors & 255], -1).astype(np.uint8)
    picture = rgb[np.random.default_rng(1).integers(0, 256, (1500, 1500))]
    copy = source_copy(encoded(picture, compress_level=0))
    assert (pixels(opened(copy)) == picture).all()
    assert len(copy.data) < 3_000_000


def test_few_colours_stay_the_only_ones_when_reduced() -> None:
    picture = np.full((3000, 4000, 3), WHITE, np.uint8)
    picture[500:2500, 700:2011] = RED
    picture[333:1000, 2000:3511] = BLUE
    for channels in (picture, np.dstack([picture, picture[..., :1]])):
        data = encoded(channels, compress_level=1)
        copy = source_copy(data)
        assert opened(copy).size == (1600, 1200)
        one, other = extract(data), extract(copy.data)
        assert other.hex == one.hex
        assert [s.share for s in other] == pytest.approx([s.share for s in one], abs=0.002)


def test_fine_patterns_of_few_colours_keep_them_all() -> None:
    y, x = np.mgrid[:2400, :3200]
    colors = np.array([WHITE, RED, BLUE], np.uint8)
    for pattern in (2 * ((x + y) % 2), (x % 10 < 2) * 1, (y % 97 == 0) * 2):
        data = encoded(colors[pattern], compress_level=1)
        shares = {swatch.hex: swatch.share for swatch in extract(data)}
        copied = extract(source_copy(data).data)
        assert set(copied.hex) == set(shares)
        for swatch in copied:
            assert swatch.share == pytest.approx(shares[swatch.hex], abs=0.15)


def test_transparency_is_kept() -> None:
    tone = np.broadcast_to(np.linspace(0, 255, 1600).astype(np.uint8), (1000, 1600))
    clear = large("china.jpg").resize((1600, 1000))
    clear.putalpha(Image.fromarray(tone))
    copy = source_copy(encoded(clear, compress_level=0))
    assert len(copy.data) < 2_000_000
    assert (pixels(opened(copy), "RGBA")[..., 3] == tone).all()
    small = clear.resize((300, 200))
    small_copy = pixels(opened(source_copy(encoded(small))), "RGBA")
    assert (small_copy[..., 3] == pixels(small, "RGBA")[..., 3]).all()


def test_it_is_upright_and_in_srgb() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = photo("china.jpg")
    turned = opened(source_copy(encoded(image, exif=exif)))
    assert (pixels(turned) == pixels(image.transpose(Image.Transpose.ROTATE_270))).all()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    lab = Image.new("LAB", (4, 4), (138, 208, 195))
    data = encoded(lab, "TIFF", icc_profile=profile.tobytes())
    assert extract(source_copy(data).data) == extract(data)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 1600), (1600, 1600)),
        ((1601, 10), (1600, 10)),
        ((10, 3300), (5, 1600)),
        ((20_000, 60), (1600, 5)),
        ((60_000, 1), (1600, 1)),
        ((3199, 2399), (1600, 1200)),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_it_is_at_most_as_large_as_asked(
    size: tuple[int, int], expected: tuple[int, int], kind: str
) -> None:
    image = photo("flower.jpg").resize(size, Image.Resampling.NEAREST)
    assert opened(source_copy(encoded(image, kind))).size == expected


def test_a_smaller_side_may_be_asked_for() -> None:
    assert opened(source_copy(encoded(photo("china.jpg")), 100)).size == (100, 67)


def test_an_animation_of_few_colours_stays_one_frame_by_frame() -> None:
    colors = [RED, RED, RED, BLUE, BLUE, GREEN, RED, RED]
    frames = [Image.new("RGB", (31, 17), color) for color in colors]
    for kind in ("PNG", "AVIF"):
        data = animation(*frames, kind=kind, quality=100)
        original = Image.open(io.BytesIO(data))
        image = opened(source_copy(data))
        assert image.n_frames == original.n_frames == 8
        for number in range(8):
            original.seek(number)
            image.seek(number)
            assert (pixels(image) == pixels(original)).all()
            assert image.info["duration"] == 100
        assert extract(source_copy(data).data) == extract(data)


def test_of_a_long_animation_the_frames_are_kept_that_a_palette_looks_at() -> None:
    frames = [Image.new("RGB", (20, 20), (7 * number, 200, 255 - number)) for number in range(36)]
    data = animation(*frames)
    copy = source_copy(data)
    assert opened(copy).n_frames == 24
    one, other = extract(data, 20), extract(copy.data, 20)
    assert other.swatches == one.swatches


def test_a_large_animation_becomes_small() -> None:
    image = large("flower.jpg")
    frames = [image.crop((10 * number, 0, 1600 + 10 * number, 1200)) for number in range(12)]
    data = animation(*frames, kind="WEBP", method=0)
    copy = source_copy(data)
    assert len(copy.data) < 2_000_000
    shown = opened(copy)
    assert shown.n_frames == 12
    assert 3_600_000 < 12 * shown.width * shown.height <= 4_000_000
    assert mean_difference(extract(data, 8).hex, extract(copy.data, 8).hex) < 3


def test_a_transparent_animation_stays_so() -> None:
    frames = [Image.new("RGBA", (20, 20)) for _ in range(3)]
    for number, frame in enumerate(frames):
        frame.paste((*RED, 255), (5 * number, 0, 5 * number + 10, 20))
    image = opened(source_copy(animation(*frames, disposal=2)))
    for number, frame in enumerate(frames):
        image.seek(number)
        assert (pixels(image, "RGBA") == pixels(frame, "RGBA")).all()


@pytest.mark.parametrize("channels", [3, 4])
def test_even_noise_has_an_end(channels: int) -> None:
    data = encoded(noise(1600, 1600, channels), compress_level=0)
    assert len(source_copy(data).data) < 8_000_000


def test_even_noise_of_few_colours_has_an_end() -> None:
    index, alpha = np.moveaxis(noise(1600, 1600, 2), -1, 0)
    picture = np.dstack([noise(1, 256)[0, index], alpha])
    assert len(source_copy(encoded(picture, compress_level=0)).data) < 8_000_000


def test_equal_files_have_equal_copies() -> None:
    for picture in (photo("china.jpg"), photo("china.jpg").resize((1600, 1000))):
        assert source_copy(encoded(picture)) == source_copy(encoded(picture))


def test_what_has_no_palette_has_no_copy() -> None:
    with pytest.raises(NotAnImageError):
        source_copy(b"text")
    with pytest.raises(FullyTransparentError):
        source_copy(encoded(np.zeros((9, 9, 4), np.uint8)))
    with pytest.raises(ImageTooLargeError):
        source_copy(png((20_000, 20_000), 8, 2, b""))
    assert len(extract(source_copy(encoded(stripes(WHITE, RED))).data)) == 2
