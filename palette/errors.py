"""Everything this package raises on purpose, as a tree of types.

    PaletteError                      anything this package refuses to do
    ├── ColorCountError               the number of colours is not an integer from 1 to 20
    ├── UnknownFormatError            the file name has no suffix of a palette format
    ├── UnknownStyleError             there is no such way to choose colours
    ├── UnknownColorError             the text is no colour
    ├── ChoiceError                   the colours to keep or leave out are invalid
    │   └── TooManyKeptError          there are more colours to keep than the palette may have
    └── ImageError                    the bytes cannot become a palette
        ├── NotAnImageError           they are in no known image format, or empty
        ├── UnsupportedFormatError    they are in a format that is never decoded
        ├── TruncatedImageError       the image ends early or is damaged
        ├── ImageTooLargeError        the header announces more pixels than allowed
        ├── FullyTransparentError     no pixel is visible
        └── NothingLeftError          every visible colour is to be left out

``str()`` of an error is one English sentence. Errors hold plain values only and can be pickled.
"""

import math


class PaletteError(Exception):
    """Anything this package refuses to do; the sentence is fit for a user to read."""


class ColorCountError(PaletteError):
    """The number of colours asked for is not an integer from 1 to ``MAX_COLORS``."""


class UnknownFormatError(PaletteError):
    """The file name does not end in the suffix of any palette format."""


class UnknownStyleError(PaletteError):
    """There is no such way to choose colours."""


class UnknownColorError(PaletteError):
    """The text means no opaque colour."""


class ChoiceError(PaletteError):
    """The colours to keep or to leave out are not colours, or contradict each other."""


class TooManyKeptError(ChoiceError):
    """There are more colours to keep (``kept``) than the palette may have (``colors``)."""

    def __init__(self, kept: int, colors: int) -> None:
        super().__init__(f"A palette of {colors} cannot keep {kept} colours.")
        self.kept = kept
        self.colors = colors

    def __reduce__(self) -> tuple[type["TooManyKeptError"], tuple[int, int]]:
        return type(self), (self.kept, self.colors)


class ImageError(PaletteError):
    """The bytes cannot become a palette."""


class NotAnImageError(ImageError):
    """The bytes are in no known image format, or there are none."""


class UnsupportedFormatError(ImageError):
    """The bytes are in a known format, or a kind of one, that is never decoded.

    ``name`` is what it is called: "Photoshop", "Video", "Raw" or "TIFF", for example.
    """

    def __init__(
        self, sentence: str = "Such files cannot be read.", name: str = "another format"
    ) -> None:
        super().__init__(sentence)
        self.name = name

    def __reduce__(self) -> tuple[type["UnsupportedFormatError"], tuple[str, str]]:
        return type(self), (str(self), self.name)


class TruncatedImageError(ImageError):
    """The image ends early, or its data is damaged."""


class ImageTooLargeError(ImageError):
    """The header announces more pixels than allowed; nothing was decoded.

    ``width``, ``height`` and ``limit`` are in pixels; ``limit`` is the most that ``width * height``
    may be. ``megapixels`` is rounded up to a whole number, hence always above ``max_megapixels``.
    """

    def __init__(self, width: int, height: int, limit: int) -> None:
        self.megapixels = math.ceil(width * height / 1e6)
        self.max_megapixels = limit / 1e6
        super().__init__(
            f"The image has {self.megapixels} megapixels ({width} by {height}); "
            f"the limit is {self.max_megapixels:g}."
        )
        self.width = width
        self.height = height
        self.limit = limit

    def __reduce__(self) -> tuple[type["ImageTooLargeError"], tuple[int, int, int]]:
        return type(self), (self.width, self.height, self.limit)


class FullyTransparentError(ImageError):
    """Every pixel of the image is fully transparent."""


class NothingLeftError(ImageError):
    """Every visible pixel of the image has a colour that is to be left out."""
