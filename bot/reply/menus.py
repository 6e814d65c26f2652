"""The menus under a palette that choose how it is to be."""

from collections.abc import Iterable
from typing import Any

from discord import SelectOption, ui

from bot.language import Language
from bot.ui import with_own_id
from .options import MAX_LEFT_OUT, Options, code
from palette import MAX_COLORS, Order, Palette
from palette.color.rgb import RGB
from palette.annotation.names import name_colors
from palette.color.oklab import srgb_to_oklab

MAX_LABEL = 100  # characters, Discord's limit for the label of an option


def menu(
    custom_id: str, placeholder: str, options: list[SelectOption], *, most: int | None = None
) -> ui.Select[Any]:
    """Return a menu of one choice, or of none to ``most``."""
    return with_own_id(
        ui.Select[Any](
            custom_id=custom_id,
            placeholder=placeholder,
            min_values=1 if most is None else 0,
            max_values=1 if most is None else most,
            options=options,
        )
    )


def number_menu(options: Options, language: Language, custom_id: str) -> ui.Select[Any]:
    """Return a menu of the numbers of colours."""
    fewest = max(1, len(options.keep))
    choices = [
        SelectOption(
            label=language.plural("{count} colour", "{count} colours", count),
            value=str(count),
            default=count == options.colors,
        )
        for count in range(fewest, MAX_COLORS + 1)
    ]
    return menu(custom_id, language.say("How many colours?"), choices)


def order_menu(options: Options, language: Language, custom_id: str) -> ui.Select[Any]:
    """Return a menu of the orders."""
    labels: dict[Order, str] = {
        "path": language.say("Order: shortest path"),
        "share": language.say("Order: share"),
        "hue": language.say("Order: hue"),
        "lightness": language.say("Order: lightness"),
    }
    choices = [
        SelectOption(label=label, value=order, default=order == options.order)
        for order, label in labels.items()
    ]
    return menu(custom_id, language.say("Which order?"), choices)


def keep_menu(
    options: Options, palette: Palette, language: Language, custom_id: str
) -> ui.Select[Any]:
    """Return a menu of the colours to keep."""
    choices = [
        color_option(swatch.rgb, swatch.name, default=swatch.rgb in options.keep)
        for swatch in palette
    ]
    placeholder = language.say("Keep which colours?")
    return menu(custom_id, placeholder, choices, most=len(choices))


def leave_out_menu(
    options: Options, palette: Palette, language: Language, custom_id: str
) -> ui.Select[Any]:
    """Return a menu of the colours to leave out: those that are, and those of the palette."""
    left_out = [color_option(rgb, name, default=True) for rgb, name in _named(options.leave_out)]
    choices = left_out + [color_option(swatch.rgb, swatch.name) for swatch in palette]
    placeholder = language.say("Leave out which colours?")
    return menu(custom_id, placeholder, choices, most=min(MAX_LEFT_OUT, len(choices)))


def color_option(rgb: RGB, name: str, *, default: bool = False) -> SelectOption:
    """Return the choice of a colour, told by its code and its name."""
    label = f"{code(rgb)} {name}"[:MAX_LABEL]
    return SelectOption(label=label, value=code(rgb), default=default)


def _named(colors: tuple[RGB, ...]) -> Iterable[tuple[RGB, str]]:
    return zip(colors, name_colors(srgb_to_oklab(colors)), strict=True) if colors else ()
