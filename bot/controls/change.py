"""A palette made anew with other options: in place, or as a private copy."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from discord import ui

from bot.delivery import deliver
from bot.job import Outcome
from bot.options import Options
from bot.panel import Panel, Part
from bot.reply import ROOM, Reply
from bot.uploads import Kept
from palette.model import RGB

from .buttons import rows
from .edit import panel_in, with_panel
from .picture import Picture, find_picture
from .press import Press, state_in

if TYPE_CHECKING:
    from palette import Order


async def fewer(press: Press) -> None:
    """Make the palette one colour smaller."""
    await _remake(press, replace(press.origin.options, colors=len(press.palette) - 1))


async def more(press: Press) -> None:
    """Make the palette one colour larger."""
    await _remake(press, replace(press.origin.options, colors=len(press.palette) + 1))


async def number(press: Press) -> None:
    """Make the palette as large as was chosen."""
    await _remake(press, replace(press.origin.options, colors=int(press.values[0])))


async def order(press: Press) -> None:
    """Put the palette in the order that was chosen."""
    chosen = cast("Order", press.values[0])
    await _remake(press, replace(press.origin.options, order=chosen))


async def keep(press: Press) -> None:
    """Keep the colours that were chosen, and find the others anew."""
    await _remake(press, replace(press.origin.options, keep=_colors(press.values)))


async def leave_out(press: Press) -> None:
    """Leave out the colours that were chosen."""
    options, chosen = press.origin.options, _colors(press.values)
    kept = tuple(rgb for rgb in options.keep if rgb not in chosen)
    await _remake(press, replace(options, keep=kept, leave_out=chosen))


async def adjust(press: Press) -> None:
    """Show the menus, or hide them; where they would be in the way, in a private copy."""
    if press.state.several or not press.may_change:
        await _send_copy(press, press.origin.options, expanded=True)
        return
    interaction = press.interaction
    await interaction.response.defer()
    async with press.client.edits.of(press.message.id):
        message = await deliver(interaction.original_response)
        state = state_in(message, press.number)
        state = replace(state, expanded=not state.expanded)
        view, panel = panel_in(message, press.number)
        for item in panel.children:
            if isinstance(item, ui.ActionRow):
                panel.remove_item(item)
        for row in rows(state, press.number, press.language_of_message, attach=press.may_attach):
            panel.add_item(row)
        await deliver(lambda: interaction.edit_original_response(view=view))


async def _remake(press: Press, options: Options) -> None:
    if not press.may_change:
        await _send_copy(press, options, expanded=press.state.expanded)
        return
    interaction = press.interaction
    await interaction.response.defer()
    # One edit after another, each of the message as it is by then.
    async with press.client.edits.of(press.message.id):
        picture = await find_picture(press)
        outcome = await press.client.harvest(picture.source, options.job, tenant=press.tenant)
        outcome = _with_notes(outcome, press, picture)
        message = await deliver(interaction.original_response)
        panel = Panel(
            Part(outcome, options, picture.source, picture.copy),
            press.number,
            language=press.language_of_message,
            asker=press.origin.asker,
            room=ROOM // len(message.components),
            attach=press.may_attach,
            show_source=press.state.show_source,
            several=press.state.several,
            expanded=state_in(message, press.number).expanded,
        )
        view, kept = with_panel(message, press.number, panel)
        await deliver(
            lambda: interaction.edit_original_response(
                view=view,
                attachments=[*map(Kept, kept), *(upload.file() for upload in panel.uploads)],
            )
        )


async def _send_copy(press: Press, options: Options, *, expanded: bool) -> None:
    interaction = press.interaction
    await interaction.response.defer(ephemeral=True, thinking=True)
    picture = await find_picture(press)
    job = options.job_for_copy if picture.copy else options.job_with_copy
    outcome = await press.client.harvest(picture.source, job, tenant=press.tenant)
    outcome = _with_notes(outcome, press, picture)
    reply = Reply(
        [Part(outcome, options, picture.source)],
        language=press.language,
        asker=interaction.user.id,
        attach=press.may_attach,
        show_source=press.state.show_source,
        expanded=expanded,
    )
    await deliver(lambda: interaction.edit_original_response(view=reply, attachments=reply.files))


def _with_notes(outcome: Outcome, press: Press, picture: Picture) -> Outcome:
    """Say of a copy what was said of the original."""
    if picture.copy is None:
        return outcome
    return replace(outcome, palette=replace(outcome.palette, notes=press.palette.notes))


def _colors(codes: list[str]) -> tuple[RGB, ...]:
    return tuple(_rgb(code) for code in codes)


def _rgb(code: str) -> RGB:
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue
