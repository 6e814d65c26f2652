"""One colour of a palette by itself."""

from bot.delivery import defer, deliver
from bot.reply.one_color import OneColor
from bot.workers.jobs import Scale
from palette import parse_color

from .press import Press


async def show(press: Press) -> None:
    """Send what there is to know of the chosen colour to the person who chose it."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    request = press.request
    job = Scale(parse_color(press.values[0]), request.language.code)
    outcome = await press.services.engine.run(job, tenant=request.tenant)
    message = OneColor(outcome, request.language, attach=request.can_attach, private=True)
    await deliver(
        lambda: press.interaction.edit_original_response(view=message, attachments=message.files)
    )
