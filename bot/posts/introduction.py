"""The small line in the first unasked reply in a server, which says how to change such replies."""

from collections.abc import Sequence

from bot.language import Language
from bot.reply.panel import PaletteEntry
from bot.services import Services

COMMAND = "palette-settings"


def introduced(
    parts: Sequence[PaletteEntry | str], services: Services, language: Language
) -> list[PaletteEntry | str]:
    """Return what a reply says, with that line at its end."""
    command = services.command_mentions.get(COMMAND, f"`/{language.say('palette-settings')}`")
    line = "-# " + language.say(
        "I reply to images by myself. People who manage this server can change that with "
        "{command}.",
        command=command,
    )
    *others, last = parts
    # A reply to four images has no room for another component.
    return [*others, f"{last}\n{line}"] if isinstance(last, str) else [*parts, line]
