"""Lets the steps that look at one image share its decoded pixels."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from .formats import check_size, open_image

_decoded: ContextVar[dict[bytes, ImageFile] | None] = ContextVar("decoded", default=None)


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


def open_once(data: bytes, max_pixels: int) -> ImageFile:
    """Return what :func:`keep_decoded` keeps, or else open the image; raises what that raises."""
    image = (_decoded.get() or {}).get(data)
    if image is None:
        return open_image(data, max_pixels)
    check_size(image.size, max_pixels)
    return image


def keep_decoded(data: bytes, image: ImageFile) -> None:
    """Keep the pixels of an image, if this may save somebody to decode them again."""
    decoded = _decoded.get()
    is_animated = getattr(image, "is_animated", False)
    if decoded is not None and not (is_animated or isinstance(image, JpegImageFile)):
        decoded[data] = image
