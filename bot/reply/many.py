"""The reply to several images at once: what they are, and their one palette."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.language import Language
from bot.ui import MAX_TEXT
from bot.workers.together import JointOutcome

from .options import Options
from .panel import Layout, PaletteEntry, Panel, SeveralImages
from .uploads import Upload

CONTACT_SHEET = "pictures-1.webp"
"""The file that shows the images; its name never changes."""


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
        entry = PaletteEntry(joint.outcome, options, SeveralImages(spoiler=spoiler))
        title = title_of(count, layout.language)
        room = MAX_TEXT - sum(map(len, [title, *lines]))
        panel = Panel(entry, 1, layout, room)
        self._uploads = list(panel.uploads)
        self.add_item(ui.TextDisplay(title))
        if layout.attach:
            sheet = contact_sheet(joint.contact_sheet, layout.language, spoiler=spoiler)
            shown = discord.MediaGalleryItem(
                sheet.uri, description=sheet.description, spoiler=spoiler
            )
            self.add_item(ui.MediaGallery(shown))
            self._uploads.append(sheet)
        self.add_item(panel)
        for line in lines:
            self.add_item(ui.TextDisplay(line))

    @property
    def files(self) -> list[discord.File]:
        """The files that the message shows, to be sent along: new ones for each attempt."""
        return [upload.file() for upload in self._uploads]


def title_of(count: int, language: Language) -> str:
    """Return a line that says how many images a palette is of."""
    return language.plural(
        "-# The palette of one image",
        "-# One palette of {count} images, each counting the same",
        count,
    )


def contact_sheet(data: bytes, language: Language, *, spoiler: bool) -> Upload:
    """Return the file that shows the images."""
    return Upload(CONTACT_SHEET, data, language.say("The images"), spoiler=spoiler)
