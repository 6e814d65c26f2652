"""The colours that people can name, in the words of a language."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from PIL import ImageColor

from bot.color_names import color_name
from bot.language import ENGLISH, Language
from palette import RGB, parse_color
from palette.annotation.typical import typical_colors


def find_color(text: str, language: Language) -> RGB:
    """Return the colour that somebody who reads ``language`` means by a text.

    That is a name in their language or in English, or what :func:`palette.parse_color` reads. A
    name that only CSS writes in this way, such as ``darkgrey``, is that of CSS. Raises
    :class:`palette.UnknownColorError`.
    """
    for names in (_by_key(language), _by_key(ENGLISH)):
        for key in (_key(text), _without_spaces(text)):
            if key in names:
                return names[key]
    return parse_color(text)


def matching_colors(text: str, language: Language) -> list[tuple[str, RGB]]:
    """Return the known names in which a text occurs, and their colours.

    Those that begin with the text come first, and of these the shortest.
    """
    wanted = _without_spaces(text)
    found = [
        (not key.startswith(wanted), len(name), name, rgb)
        for name, rgb in known_colors(language).items()
        if wanted in (key := _without_spaces(name))
    ]
    return [(name, rgb) for _, _, name, rgb in sorted(found)]


@cache
def known_colors(language: Language) -> Mapping[str, RGB]:
    """Return every name that has a colour: ours, translated, and the 148 of CSS.

    Where both have a name, the colour is that of CSS in English and ours in any other language.
    """
    ours = {color_name(name, language): rgb for name, rgb in typical_colors().items()}
    css = {name: parse_color(name) for name in ImageColor.colormap}
    first, second = (css, ours) if language.code.startswith("en") else (ours, css)
    taken = {_key(name) for name in first}
    rest = {name: rgb for name, rgb in second.items() if _key(name) not in taken}
    return MappingProxyType(first | rest)


@cache
def _by_key(language: Language) -> Mapping[str, RGB]:
    names = known_colors(language)
    loose = {_without_spaces(name): rgb for name, rgb in names.items()}
    return loose | {_key(name): rgb for name, rgb in names.items()}


def _key(text: str) -> str:
    """Return what counts of a name: case does not, nor whether people write grey or gray."""
    return " ".join(text.casefold().split()).replace("gray", "grey")


def _without_spaces(text: str) -> str:
    return _key(text).replace(" ", "").replace("-", "")
