"""From palettes to one Discord message."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import discord
from discord import ui

from bot.sources.source import Source
from bot.ui import MAX_TEXT

from .buttons import delete_row
from .control import Action
from .panel import Layout, PaletteEntry, Panel
from .state import control_id

MAX_PANEL_TEXT = MAX_TEXT - 400  # characters of all panels; the rest is for sentences beside them

_MAX_NAME = 80  # characters


class Reply(ui.LayoutView):
    """One message: a panel for each palette and a line for each sentence, in the order given."""

    def __init__(self, parts: Sequence[PaletteEntry | str], layout: Layout) -> None:
        super().__init__(timeout=None)
        entries = sum(isinstance(part, PaletteEntry) for part in parts)
        several = entries > 1
        layout = replace(layout, several=several)
        if several:
            parts = list(_numbered(parts))
        panels: list[Panel] = []
        for number, part in enumerate(parts, start=1):
            if isinstance(part, str):
                self.add_item(ui.TextDisplay(part))
                continue
            panel = Panel(part, number, layout, MAX_PANEL_TEXT // len(parts))
            self.add_item(panel)
            panels.append(panel)
        if several:
            first = next(n for n, part in enumerate(parts, start=1) if not isinstance(part, str))
            self.add_item(delete_row(control_id(Action.DELETE, first), layout.language))
        self._uploads = [upload for panel in panels for upload in panel.uploads]

    @property
    def files(self) -> list[discord.File]:
        """The files that the palettes show, to be sent along: new ones for each attempt."""
        return [upload.file() for upload in self._uploads]


def _numbered(parts: Sequence[PaletteEntry | str]) -> Iterator[PaletteEntry | str]:
    """Give each palette a line that says which of all it is, and the name of its image."""
    total = sum(isinstance(part, PaletteEntry) for part in parts)
    number = 0
    for part in parts:
        if isinstance(part, str):
            yield part
            continue
        number += 1
        name = part.source.name if isinstance(part.source, Source) else ""
        shown = discord.utils.escape_markdown(name[:_MAX_NAME])
        yield replace(part, title=f"{number}/{total} · {shown}" if shown else f"{number}/{total}")
