"""The rows of buttons and menus under one palette, the same for every press that shows them."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

import discord
from discord import ui

from bot.language import Language
from palette import MAX_COLORS

from .control import Control
from .menus import keep_menu, leave_out_menu, number_menu, order_menu
from .state import HERE, State

Item = ui.Button[Any] | ui.Select[Any]
Planned = tuple[str, Callable[[str], Item]]
"""An action, and what makes its control of a custom id."""


def rows(state: State, number: int, language: Language, *, attach: bool) -> list[ui.ActionRow[Any]]:
    """Return the controls of a palette: those that work, ``attach`` telling whether files may go.

    Among others it has one row; ``expanded`` ones have four more, a menu each.
    """
    planned = list(_plan(state, language, attach=attach))
    actions = [action for action, _ in chain(*planned)]
    # The one id that may be there without both could not hold them, and nothing there shows them.
    shares = attach or state.origin is not None
    ids = iter(state.ids(actions, number, shares=shares))
    return [ui.ActionRow[Any](*(Control(make(next(ids))) for _, make in row)) for row in planned]


def _plan(state: State, language: Language, *, attach: bool) -> Iterator[list[Planned]]:
    change = list(_count_buttons(state, language))
    if state.origin:
        style = discord.ButtonStyle.primary if state.expanded else discord.ButtonStyle.secondary
        change.append(("adjust", _button(language.say("Adjust"), style=style)))
    use: list[Planned] = [("copy", _button(language.say("Copy all")))]
    if attach:
        use.append(("file", _button(language.say("Download"))))
    if state.several:
        yield change + use
    else:
        if change:
            yield change
        if state.origin and attach:
            use.append(("recolor", _button(language.say("Recolour"))))
        yield [*use, ("check", _button(language.say("Check")))]
    if state.origin and state.expanded:
        options, palette = state.origin.options, state.palette
        yield [("number", partial(number_menu, options, language))]
        yield [("order", partial(order_menu, options, language))]
        yield [("keep", partial(keep_menu, options, palette, language))]
        yield [("leave", partial(leave_out_menu, options, palette, language))]


def _count_buttons(state: State, language: Language) -> Iterator[Planned]:
    origin = state.origin
    # With its picture beside each of four palettes, a message has no room for these.
    if origin is None or (state.several and origin.picture == HERE):
        return
    count = len(state.palette)
    # A picture that gave fewer colours than were asked for has no more that can be told apart.
    exhausted = count < origin.options.colors or count >= MAX_COLORS
    fewest = max(1, len(origin.options.keep))
    yield "fewer", _button(language.say("\N{MINUS SIGN} Fewer"), disabled=count <= fewest)
    yield "more", _button(language.say("+ More"), disabled=exhausted)


def _button(
    label: str,
    *,
    disabled: bool = False,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> Callable[[str], ui.Button[Any]]:
    return lambda custom_id: ui.Button[Any](
        label=label, custom_id=custom_id, disabled=disabled, style=style
    )
