"""One palette in a message: its card, the codes to copy, names and shares, and the controls."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from palette import Palette
from palette.color.rgb import RGB

from .buttons import rows
from .state import HERE, Origin, State
from bot.workers.jobs import Outcome
from bot.language import Language
from .notes import translated
from .options import Options, code
from bot.sources.source import Source
from .uploads import Sent, Upload, attachment_id

MAX_ALT_TEXT = 1024  # characters, Discord's limit
CODES_LINE = 23  # characters: three codes, which is what a phone has room for
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Attached:
    """An image that may be gone: the attachment of this id, of the message that is answered."""

    id: int
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A palette to show, what was chosen about it, and the image that it is of.

    Without a copy in ``outcome``, the image is an attachment of the message that is answered, or
    ``kept``: a file that the message already has.
    """

    outcome: Outcome
    options: Options
    source: Source | Attached
    kept: Sent | None = None


class Panel(ui.Container[Any]):
    """One palette in a message; ``number`` tells it from others there, in names and ids.

    ``room`` is how many characters its text may have. ``uploads`` are the files it shows, to be
    sent along.
    """

    def __init__(  # noqa: PLR0913, each is one fact about the message, given by name
        self,
        part: Part,
        number: int,
        *,
        language: Language,
        asker: int,
        room: int,
        attach: bool = True,
        show_source: bool = True,
        several: bool = False,
        expanded: bool = False,
    ) -> None:
        palette, copy, spoiler = part.outcome.palette, part.outcome.copy, part.source.spoiler
        color = discord.Color.from_rgb(*palette.dominant.rgb)
        super().__init__(accent_color=color, spoiler=spoiler)
        self.uploads: list[Upload] = []
        picture, words = part.kept, language.say("The image")
        if attach:
            alt = alt_text(palette, language)
            card = Upload(f"palette-{number}.png", part.outcome.card, alt, spoiler=spoiler)
            self.uploads.append(card)
            shown = discord.MediaGalleryItem(card.uri, description=alt, spoiler=spoiler)
            self.add_item(ui.MediaGallery[Any](shown))
        if attach and copy:
            picture = Upload.of_copy(copy, number, words, spoiler=spoiler)
            self.uploads.append(picture)
        text = ui.TextDisplay[Any](codes_and_names(palette, part.options, language, room))
        if picture is None:
            self.add_item(text)
        elif show_source:
            thumbnail = ui.Thumbnail[Any](picture.uri, description=words, spoiler=spoiler)
            self.add_item(ui.Section[Any](text, accessory=thumbnail))
        else:  # what no component shows, Discord may not keep
            self.add_item(text)
            self.add_item(ui.File[Any](picture.uri, spoiler=spoiler))
        place = HERE if picture else None if copy else _attachment(part.source)
        state = State(
            palette,
            Origin(place, part.options, asker) if place else None,
            expanded=expanded,
            several=several,
            show_source=show_source,
        )
        for row in rows(state, number, language, attach=attach):
            self.add_item(row)


def _attachment(source: Source | Attached) -> int | None:
    return source.id if isinstance(source, Attached) else attachment_id(source.url)


def codes_and_names(palette: Palette, options: Options, language: Language, room: int) -> str:
    """Return a block of nothing but codes, then names and shares: at most ``room`` characters."""
    codes = textwrap.fill(" ".join(palette.hex), CODES_LINE)
    block = f"```\n{codes}\n```\n-# "
    remarks = (translated(note, language) for note in palette.notes)
    notes = "".join(f"\n-# {note}" for note in (*remarks, *_choices(options, language)))
    names = f"{NO_BREAK_SPACE}· ".join(
        f"{swatch.name} {swatch.percent}".replace(" ", NO_BREAK_SPACE) for swatch in palette
    )
    return block + shortened(names, room - len(block) - len(notes)) + notes


def _choices(options: Options, language: Language) -> Iterable[str]:
    if options.keep:
        yield language.say("Kept: {codes}", codes=_listed(options.keep))
    if options.leave_out:
        yield language.say("Left out: {codes}", codes=_listed(options.leave_out))


def _listed(colors: Iterable[RGB]) -> str:
    return " ".join(map(code, colors))


def alt_text(palette: Palette, language: Language) -> str:
    """Return the card in words, for those who cannot see it."""
    colors = ", ".join(f"{swatch.hex} {swatch.name} {swatch.percent}" for swatch in palette)
    return shortened(language.say("Palette: {colors}", colors=colors), MAX_ALT_TEXT)


def shortened(text: str, room: int) -> str:
    """Return ``text`` cut at a space, if at all, to at most ``room`` characters."""
    return textwrap.fill(text, room, max_lines=1, placeholder=" …", break_on_hyphens=False)
