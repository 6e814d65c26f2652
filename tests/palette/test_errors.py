import pickle

import pytest

from palette import (
    ChoiceError,
    ColorCountError,
    FullyTransparentError,
    ImageError,
    ImageTooLargeError,
    NotAnImageError,
    NothingLeftError,
    PaletteError,
    TooManyKeptError,
    TruncatedImageError,
    UnknownFormatError,
    UnsupportedFormatError,
)


@pytest.mark.parametrize(
    "kind",
    [
        NotAnImageError,
        UnsupportedFormatError,
        TruncatedImageError,
        ImageTooLargeError,
        FullyTransparentError,
        NothingLeftError,
    ],
)
def test_bad_images_raise_image_errors(kind: type[Exception]) -> None:
    assert issubclass(kind, ImageError)
    assert issubclass(kind, PaletteError)


@pytest.mark.parametrize(
    "kind", [ColorCountError, UnknownFormatError, ChoiceError, TooManyKeptError]
)
def test_bad_requests_raise_palette_errors_that_do_not_blame_the_image(
    kind: type[Exception],
) -> None:
    assert issubclass(kind, PaletteError)
    assert not issubclass(kind, ImageError)


def test_too_large_image_error_says_how_large() -> None:
    error = ImageTooLargeError(20_000, 15_000, 100_000_000)
    assert str(error) == "The image has 300 megapixels (20000 by 15000); the limit is 100."


def test_slightly_too_large_image_does_not_read_as_within_the_limit() -> None:
    error = ImageTooLargeError(10_000, 10_001, 100_000_000)
    assert "101 megapixels" in str(error)
    assert (error.megapixels, error.max_megapixels) == (101, 100)


@pytest.mark.parametrize(
    "error",
    [
        PaletteError("A sentence."),
        ColorCountError("A sentence."),
        TruncatedImageError("A sentence."),
        ImageTooLargeError(20_000, 15_000, 100_000_000),
        TooManyKeptError(3, 2),
        UnsupportedFormatError("A sentence.", "Photoshop"),
    ],
)
def test_errors_survive_pickling(error: PaletteError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301, our own bytes
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)
