"""From the bytes of images to their palette, one stage a line."""

from collections.abc import Sequence

import numpy as np

from palette.annotation.names import name_colors
from palette.annotation.order import shortest_path
from palette.annotation.roles import assign_roles, find_background
from palette.color.arrays import Bytes
from palette.color.oklab import srgb_to_oklab
from palette.color.rgb import RGB
from palette.decoding.decode import Raster, decode
from palette.quantization.choices import validate_choices
from palette.quantization.choose import Brief, choose_from_distinct, choose_from_histogram
from palette.quantization.cluster import single_threaded

from .errors import ColorCountError, NotAnImageError, UnknownStyleError
from .model import MAX_AUTO_COLORS, MAX_COLORS, STYLES, ColorCount, Note, Palette, Style, Swatch


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
    brief = make_brief(colors, style, exactly=exactly, keep=keep, leave_out=leave_out)
    return choose_together([read(data, brief)], brief)


def extract_many(  # noqa: PLR0913, the choices are independent
    images: Sequence[bytes],
    colors: ColorCount = 10,
    *,
    style: Style = "seen",
    exactly: bool = False,
    keep: Sequence[RGB] = (),
    leave_out: Sequence[RGB] = (),
) -> Palette:
    """Find the colours that make up several images together.

    ``images`` are the contents of one or more image files; the other arguments, and what is
    guaranteed, are those of :func:`extract`, where "image" then means all of them. Furthermore:

    - Each image weighs the same, however many pixels it has: a share is the mean of the colour's
      shares of the visible pixels of each. An image that is there twice counts twice.
    - What is flat art, what stands out from its surroundings and what is one object is judged in
      each image by itself.
    - The order of the images makes no difference, and one alone has the palette of
      :func:`extract`.
    - The background is a colour that covers more than half of the borders of all.

    Raises what :func:`extract` raises, for the first of the images that cannot be read, and
    :class:`NotAnImageError` if there are none.
    """
    brief = make_brief(colors, style, exactly=exactly, keep=keep, leave_out=leave_out)
    rasters = {data: read(data, brief) for data in dict.fromkeys(images)}
    # Sums depend, in the last digit, on the order of what is added.
    return choose_together([rasters[data] for data in sorted(images)], brief)


def read(data: bytes, brief: Brief) -> Raster:
    """Decode an image as :func:`choose_together` needs it. Raises :class:`ImageError`."""
    return decode(
        data,
        max_distinct=brief.colors + len(brief.choices.leave_out),
        with_neighbors=brief.style == "seen",
    )


def choose_together(rasters: Sequence[Raster], brief: Brief) -> Palette:
    """Return the palette of all images, each read for the same brief.

    Raises :class:`NotAnImageError` if there are none, and :class:`NothingLeftError`.
    """
    if not rasters:
        raise NotAnImageError("There is no image.")
    choices = brief.choices
    found = choose_from_distinct(rasters, brief)
    if found is None:
        with single_threaded():
            found = choose_from_histogram(rasters, brief)
    rgb, shares = found
    lab = srgb_to_oklab(rgb)
    path = shortest_path(lab)
    rgb, shares, lab = rgb[path], shares[path], lab[path]
    names, roles = name_colors(lab), assign_roles(lab, shares)
    swatches = tuple(
        Swatch(_to_rgb(color), float(share), name, color_roles)
        for color, share, name, color_roles in zip(rgb, shares, names, roles, strict=True)
    )
    background = find_background(rasters, np.concatenate([lab, srgb_to_oklab(choices.left_out)]))
    if background is not None and background >= len(swatches):
        background = None  # it was left out
    return Palette(swatches, None if background is None else swatches[background], _notes(rasters))


def make_brief(
    colors: ColorCount,
    style: Style,
    *,
    exactly: bool = False,
    keep: Sequence[RGB] = (),
    leave_out: Sequence[RGB] = (),
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


def _notes(rasters: Sequence[Raster]) -> tuple[Note, ...]:
    """Return what is worth knowing of any of the images, each note once."""
    return tuple(dict.fromkeys(note for raster in rasters for note in raster.notes))


def _to_rgb(color: Bytes) -> RGB:
    red, green, blue = color.tolist()
    return red, green, blue
