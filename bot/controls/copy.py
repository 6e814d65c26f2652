"""Copy: every code as text, for Discord has no clipboard and phones copy only plain text."""

from discord import SelectOption, ui

from bot.delivery import respond
from bot.language import N_, Language
from bot.reply.control import Action, Control
from bot.reply.state import State
from bot.ui import menu
from palette import NOTATIONS, Palette, coolors_url

from .press import Press

_FIRST = next(iter(NOTATIONS))

TEXTS = frozenset(
    {
        N_("Hex"),
        N_("Hex in capitals"),
        N_("Hex without #"),
        N_("rgb() with commas"),
        N_("CMYK (uncalibrated)"),
        N_("Decimal number for Discord"),
        N_("CSS variables"),
        N_("Tailwind theme"),
        N_("Python list"),
    }
)
"""What notations are called in words; the others are called by names that need no translation."""


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
    """Return the text of a message that is nothing but codes, and what is below it.

    That is a menu of notations, and a link to the palette in a generator of palettes.
    """
    (custom_id,) = State(palette).ids([Action.NOTATION], number, shares=False)
    options = [
        SelectOption(label=_label(key, language), value=key, default=key == notation)
        for key in NOTATIONS
    ]
    view = ui.View(timeout=None)
    view.add_item(Control(menu(custom_id, language.say("How to write the colours"), options)))
    view.add_item(ui.Button(label=language.say("Open in Coolors"), url=coolors_url(palette)))
    return f"```\n{NOTATIONS[notation].write(palette)}```", view


def _label(key: str, language: Language) -> str:
    label = NOTATIONS[key].label
    return language.say(label) if label in TEXTS else label
