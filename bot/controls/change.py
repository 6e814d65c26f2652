"""The controls that change a palette: how many colours, chosen how, which ones, in which order."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType

import discord
from discord import PartialEmoji

from bot.delivery import respond
from bot.reply.adjust import AdjustModal, Choice, choices_in, colors_in_menus
from bot.reply.control import Action
from bot.reply.options import MAX_LEFT_OUT, ORDER_LABELS, WAY_LABELS, Options
from bot.reply.state import State, UnknownControlError
from palette import MAX_COLORS, RGB, hex_code

from .edit import change_palette
from .press import Press, origin_of

_HEX = re.compile(r"#[0-9a-f]{6}")


async def fewer(press: Press) -> None:
    """Make the palette one colour smaller."""
    await change_palette(press, lambda state: _with_count(state, len(state.palette) - 1))


async def more(press: Press) -> None:
    """Make the palette one colour larger."""
    await change_palette(press, lambda state: _with_count(state, len(state.palette) + 1))


async def adjust(press: Press) -> None:
    """Open the form in which everything about the palette is chosen, seen by nobody else."""
    options, language = press.origin.options, press.request.language

    async def open_form(chips: Mapping[RGB, PartialEmoji]) -> None:
        modal = AdjustModal(press.state, options, press.number, language, chips)
        await respond(lambda: press.interaction.response.send_modal(modal))

    chips = press.services.chips.of(colors_in_menus(press.state, options))
    try:
        await open_form(chips)
    except discord.HTTPException as error:
        if not chips or error.status != HTTPStatus.BAD_REQUEST:
            raise
        press.services.chips.forget()  # somebody has deleted one in the developer portal
        await open_form({})


async def adjusted(press: Press) -> None:
    """Change what was changed in the form, and leave what others changed meanwhile."""
    choices = list(choices_in(press.components))
    await _change(press, choices)


async def choose(press: Press) -> None:
    """Change what was chosen in a menu of a reply from before there was a form."""
    options = press.origin.options
    shown = {Action.KEEP: options.keep, Action.LEAVE_OUT: options.leave_out}
    codes = tuple(map(hex_code, shown.get(press.action, ())))
    await _change(press, [(press.action, Choice(tuple(press.values), codes))])


async def _change(press: Press, choices: list[tuple[Action, Choice]]) -> None:
    def change(state: State) -> Options:
        options = origin_of(state).options
        for action, choice in choices:
            if action not in _CHANGES:
                raise UnknownControlError
            if choice.is_change:
                options = _CHANGES[action](options, choice)
        return options

    change(press.state)  # raises before anything is deferred
    await change_palette(press, change)


def _with_count(state: State, count: int) -> Options:
    options = origin_of(state).options
    fewest = max(1, len(options.keep))
    return replace(options, colors=min(max(count, fewest), MAX_COLORS))


def _number(options: Options, choice: Choice) -> Options:
    number = _offered(choice, {"auto", *map(str, range(1, MAX_COLORS + 1))})
    colors = "auto" if number == "auto" else max(int(number), len(options.keep))
    return replace(options, colors=colors)


def _way(options: Options, choice: Choice) -> Options:
    return options.choosing(_offered(choice, WAY_LABELS))


def _order(options: Options, choice: Choice) -> Options:
    chosen = _offered(choice, ORDER_LABELS)
    (order,) = (order for order in ORDER_LABELS if order == chosen)
    return replace(options, order=order)


def _keep(options: Options, choice: Choice) -> Options:
    kept = _after(choice, options.keep)[-MAX_COLORS:]
    colors = options.colors if options.colors == "auto" else max(options.colors, len(kept))
    return replace(options, colors=colors, keep=kept, leave_out=_without(options.leave_out, kept))


def _leave_out(options: Options, choice: Choice) -> Options:
    # If two people chose at once, the newest count.
    left_out = _after(choice, options.leave_out)[-MAX_LEFT_OUT:]
    return replace(options, keep=_without(options.keep, left_out), leave_out=left_out)


_CHANGES: Mapping[Action, Callable[[Options, Choice], Options]] = MappingProxyType(
    {
        Action.NUMBER: _number,
        Action.STYLE: _way,
        Action.ORDER: _order,
        Action.KEEP: _keep,
        Action.LEAVE_OUT: _leave_out,
    }
)


def _offered(choice: Choice, offered: Collection[str]) -> str:
    """Return the one choice that was made. Raises :class:`UnknownControlError`."""
    if len(choice.values) != 1 or choice.values[0] not in offered:
        raise UnknownControlError
    return choice.values[0]


def _after(choice: Choice, now: tuple[RGB, ...]) -> tuple[RGB, ...]:
    """Apply to the colours chosen ``now`` what this choice added to or removed from those shown.

    Another press may have chosen colours since the menu was shown; they stay.
    """
    chosen, shown = _colors(choice.values), _colors(choice.shown)
    removed = _without(shown, chosen)
    added = _without(chosen, shown)
    return (*_without(now, (*removed, *added)), *added)


def _without(colors: Iterable[RGB], others: Collection[RGB]) -> tuple[RGB, ...]:
    return tuple(rgb for rgb in colors if rgb not in others)


def _colors(codes: Iterable[str]) -> tuple[RGB, ...]:
    """Return the colours of hex codes. Raises :class:`UnknownControlError`."""
    colors: list[RGB] = []
    for code in codes:
        if not _HEX.fullmatch(code):
            raise UnknownControlError
        red, green, blue = bytes.fromhex(code[1:])
        colors.append((red, green, blue))
    return tuple(colors)
