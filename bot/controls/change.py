"""A palette made anew with other options: in place, or as a private copy."""

from dataclasses import replace

from bot.delivery import defer, deliver
from bot.workers.jobs import Outcome
from bot.reply.options import Options
from bot.reply.panel import Part
from palette.color.rgb import RGB

from .picture import Picture, find_picture
from .press import Press
from .show import show_in_place, show_in_private


async def fewer(press: Press) -> None:
    """Make the palette one colour smaller."""
    await _remake(press, replace(press.origin.options, colors=len(press.palette) - 1))


async def more(press: Press) -> None:
    """Make the palette one colour larger."""
    await _remake(press, replace(press.origin.options, colors=len(press.palette) + 1))


async def number(press: Press) -> None:
    """Make the palette as large as was chosen."""
    await _remake(press, replace(press.origin.options, colors=int(press.values[0])))


async def keep(press: Press) -> None:
    """Keep the colours that were chosen, and find the others anew."""
    await _remake(press, replace(press.origin.options, keep=_colors(press.values)))


async def leave_out(press: Press) -> None:
    """Leave out the colours that were chosen."""
    options, chosen = press.origin.options, _colors(press.values)
    kept = tuple(rgb for rgb in options.keep if rgb not in chosen)
    await _remake(press, replace(options, keep=kept, leave_out=chosen))


async def _remake(press: Press, options: Options) -> None:
    if not press.may_change:
        await _send_copy(press, options)
        return
    await defer(press.interaction)
    # One edit after another, each of the message as it is by then.
    async with press.services.edits.of(press.message.id):
        picture = await find_picture(press)
        outcome = await press.services.process(picture.source, options.job, tenant=press.tenant)
        outcome = _with_notes(outcome, press, picture)
        message = await deliver(press.interaction.original_response)
        part = Part(outcome, options, picture.source, picture.copy)
        await show_in_place(press, message, part)


async def _send_copy(press: Press, options: Options) -> None:
    await defer(press.interaction, ephemeral=True, thinking=True)
    picture = await find_picture(press)
    job = options.job_for_copy if picture.copy else options.job_with_copy
    outcome = await press.services.process(picture.source, job, tenant=press.tenant)
    outcome = _with_notes(outcome, press, picture)
    part = Part(outcome, options, picture.source)
    await show_in_private(press, part, expanded=press.state.expanded)


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
