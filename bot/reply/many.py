"""The reply to several images at once: what they are, and their one palette."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.language import Language
from bot.ui import MAX_TEXT
from bot.workers.together import JointOutcome

from .options import Options
from .panel import Layout, PaletteEntry, Panel, UnkeptImages
from .uploads import SentFile, Upload, files_of

_CONTACT_SHEET = re.compile(r"pictures-(?P<count>\d+)\.webp")  # the name never changes


class ManyReply(ui.LayoutView):
    """A message with the palette of ``count`` images, which it shows, and ``lines`` about others.

    Its controls are those that need no image: nothing keeps the images themselves.
    """

    def __init__(  # noqa: PLR0913, each is one thing to show, given by name
        self,
        joint: JointOutcome,
        options: Options,
        layout: Layout,
        *,
        count: int,
        spoiler: bool,
        lines: Sequence[str] = (),
    ) -> None:
        super().__init__(timeout=None)
        entry = PaletteEntry(joint.outcome, options, UnkeptImages(spoiler=spoiler))
        title = _title(count, layout.language)
        room = MAX_TEXT - sum(map(len, [title, *lines]))
        panel = Panel(entry, 1, layout, room)
        self._uploads = list(panel.uploads)
        self.add_item(ui.TextDisplay(title))
        if layout.attach:
            words = layout.language.say("The images")
            name = f"pictures-{count}.webp"
            sheet = Upload(name, joint.contact_sheet, words, spoiler=spoiler)
            shown = discord.MediaGalleryItem(sheet.uri, description=words, spoiler=spoiler)
            self.add_item(ui.MediaGallery(shown))
            self._uploads.append(sheet)
        self.add_item(panel)
        for line in lines:
            self.add_item(ui.TextDisplay(line))

    @property
    def files(self) -> list[discord.File]:
        """The files that the message shows, to be sent along: new ones for each attempt."""
        return [upload.file() for upload in self._uploads]


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """The file of a message that shows the images, and how many these are."""

    file: SentFile
    count: int


def contact_sheet_in(message: discord.Message) -> ContactSheet | None:
    """Return what shows the images in a message with their palette, if it is there."""
    for sent in files_of(message):
        if found := _CONTACT_SHEET.fullmatch(sent.plain_name):
            return ContactSheet(sent, int(found["count"]))
    return None


def _title(count: int, language: Language) -> str:
    return language.plural(
        "-# The palette of one image",
        "-# One palette of {count} images, each counting the same",
        count,
    )
