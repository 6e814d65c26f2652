"""The rows of buttons and menus under one palette, the same for everyone who sees it."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

import discord
from discord import ui

from bot.language import Language
from palette import MAX_COLORS

from .control import Action, Control, ControlItem
from .menus import keep_menu, leave_out_menu, number_menu, order_menu, style_menu
from .state import HERE, State

PlannedControl = tuple[Action, Callable[[str], ControlItem]]
"""An action, and a function that builds its control from a custom id."""


def rows(state: State, number: int, language: Language, *, attach: bool) -> list[ui.ActionRow[Any]]:
    """Return the controls of a palette that work; ``attach`` says whether files may be sent.

    A palette among others has one row; an ``expanded`` one has five more, a menu each.
    """
    planned = list(_plan(state, language, attach=attach))
    actions = [action for action, _ in chain(*planned)]
    # With neither files nor an origin there may be a single id: too short for the shares, and
    # nothing there shows them.
    shares = attach or state.origin is not None
    ids = iter(state.ids(actions, number, shares=shares))
    return [ui.ActionRow[Any](*(Control(build(next(ids))) for _, build in row)) for row in planned]


def _plan(state: State, language: Language, *, attach: bool) -> Iterator[list[PlannedControl]]:
    change = list(_count_buttons(state, language))
    if state.origin:
        style = discord.ButtonStyle.primary if state.expanded else discord.ButtonStyle.secondary
        change.append((Action.ADJUST, _button(language.say("Adjust"), style=style)))
    use: list[PlannedControl] = [(Action.COPY, _button(language.say("Copy all")))]
    if attach:
        use.append((Action.DOWNLOAD, _button(language.say("Download"))))
    if state.several:
        yield change + use
    else:
        if change:
            yield change
        if state.origin and attach:
            use.append((Action.RECOLOR, _button(language.say("Recolour"))))
        yield [*use, (Action.CHECK, _button(language.say("Check")))]
    if state.origin and state.expanded:
        options, palette = state.origin.options, state.palette
        yield [(Action.NUMBER, partial(number_menu, options, language))]
        yield [(Action.STYLE, partial(style_menu, options, language))]
        yield [(Action.ORDER, partial(order_menu, options, language))]
        yield [(Action.KEEP, partial(keep_menu, options, palette, language))]
        yield [(Action.LEAVE_OUT, partial(leave_out_menu, options, palette, language))]


def _count_buttons(state: State, language: Language) -> Iterator[PlannedControl]:
    origin = state.origin
    # A message of four palettes, each with its image beside it, has no room for these.
    if origin is None or (state.several and origin.image == HERE):
        return
    count = len(state.palette)
    requested = origin.options.colors
    # An image that gave fewer colours than requested has no others of its own.
    exhausted = count >= MAX_COLORS or (requested != "auto" and count < requested)
    fewest = max(1, len(origin.options.keep))
    fewer, more = language.say("\N{MINUS SIGN} Fewer"), language.say("+ More")
    yield Action.FEWER, _button(fewer, disabled=count <= fewest)
    yield Action.MORE, _button(more, disabled=exhausted)


def _button(
    label: str,
    *,
    disabled: bool = False,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> Callable[[str], ui.Button[Any]]:
    return lambda custom_id: ui.Button[Any](
        label=label, custom_id=custom_id, disabled=disabled, style=style
    )
