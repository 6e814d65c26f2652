"""What is left of a file, and how much of a picture that has to be."""

from palette.errors import TruncatedImageError

_MIN_SHARE = 0.75
_MIN_PADDING = 64  # zero bytes; fewer can belong to the picture


def check_remains(left: int, whole: int) -> None:
    """Raise :class:`TruncatedImageError` if too few rows, frames or bytes are left."""
    if left < _MIN_SHARE * whole or left <= 0:
        raise TruncatedImageError("The image is incomplete or damaged.")


def without_padding(data: bytes) -> bytes:
    """Leave out the zeros at the end, which a download that stopped has in place of the rest."""
    rest = data.rstrip(b"\0")
    return rest if len(data) - len(rest) >= _MIN_PADDING else data
