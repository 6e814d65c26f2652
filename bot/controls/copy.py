"""Copy: every code as text, for Discord has no clipboard and phones copy only plain text."""

from discord import SelectOption, ui

from bot.delivery import respond
from bot.language import Language
from bot.reply.control import Action, Control
from bot.reply.state import State
from bot.ui import menu
from palette import NOTATIONS, Palette

from .press import Press

_FIRST = next(iter(NOTATIONS))


async def copy_all(press: Press) -> None:
    """Send the codes to the person who pressed."""
    content, view = codes_message(press.palette, _FIRST, press.number, press.request.language)
    response = press.interaction.response
    await respond(lambda: response.send_message(content, view=view, ephemeral=True))


async def change_notation(press: Press) -> None:
    """Write the codes in the chosen notation."""
    notation = press.values[0]
    content, view = codes_message(press.palette, notation, press.number, press.request.language)
    response = press.interaction.response
    await respond(lambda: response.edit_message(content=content, view=view))


def codes_message(
    palette: Palette, notation: str, number: int, language: Language
) -> tuple[str, ui.View]:
    """Return the text of a message that is nothing but codes, and its menu of notations."""
    (custom_id,) = State(palette).ids([Action.NOTATION], number, shares=False)
    options = [
        SelectOption(label=each.label, value=key, default=key == notation)
        for key, each in NOTATIONS.items()
    ]
    view = ui.View(timeout=None)
    view.add_item(Control(menu(custom_id, language.say("How to write the colours"), options)))
    return f"```\n{NOTATIONS[notation].write(palette)}```", view
