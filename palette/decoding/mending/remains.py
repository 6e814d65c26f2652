"""How much of a picture has to be left."""

from palette.errors import TruncatedImageError

_MIN_SHARE = 0.75


def check_remains(left: int, whole: int) -> None:
    """Raise :class:`TruncatedImageError` if too few rows, frames or bytes are left."""
    if left < _MIN_SHARE * whole or left <= 0:
        raise TruncatedImageError("The image is incomplete or damaged.")
