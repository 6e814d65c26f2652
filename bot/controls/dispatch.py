"""Which control does what."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

import discord

from bot.errors import reporting_errors
from bot.reply.control import Action
from bot.services import Interaction

from . import change, check, copy, delete, download, one_color, recolor, share, theme
from .press import Press

_HANDLERS: Mapping[Action, Callable[[Press], Awaitable[None]]] = MappingProxyType(
    {
        Action.FEWER: change.fewer,
        Action.MORE: change.more,
        Action.ADJUST: change.adjust,
        Action.ADJUSTED: change.adjusted,
        Action.NUMBER: change.choose,
        Action.STYLE: change.choose,
        Action.ORDER: change.choose,
        Action.KEEP: change.choose,
        Action.LEAVE_OUT: change.choose,
        Action.COPY: copy.copy_all,
        Action.NOTATION: copy.change_notation,
        Action.ONE_COLOR: one_color.show,
        Action.DOWNLOAD: download.choose_file,
        Action.PROGRAM_FILE: download.send_file,
        Action.CODE_FILE: download.send_file,
        Action.OTHER_FILE: download.send_file,
        Action.RECOLOR: recolor.recolor,
        Action.DITHER: recolor.dither,
        Action.PLAIN: recolor.plain,
        Action.CHECK: check.check,
        Action.THEME: theme.use_as_theme,
        Action.SHARE: share.share,
        Action.SHARE_COLOR: share.share_color,
        Action.DELETE: delete.delete,
    }
)


async def handle_press(interaction: Interaction, custom_id: str) -> None:
    """Do what a control or a modal is for; tell of a failure nobody but who pressed it."""
    services = interaction.client.services
    async with reporting_errors(interaction):
        request = await services.begin_if_allowed(interaction)
        await services.press_cooldowns.take(request)
        is_modal = interaction.type is discord.InteractionType.modal_submit
        read = Press.of_modal if is_modal else Press.read
        press = read(interaction, custom_id, request)
        await _HANDLERS[press.action](press)
