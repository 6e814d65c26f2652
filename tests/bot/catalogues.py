"""The translations, and all that is to be translated."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot

SOURCE = Path(bot.__file__).parent
KEYWORDS = {"say": None, "plural": (1, 2), "N_": None, "locale_str": None}

LOCALES = {
    "en": ["en-GB"],
    "en_US": ["en-US"],
    "de": ["de"],
    "es": ["es-ES", "es-419"],
    "fr": ["fr"],
    "pt_BR": ["pt-BR"],
    "ro": ["ro"],
    "ja": ["ja"],
}
"""Discord's locales in which the bot speaks each of its languages."""

TRANSLATIONS = [code for code in LOCALES if not code.startswith("en")]
BRITISH = re.compile("colour|grey|licence|authoris", re.IGNORECASE)


@cache
def source_texts() -> Catalog:
    """Return every text that Babel finds in the bot."""
    found = Catalog()
    for _, _, message, _, _ in extract_from_dir(SOURCE, keywords=KEYWORDS):
        found.add(message)
    return found


@cache
def catalogue(code: str) -> Catalog:
    """Return the translations into one language."""
    with (SOURCE / "locale" / code / "LC_MESSAGES" / "hueharvest.po").open("rb") as file:
        return read_po(file, code)


def forms_in_source(message: Message) -> tuple[str, ...]:
    """Return the forms of a text in English: one, or two where there is a plural."""
    return message.id if isinstance(message.id, tuple) else (message.id,)


def forms_in_translation(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if message.pluralizable else (message.string,)


def messages_in(catalogue: Catalog) -> Iterator[Message]:
    """Yield all messages but the header."""
    return (message for message in catalogue if message.id)
