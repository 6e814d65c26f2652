"""What can be wrong with a picture or a request, as a tree of types.

    PaletteError                      anything this package refuses
    ├── ColorCountError               the number of colours is not an integer from 1 to 20
    ├── UnknownFormatError            no palette file has a name that ends so
    ├── ChoiceError                   these colours cannot be kept or left out
    │   └── TooManyKeptError          they are more than the palette may have
    └── ImageError                    the bytes given cannot become a palette
        ├── NotAnImageError           no image format recognises them
        ├── UnsupportedFormatError    an image, but of a format that is never decoded
        ├── TruncatedImageError       the image ends early or its data is damaged
        ├── ImageTooLargeError        its header announces more pixels than allowed
        ├── FullyTransparentError     no pixel of it can be seen
        └── NothingLeftError          without the colours to leave out nothing remains

Every error is one sentence when printed, holds only plain values and survives pickling.
"""

import math


class PaletteError(Exception):
    """Anything this package refuses; the sentence is fit for a user to read."""


class ColorCountError(PaletteError):
    """The number of colours asked for is not an integer from 1 to ``MAX_COLORS``."""


class UnknownFormatError(PaletteError):
    """No palette file has a name that ends so."""


class ChoiceError(PaletteError):
    """The colours to keep or to leave out are none, or contradict each other."""


class TooManyKeptError(ChoiceError):
    """More colours are to be kept, ``kept``, than the palette may have, ``colors``."""

    def __init__(self, kept: int, colors: int) -> None:
        super().__init__(f"{kept} colours cannot be kept in a palette of {colors}.")
        self.kept = kept
        self.colors = colors

    def __reduce__(self) -> tuple[type["TooManyKeptError"], tuple[int, int]]:
        return type(self), (self.kept, self.colors)


class ImageError(PaletteError):
    """The bytes given cannot become a palette."""


class NotAnImageError(ImageError):
    """No image format recognises the bytes (this includes an empty file)."""


class UnsupportedFormatError(ImageError):
    """The bytes are an image, but of a format that is never decoded."""


class TruncatedImageError(ImageError):
    """The image ends before all of its pixels arrived, or its data is damaged."""


class ImageTooLargeError(ImageError):
    """The header announces more pixels than allowed; nothing was decoded.

    ``width``, ``height`` and ``limit`` are pixels; ``limit`` bounds ``width * height``.
    ``megapixels`` are whole, rounded up: never as few as ``most_megapixels``, which are allowed.
    """

    def __init__(self, width: int, height: int, limit: int) -> None:
        self.megapixels = math.ceil(width * height / 1e6)
        self.most_megapixels = limit / 1e6
        super().__init__(
            f"The image has {self.megapixels} megapixels ({width} by {height}), "
            f"more than the {self.most_megapixels:g} allowed."
        )
        self.width = width
        self.height = height
        self.limit = limit

    def __reduce__(self) -> tuple[type["ImageTooLargeError"], tuple[int, int, int]]:
        return type(self), (self.width, self.height, self.limit)


class FullyTransparentError(ImageError):
    """Every pixel of the image is fully transparent: there is no colour to see."""


class NothingLeftError(ImageError):
    """Every visible pixel of the image has a colour that is to be left out."""
