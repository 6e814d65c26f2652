"""Copy all: every code as text, for Discord has no clipboard and phones copy only plain text."""

from discord import SelectOption, ui

from bot.delivery import respond
from bot.language import Language
from palette import Palette
from palette.export.notation import NOTATIONS

from bot.reply.control import Control
from bot.reply.menus import menu
from .press import Press
from bot.reply.state import State

_FIRST = next(iter(NOTATIONS))


async def copy_all(press: Press) -> None:
    """Send the codes to the person who asked for them."""
    content, view = codes_message(press.palette, _FIRST, press.number, press.language)
    response = press.interaction.response
    await respond(lambda: response.send_message(content, view=view, ephemeral=True))


async def write_otherwise(press: Press) -> None:
    """Write the codes in the notation that was chosen."""
    content, view = codes_message(press.palette, press.values[0], press.number, press.language)
    response = press.interaction.response
    await respond(lambda: response.edit_message(content=content, view=view))


def codes_message(
    palette: Palette, notation: str, number: int, language: Language
) -> tuple[str, ui.View]:
    """Return the content of a message of nothing but codes, and its menu of notations."""
    (custom_id,) = State(palette).ids(["notation"], number, shares=False)
    options = [
        SelectOption(label=each.label, value=key, default=key == notation)
        for key, each in NOTATIONS.items()
    ]
    view = ui.View(timeout=None)
    view.add_item(Control(menu(custom_id, language.say("How to write the colours"), options)))
    return f"```\n{NOTATIONS[notation].write(palette)}```", view
