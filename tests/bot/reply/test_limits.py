"""Replies keep within what Discord accepts, in every language."""

import json
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import example, given
from simcord.components import walk_components

from bot.language import ENGLISH, Language, language_of
from bot.reply.adjust import AdjustModal
from bot.reply.many import ManyReply
from bot.reply.many_form import ManyForm
from bot.reply.message import Reply
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry
from bot.reply.state import HERE, Origin, State
from bot.reply.uploads import SentFile
from bot.sources.source import Source
from bot.workers.jobs import Outcome
from bot.workers.together import JointOutcome
from palette import MAX_COLORS, Note, NoteKind, Palette, Swatch, render_card
from tests.bot.catalogues import LOCALES
from tests.bot.limits import (
    MAX_ALT_TEXT,
    MAX_FILES,
    MAX_TEXT,
    TEXT_DISPLAY,
    check_form,
    check_limits,
)
from tests.bot.reply.palettes import LARGEST, LONG_NAMES, SNOWFLAKE, entries, languages

MAX_FILE_BYTES = 10 * 2**20
DAMAGED = "This image is damaged or incomplete. Please send it again."
BRAZILIAN = language_of("pt_BR")  # its code is one of the longest
KEPT_COPY = replace(
    LARGEST, existing=SentFile(SNOWFLAKE, "picture-1.webp", "https://cdn.example/picture-1.webp")
)
FIRST_FOUR = "-# The first 4 of 6 images."


@given(
    parts=st.lists(entries() | st.just(DAMAGED), min_size=1, max_size=4),
    attach=st.booleans(),
    show_source=st.booleans(),
    brief=st.booleans(),
    private=st.booleans(),
    language=languages,
)
@example(
    parts=[LARGEST], attach=True, show_source=True, brief=False, private=False, language=ENGLISH
)
@example(
    parts=[LARGEST], attach=False, show_source=True, brief=False, private=False, language=ENGLISH
)
@example(
    parts=[LARGEST] * 2,
    attach=False,
    show_source=True,
    brief=False,
    private=False,
    language=ENGLISH,
)
@example(
    parts=[*[LARGEST] * 4, FIRST_FOUR],
    attach=True,
    show_source=False,
    brief=False,
    private=False,
    language=ENGLISH,
)
@example(
    parts=[*[LARGEST] * 4, FIRST_FOUR],
    attach=True,
    show_source=True,
    brief=False,
    private=False,
    language=ENGLISH,
)
@example(
    parts=[LARGEST], attach=True, show_source=True, brief=True, private=False, language=ENGLISH
)
@example(
    parts=[LARGEST], attach=False, show_source=True, brief=True, private=False, language=ENGLISH
)
@example(
    parts=[LARGEST] * 4, attach=False, show_source=True, brief=True, private=False, language=ENGLISH
)
@example(
    parts=[*[LARGEST] * 4, FIRST_FOUR],
    attach=True,
    show_source=True,
    brief=True,
    private=False,
    language=ENGLISH,
)
@example(
    parts=[KEPT_COPY], attach=False, show_source=True, brief=True, private=False, language=BRAZILIAN
)
@example(
    parts=[KEPT_COPY] * 4,
    attach=False,
    show_source=True,
    brief=True,
    private=False,
    language=BRAZILIAN,
)
@example(
    parts=[KEPT_COPY] * 4,
    attach=False,
    show_source=True,
    brief=False,
    private=False,
    language=BRAZILIAN,
)
@example(
    parts=[LONG_NAMES] * 4,
    attach=True,
    show_source=True,
    brief=False,
    private=False,
    language=ENGLISH,
)
@example(
    parts=[LARGEST], attach=True, show_source=True, brief=False, private=True, language=ENGLISH
)
@example(
    parts=[LARGEST], attach=False, show_source=True, brief=False, private=True, language=ENGLISH
)
def test_every_reply_is_within_the_limits(  # noqa: PLR0913, each is one choice, given by name
    parts: list[PaletteEntry | str],
    *,
    attach: bool,
    show_source: bool,
    brief: bool,
    private: bool,
    language: Language,
) -> None:
    layout = Layout(
        language,
        SNOWFLAKE,
        attach=attach,
        show_source=show_source,
        brief=brief,
        private=private,
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


@given(entry=entries(), language=languages)
@example(entry=LARGEST, language=ENGLISH)
def test_every_form_is_within_the_limits(entry: PaletteEntry, language: Language) -> None:
    palette, options = entry.outcome.palette, entry.options
    state = State(palette, Origin(HERE, options, SNOWFLAKE))
    check_form(AdjustModal(state, options, 4, language, {}).to_dict())


@pytest.mark.parametrize("code", LOCALES)
def test_the_form_of_many_is_within_the_limits(code: str) -> None:
    check_form(ManyForm("auto", language_of(code), private=True).to_dict())


@given(entry=entries(), attach=st.booleans(), language=languages)
@example(entry=LARGEST, attach=True, language=ENGLISH)
@example(entry=LONG_NAMES, attach=False, language=language_of("de"))
def test_every_reply_to_many_is_within_the_limits(
    entry: PaletteEntry, *, attach: bool, language: Language
) -> None:
    """There is a line about each image that cannot be read: at most nine of ten."""
    notes = tuple(Note(NoteKind.SOME_FRAMES, (24, 40_000 + number)) for number in range(10))
    palette = replace(entry.outcome.palette, notes=notes)
    joint = JointOutcome(Outcome(palette, b"card"), b"sheet")
    lines = ["-# Image 10, " + 40 * r"\*" + ": " + 150 * "x"] * 9
    layout = Layout(language, SNOWFLAKE, attach=attach)
    reply = ManyReply(joint, Options(MAX_COLORS), layout, count=10, spoiler=True, lines=lines)
    check_limits(reply.to_components())
    assert len(reply.files) == 2 * attach
