"""What people see after a press keeps within what Discord accepts, in every language."""

import pytest
from hypothesis import example, given, settings

from bot.controls.check import findings
from bot.controls.copy import codes_message
from bot.controls.download import files_message
from bot.controls.image import FoundImage
from bot.language import Language, language_of
from bot.sources.source import from_link
from palette import MAX_COLORS, NOTATIONS, Palette
from palette.vision import check
from tests.bot.catalogues import LOCALES
from tests.bot.limits import MAX_CONTENT, MAX_TEXT, check_limits
from tests.bot.reply.palettes import ATTACHED, LARGEST, languages, palette_of, palettes


@settings(deadline=None)
@given(palettes, languages)
@example(LARGEST.outcome.palette, language_of("de"))
def test_private_messages_are_within_the_limits(palette: Palette, language: Language) -> None:
    for notation in NOTATIONS:
        content, view = codes_message(palette, notation, 4, language)
        assert len(content) <= MAX_CONTENT
        check_limits(view.to_components())
    for image in (None, FoundImage(from_link(ATTACHED))):
        check_limits(files_message(palette, 4, language, image).to_components())
    assert sum(map(len, findings(check(palette), palette, language))) <= MAX_TEXT


@pytest.mark.parametrize("code", LOCALES)
def test_a_check_of_many_confusions_is_within_the_limits(code: str) -> None:
    colors = [(150 + n, 60 - n, 0) for n in range(0, 50, 5)]
    colors += [(100 + n, 100 - n, 0) for n in range(0, 50, 5)]
    palette = palette_of(colors, [1] * MAX_COLORS)
    measured = check(palette)
    assert max(len(each.confusions) for each in measured.simulations) > 40
    text = "\n".join(findings(measured, palette, language_of(code)))
    assert len(text) <= MAX_TEXT
    assert "…" in text
