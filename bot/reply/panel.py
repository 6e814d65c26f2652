"""One palette in a message: its card, the codes to copy, names and shares, and the controls."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui

from bot.color_names import name_and_share
from bot.language import Language
from bot.requests.request import Request
from bot.sources.source import Source
from bot.ui import MAX_ALT_TEXT
from bot.workers.jobs import Outcome
from palette import RGB, Palette, hex_code

from .buttons import rows
from .notes import note_text
from .options import Options, color_count
from .state import HERE, Origin, State
from .uploads import SentFile, Upload, attachment_id, card_name, plain_image_name

_CODES_LINE_WIDTH = 23  # characters: three codes, which is what fits on a phone
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class SourceAttachment:
    """An image that may be gone: an attachment of the message that is answered."""

    id: int
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class UnkeptImages:
    """One image or several that nothing finds again: their palette stays as it is."""

    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """A palette to show, what was chosen about it, and the image it comes from.

    Unless ``outcome`` has a copy, the image is an attachment of the message that is answered, or
    ``existing``: a file that the edited message already has. ``name`` is the image's in the names
    of files, ``title`` a line that says which of several it is.
    """

    outcome: Outcome
    options: Options
    source: Source | SourceAttachment | UnkeptImages
    existing: SentFile | None = None
    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the palettes of one message are shown, and to whom.

    ``asker`` is the id of the person who may change the message for everyone. Without ``attach``
    no file is sent: codes, names and shares remain, with the controls that work without files.
    Without ``show_source`` the copies of the images are sent but not shown. ``several`` makes each
    palette small enough to fit beside others. ``brief`` palettes have one row of buttons, and where
    there is a card, no codes beside it. A ``private`` message can be shared.
    """

    language: Language
    asker: int
    attach: bool = True
    show_source: bool = True
    several: bool = False
    brief: bool = False
    private: bool = False

    @classmethod
    def of(
        cls, request: Request, *, private: bool = False, show_source: bool | None = None
    ) -> Self:
        """Return how to show what is asked for; ``show_source`` overrides the server's choice."""
        settings = request.settings
        return cls(
            request.answer_language(private=private),
            request.asker,
            attach=request.can_attach,
            show_source=settings.show_source if show_source is None else show_source,
            brief=settings.brief and not private,
            private=private,
        )


class Panel(ui.Container[Any]):
    """One palette in a message; ``number`` distinguishes it from others in file names and ids.

    ``max_text`` is how many characters its text may have. ``uploads`` are the files it shows, to be
    sent with the message.
    """

    def __init__(self, entry: PaletteEntry, number: int, layout: Layout, max_text: int) -> None:
        palette, spoiler = entry.outcome.palette, entry.source.spoiler
        color = discord.Color.from_rgb(*palette.dominant.rgb)
        super().__init__(accent_color=color, spoiler=spoiler)
        self.uploads: list[Upload] = []
        card = self._card(entry, number, layout.language) if layout.attach else None
        if card and not layout.several:
            self.add_item(card)
        text = _text(entry, layout, max_text)
        image = self._image(entry, number, layout)
        if image and layout.show_source:
            words = layout.language.say("The image")
            thumbnail = ui.Thumbnail[Any](image.uri, description=words, spoiler=spoiler)
            text = text or f"-# {color_count(len(palette), layout.language)}"  # a section needs one
            self.add_item(ui.Section[Any](ui.TextDisplay[Any](text), accessory=thumbnail))
        else:
            if text:
                self.add_item(ui.TextDisplay[Any](text))
            if image:  # Discord may not keep a file that no component shows
                self.add_item(ui.File[Any](image.uri, spoiler=spoiler))
        if card and layout.several:
            self.add_item(card)
        image_id = HERE if image else _attachment_id(entry)
        state = State(
            palette,
            Origin(image_id, entry.options, layout.asker) if image_id else None,
            several=layout.several,
            show_source=layout.show_source,
            brief=layout.brief,
            language=layout.language.code,
        )
        for row in rows(
            state, number, layout.language, attach=layout.attach, private=layout.private
        ):
            self.add_item(row)

    def _card(self, entry: PaletteEntry, number: int, language: Language) -> ui.MediaGallery[Any]:
        spoiler, alt = entry.source.spoiler, _alt_text(entry.outcome.palette, language)
        name = entry.name
        if not name and isinstance(entry.source, Source):
            name = plain_image_name(entry.source.name)
        card = Upload(card_name(number, name), entry.outcome.card, alt, spoiler=spoiler)
        self.uploads.append(card)
        shown = discord.MediaGalleryItem(card.uri, description=alt, spoiler=spoiler)
        return ui.MediaGallery[Any](shown)

    def _image(self, entry: PaletteEntry, number: int, layout: Layout) -> Upload | SentFile | None:
        """Return the file of the message that shows the image, if it has one."""
        copy = entry.outcome.copy
        if not (layout.attach and copy):
            return entry.existing
        words = layout.language.say("The image")
        upload = Upload.of_copy(copy, number, words, spoiler=entry.source.spoiler)
        self.uploads.append(upload)
        return upload


def _attachment_id(entry: PaletteEntry) -> int | None:
    """Return the id of the image among the attachments of the message that is answered."""
    source = entry.source
    # An image has a copy because it is not among them.
    if entry.outcome.copy or isinstance(source, UnkeptImages):
        return None
    return source.id if isinstance(source, SourceAttachment) else attachment_id(source.url)


def _text(entry: PaletteEntry, layout: Layout, max_length: int) -> str:
    """Return nothing but codes, to be copied, and then what else is to be said.

    Where no card says them, these are names and shares, too; where one does and the reply is brief,
    there are no codes, and there may be nothing to be said.
    """
    palette, language = entry.outcome.palette, layout.language
    lines = [f"-# {note_text(note, language)}" for note in palette.notes]
    lines += [f"-# {choice}" for choice in _choices(entry.options, language)]
    title = [f"-# {entry.title}"] if layout.several and entry.title else []
    if layout.brief and layout.attach:
        codes = title
    elif layout.several:
        codes = [*title, f"-# `{' '.join(palette.hex)}`"]  # small: ten fit on two lines of a phone
    else:
        codes = ["```", *textwrap.wrap(" ".join(palette.hex), _CODES_LINE_WIDTH), "```"]
    if layout.attach:
        return "\n".join([*codes, *lines])
    room = max_length - sum(len(line) + 1 for line in [*codes, *lines]) - 3
    names = f"{_NO_BREAK_SPACE}· ".join(
        name_and_share(swatch, language).replace(" ", _NO_BREAK_SPACE) for swatch in palette
    )
    return "\n".join([*codes, f"-# {_shortened(names, room)}", *lines])


def _choices(options: Options, language: Language) -> Iterable[str]:
    if options.keep:
        yield language.say("Kept: {codes}", codes=_codes(options.keep))
    if options.leave_out:
        yield language.say("Left out: {codes}", codes=_codes(options.leave_out))


def _codes(colors: Iterable[RGB]) -> str:
    return " ".join(map(hex_code, colors))


def _alt_text(palette: Palette, language: Language) -> str:
    """Return the card in words, for those who cannot see it."""
    colors = ", ".join(f"{swatch.hex} {name_and_share(swatch, language)}" for swatch in palette)
    return _shortened(language.say("Palette: {colors}", colors=colors), MAX_ALT_TEXT)


def _shortened(text: str, max_length: int) -> str:
    """Return ``text``, cut at a space if it has more than ``max_length`` characters."""
    return textwrap.fill(text, max_length, max_lines=1, placeholder=" …", break_on_hyphens=False)
