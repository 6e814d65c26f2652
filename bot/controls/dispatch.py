"""Which control does what."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.errors import handling
from bot.services import Interaction

from . import arrange, change, check, copy, download, recolor
from bot.reply.state import UnknownControlError
from .press import Press

_ACTIONS: Mapping[str, Callable[[Press], Awaitable[None]]] = MappingProxyType(
    {
        "fewer": change.fewer,
        "more": change.more,
        "adjust": arrange.adjust,
        "number": change.number,
        "order": arrange.order,
        "keep": change.keep,
        "leave": change.leave_out,
        "copy": copy.copy_all,
        "notation": copy.write_otherwise,
        "file": download.choose_file,
        "program": download.send_file,
        "sheet": download.send_file,
        "recolor": recolor.recolor,
        "dither": recolor.dither,
        "plain": recolor.plain,
        "check": check.check,
    }
)


async def _unknown(_: Press) -> None:
    raise UnknownControlError


async def press(interaction: Interaction, custom_id: str) -> None:
    """Do what a control is for; tell the person who pressed it, and nobody else, what failed."""
    services = interaction.client.services
    async with handling(interaction):
        settings = await services.admit(interaction)
        services.press_cooldowns.take(
            interaction.user.id, interaction.guild_id, interaction.created_at
        )
        pressed = Press.of(interaction, custom_id, settings)
        await _ACTIONS.get(pressed.action, _unknown)(pressed)
