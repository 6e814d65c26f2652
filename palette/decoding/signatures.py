"""What a file is, by its bytes alone."""

import re
from enum import Enum, auto
from importlib.util import find_spec

from palette.errors import ImageError, NotAnImageError, UnsupportedFormatError

from .containers.markup import is_svg


class Kind(Enum):
    """A kind of file that is read."""

    PNG = auto()
    JPEG = auto()
    WEBP = auto()
    GIF = auto()
    AVIF = auto()
    HEIF = auto()
    JPEG_XL = auto()
    BMP = auto()
    TIFF = auto()
    RAW = auto()


_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"\xff\x0a", Kind.JPEG_XL),
    (b"\0\0\0\x0cJXL \r\n\x87\n", Kind.JPEG_XL),
    (b"II*\0\x10\0\0\0CR", Kind.RAW),  # Canon CR2
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),  # BigTIFF
    (b"IIRO", Kind.RAW),  # Olympus
    (b"IIRS", Kind.RAW),
    (b"IIU\0", Kind.RAW),  # Panasonic
    (b"FUJIFILMCCD-RAW", Kind.RAW),
    (b"FOVb", Kind.RAW),  # Sigma
    (b"\0MRM", Kind.RAW),  # Minolta
)
_UNSUPPORTED_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"8BPS", "Photoshop"),
    (b"gimp xcf", "GIMP"),
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"\0\0\1\0", "Icon"),
    (b"\0\0\2\0\0\0", "Targa"),
    (b"\0\0\x0a\0\0\0", "Targa"),
    (b"\0\0\2\0", "Cursor"),
    (b"icns", "Icon"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"II\xbc\x01", "JPEG XR"),
    (b"qoif", "QOI"),
    (b"v/1\x01", "OpenEXR"),
    (b"MM\0+", "Big-endian BigTIFF"),
    (b"#?RADIANCE", "Radiance"),
    (b"#?RGBE", "Radiance"),
    (b"DDS ", "DirectDraw"),
)
_VIDEO_SIGNATURES = (
    b"\x1a\x45\xdf\xa3",  # Matroska and WebM
    b"\0\0\1\xba",  # MPEG
    b"\0\0\1\xb3",
    b"FLV\x01",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # Windows Media
)
_NETPBM = re.compile(rb"P[1-6]\s+[#\d]|P7\s+WIDTH")
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_RAW_BRANDS = frozenset({b"crx "})  # Canon CR3
_SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
_QUICKTIME_BOXES = frozenset({b"moov", b"mdat", b"wide"})  # files of before there were brands

IS_JPEG_XL_READ = find_spec("pillow_jxl") is not None
"""Whether the extra ``jxl`` is installed."""

_FORMAT_NAMES = f"PNG, JPEG, WebP, GIF, AVIF, HEIC, {'JPEG XL, ' * IS_JPEG_XL_READ}BMP and TIFF"


def recognize(data: bytes) -> Kind:
    """Tell by its first bytes what a file is, whatever its name says.

    Raises :class:`NotAnImageError`, or :class:`UnsupportedFormatError` for what is never decoded.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            if kind is Kind.JPEG_XL and not IS_JPEG_XL_READ:
                raise _unsupported("JPEG XL")
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[:2] == b"BM" and data[15:18] == bytes(3):  # unlike words: its header is a short one
        return Kind.BMP
    if data[4:8] == b"ftyp":
        return _recognize_brands(data)
    raise _refusal(data)


def _unsupported(name: str) -> UnsupportedFormatError:
    """Return the error for a format of this name."""
    return UnsupportedFormatError(f"{name} files cannot be read, only {_FORMAT_NAMES}.", name)


def _refusal(data: bytes) -> ImageError:
    """Return the error for a file that is not read, with its name if it is a known one."""
    is_video = data.startswith(_VIDEO_SIGNATURES) or data[4:8] in _QUICKTIME_BOXES
    if is_video or (data[:4] == b"RIFF" and data[8:12] == b"AVI "):
        return _unsupported("Video")
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, name in _UNSUPPORTED_SIGNATURES:
        if start.startswith(signature):
            return _unsupported(name)
    if _NETPBM.match(start):
        return _unsupported("Netpbm")
    if is_svg(data):
        return _unsupported("SVG")
    return _no_image() if data else NotAnImageError("The file is empty.")


def _no_image() -> NotAnImageError:
    return NotAnImageError(f"This is not an image ({_FORMAT_NAMES} can be read).")


def _recognize_brands(data: bytes) -> Kind:
    """Choose by the brands of an ISO base media file (ISO/IEC 14496-12, box ``ftyp``)."""
    box = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    brands = {box[start : start + 4] for start in range(0, len(box), 4) if start != 4}
    for known, kind in (
        (_AVIF_BRANDS, Kind.AVIF),
        (_HEIF_BRANDS, Kind.HEIF),
        (_RAW_BRANDS, Kind.RAW),
    ):
        if brands & known:
            return kind
    if box[:4] in _SOUND_BRANDS:
        raise _no_image()
    raise _unsupported("Video")
