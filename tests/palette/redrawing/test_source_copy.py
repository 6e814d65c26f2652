"""The copy of an image that is sent along with its palette."""

import io

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from palette import (
    FullyTransparentError,
    ImageTooLargeError,
    NotAnImageError,
    SourceCopy,
    extract,
    source_copy,
)
from tests.palette.differences import mean_difference
from tests.palette.images import PHOTOS, encode, noise, photo, png, stripes

WHITE, RED, BLUE, GREEN = (250, 250, 250), (200, 30, 40), (20, 60, 180), (40, 160, 60)
SECRETS = (b"51 deg North", b"my home", b"a comment of mine", b"MyCamera 5")


def large_photo(name: str) -> Image.Image:
    """Return a photo of six megapixels, upscaled and with grain."""
    image = photo(name).resize((3000, 2000), Image.Resampling.BICUBIC)
    grain = np.random.default_rng(0).normal(0, 3, (2000, 3000, 1))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def open_copy(copy: SourceCopy) -> Image.Image:
    """Open a copy, which must have the format of its suffix."""
    image = Image.open(io.BytesIO(copy.data))
    assert {"jpg": "JPEG", "webp": "WEBP"}[copy.suffix] == image.format
    return image


def pixels_of(image: Image.Image, mode: str = "RGB") -> np.ndarray:
    return np.asarray(image.convert(mode))


def animate(*frames: Image.Image, kind: str = "GIF", **options: object) -> bytes:
    # Without a duration, even a frame that equals the previous one is written to a PNG.
    return encode(frames[0], kind, save_all=True, append_images=frames[1:], **options)


