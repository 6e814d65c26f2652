"""Copy: every code as text, for Discord has no clipboard and phones copy only plain text."""

from discord import SelectOption, ui

from bot.color_names import code_and_name
from bot.delivery import respond
from bot.language import Language
from bot.reply.control import Action, Control
from bot.reply.notations import notation_label
from bot.reply.state import State
from bot.ui import menu
from palette import NOTATIONS, Palette, coolors_url

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
    """Return the text of a message that is nothing but codes, and what is below it.

    That is a menu of notations, one of the colours, and a link to the palette in a generator of
    palettes.
    """
    say = language.say
    ids = State(palette).ids([Action.NOTATION, Action.ONE_COLOR], number, shares=False)
    notations = [
        SelectOption(label=notation_label(key, language), value=key, default=key == notation)
        for key in NOTATIONS
    ]
    colors = [
        SelectOption(label=code_and_name(swatch.rgb, swatch.name, language), value=swatch.hex)
        for swatch in palette
    ]
    view = ui.View(timeout=None)
    view.add_item(Control(menu(ids[0], say("How to write the colours"), notations)))
    view.add_item(Control(menu(ids[1], say("One colour by itself"), colors)))
    view.add_item(ui.Button(label=say("Open in Coolors"), url=coolors_url(palette)))
    return f"```\n{NOTATIONS[notation].write(palette)}```", view
