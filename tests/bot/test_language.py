"""In which language a text is said, and how."""

import discord
import pytest

from bot.language import LANGUAGES, language_of
from tests.bot.catalogues import LOCALES, TRANSLATIONS

COLOURS = "{count} colour", "{count} colours"


@pytest.mark.parametrize("locale", [*discord.Locale, None, "tlh"])
def test_every_locale_has_a_language(locale: discord.Locale | str | None) -> None:
    codes = {name: code for code, names in LOCALES.items() for name in names}
    assert language_of(locale).code == codes.get(str(locale), "en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_that_a_server_can_choose_is_spoken(code: str) -> None:
    assert language_of(code).code == code


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_a_text_is_translated_with_its_values(code: str) -> None:
    text = "Animation: colours from {count} of {total} frames."
    translated = language_of(code).say(text, count=24, total=30)
    assert "24" in translated
    assert "30" in translated
    assert translated != language_of("en").say(text, count=24, total=30)


def test_the_form_agrees_with_the_number() -> None:
    romanian, japanese = language_of("ro"), language_of("ja")
    numbers = (1, 2, 19, 20, 101, 120)
    forms = [romanian.plural(*COLOURS, number) for number in numbers]
    assert forms == [
        "1 culoare",
        "2 culori",
        "19 culori",
        "20 de culori",
        "101 culori",
        "120 de culori",
    ]
    assert len({japanese.plural(*COLOURS, number).strip("0123456789") for number in numbers}) == 1


@pytest.mark.parametrize("code", LOCALES)
def test_a_text_without_a_translation_is_said_in_english(code: str) -> None:
    assert language_of(code).say("Hello, {name}.", name="Ana") == "Hello, Ana."
    assert language_of(code).plural("{count} image", "{count} images", 2) == "2 images"


def test_british_english_needs_no_catalogue() -> None:
    english = language_of(discord.Locale.british_english)
    assert english.code == "en"
    assert english.say("Recolour") == "Recolour"
    assert [english.plural(*COLOURS, count) for count in (0, 1)] == ["0 colours", "1 colour"]


def test_american_english_differs_only_in_spelling() -> None:
    english = language_of(discord.Locale.american_english)
    assert english.say("Recolour") == "Recolor"
    assert english.say("Download") == "Download"
    assert [english.plural(*COLOURS, count) for count in (0, 1)] == ["0 colors", "1 color"]
