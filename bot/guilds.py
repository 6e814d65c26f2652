"""What a server has chosen."""

from dataclasses import dataclass

from palette import Order

from .settings import Listen


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """How the bot behaves in one server (or, with nothing chosen, in direct messages).

    ``channels`` are the ids of the channels in which posted images are answered, empty for all;
    ``roles`` the ids of those who may use the bot, empty for everyone. ``language`` is one of
    :data:`bot.language.LANGUAGES`, or None for the server's own on Discord.
    """

    listen: Listen
    channels: frozenset[int] = frozenset()
    colors: int = 10
    order: Order = "path"
    show_source: bool = True
    language: str | None = None
    roles: frozenset[int] = frozenset()
