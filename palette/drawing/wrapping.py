"""Text in lines of a given width, in pixels: broken or shortened, never made smaller."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from .lettering import Typeface

_BREAK = re.compile(r"(?<=-)|(?<=[ぁ-ゖ])(?=[ァ-ヺ一-鿿])")


def wrap(text: str, width: int, typeface: Typeface, max_lines: int) -> list[str]:
    """Break a text between its words, and those that are too wide after their hyphens.

    Japanese, which has no spaces, breaks between hiragana and what follows.

    What does not fit the last line is left out, and "…" says so.
    """
    lines: list[str] = []
    for part in _parts(text, width, typeface):
        if lines and typeface.getlength((lines[-1] + part).rstrip()) <= width:
            lines[-1] += part
        else:
            lines.append(part)
    if len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], "".join(lines[max_lines - 1 :])]
    return [shorten(line.rstrip(), width, typeface) for line in lines]


def _parts(text: str, width: int, typeface: Typeface) -> Iterator[str]:
    """Yield what stays on one line, with the space or hyphen after it."""
    for word in text.split():
        if typeface.getlength(word) <= width:
            yield f"{word} "
        else:
            *starts, end = _BREAK.split(word)
            yield from starts
            yield f"{end} "


def shorten(text: str, width: float, typeface: Typeface) -> str:
    """Return as much of a text as fits, with "…" in place of the rest."""
    if typeface.getlength(text) <= width:
        return text
    lengths = range(1, len(text))
    fitting = bisect_right(
        lengths, width, key=lambda length: typeface.getlength(_cut(text, length))
    )
    return _cut(text, fitting)


def _cut(text: str, length: int) -> str:
    return f"{text[:length].rstrip()}…"
