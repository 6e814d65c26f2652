"""What palette files share in handling text: clean lines, UTF-16 strings, identifiers."""

from collections.abc import Iterable

from slugify import slugify

from palette.model import Swatch

_APOSTROPHES = [("'", "")]  # robins-egg, not robin-s-egg


def one_line(text: str) -> str:
    """Return ``text`` on one line, without what no palette file can hold.

    Control characters, lone surrogates and noncharacters end a line, break XML or cannot be
    encoded; each run of these and of spaces becomes one space, none is left at the ends.
    """
    printable = (char if char.isprintable() else " " for char in text)
    return " ".join("".join(printable).split())


def utf16(text: str) -> tuple[int, bytes]:
    """Return ``text`` as Adobe's files hold it: its length, and itself in UTF-16, big-endian.

    Both include the terminating null; the length counts 16-bit code units.
    """
    data = f"{text}\0".encode("utf-16-be")
    return len(data) // 2, data


def by_identifier(swatches: Iterable[Swatch]) -> dict[str, Swatch]:
    """Return the swatches, in order, each under a distinct identifier made of its name.

    An identifier is made of ``a-z``, ``0-9`` and single inner hyphens, hence valid in a design
    token and, after the prefix ``color-``, as an XML id or a variable of CSS, Sass or Tailwind.
    Names that come out alike are numbered: ``rose``, ``rose-2``.
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
