"""From palettes to one Discord message: the cards, the codes to copy, the names and shares."""

import io
import textwrap
from collections.abc import Sequence

import discord
from discord import ui

from palette import Palette

from .engine import Outcome

# Discord's limits for one message.
MAX_TEXT = 4000
MAX_ALT_TEXT = 1024

TEXT_LEFT_FREE = 400  # for what else a reply may have to say
CODES_LINE = 23  # characters: three codes, which is what a phone has room for
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Reply(ui.LayoutView):
    """One message: a container for each palette, a line for each sentence, in the order given.

    ``files`` are the cards the containers show, to be sent along with the view. Without
    ``attach`` there are none, and the codes, names and shares are all that remains.
    """

    def __init__(self, parts: Sequence[Outcome | str], *, attach: bool = True) -> None:
        super().__init__(timeout=None)
        self.files: list[discord.File] = []
        room = (MAX_TEXT - TEXT_LEFT_FREE) // len(parts)
        for number, part in enumerate(parts, start=1):
            if isinstance(part, str):
                self.add_item(ui.TextDisplay(part))
            else:
                self.add_item(
                    self._container(part, room, f"palette-{number}.png" if attach else "")
                )

    def _container(self, outcome: Outcome, room: int, filename: str) -> ui.Container["Reply"]:
        palette = outcome.palette
        shown = ui.Container["Reply"](accent_color=discord.Color.from_rgb(*palette.dominant.rgb))
        if filename:
            card = io.BytesIO(outcome.card)
            file = discord.File(card, filename, description=alt_text(palette))
            self.files.append(file)
            shown.add_item(ui.MediaGallery(discord.MediaGalleryItem(file)))
        return shown.add_item(ui.TextDisplay(codes_and_names(palette, room)))


def codes_and_names(palette: Palette, room: int) -> str:
    """Return a block of nothing but codes, then names and shares: at most ``room`` characters."""
    codes = textwrap.fill(" ".join(palette.hex), CODES_LINE)
    block = f"```\n{codes}\n```\n-# "
    notes = "".join(f"\n-# {note}" for note in palette.notes)
    names = f"{NO_BREAK_SPACE}· ".join(
        f"{swatch.name} {swatch.percent}".replace(" ", NO_BREAK_SPACE) for swatch in palette
    )
    return block + shortened(names, room - len(block) - len(notes)) + notes


def alt_text(palette: Palette) -> str:
    """Return the card in words, for those who cannot see it."""
    colors = ", ".join(f"{swatch.hex} {swatch.name} {swatch.percent}" for swatch in palette)
    return shortened(f"Palette: {colors}", MAX_ALT_TEXT)


def shortened(text: str, room: int) -> str:
    """Return ``text`` cut at a space, if at all, to at most ``room`` characters."""
    return textwrap.fill(text, room, max_lines=1, placeholder=" …", break_on_hyphens=False)
