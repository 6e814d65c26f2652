"""From the bytes of an image to its palette, one stage a line."""

from collections.abc import Sequence

import numpy as np

from palette.annotation.names import name_colors
from palette.annotation.order import shortest_path
from palette.annotation.roles import assign_roles, find_background
from palette.color.arrays import Bytes
from palette.color.oklab import srgb_to_oklab
from palette.color.rgb import RGB
from palette.decoding.decode import decode
from palette.quantization.choices import validate_choices
from palette.quantization.choose import Brief, choose_from_distinct, choose_from_histogram
from palette.quantization.cluster import single_threaded

from .errors import ColorCountError, UnknownStyleError
from .model import MAX_AUTO_COLORS, MAX_COLORS, STYLES, ColorCount, Palette, Style, Swatch


def extract(  # noqa: PLR0913, the choices are independent
    data: bytes,
    colors: ColorCount = 10,
    *,
    style: Style = "seen",
    exactly: bool = False,
    keep: Sequence[RGB] = (),
    leave_out: Sequence[RGB] = (),
) -> Palette:
    """Find the colours that make up an image.

    ``data`` is the content of an image file in any supported format, ``colors`` an integer from 1
    to 20, or "auto" for as many as the image asks for, 3 to 12. Guarantees:

    - The same bytes give an equal palette in every run and process, with any number of threads.
    - An image of at most ``colors`` distinct visible colours gives exactly those.
    - Otherwise no two colours are closer than CIEDE2000 3. There are fewer than ``colors`` only if
      all others are within about CIEDE2000 5 of one of them, less in palettes of more than ten; if
      ``exactly`` or in style "faithful", only if all (counted in bins of 40 levels a channel) are
      within 3.
    - Each colour of flat art, such as a logo, a sprite or a screenshot, is one that pixels have.
      Its areas may be as close as CIEDE2000 3; what only smooths edges and thin strokes does not
      count, nor do less than 0.02 % of the pixels, except for what is missing if ``exactly``. In
      style "faithful" it is an image like others.
    - Shares are positive and sum to 1. No two names are the same. The order is the shortest path
      through the colours in OKLab, from its darker end.

    ``keep`` and ``leave_out`` are colours of an earlier palette of the image. The colours to keep
    are in the palette exactly as given, and the others are found around them; the share of a kept
    colour is 0 if no pixel is nearest to it. Pixels of the colours to leave out count as if they
    were transparent. Keeping all colours of a palette gives that palette again.

    Raises :class:`ColorCountError`, :class:`UnknownStyleError`, :class:`ChoiceError` or a subclass
    of :class:`ImageError`.
    """
    brief = _brief(colors, style, exactly=exactly, keep=keep, leave_out=leave_out)
    choices = brief.choices
    raster = decode(
        data, max_distinct=brief.colors + len(choices.leave_out), with_neighbors=style == "seen"
    )
    found = choose_from_distinct(raster, brief)
    if found is None:
        with single_threaded():
            found = choose_from_histogram(raster, brief)
    rgb, shares = found
    lab = srgb_to_oklab(rgb)
    path = shortest_path(lab)
    rgb, shares, lab = rgb[path], shares[path], lab[path]
    names, roles = name_colors(lab), assign_roles(lab, shares)
    swatches = tuple(
        Swatch(_to_rgb(color), float(share), name, color_roles)
        for color, share, name, color_roles in zip(rgb, shares, names, roles, strict=True)
    )
    background = find_background(raster, np.concatenate([lab, srgb_to_oklab(choices.left_out)]))
    if background is not None and background >= len(swatches):
        background = None  # it was left out
    return Palette(swatches, None if background is None else swatches[background], raster.notes)


def _brief(
    colors: ColorCount,
    style: Style,
    *,
    exactly: bool,
    keep: Sequence[RGB],
    leave_out: Sequence[RGB],
) -> Brief:
    """Return what is asked for, or raise what :func:`extract` raises for what cannot be."""
    count = MAX_AUTO_COLORS if colors == "auto" else colors
    if type(count) is not int or not 1 <= count <= MAX_COLORS:
        raise ColorCountError(
            f'The number of colours must be an integer from 1 to {MAX_COLORS}, or "auto".'
        )
    if style not in STYLES:
        raise UnknownStyleError(f"The style must be one of {', '.join(STYLES)}.")
    is_auto = colors == "auto"
    choices = validate_choices(MAX_COLORS if is_auto else count, keep, leave_out)
    return Brief(count, is_auto, exactly, style, choices)


def _to_rgb(color: Bytes) -> RGB:
    red, green, blue = color.tolist()
    return red, green, blue
