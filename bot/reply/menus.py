"""The menus under a palette that choose what it is made of."""

from collections.abc import Iterable
from typing import Any

from discord import SelectOption, ui

from bot.color_names import color_name
from bot.language import Language
from bot.ui import MAX_OPTION_LABEL, menu
from palette import MAX_COLORS, RGB, ColorCount, Palette, hex_code
from palette.annotation.names import name_colors
from palette.color.oklab import srgb_to_oklab

from .options import MAX_LEFT_OUT, ORDER_LABELS, WAY_LABELS, Options, color_count


def number_menu(options: Options, language: Language, custom_id: str) -> ui.Select[Any]:
    """Return a menu of the numbers of colours."""
    fewest = max(1, len(options.keep))
    counts: list[ColorCount] = ["auto", *range(fewest, MAX_COLORS + 1)]
    choices = [
        SelectOption(
            label=color_count(count, language), value=str(count), default=count == options.colors
        )
        for count in counts
    ]
    return menu(custom_id, language.say("How many colours?"), choices)


def style_menu(options: Options, language: Language, custom_id: str) -> ui.Select[Any]:
    """Return a menu of the ways to choose colours."""
    choices = [
        SelectOption(label=language.say(label), value=way, default=way == options.way)
        for way, label in WAY_LABELS.items()
    ]
    return menu(custom_id, language.say("How should I choose them?"), choices)


def order_menu(options: Options, language: Language, custom_id: str) -> ui.Select[Any]:
    """Return a menu of the orders."""
    choices = [
        SelectOption(label=language.say(label), value=order, default=order == options.order)
        for order, label in ORDER_LABELS.items()
    ]
    return menu(custom_id, language.say("Which order?"), choices)


def keep_menu(
    options: Options, palette: Palette, language: Language, custom_id: str
) -> ui.Select[Any]:
    """Return a menu of the colours to keep."""
    choices = [
        _color_option(swatch.rgb, swatch.name, language, default=swatch.rgb in options.keep)
        for swatch in palette
    ]
    placeholder = language.say("Keep which colours?")
    return menu(custom_id, placeholder, choices, max_chosen=len(choices))


def leave_out_menu(
    options: Options, palette: Palette, language: Language, custom_id: str
) -> ui.Select[Any]:
    """Return a menu of the colours to leave out: those left out now, and those of the palette."""
    left_out = [
        _color_option(rgb, name, language, default=True) for rgb, name in _named(options.leave_out)
    ]
    choices = left_out + [_color_option(swatch.rgb, swatch.name, language) for swatch in palette]
    placeholder = language.say("Leave out which colours?")
    return menu(custom_id, placeholder, choices, max_chosen=min(MAX_LEFT_OUT, len(choices)))


def _color_option(
    rgb: RGB, name: str, language: Language, *, default: bool = False
) -> SelectOption:
    """Return the option for one colour: its code and its name, translated."""
    label = f"{hex_code(rgb)} {color_name(name, language)}"[:MAX_OPTION_LABEL]
    return SelectOption(label=label, value=hex_code(rgb), default=default)


def _named(colors: tuple[RGB, ...]) -> Iterable[tuple[RGB, str]]:
    return zip(colors, name_colors(srgb_to_oklab(colors)), strict=True) if colors else ()
