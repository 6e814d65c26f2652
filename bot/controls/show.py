"""Where a changed palette is shown: in its message, or in a private copy."""

import discord

from bot.delivery import deliver
from bot.reply.panel import Panel, Part
from bot.reply.message import ROOM, Reply
from bot.reply.uploads import Kept

from .edit import with_panel
from .press import Press, state_in


async def show_in_place(press: Press, message: discord.Message, part: Part) -> None:
    """Show a palette where its control was pressed; ``message`` is what is there by now."""
    panel = Panel(
        part,
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
        lambda: press.interaction.edit_original_response(
            view=view,
            attachments=[*map(Kept, kept), *(upload.file() for upload in panel.uploads)],
        )
    )


async def show_in_private(press: Press, part: Part, *, expanded: bool) -> None:
    """Show a palette to the person who pressed, who may go on from there."""
    reply = Reply(
        [part],
        language=press.language,
        asker=press.interaction.user.id,
        attach=press.may_attach,
        show_source=press.state.show_source,
        expanded=expanded,
    )
    await deliver(
        lambda: press.interaction.edit_original_response(view=reply, attachments=reply.files)
    )
