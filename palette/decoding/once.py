"""Lets the steps that look at one image share its decoded pixels."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from palette.model import Note

from .formats import check_size, open_with_notes

_Opened = tuple[ImageFile, tuple[Note, ...]]

_decoded: ContextVar[dict[bytes, _Opened] | None] = ContextVar("decoded", default=None)


@contextmanager
def decoding_once() -> Generator[None]:
    """Decode each still image only once in this block, which keeps its pixels in memory.

    Not so a JPEG, which is decoded at the size that is needed, or an animation, whose frames are
    decoded one after another.
    """
    token = _decoded.set({})
    try:
        yield
    finally:
        _decoded.reset(token)


def open_once(data: bytes, max_pixels: int) -> _Opened:
    """Return what :func:`keep_decoded` has kept, or else do what :func:`open_with_notes` does."""
    opened = (_decoded.get() or {}).get(data)
    if opened is None:
        return open_with_notes(data, max_pixels)
    check_size(opened[0].size, max_pixels)
    return opened


def keep_decoded(data: bytes, image: ImageFile, notes: tuple[Note, ...]) -> None:
    """Keep an image with its pixels and notes, if this may save decoding it again."""
    decoded = _decoded.get()
    is_animated = getattr(image, "is_animated", False)
    if decoded is not None and not (is_animated or isinstance(image, JpegImageFile)):
        decoded[data] = image, notes
