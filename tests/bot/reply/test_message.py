"""What a reply says about each palette."""

import json

import hypothesis.strategies as st
from hypothesis import given
from simcord.components import walk_components

from bot.language import ENGLISH, Language, language_of
from bot.reply.adjust import AdjustModal
from bot.reply.message import Reply
from bot.reply.notes import note_text
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry
from bot.reply.state import HERE, Origin, State
from bot.sources.source import Source
from bot.workers.jobs import Outcome
from palette import Palette, Swatch
from tests.bot.limits import TEXT_DISPLAY
from tests.bot.reply.palettes import ATTACHED, palettes, renamed_palettes


def reply_with(
    *palettes: Palette,
    language: Language = ENGLISH,
    attach: bool = True,
) -> Reply:
    source, options = Source(ATTACHED), Options()
    entries = [PaletteEntry(Outcome(each, b"card"), options, source) for each in palettes]
    return Reply(entries, Layout(language, asker=1, attach=attach))


def shown_text(reply: Reply) -> str:
    components = walk_components(reply.to_components())
    return "\n".join(each["content"] for each in components if each["type"] == TEXT_DISPLAY)


@given(st.lists(palettes | renamed_palettes, min_size=1, max_size=4))
def test_no_code_is_ever_omitted(palettes: list[Palette]) -> None:
    text = shown_text(reply_with(*palettes))
    assert all(code in text for palette in palettes for code in palette.hex)


@given(palettes | renamed_palettes)
def test_of_one_palette_every_name_and_note_is_shown(palette: Palette) -> None:
    text = shown_text(reply_with(palette, attach=False)).replace("\xa0", " ")
    assert all(swatch.name in text for swatch in palette)
    assert all(note_text(note, ENGLISH) in text for note in palette.notes)


@given(palettes)
def test_without_attachments_nothing_refers_to_one(palette: Palette) -> None:
    reply = reply_with(palette, attach=False)
    assert not reply.files
    assert "attachment://" not in json.dumps(reply.to_components())


def test_names_and_shares_are_in_the_language_of_the_reply() -> None:
    palette = Palette((Swatch((90, 0, 0), 0.96, "dark red"), Swatch((0, 0, 90), 0.04, "navy 2")))
    reply = reply_with(palette, language=language_of("de"))
    without_card = reply_with(palette, language=language_of("de"), attach=False)
    assert "Dunkelrot\xa096\xa0%\xa0· Marineblau\xa02\xa04\xa0%" in shown_text(without_card)
    assert "Dunkelrot" not in shown_text(reply)  # the card says it
    assert reply.files[0].description is not None
    assert "#5a0000 Dunkelrot 96\xa0%, #00005a Marineblau 2 4\xa0%" in reply.files[0].description


def test_the_form_names_colours_in_the_language_of_the_reader() -> None:
    palette = Palette((Swatch((90, 0, 0), 0.96, "dark red"), Swatch((0, 0, 90), 0.04, "navy 2")))
    options = Options(leave_out=((0, 255, 0),))
    state = State(palette, Origin(HERE, options, 1))
    menus = json.dumps(AdjustModal(state, options, 1, language_of("de"), {}).to_dict())
    assert menus.count('"#5a0000 Dunkelrot"') == 2  # to keep, and to leave out
    assert '"#00ff00 leuchtendes Gr\\u00fcn"' in menus
