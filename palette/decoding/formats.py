"""Which decoder opens which bytes; no other decoder is ever reached."""

import io
import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager

from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from palette.errors import (
    ImageTooLargeError,
    NotAnImageError,
    PaletteError,
    TruncatedImageError,
    UnsupportedFormatError,
)

from .bombs import check_jpeg_scans, check_jpeg_segments, check_png_chunks
from .code_points import CodePoints
from .color_tags import CODE_POINTS
from .iso_boxes import read_nclx
from .png_chunks import read_cicp

MAX_PIXELS = 100_000_000
_FORMAT_NAMES = "PNG, JPEG, WebP, GIF, AVIF, HEIC, BMP and TIFF"

Opener = Callable[[io.BytesIO], ImageFile]

_CODE_POINT_READERS: dict[Opener, Callable[[bytes], CodePoints | None]] = {
    PngImageFile: read_cicp,
    AvifImageFile: read_nclx,
}

_SIGNATURES: tuple[tuple[bytes, Opener], ...] = (
    (b"\x89PNG\r\n\x1a\n", PngImageFile),
    (b"\xff\xd8\xff", JpegImageFile),
    (b"GIF87a", GifImageFile),
    (b"GIF89a", GifImageFile),
    (b"BM", BmpImageFile),
    (b"II*\0", TiffImageFile),
    (b"MM\0*", TiffImageFile),
    (b"II+\0", TiffImageFile),  # BigTIFF
    (b"MM\0+", TiffImageFile),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_UNSUPPORTED_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"8BPS", "Photoshop"),
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\0\0\1\0", "Icon"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"qoif", "QOI"),
    (b"v/1\x01", "OpenEXR"),
    (b"#?RADIANCE", "Radiance"),
    (b"DDS ", "DirectDraw"),
    (b"\x1a\x45\xdf\xa3", "Video"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG and other XML"),
    (b"P1", "Netpbm"),
    (b"P2", "Netpbm"),
    (b"P3", "Netpbm"),
    (b"P4", "Netpbm"),
    (b"P5", "Netpbm"),
    (b"P6", "Netpbm"),
)


def open_image(data: bytes, max_pixels: int = MAX_PIXELS) -> ImageFile:
    """Read the header of an image without decoding a single pixel.

    The bytes alone decide which format it is. Raises :class:`NotAnImageError`,
    :class:`UnsupportedFormatError`, :class:`TruncatedImageError` or, if the header announces more
    than ``max_pixels``, :class:`ImageTooLargeError`.
    """
    opener = _find_opener(data)
    if opener is JpegImageFile:
        check_jpeg_segments(data)
    if opener is PngImageFile:
        check_png_chunks(data)
    if opener is WebPImageFile:  # opening one allocates all its pixels
        check_size(_webp_size(data), max_pixels)
    with translating_decoder_errors():
        image = opener(io.BytesIO(data))
        check_size(image.size, max_pixels)
        if opener is JpegImageFile:
            check_jpeg_scans(data, image.width * image.height)
        if read_points := _CODE_POINT_READERS.get(opener):
            image.info[CODE_POINTS] = read_points(data)
    return image


def check_size(size: tuple[int, int], max_pixels: int) -> None:
    """Raise :class:`ImageTooLargeError` or, if there is no pixel, :class:`TruncatedImageError`."""
    width, height = size
    if width * height > max_pixels:
        raise ImageTooLargeError(width, height, max_pixels)
    if not width * height:
        raise TruncatedImageError("The image is damaged: it has no pixels.")


@contextmanager
def translating_decoder_errors() -> Generator[None]:
    """Turn anything a decoder raises for bad data into a :class:`TruncatedImageError`."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of damaged metadata, which changes no pixel.
            warnings.simplefilter("ignore")
            yield
    except (PaletteError, MemoryError):
        raise
    except Exception as error:
        raise TruncatedImageError("The image is incomplete or damaged.") from error


def _find_opener(data: bytes) -> Opener:
    for signature, opener in _SIGNATURES:
        if data.startswith(signature):
            return opener
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WebPImageFile
    if data[4:8] == b"ftyp":
        return _find_iso_opener(data)
    start = data[:64].lstrip()
    for signature, name in _UNSUPPORTED_SIGNATURES:
        if start.startswith(signature):
            raise _unsupported(name)
    raise NotAnImageError(
        "The file is empty." if not data else f"This is not an image ({_FORMAT_NAMES} can be read)."
    )


def _find_iso_opener(data: bytes) -> Opener:
    """Choose by the brands of an ISO base media file (ISO/IEC 14496-12, box ``ftyp``)."""
    box = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    brands = {box[start : start + 4] for start in range(0, len(box), 4) if start != 4}
    if brands & _AVIF_BRANDS:
        return AvifImageFile
    if brands & _HEIF_BRANDS:
        return HeifImageFile
    raise _unsupported("Video")


def _unsupported(name: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(f"{name} files cannot be read, only {_FORMAT_NAMES}.")


def _webp_size(data: bytes) -> tuple[int, int]:
    """Read the canvas size (RFC 9649, sections 2.5 to 2.7) from the first chunk."""
    if data[12:16] == b"VP8X":
        return _little_endian(data[24:27]) + 1, _little_endian(data[27:30]) + 1
    if data[12:16] == b"VP8L":
        bits = _little_endian(data[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little_endian(data[26:28]) & 0x3FFF, _little_endian(data[28:30]) & 0x3FFF


def _little_endian(data: bytes) -> int:
    return int.from_bytes(data, "little")
