"""Save: the palette as a file for other programs."""

import re

from discord import SelectOption, ui
from slugify import slugify

from bot.delivery import defer, deliver, respond
from bot.language import N_, Language
from bot.reply.control import Action, Control
from bot.reply.state import State
from bot.reply.uploads import Upload, image_name_in
from bot.ui import menu
from bot.workers.jobs import Export
from palette import FORMATS, Palette

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
    question = press.request.language.say("Which file would you like?")
    if name := image_name_in(press.message, press.number):
        question = f"**{name}**\n{question}"  # read again when a file is chosen
    view = files_menu(press.palette, press.number, press.request.language)
    response = press.interaction.response
    await respond(lambda: response.send_message(question, view=view, ephemeral=True))


def files_menu(palette: Palette, number: int, language: Language) -> ui.View:
    """Return the menus of files: several, as one id cannot hold the palette with its shares."""
    view = ui.View(timeout=None)
    ids = State(palette).ids(list(_MENUS), number)
    for custom_id, (placeholder, suffixes) in zip(ids, _MENUS.values(), strict=True):
        options = [
            SelectOption(
                label=f"{language.say(FORMATS[suffix].label)} (.{suffix})",
                value=suffix,
                description=language.say(FORMATS[suffix].programs),
            )
            for suffix in suffixes
        ]
        view.add_item(Control(menu(custom_id, language.say(placeholder), options)))
    return view


async def send_file(press: Press) -> None:
    """Send the file that was chosen."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    palette, suffix = press.palette, press.values[0]
    name = _image_name(press)
    job = Export(palette, suffix, title(palette, name))
    data = await press.services.engine.run(job, tenant=press.request.tenant)
    upload = Upload(filename(palette, name, suffix), data)
    await deliver(lambda: press.interaction.edit_original_response(attachments=[upload.file()]))


def _image_name(press: Press) -> str:
    """Return the image's name, with which the message that asks for a file begins, if known."""
    found = _NAME.match(press.message.content)
    return found[1] if found else ""


def title(palette: Palette, name: str) -> str:
    """Return what a palette file calls the palette: the image's name, or its dominant colour's."""
    return (name.replace("-", " ") or palette.dominant.name).capitalize()


def filename(palette: Palette, name: str, suffix: str) -> str:
    """Return the name of a palette file."""
    return f"{name or slugify(palette.dominant.name)}-{len(palette)}.{suffix}"
