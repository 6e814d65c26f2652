"""Use as Discord theme: a message from which everyone who sees it can put the palette on.

discord.py knows no such messages yet, so the request is written here, by the documentation of
https://docs.discord.com/developers/resources/message#shared-client-theme-object. Discord takes a
theme only in a message that the bot creates in a channel, and in none that consists of components:
answers to interactions have no such field.
"""

from typing import Any

import discord
import numpy as np
from discord.http import Route

from bot.delivery import defer, deliver
from bot.requests.places import check_may_write
from palette import Palette
from palette.color.oklab import srgb_to_oklab

from .press import Press

_MAX_COLORS = 5
_INTENSITY = 58  # of 100, as in Discord's own example: text stays legible
_ANGLE = 0  # degrees
_DARK, _LIGHT = 1, 2
_MIN_LIGHT = 0.6  # OKLab: a little above the middle grey


async def use_as_theme(press: Press) -> None:
    """Send the theme to the channel.

    Pressed twice, it is still one message: Discord knows it by its nonce for some minutes. Raises
    :class:`~bot.requests.places.MayNotPostError` or, as it counts like a command,
    :class:`~bot.requests.cooldowns.CooldownError`.
    """
    check_may_write(press.interaction)
    await press.services.cooldowns.take(press.request)  # as everyone sees it
    await defer(press.interaction)
    http, channel = press.interaction.client.http, press.interaction.channel_id
    said = press.request.public_language.say(
        "-# {person} made a Discord theme of a palette.", person=press.interaction.user.mention
    )
    message: dict[str, Any] = {
        "content": said,
        "allowed_mentions": discord.AllowedMentions.none().to_dict(),
        "nonce": str(press.message.id),
        "enforce_nonce": True,
        "shared_client_theme": theme_of(press.palette),
    }
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
    await deliver(lambda: http.request(route, json=message))


def theme_of(palette: Palette) -> dict[str, Any]:
    """Return Discord's theme of a palette: its five most used colours, in the palette's order.

    Its base is light if the palette is, on average.
    """
    most_used = sorted(palette, key=lambda swatch: -swatch.share)[:_MAX_COLORS]
    lightness = srgb_to_oklab([swatch.rgb for swatch in palette])[:, 0]
    mean = np.average(lightness, weights=[swatch.share for swatch in palette])
    return {
        "colors": [swatch.hex[1:].upper() for swatch in palette if swatch in most_used],
        "gradient_angle": _ANGLE,
        "base_mix": _INTENSITY,
        "base_theme": _LIGHT if mean >= _MIN_LIGHT else _DARK,
    }
