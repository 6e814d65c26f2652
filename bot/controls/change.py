"""The controls that change a palette: how many colours, chosen how, which ones, in which order."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from discord import ui

from bot.delivery import deliver
from bot.reply.buttons import rows
from bot.reply.existing import panel_in
from bot.reply.options import MAX_LEFT_OUT, ORDER_LABELS, Options
from bot.reply.state import State
from palette import MAX_COLORS, RGB

from .edit import change_palette, editing, send_private_copy
from .press import Press, origin_of


async def fewer(press: Press) -> None:
    """Make the palette one colour smaller."""
    await change_palette(press, lambda state: _with_count(state, len(state.palette) - 1))


async def more(press: Press) -> None:
    """Make the palette one colour larger."""
    await change_palette(press, lambda state: _with_count(state, len(state.palette) + 1))


async def number(press: Press) -> None:
    """Make the palette as large as chosen."""

    def change(state: State) -> Options:
        if press.values[0] == "auto":
            return replace(origin_of(state).options, colors="auto")
        return _with_count(state, int(press.values[0]))

    await change_palette(press, change)


async def style(press: Press) -> None:
    """Choose the colours in the chosen way."""
    (way,) = press.values
    await change_palette(press, lambda state: origin_of(state).options.choosing(way))


async def order(press: Press) -> None:
    """Put the palette in the chosen order."""
    (chosen,) = (order for order in ORDER_LABELS if order == press.values[0])
    await change_palette(press, lambda state: replace(origin_of(state).options, order=chosen))


async def keep(press: Press) -> None:
    """Keep the chosen colours, and find the others around them."""

    def change(state: State) -> Options:
        options = origin_of(state).options
        kept = _after_choice(press, options.keep, press.origin.options.keep)
        return replace(
            options,
            colors=options.colors if options.colors == "auto" else max(options.colors, len(kept)),
            keep=kept,
            leave_out=_without(options.leave_out, kept),
        )

    await change_palette(press, change)


async def leave_out(press: Press) -> None:
    """Leave out the chosen colours."""

    def change(state: State) -> Options:
        options = origin_of(state).options
        left_out = _after_choice(press, options.leave_out, press.origin.options.leave_out)
        left_out = left_out[-MAX_LEFT_OUT:]  # if two people chose at once, the newest count
        return replace(options, keep=_without(options.keep, left_out), leave_out=left_out)

    await change_palette(press, change)


async def adjust(press: Press) -> None:
    """Show the menus, or hide them; where they would be in the way, show a private copy."""
    if press.state.several or not press.can_change:
        await send_private_copy(press, press.origin.options, expanded=True)
        return
    async with editing(press) as current:
        # As the button looked when it was pressed, so that a double click does not undo itself.
        state = replace(current.state, expanded=not press.state.expanded)
        view, panel = panel_in(current.message, press.number)
        for item in panel.children:
            if isinstance(item, ui.ActionRow):
                panel.remove_item(item)
        attach = press.request.can_attach
        for row in rows(state, press.number, press.message_language, attach=attach):
            panel.add_item(row)
        await deliver(lambda: press.interaction.edit_original_response(view=view))


def _with_count(state: State, count: int) -> Options:
    options = origin_of(state).options
    fewest = max(1, len(options.keep))
    return replace(options, colors=min(max(count, fewest), MAX_COLORS))


def _after_choice(press: Press, now: tuple[RGB, ...], shown: tuple[RGB, ...]) -> tuple[RGB, ...]:
    """Apply to the colours chosen ``now`` what this press added to or removed from those shown.

    Another press may have chosen colours since the menu was shown; they stay.
    """
    chosen = [_rgb(code) for code in press.values]
    removed = _without(shown, chosen)
    added = _without(chosen, shown)
    return (*_without(now, (*removed, *added)), *added)


def _without(colors: Iterable[RGB], others: Collection[RGB]) -> tuple[RGB, ...]:
    return tuple(rgb for rgb in colors if rgb not in others)


def _rgb(code: str) -> RGB:
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue
