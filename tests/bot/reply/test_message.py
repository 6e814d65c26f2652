"""What a reply says about each palette."""

import json

import hypothesis.strategies as st
from hypothesis import given, settings
from simcord.components import walk_components

from bot.language import ENGLISH
from bot.reply.message import Reply
from bot.reply.notes import note_text
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry
from bot.sources.source import Source
from bot.workers.jobs import Outcome
from palette import Palette
from tests.bot.limits import TEXT_DISPLAY
from tests.bot.reply.palettes import palettes, renamed_palettes


def reply_with(*palettes: Palette, attach: bool = True) -> Reply:
    source = Source("https://cdn.example/photo.png")
    entries = [PaletteEntry(Outcome(each, b"card"), Options(), source) for each in palettes]
    return Reply(entries, Layout(ENGLISH, asker=1, attach=attach))


def shown_text(reply: Reply) -> str:
    components = walk_components(reply.to_components())
    return "\n".join(each["content"] for each in components if each["type"] == TEXT_DISPLAY)


@settings(deadline=None)
@given(st.lists(palettes | renamed_palettes, min_size=1, max_size=4))
def test_no_code_is_ever_omitted(palettes: list[Palette]) -> None:
    text = shown_text(reply_with(*palettes))
    assert all(code in text for palette in palettes for code in palette.hex)


@settings(deadline=None)
@given(palettes | renamed_palettes)
def test_of_one_palette_every_name_and_note_is_shown(palette: Palette) -> None:
    text = shown_text(reply_with(palette)).replace("\xa0", " ")
    assert all(swatch.name in text for swatch in palette)
    assert all(note_text(note, ENGLISH) in text for note in palette.notes)


@settings(deadline=None)
@given(palettes)
def test_without_attachments_nothing_refers_to_one(palette: Palette) -> None:
    reply = reply_with(palette, attach=False)
    assert not reply.files
    assert "attachment://" not in json.dumps(reply.to_components())
