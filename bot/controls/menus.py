"""The menus under a palette that choose how it is to be."""

from collections.abc import Iterable
from typing import Any

from discord import SelectOption, ui

from bot.language import Language
from bot.options import MAX_LEFT_OUT, Options
from palette import MAX_COLORS, Order, Palette
from palette.model import RGB
from palette.names import name_colors
from palette.oklab import srgb_to_oklab

MAX_LABEL = 100  # characters, Discord's limit for the label of an option


def number_menu(options: Options, language: Language, custom_id: str) -> ui.Select[Any]:
    """Return a menu of the numbers of colours."""
    fewest = max(1, len(options.keep))
    return ui.Select[Any](
        custom_id=custom_id,
        placeholder=language.say("How many colours"),
        options=[
            SelectOption(
                label=language.plural("{count} colour", "{count} colours", count),
                value=str(count),
                default=count == options.colors,
            )
            for count in range(fewest, MAX_COLORS + 1)
        ],
    )


def order_menu(options: Options, language: Language, custom_id: str) -> ui.Select[Any]:
    """Return a menu of the orders."""
    labels: dict[Order, str] = {
        "path": language.say("In the order of the shortest path"),
        "share": language.say("In the order of their shares"),
        "hue": language.say("In the order of hues"),
        "lightness": language.say("In the order of lightness"),
    }
    return ui.Select[Any](
        custom_id=custom_id,
        placeholder=language.say("In which order"),
        options=[
            SelectOption(label=label, value=order, default=order == options.order)
            for order, label in labels.items()
        ],
    )


def keep_menu(
    options: Options, palette: Palette, language: Language, custom_id: str
) -> ui.Select[Any]:
    """Return a menu of the colours to keep."""
    choices = [
        color_option(swatch.rgb, swatch.name, default=swatch.rgb in options.keep)
        for swatch in palette
    ]
    return ui.Select[Any](
        custom_id=custom_id,
        placeholder=language.say("Keep colours, and find the others anew"),
        min_values=0,
        max_values=len(choices),
        options=choices,
    )


def leave_out_menu(
    options: Options, palette: Palette, language: Language, custom_id: str
) -> ui.Select[Any]:
    """Return a menu of the colours to leave out: those that are, and those of the palette."""
    left_out = [color_option(rgb, name, default=True) for rgb, name in _named(options.leave_out)]
    choices = left_out + [color_option(swatch.rgb, swatch.name) for swatch in palette]
    return ui.Select[Any](
        custom_id=custom_id,
        placeholder=language.say("Leave colours out, such as a background"),
        min_values=0,
        max_values=min(MAX_LEFT_OUT, len(choices)),
        options=choices,
    )


def color_option(rgb: RGB, name: str, *, default: bool = False) -> SelectOption:
    """Return the choice of a colour, told by its code and its name."""
    code = "#{:02x}{:02x}{:02x}".format(*rgb)
    return SelectOption(label=f"{code} {name}"[:MAX_LABEL], value=code, default=default)


def _named(colors: tuple[RGB, ...]) -> Iterable[tuple[RGB, str]]:
    return zip(colors, name_colors(srgb_to_oklab(colors)), strict=True) if colors else ()
