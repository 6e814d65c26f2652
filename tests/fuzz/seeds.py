"""Small, intact files in every format and variety, from which the hostile ones are made."""

from collections.abc import Iterator

import numpy as np
import pillow_jxl  # noqa: F401, teaches Pillow to write them
from PIL import Image, PngImagePlugin

from tests.fuzz.structure import overwrite
from tests.palette.icc_profiles import cmyk_profile, gray_profile, rgb_profile
from tests.palette.images import encode, noise
from tests.palette.tiffs import DEFLATE, LZW, PACK_BITS, tiff

P3 = rgb_profile("display-p3-linear", 2.2)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6"/></x:xmpmeta>'


def seeds() -> Iterator[tuple[str, bytes]]:
    """Yield names, which start with the format, and files: the same ones every time."""
    for name, kind, image, options in _varieties():
        yield f"{kind}: {name}", _without_time(encode(image, kind, **options))
    large = Image.new("L", (3400, 3400), 90)  # large enough to be decoded without some scans
    yield "JPEG: large progressive", encode(large, "JPEG", progressive=True, quality=5)
    yield from _deep_tiffs()
    preview = encode(Image.fromarray(_scene()), "JPEG")
    yield "TIFF: raw", tiff(np.full((8, 8, 1), 99, np.uint16), 32803) + preview


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
    yield "tagged", "PNG", flat, {"pnginfo": _color_tags()}
    yield "animated", "PNG", photo, animated | {"disposal": 2, "blend": 1}
    yield "separate still", "PNG", flat.resize(photo.size), animated | {"default_image": True}

    yield "baseline", "JPEG", photo, {"restart_marker_blocks": 2, "comment": b"a comment"}
    yield "progressive", "JPEG", photo, {"progressive": True}
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
    pq = {"color_primaries": 9, "transfer_characteristics": 16, "matrix_coefficients": 9}
    yield "HDR", "HEIF", photo, pq
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
    for name, options in _jpeg_xl_varieties().items():
        yield name, "JXL", rgba if name == "alpha" else photo, options
    yield "metadata", "TIFF", flat, {"icc_profile": P3, "exif": exif()}
    yield "pages", "TIFF", flat, {"save_all": True, "append_images": [photo]}
    for mode in ("CMYK", "LAB", "YCbCr", "F", "I", "LA"):
        image = Image.new("LAB", (20, 12), (99, 140, 90)) if mode == "LAB" else photo.convert(mode)
        yield mode, "TIFF", image, {}


def _jpeg_xl_varieties() -> dict[str, dict[str, object]]:
    return {
        "lossy": {},
        "lossless": {"lossless": True},
        "alpha": {"use_container": True},
        "metadata": {"exif": exif(), "use_container": True},
    }


def _deep_tiffs() -> Iterator[tuple[str, bytes]]:
    """Yield kinds that Pillow does not read, stored in every way."""
    scene = _scene()
    floats = (scene / 255).astype(np.float32)
    inks = np.concatenate([scene, scene[..., :2]], axis=2)
    yield "TIFF: floats", tiff(floats, 2, compression=DEFLATE, predictor=3)
    yield "TIFF: tiles", tiff(floats.astype(np.float16), 2, compression=LZW, tile=16)
    yield "TIFF: planes", tiff(scene.astype(np.uint16) * 257, 2, planar=True, predictor=2)
    yield "TIFF: 32 bits", tiff(scene[..., :1].astype(np.uint32) << 24, 0, compression=PACK_BITS)
    yield "TIFF: inks with alpha", tiff(inks, 5, tags={338: (3, [2])})
    yield "TIFF: big floats", tiff(floats.astype(np.float64), 2, big=True)


def _color_tags() -> PngImagePlugin.PngInfo:
    """Return chunks about colour, in an order in which each can come to count."""
    chunks = PngImagePlugin.PngInfo()
    chunks.add(b"cICP", bytes([9, 18, 0, 1]))
    chunks.add(b"gAMA", (100_000).to_bytes(4, "big"))
    points = (31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)
    chunks.add(b"cHRM", b"".join(point.to_bytes(4, "big") for point in points))
    return chunks


def _scene() -> np.ndarray:
    """Return pixels of more than ten colours in few bytes: a sky, a field, some noise."""
    rows, columns = np.mgrid[:24, :32]
    sky = np.stack([90 + 4 * rows, 120 + 3 * rows, np.full_like(rows, 230)], axis=-1)
    field = np.stack([60 + columns, 100 + 2 * columns, 30 + rows], axis=-1)
    scene = np.where((rows < 12)[..., None], sky, field)
    scene[4:9, 20:26] = noise(5, 6)
    return scene.astype(np.uint8)
