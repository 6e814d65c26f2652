"""Save: the palette as a file for other programs."""

from discord import SelectOption, ui
from slugify import slugify

from bot.delivery import defer, deliver, respond
from bot.language import N_, Language
from bot.reply.control import Action, Control
from bot.reply.state import State
from bot.reply.uploads import Upload
from bot.ui import menu
from bot.workers.jobs import Export
from palette import FORMATS, Palette

from .press import Press

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
        N_("anything that shows images"),
    }
)
"""What formats are called in words; their other texts are names of programs."""


async def choose_file(press: Press) -> None:
    """Ask which file is wanted."""
    question = press.request.language.say("Which file would you like?")
    view = files_menu(press.palette, press.number, press.request.language)
    response = press.interaction.response
    await respond(lambda: response.send_message(question, view=view, ephemeral=True))


def files_menu(palette: Palette, number: int, language: Language) -> ui.View:
    """Return the menus of files: two, because one id cannot hold the palette with its shares."""
    placeholders = {
        Action.PROGRAM_FILE: language.say("A palette for a program"),
        Action.OTHER_FILE: language.say("A style sheet or an image"),
    }
    ids = State(palette).ids(list(placeholders), number)
    view = ui.View(timeout=None)
    for custom_id, (action, placeholder) in zip(ids, placeholders.items(), strict=True):
        options = [
            SelectOption(
                label=f"{language.say(each.label)} (.{suffix})",
                value=suffix,
                description=language.say(each.programs),
            )
            for suffix, each in FORMATS.items()
            if (suffix in _FOR_PROGRAMS) is (action is Action.PROGRAM_FILE)
        ]
        view.add_item(Control(menu(custom_id, placeholder, options)))
    return view


async def send_file(press: Press) -> None:
    """Send the file that was chosen."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    palette, suffix = press.palette, press.values[0]
    job = Export(palette, suffix, title(palette))
    data = await press.services.engine.run(job, tenant=press.request.tenant)
    upload = Upload(filename(palette, suffix), data)
    await deliver(lambda: press.interaction.edit_original_response(attachments=[upload.file()]))


def title(palette: Palette) -> str:
    """Return what a palette file calls the palette: the name of its dominant colour."""
    return palette.dominant.name.capitalize()


def filename(palette: Palette, suffix: str) -> str:
    """Return the name of a palette file."""
    return f"{slugify(palette.dominant.name)}-{len(palette)}.{suffix}"
