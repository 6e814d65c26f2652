"""Save: the palette as a file for other programs."""

import re
from typing import Any

from discord import SelectOption, ui
from slugify import slugify

from bot.delivery import defer, deliver
from bot.language import N_, Language
from bot.reply.control import Action, Control
from bot.reply.existing import first_text
from bot.reply.state import State
from bot.reply.uploads import Upload, image_name_in
from bot.sources.errors import ImageGoneError
from bot.ui import menu
from bot.workers.outputs import Export
from palette import FORMATS, Palette

from .image import FoundImage, find_image
from .poster import POSTER, beside_image, draw_poster, poster_option
from .press import Press

_MENUS = {
    Action.PROGRAM_FILE: (
        N_("A palette for a program"),
        ("ase", "aco", "gpl", "kpl", "swatches", "soc", "txt", "pal", "hex"),
    ),
    Action.CODE_FILE: (
        N_("Code for a website or an app"),
        (
            *("css", "gradient.css", "scss", "tailwind.css", "json", "hex.tokens.json"),
            *("android.xml", "swift", "dart"),
        ),
    ),
    Action.OTHER_FILE: (
        N_("An image, a table, or everything at once"),
        ("png", "svg", "csv", "zip"),
    ),
}

_NAME = re.compile(r"\*\*([\w-]+)\*\*\n")

TEXTS = frozenset(
    {
        N_("Adobe Swatch Exchange"),
        N_("Photoshop swatches"),
        N_("GIMP palette"),
        N_("Krita palette"),
        N_("Procreate swatches"),
        N_("LibreOffice colours"),
        N_("Paint.NET palette"),
        N_("JASC palette"),
        N_("Lospec palette"),
        N_("CSS variables"),
        N_("CSS gradient"),
        N_("SCSS variables"),
        N_("Tailwind theme"),
        N_("Design tokens"),
        N_("Design tokens with hex codes"),
        N_("Android colours"),
        N_("SwiftUI colours"),
        N_("Flutter colours"),
        N_("Table"),
        N_("SVG drawing"),
        N_("PNG card"),
        N_("Everything"),
        N_("style sheets"),
        N_("Illustrator, Figma, Inkscape, browsers"),
        N_("anything that shows images"),
        N_("all of these files in one"),
    }
)
"""What formats are called in words; their other texts are names of programs."""


async def choose_file(press: Press) -> None:
    """Ask which file is wanted."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    try:
        image = await find_image(press)
    except ImageGoneError:  # the colours are still here
        image = None
    name = image_name_in(press.message, press.number)
    view = files_message(press.palette, press.number, press.request.language, name, image)
    await deliver(lambda: press.interaction.edit_original_response(view=view))


def files_message(
    palette: Palette, number: int, language: Language, name: str, image: FoundImage | None
) -> ui.LayoutView:
    """Return the menus of files: several, as one id cannot hold the palette with its shares.

    The image's ``name``, if known, is read from there again when a file is chosen. With the
    ``image``, which is shown, a poster of it is among the files.
    """
    view = ui.LayoutView(timeout=None)
    text = language.say("Which file would you like?")
    question = ui.TextDisplay[Any](f"**{name}**\n{text}" if name else text)
    view.add_item(beside_image(question, image, language) if image else question)
    ids = State(palette).ids(list(_MENUS), number)
    for custom_id, (action, (placeholder, suffixes)) in zip(ids, _MENUS.items(), strict=True):
        options = [_option(suffix, language) for suffix in suffixes]
        if image and action is Action.OTHER_FILE:
            options.insert(0, poster_option(language))
        chooser = Control(menu(custom_id, language.say(placeholder), options))
        view.add_item(ui.ActionRow[Any](chooser))
    return view


def _option(suffix: str, language: Language) -> SelectOption:
    return SelectOption(
        label=f"{language.say(FORMATS[suffix].label)} (.{suffix})",
        value=suffix,
        description=language.say(FORMATS[suffix].programs),
    )


async def send_file(press: Press) -> None:
    """Send the file that was chosen."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    palette, suffix, name = press.palette, press.values[0], _image_name(press)
    file = filename(palette, name, suffix)
    if suffix == POSTER:
        upload = await draw_poster(press, file, title(palette, name) if name else "")
    else:
        job = Export(palette, suffix, title(palette, name))
        upload = Upload(file, await press.services.engine.run(job, tenant=press.request.tenant))
    await deliver(lambda: press.interaction.edit_original_response(attachments=[upload.file()]))


def _image_name(press: Press) -> str:
    """Return the image's name, with which the message that asks for a file begins, if known."""
    found = _NAME.match(first_text(ui.LayoutView.from_message(press.message, timeout=None)))
    return found[1] if found else ""


def title(palette: Palette, name: str) -> str:
    """Return what a palette file calls the palette: the image's name, or its dominant colour's."""
    return (name.replace("-", " ") or palette.dominant.name).capitalize()


def filename(palette: Palette, name: str, suffix: str) -> str:
    """Return the name of a palette file."""
    return f"{name or slugify(palette.dominant.name)}-{len(palette)}.{suffix}"
