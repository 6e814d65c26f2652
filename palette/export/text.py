"""Text handling shared by the formats: clean lines, UTF-16 strings, identifiers."""

from collections.abc import Iterable

from slugify import slugify

from palette.model import Swatch

_APOSTROPHES = [("'", "")]  # robins-egg, not robin-s-egg


def one_line(text: str) -> str:
    """Return ``text`` on one line, without characters that no palette file can hold.

    Control characters, lone surrogates and noncharacters would end a line, break XML or fail to
    encode. Each run of these and of spaces becomes one space, and none is left at the ends.
    """
    printable = (char if char.isprintable() else " " for char in text)
    return " ".join("".join(printable).split())


def utf16(text: str) -> tuple[int, bytes]:
    """Return the length of ``text`` in 16-bit code units, and ``text`` in big-endian UTF-16.

    Both include the terminating null that Adobe's files have.
    """
    data = f"{text}\0".encode("utf-16-be")
    return len(data) // 2, data


def by_identifier(swatches: Iterable[Swatch]) -> dict[str, Swatch]:
    """Return the swatches, in order, under distinct identifiers made from their names.

    Identifiers consist of ``a-z``, ``0-9`` and single inner hyphens. They are valid in design
    tokens and, after the prefix ``color-``, as XML ids and as CSS, Sass and Tailwind variables.
    Names that come out the same are numbered: ``rose``, ``rose-2``.
    """
    identified: dict[str, Swatch] = {}
    for swatch in swatches:
        base = slugify(swatch.name, replacements=_APOSTROPHES) or "unnamed"
        identifier, number = base, 1
        while identifier in identified:
            number += 1
            identifier = f"{base}-{number}"
        identified[identifier] = swatch
    return identified
