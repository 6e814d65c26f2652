"""Text handling shared by the formats: clean lines, UTF-16 strings, identifiers."""

from collections.abc import Callable, Iterable

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


def by_identifier(
    swatches: Iterable[Swatch],
    reserved: Iterable[str] = (),
    spell: Callable[[str], str] = str,
) -> dict[str, Swatch]:
    """Return the swatches, in order, under distinct identifiers made from their names.

    Identifiers consist of ``a-z``, ``0-9`` and single inner hyphens. They are valid in design
    tokens and, after the prefix ``color-``, as XML ids and as CSS, Sass and Tailwind variables.
    ``spell`` turns each into what another language calls so. Names that come out the same, or as
    one of those that are ``reserved``, are numbered: ``rose``, ``rose-2``.
    """
    identified: dict[str, Swatch] = {}
    taken = set(reserved)
    for swatch in swatches:
        base = slugify(swatch.name, replacements=_APOSTROPHES) or "unnamed"
        identifier, number = spell(base), 1
        while identifier in taken:
            number += 1
            identifier = spell(f"{base}-{number}")
        taken.add(identifier)
        identified[identifier] = swatch
    return identified
