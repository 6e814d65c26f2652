import pytest

from palette import Palette, Role, Swatch


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


@pytest.fixture
def palette_with_roles() -> Palette:
    """Return colours that play every part but one, several of them in two colours."""
    sea = Swatch((18, 52, 86), 0.3, "sea", (Role.DARK,))
    swatches = (
        sea,
        Swatch((192, 115, 122), 0.5, "dusty rose", (Role.DOMINANT,)),
        Swatch((0, 0, 0), 0.1, "black", (Role.DARK, Role.MUTED)),
        Swatch((255, 0, 0), 0.02, "red", (Role.ACCENT, Role.VIBRANT)),
        Swatch((255, 250, 240), 0.08, "class", (Role.VIBRANT,)),
    )
    return Palette(swatches, background=sea)
