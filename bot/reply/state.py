"""What the controls of a palette need to know, written into their custom ids.

An id reads ``hh1:<action>:<number>:<chunk>``. ``hh1`` is the version of all that follows and never
changes its meaning; ``number`` distinguishes the palettes of one reply. The chunks of one palette's
controls, joined in order, are its state in base64.
"""

import base64
import math
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.ui import MAX_CUSTOM_ID
from palette import RGB, Palette

from .notes import pack_notes, unpack_notes
from .options import ORDER_LABELS, Options
from .packing import pack_palette, unpack_palette

PATTERN = re.compile(r"hh(?P<version>\d+):(?P<action>[a-z]+):(?P<number>\d):(?P<chunk>[\w-]*)")
"""Every id of every version."""

HERE = 1
"""Stands for an attachment's id where the image is a file of the reply itself."""

_VERSION = 1
# Replies from before there were styles are faithful, so their bit says "seen". The first bit said
# that the menus were shown, when they were part of the message.
# The last one says that there is more: a byte of other flags, and the code of a language.
_, _SEVERAL, _SOURCE, _ORIGIN, _SHARES, _SEEN, _EXACTLY, _MORE = (1 << bit for bit in range(8))
_BRIEF = 1  # among the others
_ORDERS = tuple(ORDER_LABELS)  # a position stands for an order in ids: append, never reorder
_AUTO = 0  # colours
_HEAD = struct.Struct(">BBQQIB")  # colours, order, asker, image, kept colours, number left out


def control_id(action: str, number: int) -> str:
    """Return a custom id that holds no part of the state of palette ``number``."""
    return f"hh{_VERSION}:{action}:{number}:"


class UnknownControlError(Exception):
    """The control belongs to a version of the bot that wrote its state in another way."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a palette comes from: the image, what was chosen, and the person who asked.

    ``image`` is the id of an attachment of the message that is answered, or :data:`HERE`.
    """

    image: int
    options: Options
    asker: int


@dataclass(frozen=True, slots=True)
class State:
    """What the controls of one palette need to know.

    Without ``origin`` the palette cannot be extracted again. ``several`` means that the palette is
    one of several, ``show_source`` shows the image's copy, ``brief`` leaves out what is not needed.
    ``language`` is the code of the one that the reply is in; earlier replies did not say so.
    """

    palette: Palette
    origin: Origin | None = None
    several: bool = False
    show_source: bool = True
    brief: bool = False
    language: str = ""

    def ids(self, actions: Sequence[str], number: int, *, shares: bool = True) -> list[str]:
        """Return the custom ids of the controls with these actions; together they hold the state.

        Raises :class:`ValueError` if they are too few.
        """
        text = base64.urlsafe_b64encode(self._bytes(shares=shares)).decode().rstrip("=")
        size = math.ceil(len(text) / len(actions))
        ids = [
            f"hh{_VERSION}:{action}:{number}:{text[start * size : (start + 1) * size]}"
            for start, action in enumerate(actions)
        ]
        if max(map(len, ids)) > MAX_CUSTOM_ID:
            raise ValueError("So few controls cannot hold this state.")
        return ids

    @classmethod
    def read(cls, ids: Iterable[str], number: int) -> Self:
        """Return the state that the custom ids of a message hold, given in their order.

        Raises :class:`UnknownControlError`.
        """
        found = [match for custom_id in ids if (match := PATTERN.fullmatch(custom_id))]
        mine = [match for match in found if int(match["number"]) == number]
        if not mine or any(int(match["version"]) != _VERSION for match in mine):
            raise UnknownControlError
        text = "".join(match["chunk"] for match in mine)
        try:
            return cls._from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (ValueError, IndexError, struct.error) as error:
            raise UnknownControlError from error

    def _bytes(self, *, shares: bool) -> bytes:
        flags = (
            _SEVERAL * self.several
            + _SOURCE * self.show_source
            + _ORIGIN * (self.origin is not None)
            + _SHARES * shares
            + _SEEN * (self.origin is not None and self.origin.options.style == "seen")
            + _EXACTLY * (self.origin is not None and self.origin.options.exactly)
            + _MORE * bool(self.brief or self.language)
        )
        # Notes are shown again only when the palette is extracted again.
        notes = pack_notes(self.palette.notes) if self.origin else b""
        head = bytes([flags]) + self._more_bytes() + self._origin_bytes()
        return head + bytes([len(notes)]) + notes + pack_palette(self.palette, shares=shares)

    def _more_bytes(self) -> bytes:
        if not (self.brief or self.language):
            return b""
        code = self.language.encode()
        return bytes([_BRIEF * self.brief, len(code)]) + code

    def _origin_bytes(self) -> bytes:
        if self.origin is None:
            return b""
        options = self.origin.options
        kept = sum(
            1 << index for index, swatch in enumerate(self.palette) if swatch.rgb in options.keep
        )
        head = _HEAD.pack(
            _AUTO if options.colors == "auto" else options.colors,
            _ORDERS.index(options.order),
            self.origin.asker,
            self.origin.image,
            kept,
            len(options.leave_out),
        )
        return head + b"".join(bytes(rgb) for rgb in options.leave_out)

    @classmethod
    def _from_bytes(cls, data: bytes) -> Self:
        flags, rest = data[0], data[1:]
        others, language = 0, ""
        if flags & _MORE:
            others, length = rest[0], rest[1]
            language, rest = rest[2 : 2 + length].decode(), rest[2 + length :]
        origin, kept = None, 0
        if flags & _ORIGIN:
            colors, order, asker, image, kept, left_out = _HEAD.unpack_from(rest)
            rest = rest[_HEAD.size :]
            colors_left_out = tuple(_rgb(rest[3 * n : 3 * n + 3]) for n in range(left_out))
            rest = rest[3 * left_out :]
            options = Options(
                "auto" if colors == _AUTO else int(colors),
                "seen" if flags & _SEEN else "faithful",
                exactly=bool(flags & _EXACTLY),
                order=_ORDERS[int(order)],
                leave_out=colors_left_out,
            )
            origin = Origin(image, options, asker)
        notes, rest = rest[1 : 1 + rest[0]], rest[1 + rest[0] :]
        palette = unpack_palette(rest, shares=bool(flags & _SHARES))
        palette = replace(palette, notes=unpack_notes(notes))
        if origin:
            keep = tuple(swatch.rgb for n, swatch in enumerate(palette) if kept >> n & 1)
            origin = replace(origin, options=replace(origin.options, keep=keep))
        return cls(
            palette,
            origin,
            several=bool(flags & _SEVERAL),
            show_source=bool(flags & _SOURCE),
            brief=bool(others & _BRIEF),
            language=language,
        )


def _rgb(data: bytes) -> RGB:
    red, green, blue = data
    return red, green, blue
