"""Everything the bot says is translated, with the same placeholders."""

import string

import pytest
from babel.messages.catalog import Catalog

from tests.bot.catalogues import (
    BRITISH,
    TRANSLATIONS,
    catalogue,
    forms_in_source,
    forms_in_translation,
    messages_in,
    source_texts,
)


def placeholders_in(text: str) -> set[str]:
    """Return the placeholders of a text, with their formats."""
    return {
        f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(text) if name is not None
    }


def check_header(translations: Catalog, code: str) -> None:
    assert not translations.obsolete
    assert not [message.id for message in messages_in(translations) if message.fuzzy]
    assert str(translations.locale) == code


def test_babel_finds_the_texts() -> None:
    assert len(list(messages_in(source_texts()))) > 50


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_every_text_is_translated_and_nothing_else(code: str) -> None:
    wanted = {message.id for message in messages_in(source_texts())}
    messages = list(messages_in(catalogue(code)))
    translated = {message.id for message in messages if all(forms_in_translation(message))}
    assert wanted - translated == set()
    assert {message.id for message in messages} - wanted == set()
    check_header(catalogue(code), code)


def test_american_english_has_exactly_the_texts_that_are_spelled_differently() -> None:
    source = {message.id: message for message in messages_in(source_texts())}
    american = {message.id: message for message in messages_in(catalogue("en_US"))}
    british = {
        each for each, message in source.items() if BRITISH.search(str(forms_in_source(message)))
    }
    assert british <= american.keys() <= source.keys()
    for message in american.values():
        assert forms_in_translation(message) != forms_in_source(message)
        assert all(forms_in_translation(message))
        assert not BRITISH.search(str(forms_in_translation(message)))
    check_header(catalogue("en_US"), "en_US")


@pytest.mark.parametrize("code", ["en_US", *TRANSLATIONS])
def test_translations_have_the_same_placeholders(code: str) -> None:
    for message in messages_in(catalogue(code)):
        if not all(forms_in_translation(message)):
            continue
        english = [placeholders_in(text) for text in forms_in_source(message)]
        *others, last = [placeholders_in(text) for text in forms_in_translation(message)]
        assert last == english[-1], message.id
        # A form for a single thing may do without its number.
        assert all(placeholders in english for placeholders in others), message.id
        if message.pluralizable:
            assert len(others) + 1 == catalogue(code).num_plurals, message.id