def encode_with_secrets(image: Image.Image, kind: str) -> bytes:
    """Return an image file that reveals more than its pixels."""
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
    return encode(image, kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF", "HEIF"])
@pytest.mark.parametrize("size", [(30, 20), (1300, 1000)])
def test_copy_reveals_nothing_but_what_is_visible(kind: str, size: tuple[int, int]) -> None:
    data = encode_with_secrets(photo("china.jpg").resize(size), kind)
    assert any(secret in data for secret in SECRETS)
    copy = source_copy(data)
    assert not any(secret in copy.data for secret in SECRETS)
    image = open_copy(copy)
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def test_copy_does_not_contain_hidden_colors() -> None:
    hidden = photo("china.jpg").convert("RGBA")
    hidden.putalpha(0)
    hidden.paste((*RED, 255), (0, 0, 100, 427))
    for size in ((640, 427), (1600, 1068)):
        image = pixels_of(open_copy(source_copy(encode(hidden.resize(size, 0)))), "RGBA")
        assert (image[:, 300:, 3] == 0).all()
        assert not image[:, 300:, :3].std()


@pytest.mark.parametrize("name", PHOTOS)
def test_small_photo_stays_exact(name: str) -> None:
    data = encode(photo(name))
    copy = source_copy(data)
    assert (pixels_of(open_copy(copy)) == pixels_of(photo(name))).all()
    assert len(copy.data) < len(data)
    assert extract(copy.data, 12) == extract(data, 12)


@pytest.mark.parametrize(("name", "kind"), [("china.jpg", "JPEG"), ("flower.jpg", "BMP")])
def test_large_photo_becomes_a_small_jpeg_with_a_similar_palette(name: str, kind: str) -> None:
    data = encode(large_photo(name), kind)
    copy = source_copy(data)
    assert copy.suffix == "jpg"
    assert open_copy(copy).size == (1600, 1067)
    assert len(copy.data) < 2_000_000
    differences = [
        mean_difference(extract(data, colors), extract(copy.data, colors))
        for colors in (3, 5, 8, 10, 12, 20)
    ]
    assert np.median(differences) < 1.5
    assert np.mean(differences) < 3  # sometimes a group is split elsewhere


def test_few_colors_stay_exact() -> None:
    colors = np.random.default_rng(0).permutation(2**24)[:256]
    rgb = np.stack([colors >> 16, colors >> 8 & 255, colors & 255], -1).astype(np.uint8)
    pixels = rgb[np.random.default_rng(1).integers(0, 256, (1500, 1500))]
    copy = source_copy(encode(pixels, compress_level=0))
    assert (pixels_of(open_copy(copy)) == pixels).all()
    assert len(copy.data) < 3_000_000


def test_few_colors_stay_the_only_ones_when_reduced() -> None:
    pixels = np.full((3000, 4000, 3), WHITE, np.uint8)
    pixels[500:2500, 700:2011] = RED
    pixels[333:1000, 2000:3511] = BLUE
    for channels in (pixels, np.dstack([pixels, pixels[..., :1]])):
        data = encode(channels, compress_level=1)
        copy = source_copy(data)
        assert open_copy(copy).size == (1600, 1200)
        one, other = extract(data), extract(copy.data)
        assert other.hex == one.hex
        assert [s.share for s in other] == pytest.approx([s.share for s in one], abs=0.002)


def test_fine_patterns_keep_all_their_colors() -> None:
    y, x = np.mgrid[:2400, :3200]
    colors = np.array([WHITE, RED, BLUE], np.uint8)
    for pattern in (2 * ((x + y) % 2), (x % 10 < 2) * 1, (y % 97 == 0) * 2):
        data = encode(colors[pattern], compress_level=1)
        shares = {swatch.hex: swatch.share for swatch in extract(data)}
        copied = extract(source_copy(data).data)
        assert set(copied.hex) == set(shares)
        for swatch in copied:
            assert swatch.share == pytest.approx(shares[swatch.hex], abs=0.15)


def test_transparency_is_kept() -> None:
    alpha = np.broadcast_to(np.linspace(0, 255, 1600).astype(np.uint8), (1000, 1600))
    image = large_photo("china.jpg").resize((1600, 1000))
    image.putalpha(Image.fromarray(alpha))
    copy = source_copy(encode(image, compress_level=0))
    assert len(copy.data) < 2_000_000
    assert (pixels_of(open_copy(copy), "RGBA")[..., 3] == alpha).all()
    small = image.resize((300, 200))
    small_copy = pixels_of(open_copy(source_copy(encode(small))), "RGBA")
    assert (small_copy[..., 3] == pixels_of(small, "RGBA")[..., 3]).all()


def test_copy_is_upright_and_in_srgb() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = photo("china.jpg")
    turned = open_copy(source_copy(encode(image, exif=exif)))
    assert (pixels_of(turned) == pixels_of(image.transpose(Image.Transpose.ROTATE_270))).all()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    lab = Image.new("LAB", (4, 4), (138, 208, 195))
    data = encode(lab, "TIFF", icc_profile=profile.tobytes())
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
def test_copy_is_at_most_max_side(
    size: tuple[int, int], expected: tuple[int, int], kind: str
) -> None:
    image = photo("flower.jpg").resize(size, Image.Resampling.NEAREST)
    assert open_copy(source_copy(encode(image, kind))).size == expected


def test_smaller_side_may_be_asked_for() -> None:
    assert open_copy(source_copy(encode(photo("china.jpg")), 100)).size == (100, 67)


def test_animation_with_few_colors_stays_exact_frame_by_frame() -> None:
    colors = [RED, RED, RED, BLUE, BLUE, GREEN, RED, RED]
    frames = [Image.new("RGB", (31, 17), color) for color in colors]
    for kind in ("PNG", "AVIF"):
        data = animate(*frames, kind=kind, quality=100)
        original = Image.open(io.BytesIO(data))
        image = open_copy(source_copy(data))
        assert image.n_frames == original.n_frames == 8
        for number in range(8):
            original.seek(number)
            image.seek(number)
            assert (pixels_of(image) == pixels_of(original)).all()
            assert image.info["duration"] == 100
        assert extract(source_copy(data).data) == extract(data)


def test_long_animation_keeps_the_frames_that_extract_looks_at() -> None:
    frames = [Image.new("RGB", (20, 20), (7 * number, 200, 255 - number)) for number in range(36)]
    data = animate(*frames)
    copy = source_copy(data)
    assert open_copy(copy).n_frames == 24
    one, other = extract(data, 20), extract(copy.data, 20)
    assert other.swatches == one.swatches


def test_large_animation_becomes_small() -> None:
    image = large_photo("flower.jpg")
    frames = [image.crop((10 * number, 0, 1600 + 10 * number, 1200)) for number in range(12)]
    data = animate(*frames, kind="WEBP", method=0)
    copy = source_copy(data)
    assert len(copy.data) < 2_000_000
    shown = open_copy(copy)
    assert shown.n_frames == 12
    assert 3_600_000 < 12 * shown.width * shown.height <= 4_000_000
    assert mean_difference(extract(data, 8), extract(copy.data, 8)) < 3


def test_transparent_animation_stays_transparent() -> None:
    frames = [Image.new("RGBA", (20, 20)) for _ in range(3)]
    for number, frame in enumerate(frames):
        frame.paste((*RED, 255), (5 * number, 0, 5 * number + 10, 20))
    image = open_copy(source_copy(animate(*frames, disposal=2)))
    for number, frame in enumerate(frames):
        image.seek(number)
        assert (pixels_of(image, "RGBA") == pixels_of(frame, "RGBA")).all()


@pytest.mark.parametrize("channels", [3, 4])
def test_noise_stays_below_the_size_limit(channels: int) -> None:
    data = encode(noise(1600, 1600, channels), compress_level=0)
    assert len(source_copy(data).data) < 8_000_000


def test_noise_of_few_colors_stays_below_the_size_limit() -> None:
    index, alpha = np.moveaxis(noise(1600, 1600, 2), -1, 0)
    pixels = np.dstack([noise(1, 256)[0, index], alpha])
    assert len(source_copy(encode(pixels, compress_level=0)).data) < 8_000_000


def test_equal_files_have_equal_copies() -> None:
    for image in (photo("china.jpg"), photo("china.jpg").resize((1600, 1000))):
        assert source_copy(encode(image)) == source_copy(encode(image))


def test_bad_images_are_refused() -> None:
    with pytest.raises(NotAnImageError):
        source_copy(b"text")
    with pytest.raises(FullyTransparentError):
        source_copy(encode(np.zeros((9, 9, 4), np.uint8)))
    with pytest.raises(ImageTooLargeError):
        source_copy(png((20_000, 20_000), 8, 2, b""))
    assert len(extract(source_copy(encode(stripes(WHITE, RED))).data)) == 2
