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
    errors,
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
def test_what_is_wrong_with_a_picture_is_an_image_error(kind: type[Exception]) -> None:
    assert issubclass(kind, ImageError)
    assert issubclass(kind, PaletteError)
    assert kind.__name__ in errors.__doc__


@pytest.mark.parametrize(
    "kind", [ColorCountError, UnknownFormatError, ChoiceError, TooManyKeptError]
)
def test_a_wrong_request_is_not_the_pictures_fault(kind: type[Exception]) -> None:
    assert issubclass(kind, PaletteError)
    assert not issubclass(kind, ImageError)
    assert kind.__name__ in errors.__doc__


def test_too_large_says_how_large() -> None:
    error = ImageTooLargeError(20_000, 15_000, 100_000_000)
    assert str(error) == (
        "The image has 300 megapixels (20000 by 15000), more than the 100 allowed."
    )


def test_too_large_by_a_little_does_not_read_as_just_right() -> None:
    error = ImageTooLargeError(10_000, 10_001, 100_000_000)
    assert "101 megapixels" in str(error)
    assert (error.megapixels, error.most_megapixels) == (101, 100)


@pytest.mark.parametrize(
    "error",
    [
        PaletteError("A sentence."),
        ColorCountError("A sentence."),
        TruncatedImageError("A sentence."),
        ImageTooLargeError(20_000, 15_000, 100_000_000),
        TooManyKeptError(3, 2),
    ],
)
def test_errors_survive_pickling(error: PaletteError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301, our own bytes
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)
