"""Replies keep within what Discord accepts, in every language."""

import json
from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import example, given, settings
from simcord.components import walk_components

from bot.language import ENGLISH, Language, language_of
from bot.reply.adjust import AdjustModal
from bot.reply.message import Reply
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry
from bot.reply.state import HERE, Origin, State
from bot.reply.uploads import SentFile
from bot.sources.source import Source
from bot.workers.jobs import Outcome
from palette import MAX_COLORS, Palette, Swatch, render_card
from tests.bot.limits import (
    MAX_ALT_TEXT,
    MAX_FILES,
    MAX_FORM_LABEL,
    MAX_FORM_PARTS,
    MAX_FORM_TITLE,
    MAX_TEXT,
    TEXT_DISPLAY,
    check_limits,
    check_menu,
)
from tests.bot.reply.palettes import LARGEST, LONG_NAMES, SNOWFLAKE, entries, languages

MAX_FILE_BYTES = 10 * 2**20
DAMAGED = "This image is damaged or incomplete. Please send it again."
BRAZILIAN = language_of("pt_BR")  # its code is one of the longest
KEPT_COPY = replace(
    LARGEST, existing=SentFile(SNOWFLAKE, "picture-1.webp", "https://cdn.example/picture-1.webp")
)
FIRST_FOUR = "-# The first 4 of 6 images."


@settings(deadline=None)
@given(
    parts=st.lists(entries() | st.just(DAMAGED), min_size=1, max_size=4),
    attach=st.booleans(),
    show_source=st.booleans(),
    brief=st.booleans(),
    language=languages,
)
@example(parts=[LARGEST], attach=True, show_source=True, brief=False, language=ENGLISH)
@example(parts=[LARGEST], attach=False, show_source=True, brief=False, language=ENGLISH)
@example(parts=[LARGEST] * 2, attach=False, show_source=True, brief=False, language=ENGLISH)
@example(
    parts=[*[LARGEST] * 4, FIRST_FOUR],
    attach=True,
    show_source=False,
    brief=False,
    language=ENGLISH,
)
@example(
    parts=[*[LARGEST] * 4, FIRST_FOUR],
    attach=True,
    show_source=True,
    brief=False,
    language=ENGLISH,
)
@example(parts=[LARGEST], attach=True, show_source=True, brief=True, language=ENGLISH)
@example(parts=[LARGEST], attach=False, show_source=True, brief=True, language=ENGLISH)
@example(parts=[LARGEST] * 4, attach=False, show_source=True, brief=True, language=ENGLISH)
@example(
    parts=[*[LARGEST] * 4, FIRST_FOUR],
    attach=True,
    show_source=True,
    brief=True,
    language=ENGLISH,
)
@example(parts=[KEPT_COPY], attach=False, show_source=True, brief=True, language=BRAZILIAN)
@example(parts=[KEPT_COPY] * 4, attach=False, show_source=True, brief=True, language=BRAZILIAN)
@example(parts=[KEPT_COPY] * 4, attach=False, show_source=True, brief=False, language=BRAZILIAN)
@example(parts=[LONG_NAMES] * 4, attach=True, show_source=True, brief=False, language=ENGLISH)
def test_every_reply_is_within_the_limits(
    parts: list[PaletteEntry | str],
    *,
    attach: bool,
    show_source: bool,
    brief: bool,
    language: Language,
) -> None:
    layout = Layout(
        language,
        SNOWFLAKE,
        attach=attach,
        show_source=show_source,
        brief=brief,
    )
    reply = Reply(parts, layout)
    components = reply.to_components()
    check_limits(components)
    texts = [
        each["content"] for each in walk_components(components) if each["type"] == TEXT_DISPLAY
    ]
    assert sum(map(len, texts)) <= MAX_TEXT - 400  # for sentences that are added
    json.dumps(components)
    assert len(reply.files) <= MAX_FILES
    for file in reply.files:
        assert file.description is not None
        assert 0 < len(file.description) <= MAX_ALT_TEXT


def test_four_full_cards_are_far_smaller_than_the_largest_file() -> None:
    palette = Palette(
        tuple(
            Swatch((12 * n, 255 - 12 * n, 99), 1 / MAX_COLORS, f"greyish yellowish green {n}")
            for n in range(MAX_COLORS)
        )
    )
    outcome = Outcome(palette, render_card(palette))
    entry = PaletteEntry(outcome, Options(), Source("https://cdn.example/photo.png"))
    reply = Reply([entry] * 4, Layout(ENGLISH, asker=1))
    assert sum(len(file.fp.read()) for file in reply.files) < MAX_FILE_BYTES / 10


@settings(deadline=None)
@given(entry=entries(), language=languages)
@example(entry=LARGEST, language=ENGLISH)
def test_every_form_is_within_the_limits(entry: PaletteEntry, language: Language) -> None:
    palette, options = entry.outcome.palette, entry.options
    state = State(palette, Origin(HERE, options, SNOWFLAKE))
    modal = AdjustModal(state, options, 4, language, {}).to_dict()
    assert 1 <= len(modal["title"]) <= MAX_FORM_TITLE
    assert 1 <= len(modal["components"]) <= MAX_FORM_PARTS
    for label in modal["components"]:
        assert 1 <= len(label["label"]) <= MAX_FORM_LABEL
        assert 1 <= len(label["component"]["custom_id"]) <= 100
        check_menu(label["component"])
