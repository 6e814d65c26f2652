"""What the colours are for: names that stand for one colour each, such as ``background``."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from palette.color.contrast import MIN_RATIOS, contrast
from palette.model import Palette, Role, Swatch

from .text import by_identifier

_ROLE_NAMES = ("background", "text", *Role)


class Identifiers(NamedTuple):
    """What code calls the colours of a palette.

    ``colors`` are all of them, in order; ``roles`` are further names, and the identifiers of the
    colours that they stand for. No two names are equal.
    """

    colors: dict[str, Swatch]
    roles: dict[str, str]


def identify(
    palette: Palette, reserved: Iterable[str] = (), spell: Callable[[str], str] = str
) -> Identifiers:
    """Return the names for code; for the options, see :func:`by_identifier`."""
    colors = by_identifier(palette, [*_ROLE_NAMES, *reserved], spell)
    identifier = {swatch.rgb: name for name, swatch in colors.items()}
    roles = {role: identifier[swatch.rgb] for role, swatch in by_role(palette).items()}
    return Identifiers(colors, roles)


def by_role(palette: Palette) -> dict[str, Swatch]:
    """Return the colours that play a part, by what the part is called.

    ``background`` is that of the image or, if it has none, the dominant colour. ``text`` is the
    colour with the highest contrast to it, if text reaches AA in it (WCAG 2, 4.5 : 1). The others
    are the values of :class:`Role`; of several colours with a role, the one with the largest share
    has it.
    """
    background = palette.background or palette.dominant
    text = max(palette, key=lambda swatch: contrast(swatch.rgb, background.rgb))
    found = {"background": background}
    if contrast(text.rgb, background.rgb) >= MIN_RATIOS["AA"]:
        found["text"] = text
    for role in Role:
        having = [swatch for swatch in palette if role in swatch.roles]
        if having:
            found[role] = max(having, key=lambda swatch: swatch.share)
    return found
