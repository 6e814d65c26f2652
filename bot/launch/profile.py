"""How the bot's own profile looks on Discord: its avatar and its banner."""

from pathlib import Path

import discord

from bot.delivery import DISCORD_ERRORS, is_transient
from bot.settings import AccountSettings

from .api import use_api
from .brand import draw_avatar, draw_banner
from .service import refused_token

_MAX_WAIT = 30.0  # seconds for Discord's rate limit, the least that discord.py accepts


class ProfileError(Exception):
    """The avatar and the banner are not set or saved; the message says why."""


async def set_images(settings: AccountSettings) -> str:
    """Give the bot of the token its avatar and banner; return a sentence that says so.

    Does not connect to the gateway, so a running bot is not disturbed. Raises
    :class:`~bot.settings.SettingsError` if Discord refuses the token, and :class:`ProfileError` if
    it refuses the images or cannot be reached.
    """
    use_api(settings.discord_api)
    intents = discord.Intents.none()
    async with discord.Client(intents=intents, max_ratelimit_timeout=_MAX_WAIT) as client:
        try:
            await client.login(settings.discord_token.get_secret_value())
            assert client.user is not None  # noqa: S101, login sets it
            user = await client.user.edit(avatar=draw_avatar(), banner=draw_banner())
        except discord.LoginFailure:
            raise refused_token(settings) from None
        except (discord.RateLimited, *DISCORD_ERRORS) as error:
            raise ProfileError(_reason(error)) from None
    return f"{user.name} has its avatar and banner; Discord may show the old ones for some minutes."


def save_images(folder: Path) -> str:
    """Write ``avatar.png`` and ``banner.png``; return a sentence that says where.

    Raises :class:`ProfileError` if the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, image in (("avatar.png", draw_avatar()), ("banner.png", draw_banner())):
            (folder / name).write_bytes(image)
    except OSError as error:
        raise ProfileError(f"The images cannot be saved: {error}") from None
    return f"The avatar and the banner are in {folder}."


def _reason(error: Exception) -> str:
    if isinstance(error, discord.RateLimited):
        return (
            "Discord limits how often a bot changes its avatar and banner: "
            f"try again in {error.retry_after:.0f} seconds."
        )
    if isinstance(error, discord.HTTPException) and not is_transient(error):
        return f"Discord refuses the avatar and banner: {' '.join(error.text.split())}"
    return f"Discord is out of reach for now: {error}"
