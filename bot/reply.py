"""From palettes to one Discord message: the cards, the codes to copy, the names and shares."""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from palette import Palette

from .engine import Outcome
from .language import Language
from .options import Options
from .sources import Source

# Discord's limits for one message.
MAX_TEXT = 4000
MAX_ALT_TEXT = 1024

TEXT_LEFT_FREE = 400  # for what else a reply may have to say
CODES_LINE = 23  # characters: three codes, which is what a phone has room for
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Part:
    """A palette to show, what was chosen about it, and the image that it is of.

    Without a copy in ``outcome``, the image is an attachment of the message that is answered.
    """

    outcome: Outcome
    options: Options
    source: Source


class Reply(ui.LayoutView):
    """One message: a container for each palette, a line for each sentence, in the order given.

    ``asker`` is the id of the person who may change it for everyone. Without ``attach`` no file
    goes along, and the codes, names and shares are all that remains. Without ``show_source`` the
    copies of the images go along, but are not shown.
    """

    def __init__(
        self,
        parts: Sequence[Part | str],
        *,
        language: Language,
        asker: int,
        attach: bool = True,
        show_source: bool = True,
    ) -> None:
        super().__init__(timeout=None)
        self.files: list[discord.File] = []
        room = (MAX_TEXT - TEXT_LEFT_FREE) // len(parts)
        for number, part in enumerate(parts, start=1):
            if isinstance(part, str):
                self.add_item(ui.TextDisplay(part))
            else:
                self.add_item(
                    self._container(part.outcome, room, f"palette-{number}.png" if attach else "")
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
