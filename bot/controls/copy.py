"""Copy: every code as text, for Discord has no clipboard and phones copy only plain text."""

from typing import Any

from discord import SelectOption, ui

from bot.color_names import code_and_name
from bot.delivery import respond
from bot.language import Language
from bot.reply.control import Action, Control
from bot.reply.notations import notation_label
from bot.reply.state import State
from bot.requests.places import bot_can_write
from bot.ui import menu
from palette import NOTATIONS, Palette, coolors_url

from .press import Press

_FIRST = next(iter(NOTATIONS))


async def copy_all(press: Press) -> None:
    """Send the codes to the person who pressed."""
    content, view = _codes_message(press, _FIRST)
    response = press.interaction.response
    await respond(lambda: response.send_message(content, view=view, ephemeral=True))


async def change_notation(press: Press) -> None:
    """Write the codes in the chosen notation."""
    content, view = _codes_message(press, press.values[0])
    response = press.interaction.response
    await respond(lambda: response.edit_message(content=content, view=view))


def _codes_message(press: Press, notation: str) -> tuple[str, ui.View]:
    themes = bot_can_write(press.interaction)
    language = press.request.language
    return codes_message(press.palette, notation, press.number, language, themes=themes)


def codes_message(
    palette: Palette, notation: str, number: int, language: Language, *, themes: bool
) -> tuple[str, ui.View]:
    """Return the text of a message that is nothing but codes, and what is below it.

    That is a menu of notations, one of the colours, a link to the palette in a generator of
    palettes, and a button for its theme where the bot can send ``themes``.
    """
    say = language.say
    actions = [Action.NOTATION, Action.ONE_COLOR, *([Action.THEME] if themes else [])]
    # Only a theme depends on the shares, for which two ids are too few.
    ids = State(palette).ids(actions, number, shares=themes)
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
    if themes:
        theme = ui.Button[Any](label=say("Use as Discord theme"), custom_id=ids[2])
        view.add_item(Control(theme))
    view.add_item(ui.Button(label=say("Open in Coolors"), url=coolors_url(palette)))
    return f"```\n{NOTATIONS[notation].write(palette)}```", view
