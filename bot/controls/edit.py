"""Editing one palette of a message, and nothing else in it."""

from typing import Any

import discord
from discord import ui

from bot.reply.panel import Panel
from bot.reply.uploads import Sent, file_at, files_of

from bot.reply.control import Control
from bot.reply.state import UnknownControlError
from bot.reply.state import PATTERN


def panel_in(message: discord.Message, number: int) -> tuple[ui.LayoutView, ui.Container[Any]]:
    """Return what a message shows, ready to be sent again, and the palette of this number in it.

    Raises :class:`UnknownControlError`.
    """
    view = ui.LayoutView.from_message(message, timeout=None)
    for item in list(view.walk_children()):
        if isinstance(item, ui.ActionRow):
            _make_dynamic(item)
        else:
            _refer_to_files(item)
    for item in view.children:
        if isinstance(item, ui.Container) and number in _numbers(item):
            return view, item
    raise UnknownControlError


def with_panel(
    message: discord.Message, number: int, panel: Panel
) -> tuple[ui.LayoutView, list[Sent]]:
    """Return what a message shows with another palette in a place, and the files it goes on using.

    Raises :class:`UnknownControlError`.
    """
    files = files_of(message)
    old, replaced = panel_in(message, number)
    new = ui.LayoutView(timeout=None)
    for item in old.children:
        new.add_item(panel if item is replaced else item)
    sent = {upload.uri for upload in panel.uploads}
    used = {uri for item in new.walk_children() for uri in _uris(item)} - sent
    return new, [file for file in files if file.uri in used]


def _numbers(container: ui.Container[Any]) -> set[int]:
    found = (
        PATTERN.fullmatch(item.custom_id)
        for item in container.walk_children()
        if isinstance(item, Control)
    )
    return {int(match["number"]) for match in found if match}


def _make_dynamic(row: ui.ActionRow[Any]) -> None:
    """Make the controls of a row what they were when they were first sent."""
    items = row.children
    row.clear_items()
    for item in items:
        row.add_item(Control(item))


def _refer_to_files(item: ui.Item[Any]) -> None:
    """Refer to files of the message by their names: their addresses would expire."""
    match item:
        case ui.MediaGallery():
            item.items = [_referring(picture) for picture in item.items]
        case ui.Thumbnail() | ui.File():
            item.media = _reference(item.media.url)
        case _:
            pass


def _referring(picture: discord.MediaGalleryItem) -> discord.MediaGalleryItem:
    # Not the item itself, which is the message's.
    return discord.MediaGalleryItem(
        _reference(picture.media.url), description=picture.description, spoiler=picture.spoiler
    )


def _reference(url: str) -> str:
    sent = file_at(url)
    return sent.uri if sent else url


def _uris(item: ui.Item[Any]) -> list[str]:
    match item:
        case ui.MediaGallery():
            return [picture.media.url for picture in item.items]
        case ui.Thumbnail() | ui.File():
            return [item.media.url]
        case _:
            return []
