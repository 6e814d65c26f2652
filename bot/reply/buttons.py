"""The rows of buttons under one palette, the same for everyone who sees it."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import discord
from discord import ui

from bot.language import Language
from palette import MAX_COLORS

from .control import Action, Control, ControlItem
from .state import HERE, State

_ROW_ON_A_PHONE = 4  # buttons; a fifth would be in a row of its own

PlannedControl = tuple[Action, Callable[[str], ControlItem]]
"""An action, and a function that builds its control from a custom id."""


def rows(
    state: State, number: int, language: Language, *, attach: bool, private: bool = False
) -> list[ui.ActionRow[Any]]:
    """Return the controls of a palette that work; ``attach`` says whether files may be sent.

    A palette among others, or a brief one, has one row; among others it is without Delete. A
    ``private`` one can be shared.
    """
    if state.several or state.brief:
        planned = [_one_row(state, language, attach=attach)]
    else:
        planned = list(_two_rows(state, language, attach=attach, private=private))
        if sum(map(len, planned)) <= _ROW_ON_A_PHONE:
            planned = [list(chain(*planned))]
    actions = [action for action, _ in chain(*planned)]
    # Where no files may be sent, the ids may be too few for the shares, and nothing shows them.
    shares = attach or private or state.origin is not None
    ids = iter(state.ids(actions, number, shares=shares))
    return [ui.ActionRow[Any](*(Control(build(next(ids))) for _, build in row)) for row in planned]


def delete_row(
    custom_id: str, language: Language, *, share_id: str | None = None
) -> ui.ActionRow[Any]:
    """Return a row of Delete, for :attr:`.Action.DELETE`, after Share if that has an id."""
    _, build = _delete(language)
    items = [Control(build(custom_id))]
    if share_id:
        items.insert(0, Control(_button(language.say("Share"))(share_id)))
    return ui.ActionRow[Any](*items)


def _two_rows(
    state: State, language: Language, *, attach: bool, private: bool
) -> Iterator[list[PlannedControl]]:
    origin = state.origin
    say = language.say
    often = [*_count_buttons(state)]
    if origin:
        often.append((Action.ADJUST, _button(say("Adjust"))))
    often.append((Action.COPY, _button(say("Copy"), style=discord.ButtonStyle.primary)))
    if attach:
        often.append((Action.DOWNLOAD, _button(say("Save"))))
    yield often
    seldom: list[PlannedControl] = []
    if origin and attach:
        seldom.append((Action.RECOLOR, _button(say("Recolour"))))
    seldom.append((Action.CHECK, _button(say("Check"))))
    if private:
        seldom.append((Action.SHARE, _button(say("Share"))))
    yield [*seldom, _delete(language)]


def _one_row(state: State, language: Language, *, attach: bool) -> list[PlannedControl]:
    say = language.say
    row: list[PlannedControl] = []
    if state.origin:
        row.append((Action.ADJUST, _button(say("Adjust"))))
    row.append((Action.COPY, _button(say("Copy"))))
    if attach:
        row.append((Action.DOWNLOAD, _button(say("Save"))))
    # Where each image is beside its palette, a message of four has no room for more. Without Save,
    # the ids of the others are too few.
    has_image = state.origin is not None and state.origin.image == HERE
    if not (attach and (state.brief or has_image)):
        if state.origin and attach:
            row.append((Action.RECOLOR, _button(say("Recolour"))))
        row.append((Action.CHECK, _button(say("Check"))))
    if not state.several:
        row.append(_delete(language))
    return row


def _count_buttons(state: State) -> Iterator[PlannedControl]:
    origin = state.origin
    if origin is None:
        return
    count, requested = len(state.palette), origin.options.colors
    # An image that gave fewer colours than requested has no others of its own.
    exhausted = count >= MAX_COLORS or (requested != "auto" and count < requested)
    fewest = max(1, len(origin.options.keep))
    yield Action.FEWER, _button("\N{MINUS SIGN}", disabled=count <= fewest)
    yield Action.MORE, _button("+", disabled=exhausted)


def _delete(language: Language) -> PlannedControl:
    return Action.DELETE, _button(language.say("Delete"))


def _button(
    label: str,
    *,
    disabled: bool = False,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> Callable[[str], ui.Button[Any]]:
    return lambda custom_id: ui.Button[Any](
        label=label, custom_id=custom_id, disabled=disabled, style=style
    )
