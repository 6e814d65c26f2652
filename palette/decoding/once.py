"""Lets the steps that look at one image share its decoded pixels."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from PIL.ImageFile import ImageFile

_kept: ContextVar[dict[tuple[bytes, int], ImageFile] | None] = ContextVar("kept", default=None)


@contextmanager
def decoding_once() -> Generator[None]:
    """Decode each still image only once in this block, which keeps its pixels in memory.

    A JPEG that is needed at several scales is decoded at each, and the frames of animations, which
    are decoded one after another, are not kept.
    """
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def decoded_once(image: ImageFile, data: bytes, scale: int) -> ImageFile:
    """Return the image that was opened from the same ``data`` at the same scale, or else this."""
    kept = _kept.get()
    if kept is None or getattr(image, "is_animated", False):
        return image
    return kept.setdefault((data, scale), image)
