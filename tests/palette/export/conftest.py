import pytest

from palette import Palette, Swatch


@pytest.fixture
def palette() -> Palette:
    """Return extreme and medium colours, with names that are hard to write to a file."""
    return Palette(
        (
            Swatch((192, 115, 122), 0.4, "dusty rose"),
            Swatch((255, 0, 0), 0.2, "red"),
            Swatch((0, 0, 0), 0.1, "black"),
            Swatch((255, 255, 255), 0.1, "white"),
            Swatch((18, 52, 86), 0.1, 'sea & "night" </b> 2/3'),
            Swatch((1, 254, 253), 0.1, "robin's egg 🥚"),
        )
    )
