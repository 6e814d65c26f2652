"""From palettes to one Discord message."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.language import Language
from .panel import Panel, Part

__all__ = ["Part", "Reply"]

MAX_TEXT = 4000  # characters, Discord's limit for one message
ROOM = MAX_TEXT - 400  # of it, for the palettes; the others are for sentences beside them


class Reply(ui.LayoutView):
    """One message: a panel for each palette, a line for each sentence, in the order given.

    ``asker`` is the id of the person who may change it for everyone. Without ``attach`` no file
    goes along, and the codes, names and shares are all that remains, with the controls that work
    without files. Without ``show_source`` the copies of the images are no more than files.
    ``expanded`` shows the menus at once.
    """

    def __init__(  # noqa: PLR0913, each is one fact about the message, given by name
        self,
        parts: Sequence[Part | str],
        *,
        language: Language,
        asker: int,
        attach: bool = True,
        show_source: bool = True,
        expanded: bool = False,
    ) -> None:
        super().__init__(timeout=None)
        several = sum(isinstance(part, Part) for part in parts) > 1
        panels: list[Panel] = []
        for number, part in enumerate(parts, start=1):
            if isinstance(part, str):
                self.add_item(ui.TextDisplay[Any](part))
                continue
            panel = Panel(
                part,
                number,
                language=language,
                asker=asker,
                room=ROOM // len(parts),
                attach=attach,
                show_source=show_source,
                several=several,
                expanded=expanded,
            )
            self.add_item(panel)
            panels.append(panel)
        self._uploads = [upload for panel in panels for upload in panel.uploads]

    @property
    def files(self) -> list[discord.File]:
        """The files the palettes show, to be sent along: new ones for each attempt."""
        return [upload.file() for upload in self._uploads]
