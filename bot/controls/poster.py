"""The poster in Save: the image with its palette, to share.

The private message that offers it shows the image, and so remembers it: a reply that only one
person sees cannot be fetched later. Discord keeps the addresses of what messages show valid:
https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
"""

from functools import partial
from typing import Any

from discord import SelectOption, ui

from bot.language import Language
from bot.reply.uploads import Upload
from bot.sources.errors import ImageGoneError
from bot.sources.source import Source
from bot.workers.outputs import Poster

from .image import FoundImage
from .press import Press

POSTER = "poster.png"
"""The suffix of its file, which stands for it in the menu."""


def poster_option(language: Language) -> SelectOption:
    """Return the option that asks for the poster."""
    return SelectOption(
        label=f"{language.say('Picture with its palette')} (.png)",
        value=POSTER,
        description=language.say("a poster to share"),
    )


def beside_image(
    text: ui.TextDisplay[Any], image: FoundImage, language: Language
) -> ui.Section[Any]:
    """Return a text beside the image, from which :func:`draw_poster` reads it again."""
    words, spoiler = language.say("The image"), image.source.spoiler
    thumbnail = ui.Thumbnail[Any](image.source.url, description=words, spoiler=spoiler)
    return ui.Section[Any](text, accessory=thumbnail)


async def draw_poster(press: Press, filename: str, title: str) -> Upload:
    """Draw the poster of the image that the message shows.

    Raises :class:`ImageGoneError` if it shows none, and what :meth:`Services.process` raises.
    """
    items = ui.LayoutView.from_message(press.message, timeout=None).walk_children()
    shown = next((item for item in items if isinstance(item, ui.Thumbnail)), None)
    if shown is None:
        raise ImageGoneError
    job = partial(Poster, palette=press.palette, title=title)
    source = Source(shown.media.url, spoiler=shown.spoiler)
    data = await press.services.process(source, job, tenant=press.request.tenant)
    words = press.request.language.say("Picture with its palette")
    return Upload(filename, data, words, spoiler=shown.spoiler)
