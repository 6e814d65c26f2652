"""Which decoder opens which bytes; no other decoder is ever reached."""

import io
import struct
import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from palette.errors import (
    ImageTooLargeError,
    PaletteError,
    TruncatedImageError,
    UnsupportedFormatError,
)
from palette.model import Note, NoteKind

from .bombs import check_jpeg_scans, check_jpeg_segments, check_png_chunks
from .containers.jpeg_frame import check_jpeg_frame
from .containers.jpeg_xl import is_animated, jpeg_xl_size, open_jpeg_xl
from .containers.nclx import read_nclx
from .containers.png_info import supplement_png, without_default_image
from .containers.raw_photos import find_preview
from .containers.webp import webp_size
from .mending.gif import mend_gif
from .mending.jpeg import mend_jpeg
from .mending.png import mend_png, without_wrong_chunks
from .mending.remains import without_padding
from .signatures import Kind, recognize
from .spaces.color_tags import CODE_POINTS
from .tiff.directories import ORIENTATION, has_more_pages, is_raw, read_directory
from .tiff.tiff_file import TiffFile

MAX_PIXELS = 100_000_000


class _Format(NamedTuple):
    """How files of a format are opened.

    ``check`` refuses those whose header takes seconds to read, or names a kind that nothing here
    reads. Where opening alone takes as much memory as decoding, ``size`` reads width and height
    before. ``mend`` makes a file whole again. ``supplement`` adds to an image what Pillow leaves
    out.
    """

    open: Callable[[io.BytesIO], ImageFile]
    check: Callable[[bytes], None] | None = None
    size: Callable[[bytes], tuple[int, int]] | None = None
    mend: Callable[[bytes], bytes] | None = None
    supplement: Callable[[ImageFile, bytes], None] | None = None


def _check_jpeg(data: bytes) -> None:
    check_jpeg_segments(data)
    check_jpeg_frame(data)


def _supplement_avif(image: ImageFile, data: bytes) -> None:
    image.info[CODE_POINTS] = read_nclx(data)


_FORMATS = {
    Kind.PNG: _Format(PngImageFile, check_png_chunks, mend=mend_png, supplement=supplement_png),
    Kind.JPEG: _Format(JpegImageFile, _check_jpeg, mend=mend_jpeg),
    Kind.GIF: _Format(GifImageFile, mend=mend_gif),
    Kind.WEBP: _Format(WebPImageFile, size=webp_size),
    Kind.AVIF: _Format(AvifImageFile, supplement=_supplement_avif),
    Kind.HEIF: _Format(HeifImageFile),
    Kind.JPEG_XL: _Format(open_jpeg_xl, size=jpeg_xl_size),
    Kind.BMP: _Format(BmpImageFile),
    Kind.TIFF: _Format(TiffFile),
}


def open_image(data: bytes, max_pixels: int = MAX_PIXELS) -> ImageFile:
    """Do what :func:`open_with_notes` does, and return the image alone."""
    return open_with_notes(data, max_pixels)[0]


def open_with_notes(data: bytes, max_pixels: int) -> tuple[ImageFile, tuple[Note, ...]]:
    """Read the header of an image without decoding a single pixel, and say what is unusual.

    The bytes alone decide which format it is. (The pixels of a JPEG XL are decoded at once, and
    those of a file without its end are looked at.) Raises :class:`NotAnImageError`,
    :class:`UnsupportedFormatError`, :class:`TruncatedImageError` or, if the header announces more
    than ``max_pixels``, :class:`ImageTooLargeError`.
    """
    kind = recognize(data)
    if kind is Kind.RAW or (kind is Kind.TIFF and is_raw(data)):
        return _open_preview(data, max_pixels)
    format_ = _FORMATS[kind]
    there = without_padding(data) if format_.mend else data
    if format_.check:
        format_.check(there)
    with translating_decoder_errors():
        whole = without_wrong_chunks(there) if kind is Kind.PNG else there
        image = _open(format_, whole, max_pixels)
        if format_.mend and (mended := format_.mend(whole)) is not whole:
            whole, image = mended, _open(format_, mended, max_pixels)
        is_incomplete = whole is not there
        if getattr(image, "default_image", False):  # of an animated PNG
            whole = without_default_image(whole)
            image = _open(format_, whole, max_pixels)
        if format_.supplement:
            format_.supplement(image, whole)
    if is_incomplete:
        return image, (Note(NoteKind.INCOMPLETE),)
    if kind is Kind.TIFF and has_more_pages(data):
        return image, (Note(NoteKind.FIRST_PAGE),)
    if kind is Kind.JPEG_XL and is_animated(data):
        return image, (Note(NoteKind.FIRST_FRAME),)
    return image, ()


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


def _open(format_: _Format, data: bytes, max_pixels: int) -> ImageFile:
    if format_.size:
        check_size(format_.size(data), max_pixels)
    image = format_.open(io.BytesIO(data))
    check_size(image.size, max_pixels)
    if isinstance(image, JpegImageFile):
        check_jpeg_scans(data, image.width * image.height)
    return image


def _open_preview(data: bytes, max_pixels: int) -> tuple[ImageFile, tuple[Note, ...]]:
    """Open the JPEG in the raw file of a camera."""
    preview = find_preview(data)
    if preview is None:
        raise UnsupportedFormatError("Raw files without a preview cannot be read.", "Raw")
    image, _ = open_with_notes(preview, max_pixels)
    with suppress(SyntaxError, ValueError, struct.error):  # too damaged to read
        exif = image.getexif()
        if ORIENTATION not in exif:
            exif[ORIENTATION] = read_directory(data).first(ORIENTATION, 1)
    return image, (Note(NoteKind.PREVIEW),)
