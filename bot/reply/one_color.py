"""One colour by itself: its drawing, every notation, the text to write on it, tints and shades."""

from collections.abc import Iterator
from typing import Any

import discord
from babel.numbers import format_decimal
from discord import ui

from bot.color_names import code_and_name
from bot.language import N_, Language
from bot.workers.jobs import Outcome
from palette import NOTATIONS, RGB, Palette, color_scale, contrast, hex_code, ink, level
from palette.vision import rounded_down

from .buttons import delete_row
from .control import Action
from .notations import notation_label
from .state import State
from .uploads import Upload

_TEXT_COLORS: dict[RGB, str] = {
    (255, 255, 255): N_("The best text colour on it: white, {ratio} : 1 (WCAG 2, {level})"),
    (0, 0, 0): N_("The best text colour on it: black, {ratio} : 1 (WCAG 2, {level})"),
}


class OneColor(ui.LayoutView):
    """A message about the one colour of an :class:`~bot.workers.jobs.Outcome`.

    Without ``attach`` there is no drawing; a ``private`` message can be shared. ``files`` of the
    message are new ones for each attempt.
    """

    def __init__(
        self, outcome: Outcome, language: Language, *, attach: bool, private: bool = False
    ) -> None:
        super().__init__(timeout=None)
        swatch = outcome.palette.dominant
        shown = ui.Container[Any](accent_color=discord.Color.from_rgb(*swatch.rgb))
        self._uploads: list[Upload] = []
        if attach:
            color = code_and_name(swatch.rgb, swatch.name, language)
            words = language.say("{color} with its tints and shades", color=color)
            card = Upload(f"color-{swatch.hex[1:]}.png", outcome.card, words)
            self._uploads.append(card)
            shown.add_item(
                ui.MediaGallery[Any](discord.MediaGalleryItem(card.uri, description=words))
            )
        for text in _texts(outcome.palette, language):
            shown.add_item(ui.TextDisplay[Any](text))
        actions = [Action.SHARE_COLOR, Action.DELETE] if private else [Action.DELETE]
        *share_id, delete_id = State(outcome.palette).ids(actions, 1, shares=False)
        shown.add_item(delete_row(delete_id, language, share_id=next(iter(share_id), None)))
        self.add_item(shown)

    @property
    def files(self) -> list[discord.File]:
        """The files that the message shows, to be sent along."""
        return [upload.file() for upload in self._uploads]


def _texts(palette: Palette, language: Language) -> Iterator[str]:
    rgb = palette.dominant.rgb
    yield _block(
        f"{notation_label(key, language)}: {_in_one_line(notation.write(palette))}"
        for key, notation in NOTATIONS.items()
    )
    text = ink(rgb)
    ratio = contrast(text, rgb)
    yield language.say(
        _TEXT_COLORS[text],
        ratio=format_decimal(rounded_down(ratio), "0.0", language.code),
        level=level(ratio),
    )
    steps = (f"{step:<3}  {hex_code(color)}" for step, color in color_scale(rgb).items())
    title = language.say("Tints and shades")
    yield f"**{title}**\n{_block(steps)}"


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _block(lines: Iterator[str]) -> str:
    body = "\n".join(lines)
    return f"```\n{body}\n```"
