"""What palette remarks about an image, in the language of who reads it."""

import re

from .language import N_, Language

_TEXTS = (
    N_("It moves: these are the colours of all {total} frames."),
    N_("It moves: these are the colours of {count} of its {total} frames."),
    N_("Its colour profile is broken and was ignored."),
)


def translated(note: str, language: Language) -> str:
    """Return one of the notes of a :class:`palette.Palette`, its figures as they are."""
    for text in _TEXTS:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\d+)", re.escape(text))
        if figures := re.fullmatch(pattern, note):
            return language.say(text, **figures.groupdict())
    return note
