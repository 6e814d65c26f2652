"""Where requests to Discord's API go: to Discord, or to a proxy that heeds its rate limits."""

from ipaddress import ip_address

from discord.http import Route
from pydantic import HttpUrl
from yarl import URL

from bot.download.ssrf import is_public
from bot.settings import SettingsError

_PRIVATE_SUFFIXES = (".home.arpa", ".internal", ".lan", ".local", ".localhost")


def use_api(address: HttpUrl | None) -> None:
    """Send all requests of this process to ``address``, if there is one, instead of to Discord.

    It is that of a proxy which has the same paths as Discord or, with a path of its own, stands for
    Discord's ``/api/v10``. Raises :class:`SettingsError` if others could overhear the token.
    """
    if address is None:
        return
    url = URL(str(address))
    if url.user or url.password or url.query or url.fragment:
        raise SettingsError("DISCORD_API should be an address such as http://127.0.0.1:8080.")
    if url.scheme == "http" and not _is_private(url.host or ""):
        raise SettingsError(
            "DISCORD_API should begin with https:// outside of a private network, as the bot's "
            "token goes there."
        )
    path = url.path.rstrip("/") or URL(Route.BASE).path
    # discord.py offers no parameter for it, but all of it, webhooks included, reads this one.
    Route.BASE = str(url.with_path(path))


def _is_private(host: str) -> bool:
    """Return whether a host is in a private network, as far as its name says."""
    try:
        return not is_public(ip_address(host))
    except ValueError:  # such as that of a container
        return "." not in host or host.endswith(_PRIVATE_SUFFIXES)
