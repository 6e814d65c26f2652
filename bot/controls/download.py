"""Download: the palette as a file for other programs."""

from discord import SelectOption, ui
from slugify import slugify

from bot.delivery import defer, deliver, respond
from bot.language import N_, Language
from bot.reply.uploads import Upload
from palette import Palette
from palette.export.formats import FORMATS

from bot.reply.control import Control
from bot.workers.jobs import Export
from bot.reply.menus import menu
from .press import Press
from bot.reply.state import State
from bot.reply.packing import pack

_FOR_PROGRAMS = ("ase", "aco", "gpl", "swatches", "txt", "pal")

TEXTS = frozenset(
    {
        N_("Adobe Swatch Exchange"),
        N_("Photoshop swatches"),
        N_("GIMP palette"),
        N_("Procreate swatches"),
        N_("Paint.NET palette"),
        N_("JASC palette"),
        N_("CSS variables"),
        N_("SCSS variables"),
        N_("Tailwind theme"),
        N_("Design tokens"),
        N_("SVG drawing"),
        N_("PNG card"),
        N_("style sheets"),
        N_("Illustrator, Figma, Inkscape, browsers"),
        N_("anything that shows pictures"),
    }
)
"""What a format says of itself in words; other texts are names of programs."""


async def choose_file(press: Press) -> None:
    """Ask which file it is to be."""
    question = press.language.say("Which file would you like?")
    view = files_menu(press.palette, press.number, press.language)
    response = press.interaction.response
    await respond(lambda: response.send_message(question, view=view, ephemeral=True))


def files_menu(palette: Palette, number: int, language: Language) -> ui.View:
    """Return the menus of files: two, for one id could not hold the palette and its shares."""
    actions = {
        "program": language.say("A palette for a program"),
        "sheet": language.say("A style sheet or a picture"),
    }
    ids = State(palette).ids(list(actions), number)
    view = ui.View(timeout=None)
    for custom_id, (action, placeholder) in zip(ids, actions.items(), strict=True):
        options = [
            SelectOption(
                label=f"{language.say(each.label)} (.{suffix})",
                value=suffix,
                description=language.say(each.programs),
            )
            for suffix, each in FORMATS.items()
            if (suffix in _FOR_PROGRAMS) is (action == "program")
        ]
        view.add_item(Control(menu(custom_id, placeholder, options)))
    return view


async def send_file(press: Press) -> None:
    """Send the file that was chosen."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    palette, suffix = press.palette, press.values[0]
    job = Export(pack(palette), suffix, title(palette))
    data = await press.services.engine.run(job, tenant=press.tenant)
    upload = Upload(filename(palette, suffix), data)
    await deliver(lambda: press.interaction.edit_original_response(attachments=[upload.file()]))


def title(palette: Palette) -> str:
    """Return what a palette file calls the palette: the name of the colour there is most of."""
    return palette.dominant.name.capitalize()


def filename(palette: Palette, suffix: str) -> str:
    """Return the name of a palette file."""
    return f"{slugify(palette.dominant.name)}-{len(palette)}.{suffix}"
