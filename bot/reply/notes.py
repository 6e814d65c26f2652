"""What palette remarks about an image, in the language of who reads it."""

import re
from collections.abc import Iterable

from bot.language import N_, Language

_TEXTS = (
    N_("It moves: these are the colours of all {total} frames."),
    N_("It moves: these are the colours of {count} of its {total} frames."),
    N_("Its colour profile is broken and was ignored."),
)
"""All that palette remarks. Their numbers are in the ids of controls and never change."""

_PLACE = re.compile(r"{(\w+)}")
_ESCAPED_PLACE = re.compile(r"\\{(\w+)\\}")


def translated(note: str, language: Language) -> str:
    """Return one of the notes of a :class:`palette.Palette`, its figures as they are."""
    if (known := _read(note)) is None:
        return note
    number, figures = known
    return language.say(_TEXTS[number], **figures)


def pack(notes: Iterable[str]) -> bytes:
    """Return notes in few bytes; those that are not known are left out."""
    known = filter(None, map(_read, notes))
    return ";".join(
        ",".join([str(number), *figures.values()]) for number, figures in known
    ).encode()


def unpack(data: bytes) -> tuple[str, ...]:
    """Return the notes again. Raises :class:`ValueError` for what :func:`pack` has not made."""
    return tuple(map(_written, data.decode().split(";"))) if data else ()


def _read(note: str) -> tuple[int, dict[str, str]] | None:
    """Return the number of a note's text and the figures in it."""
    for number, text in enumerate(_TEXTS):
        pattern = _ESCAPED_PLACE.sub(r"(?P<\1>\\d+)", re.escape(text))
        if found := re.fullmatch(pattern, note):
            return number, found.groupdict()
    return None


def _written(packed: str) -> str:
    number, *figures = map(int, packed.split(","))
    text = _TEXTS[number]
    return text.format(**dict(zip(_PLACE.findall(text), figures, strict=True)))
