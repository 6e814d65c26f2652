"""Which control does what."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.errors import reporting_errors
from bot.reply.control import Action
from bot.services import Interaction

from . import change, check, copy, download, recolor
from .press import Press

_HANDLERS: Mapping[Action, Callable[[Press], Awaitable[None]]] = MappingProxyType(
    {
        Action.FEWER: change.fewer,
        Action.MORE: change.more,
        Action.ADJUST: change.adjust,
        Action.NUMBER: change.number,
        Action.STYLE: change.style,
        Action.ORDER: change.order,
        Action.KEEP: change.keep,
        Action.LEAVE_OUT: change.leave_out,
        Action.COPY: copy.copy_all,
        Action.NOTATION: copy.change_notation,
        Action.DOWNLOAD: download.choose_file,
        Action.PROGRAM_FILE: download.send_file,
        Action.CODE_FILE: download.send_file,
        Action.OTHER_FILE: download.send_file,
        Action.RECOLOR: recolor.recolor,
        Action.DITHER: recolor.dither,
        Action.PLAIN: recolor.plain,
        Action.CHECK: check.check,
    }
)


async def handle_press(interaction: Interaction, custom_id: str) -> None:
    """Do what a control is for; report a failure to nobody but the person who pressed it."""
    services = interaction.client.services
    async with reporting_errors(interaction):
        request = await services.begin_if_allowed(interaction)
        services.press_cooldowns.take(request)
        press = Press.read(interaction, custom_id, request)
        await _HANDLERS[press.action](press)
