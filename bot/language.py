"""What the bot says, in the language of the person who reads it.

Each text is written in English where it is used, and marked so that Babel finds it:
``language.say("…")`` and ``language.plural("…", "…", count)`` say it at once, ``N_("…")`` marks one
that is said later, and ``locale_str("…")`` one that Discord shows in its list of commands. The
translations are gettext catalogues, ``locale/<language>/LC_MESSAGES/hueharvest.po``, compiled when
first needed. English is British; the catalogue ``en_US`` holds only what Americans spell otherwise.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:  # only then: this also runs in workers
    import discord

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "pt_BR": "Português (Brasil)",
    "ro": "Română",
    "ja": "日本語",
}
"""Each language that a server can choose: its code, and what it calls itself."""

_CATALOGUES = {*LANGUAGES, "en_US"}
_LOCALE = Path(__file__).with_name("locale")


class Language:
    """A language the bot speaks; get it with :func:`language_of`."""

    def __init__(self, code: str, translations: NullTranslations) -> None:
        self.code = code
        self._translations = translations

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return LANGUAGES.get(self.code, LANGUAGES["en"])

    def say(self, text: str, /, **values: object) -> str:
        """Return the translation of ``text``, with ``values`` inserted by name."""
        return self._translations.gettext(text).format(**values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the translation that agrees with ``count``, which is inserted as ``{count}``."""
        return self._translations.ngettext(one, many, count).format(count=count, **values)


def language_of(locale: "discord.Locale | str | None") -> Language:
    """Return the language of one of Discord's locales or one of :data:`LANGUAGES`, else English."""
    code = str(locale).replace("-", "_")
    return _load(code if code in _CATALOGUES else code.partition("_")[0])


@cache
def _load(code: str) -> Language:
    if code not in _CATALOGUES:
        return _load("en")
    catalogue = _LOCALE / code / "LC_MESSAGES" / "hueharvest.po"
    if not catalogue.is_file():  # English, the language of the texts themselves
        return Language(code, NullTranslations())
    compiled = BytesIO()
    with catalogue.open("rb") as file:
        write_mo(compiled, read_po(file, code))
    compiled.seek(0)
    return Language(code, GNUTranslations(compiled))


ENGLISH = language_of("en")


def N_(text: str) -> str:  # noqa: N802, gettext's own name for it
    """Mark a text that is translated where it is said."""
    return text
