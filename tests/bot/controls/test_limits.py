"""What people see after a press keeps within what Discord accepts, in every language."""

import pytest
from hypothesis import example, given

from bot.color_names import COLOR_NAMES
from bot.controls.copy import codes_message
from bot.controls.download import files_message
from bot.controls.findings import findings
from bot.controls.image import FoundImage
from bot.language import Language, language_of
from bot.sources.source import from_link
from palette import MAX_COLORS, NOTATIONS, Palette
from palette.vision import check
from tests.bot.catalogues import LOCALES
from tests.bot.limits import MAX_CONTENT, MAX_TEXT, check_limits
from tests.bot.reply.palettes import (
    ATTACHED,
    LARGEST,
    LONG_NAMES,
    languages,
    palette_of,
    palettes,
    renamed,
    renamed_palettes,
)


@given(palettes, languages)
@example(LARGEST.outcome.palette, language_of("de"))
def test_private_messages_are_within_the_limits(palette: Palette, language: Language) -> None:
    for notation in NOTATIONS:
        for themes in (True, False):
            content, view = codes_message(palette, notation, 4, language, themes=themes)
            assert len(content) <= MAX_CONTENT
            check_limits(view.to_components())
    for image in (None, FoundImage(from_link(ATTACHED))):
        view = files_message(palette, 4, language, "name-" * 12, image)
        check_limits(view.to_components())


@given(palettes | renamed_palettes, languages)
@example(LONG_NAMES.outcome.palette, language_of("fr"))
def test_a_check_is_within_the_limits(palette: Palette, language: Language) -> None:
    assert len("\n".join(findings(check(palette), palette, language))) <= MAX_TEXT


@pytest.mark.parametrize("code", LOCALES)
def test_a_check_of_as_much_as_there_can_be_is_within_the_limits(code: str) -> None:
    colors = [(150 + n, 60 - n, 0) for n in range(0, 50, 5)]
    colors += [(100 + n, 100 - n, 0) for n in range(0, 40, 5)]
    colors += [(255, 255, 255), (0, 0, 90)]
    palette = palette_of(colors, [1] * MAX_COLORS)
    longest = sorted(COLOR_NAMES, key=lambda name: -len(language_of(code).say(name)))
    palette = renamed(palette, [f"{name} 2" for name in longest])
    measured = check(palette)
    assert len(measured.close) > 5
    assert len(measured.text_pairs) == 5
    text = "\n".join(findings(measured, palette, language_of(code)))
    assert len(text) <= MAX_TEXT
    assert text.count("…") >= 2
