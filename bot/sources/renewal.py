"""Links to files on Discord's CDN, which expire after about a day, and new ones for them."""

from dataclasses import replace
from typing import Any

import discord
from discord.http import Route
from yarl import URL

from bot.delivery import deliver

from .errors import ExpiredLinkError
from .source import Source, is_file_of_discord


async def renewed(source: Source, client: discord.Client) -> Source:
    """Return a source with a new address if its own has expired. Raises :class:`ExpiredLinkError`.

    Discord gives such an address to every account that asks, so this opens nothing to people that
    they could not open without the bot.
    """
    if not _is_expired(source.url):
        return source
    # Discord does not document this, but answers apps as it does its own clients.
    route = Route("POST", "/attachments/refresh-urls")
    links = {"attachment_urls": [source.url]}
    try:
        answer: Any = await deliver(lambda: client.http.request(route, json=links))
        url = answer["refreshed_urls"][0]["refreshed"]
    except (discord.HTTPException, LookupError, TypeError) as error:
        raise ExpiredLinkError from error
    if not isinstance(url, str) or not is_file_of_discord(url) or _is_expired(url):
        raise ExpiredLinkError
    return replace(source, url=url)


def _is_expired(url: str) -> bool:
    """Return whether a link leads to a file on Discord's CDN that it no longer opens."""
    if not is_file_of_discord(url):
        return False
    try:
        expiry = int(URL(url).query.get("ex", ""), 16)  # in seconds, as hexadecimal digits
    except ValueError:  # a link from before they were signed
        return True
    return expiry <= discord.utils.utcnow().timestamp()
