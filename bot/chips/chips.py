"""Emoji that show colours: those the application has, and making those it lacks."""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence

import discord
from discord import PartialEmoji

from bot.delivery import DISCORD_ERRORS, deliver, is_transient
from palette import RGB, hex_code

from .grid import grid, nearest
from .image import draw_chip

MAX_WANTED = 100  # chips that wait to be made; colours beyond wait for the next time they are shown

_NAME = re.compile("hue_([0-9a-f]{6})")

_log = logging.getLogger(__name__)


class Chips:
    """The chips of colours, as emoji of the client's application.

    Nobody waits for a chip: a colour is shown without one until there is one. They are made one
    after the other in the background, each once, because Discord allows few new emoji an hour. When
    Discord refuses one, for want of a right or of room, no more are made.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._known: dict[RGB, PartialEmoji] | None = None  # by colour of the grid
        self._wanted: dict[RGB, None] = {}  # in order
        self._is_refused = False
        self._task: asyncio.Task[None] | None = None

    def load(self) -> None:
        """Begin to ask Discord which chips there are, unless that is known."""
        if self._known is None:
            self._work_on()

    def of(self, colors: Sequence[RGB]) -> Mapping[RGB, PartialEmoji]:
        """Return, at once, those chips of some colours that there are; have the others made."""
        if self._known is None:
            self._work_on()
            return {}
        chips = dict(zip(colors, nearest(colors), strict=True))
        for chip in chips.values():
            if chip not in self._known and len(self._wanted) < MAX_WANTED:
                self._wanted[chip] = None
        self._work_on()
        return {rgb: self._known[chip] for rgb, chip in chips.items() if chip in self._known}

    def forget(self) -> None:
        """Ask Discord anew which chips there are, before any is shown again."""
        self._known = None
        self._work_on()

    def stop(self) -> None:
        """Make no more chips."""
        self._is_refused = True
        if self._task is not None:
            self._task.cancel()

    def _work_on(self) -> None:
        has_work = self._known is None or self._wanted
        if has_work and not self._is_refused and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        try:
            known = self._known
            if known is None:
                known = self._known = await self._fetch()
            while self._wanted:
                chip = next(iter(self._wanted))
                if chip not in known:
                    known |= await self._make(chip)
                del self._wanted[chip]
        except DISCORD_ERRORS as error:
            self._wanted.clear()
            if is_transient(error):
                _log.warning("chips wait until they are shown again: %s", error)
            else:
                self._is_refused = True
                _log.warning("Discord refuses chips, so no more are made: %s", error)

    async def _fetch(self) -> dict[RGB, PartialEmoji]:
        await asyncio.to_thread(grid)  # takes too long for the event loop the first time
        emojis = await deliver(self._client.fetch_application_emojis)
        colors = ((color_of(emoji.name), emoji) for emoji in emojis)
        return {rgb: _partial(emoji) for rgb, emoji in colors if rgb is not None}

    async def _make(self, chip: RGB) -> dict[RGB, PartialEmoji]:
        """Make a chip; return it or, if it was there already, all that there are."""
        name, image = f"hue_{hex_code(chip)[1:]}", draw_chip(chip)
        try:
            emoji = await deliver(
                lambda: self._client.create_application_emoji(name=name, image=image)
            )
        except discord.HTTPException as error:
            # Names are unique: another process has made it, or Discord's answer was lost.
            if is_transient(error) or chip not in (known := await self._fetch()):
                raise
            return known
        return {chip: _partial(emoji)}


def color_of(name: str) -> RGB | None:
    """Return the colour of a chip by the name of its emoji, or None if it is no chip."""
    if code := _NAME.fullmatch(name):
        red, green, blue = bytes.fromhex(code[1])
        return red, green, blue
    return None


def _partial(emoji: discord.Emoji) -> PartialEmoji:
    return PartialEmoji(name=emoji.name, id=emoji.id)
