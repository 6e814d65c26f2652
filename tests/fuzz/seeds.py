"""Small, intact files in every format and variety, from which the hostile ones are made."""

from collections.abc import Iterator

import numpy as np
from PIL import Image, PngImagePlugin

from tests.fuzz.structure import overwrite
from tests.palette.icc_profiles import cmyk_profile, gray_profile, rgb_profile
from tests.palette.images import encode, noise

P3 = rgb_profile("display-p3-linear", 2.2)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6"/></x:xmpmeta>'


def seeds() -> Iterator[tuple[str, bytes]]:
    """Yield names, which start with the format, and files: the same ones every time."""
    for name, kind, image, options in _varieties():
        yield f"{kind}: {name}", _without_time(encode(image, kind, **options))


def exif() -> bytes:
    tags = Image.Exif()
    tags[0x0112] = 6  # orientation
    tags[0x010E] = "a garden"
    tags.get_ifd(0x8769)[0x9003] = "2024:05:06 07:08:09"
    tags.get_ifd(0x8825)[2] = (52.0, 31.0, 12.5)
    return tags.tobytes()


def _without_time(data: bytes) -> bytes:
    """Erase the creation time of an animated AVIF (ISO/IEC 14496-12, version 1 boxes)."""
    for box in (b"mvhd", b"tkhd", b"mdhd"):
        if box in data:
            data = overwrite(data, data.index(box) + 8, bytes(16))
    return data


def _varieties() -> Iterator[tuple[str, str, Image.Image, dict[str, object]]]:
    photo = Image.fromarray(_scene())
    flat = Image.new("RGB", (20, 12), (60, 140, 70))
    rgba = photo.copy()
    rgba.putalpha(Image.fromarray(noise(*_scene().shape[:2], 1)[..., 0]))
    paletted, bilevel, gray = photo.quantize(16), photo.convert("1"), photo.convert("L")
    animated = {"save_all": True, "append_images": [flat.resize(photo.size), photo], "duration": 40}
    deep = Image.fromarray(np.asarray(gray).astype(np.uint16) * 257)
    cmyk = photo.convert("CMYK")
    png_text = PngImagePlugin.PngInfo()
    png_text.add_text("a key", "a text " * 9, zip=True)
    png_text.add_itxt("XML:com.adobe.xmp", XMP.decode())

    for name, image in {"colour": photo, "alpha": rgba, "bilevel": bilevel, "grey": gray}.items():
        yield name, "PNG", image, {}
    yield "paletted", "PNG", paletted, {"transparency": bytes(range(0, 256, 16))}
    yield "16 bits", "PNG", deep, {"transparency": 771}
    yield "metadata", "PNG", flat, {"icc_profile": P3, "exif": exif(), "pnginfo": png_text}
    yield "animated", "PNG", photo, animated | {"disposal": 2, "blend": 1}
    yield "separate still", "PNG", flat.resize(photo.size), animated | {"default_image": True}

    yield "baseline", "JPEG", photo, {"restart_marker_blocks": 2, "comment": b"a comment"}
    yield "progressive", "JPEG", photo, {"progressive": True}
    large = Image.new("L", (3400, 3400), 90)  # large enough to be decoded without some scans
    yield "large progressive", "JPEG", large, {"progressive": True, "quality": 5}
    yield "grey", "JPEG", gray, {"icc_profile": gray_profile(1.8)}
    yield "metadata", "JPEG", photo, {"icc_profile": P3, "exif": exif(), "xmp": XMP}
    yield "CMYK", "JPEG", cmyk, {"icc_profile": cmyk_profile(np.zeros((2, 2, 2, 2, 3)))}

    yield "still", "GIF", photo, {"interlace": 1, "comment": "a comment"}
    yield "transparent", "GIF", paletted, {"transparency": 3}
    for disposal in (1, 2, 3):
        yield f"animated, disposal {disposal}", "GIF", photo, animated | {"disposal": disposal}

    yield "lossy", "WEBP", photo, {}
    yield "lossless", "WEBP", photo, {"lossless": True}
    yield "alpha", "WEBP", rgba, {}
    yield "metadata", "WEBP", flat, {"icc_profile": P3, "exif": exif(), "xmp": XMP}
    yield "animated", "WEBP", photo, animated

    for kind in ("AVIF", "HEIF"):
        fast = {"speed": 10} if kind == "AVIF" else {}
        yield "colour", kind, photo, fast
        yield "alpha", kind, rgba, fast
        yield "grey", kind, gray, fast
        metadata = {"icc_profile": P3, "exif": exif(), "xmp": XMP}
        yield "metadata", kind, flat.resize((64, 64)), fast | metadata
    yield "animated", "AVIF", photo, animated | {"speed": 10}
    yield "tiles", "HEIF", photo.resize((128, 128)), {"tile_size": 64}

    for name, image in {
        "colour": photo,
        "alpha": rgba,
        "paletted": paletted,
        "bilevel": bilevel,
    }.items():
        yield name, "BMP", image, {}

    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg", "zstd", "lzma"):
        yield compression, "TIFF", photo, {"compression": compression}
    yield "fax", "TIFF", bilevel, {"compression": "group4"}
    yield "big", "TIFF", paletted, {"big_tiff": True}
    yield "metadata", "TIFF", flat, {"icc_profile": P3, "exif": exif()}
    yield "pages", "TIFF", flat, {"save_all": True, "append_images": [photo]}
    for mode in ("CMYK", "LAB", "YCbCr", "F", "I", "LA"):
        image = Image.new("LAB", (20, 12), (99, 140, 90)) if mode == "LAB" else photo.convert(mode)
        yield mode, "TIFF", image, {}


def _scene() -> np.ndarray:
    """Return pixels of more than ten colours in few bytes: a sky, a field, some noise."""
    rows, columns = np.mgrid[:24, :32]
    sky = np.stack([90 + 4 * rows, 120 + 3 * rows, np.full_like(rows, 230)], axis=-1)
    field = np.stack([60 + columns, 100 + 2 * columns, 30 + rows], axis=-1)
    scene = np.where((rows < 12)[..., None], sky, field)
    scene[4:9, 20:26] = noise(5, 6)
    return scene.astype(np.uint8)
