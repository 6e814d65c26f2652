"""The modal that Adjust opens: what a palette is made of, in one form.

Nothing is kept of a modal that is open. Its custom id says whose palette it is about, and the
custom id of each menu what that menu showed as chosen: ``<field>=<chosen>``.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from discord import PartialEmoji, SelectOption, ui

from bot.color_names import code_and_name
from bot.language import Language
from bot.ui import MAX_OPTION_LABEL
from palette import MAX_COLORS, RGB, ColorCount, hex_code
from palette.annotation.names import name_colors
from palette.color.oklab import srgb_to_oklab

from .control import Action
from .options import MAX_LEFT_OUT, ORDER_LABELS, WAY_LABELS, Options, color_count
from .state import State, UnknownControlError, control_id

_NO_CHIPS: Mapping[RGB, PartialEmoji] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen in a menu, and what the menu had shown as chosen before."""

    values: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def is_change(self) -> bool:
        """Whether anything was chosen or taken back."""
        return set(self.values) != set(self.shown)


class AdjustModal(ui.Modal):
    """The form for one palette of a message, with the ``chips`` of colours that have one."""

    def __init__(
        self,
        state: State,
        options: Options,
        number: int,
        language: Language,
        chips: Mapping[RGB, PartialEmoji],
    ) -> None:
        title = language.say("Adjust the palette")
        super().__init__(title=title, timeout=None, custom_id=control_id(Action.ADJUSTED, number))
        for heading, menu in _menus(state, options, language, chips):
            self.add_item(ui.Label[Any](text=heading, component=menu))


def choices_in(components: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Action, Choice]]:
    """Yield the choices in the components of a submitted modal.

    Raises :class:`UnknownControlError`.
    """
    for label in components:
        menu: Mapping[str, Any] = label.get("component") or {}
        field, _, shown = str(menu.get("custom_id")).partition("=")
        try:
            action = Action(field)
            yield action, Choice(tuple(menu.get("values") or ()), _unpack(action, shown))
        except (ValueError, binascii.Error) as error:
            raise UnknownControlError from error


def colors_in_menus(state: State, options: Options) -> list[RGB]:
    """Return the colours that the form of a palette offers to keep or to leave out."""
    return [*dict.fromkeys([*(swatch.rgb for swatch in state.palette), *options.leave_out])]


def _menus(
    state: State, options: Options, language: Language, chips: Mapping[RGB, PartialEmoji]
) -> Iterator[tuple[str, ui.Select[Any]]]:
    fewest = max(1, len(options.keep))
    counts: list[ColorCount] = ["auto", *range(fewest, MAX_COLORS + 1)]
    numbers = {str(count): color_count(count, language) for count in counts}
    ways = {way: language.say(label) for way, label in WAY_LABELS.items()}
    orders = {order: language.say(label) for order, label in ORDER_LABELS.items()}
    shown = {swatch.rgb: swatch.name for swatch in state.palette}
    left_out = dict(_named(options.leave_out))
    yield (
        language.say("How many colours?"),
        _menu(Action.NUMBER, numbers, [str(options.colors)]),
    )
    yield language.say("How should I choose them?"), _menu(Action.STYLE, ways, [options.way])
    yield language.say("Which order?"), _menu(Action.ORDER, orders, [options.order])
    yield (
        language.say("Keep which colours?"),
        _menu(
            Action.KEEP, _labels(shown, language), map(hex_code, options.keep), len(shown), chips
        ),
    )
    yield (
        language.say("Leave out which colours?"),
        _menu(
            Action.LEAVE_OUT,
            _labels(left_out | shown, language),
            map(hex_code, options.leave_out),
            min(MAX_LEFT_OUT, len(left_out | shown)),
            chips,
        ),
    )


def _menu(
    action: Action,
    labels: Mapping[str, str],
    chosen: Iterable[str],
    most: int | None = None,
    chips: Mapping[RGB, PartialEmoji] = _NO_CHIPS,
) -> ui.Select[Any]:
    """Return a menu of exactly one choice, or of none to ``most``."""
    chosen = tuple(chosen)
    emojis = {hex_code(rgb): chip for rgb, chip in chips.items()}
    return ui.Select[Any](
        custom_id=f"{action}={_pack(action, chosen)}",
        options=[
            SelectOption(label=label, value=value, emoji=emojis.get(value), default=value in chosen)
            for value, label in labels.items()
        ],
        min_values=1 if most is None else 0,
        max_values=1 if most is None else most,
        required=most is None,
    )


def _labels(names: Mapping[RGB, str], language: Language) -> dict[str, str]:
    """Return labels of colours, by their codes: the code and the name, translated."""
    return {
        hex_code(rgb): code_and_name(rgb, name, language)[:MAX_OPTION_LABEL]
        for rgb, name in names.items()
    }


def _named(colors: tuple[RGB, ...]) -> Iterable[tuple[RGB, str]]:
    return zip(colors, name_colors(srgb_to_oklab(colors)), strict=True) if colors else ()


def _pack(action: Action, chosen: tuple[str, ...]) -> str:
    if action not in {Action.KEEP, Action.LEAVE_OUT}:
        return ",".join(chosen)
    codes = bytes.fromhex("".join(code.removeprefix("#") for code in chosen))
    return base64.urlsafe_b64encode(codes).decode()


def _unpack(action: Action, shown: str) -> tuple[str, ...]:
    if action not in {Action.KEEP, Action.LEAVE_OUT}:
        return (shown,)
    codes = base64.urlsafe_b64decode(shown)
    return tuple(f"#{codes[start : start + 3].hex()}" for start in range(0, len(codes), 3))
