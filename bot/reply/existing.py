"""What an earlier reply shows, made ready to be edited and sent again."""

from typing import Any

import discord
from discord import ui

from .control import Control, ControlItem
from .panel import Panel
from .state import PATTERN, State, UnknownControlError
from .uploads import SentFile, file_at, files_of


def controls_in(message: discord.Message) -> list[ControlItem]:
    """Return every button and text menu of a message."""
    kind = ui.LayoutView if message.flags.components_v2 else ui.View
    items = kind.from_message(message, timeout=None).walk_children()
    return [item for item in items if isinstance(item, ui.Button | ui.Select)]


def state_in(message: discord.Message, number: int) -> State:
    """Return the state of palette ``number``. Raises :class:`UnknownControlError`."""
    ids = (control.custom_id for control in controls_in(message))
    return State.read([custom_id for custom_id in ids if custom_id], number)


def panel_in(message: discord.Message, number: int) -> tuple[ui.LayoutView, ui.Container[Any]]:
    """Return what a message shows, ready to be sent again, and its palette of this number.

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


def title_in(message: discord.Message, number: int) -> str:
    """Return the line that says which of several palettes this is; empty if there is none.

    Raises :class:`UnknownControlError`.
    """
    _, panel = panel_in(message, number)
    first = first_text(panel).partition("\n")[0]
    return first.removeprefix("-# ") if first.startswith("-# ") else ""


def first_text(shown: ui.LayoutView | ui.Container[Any]) -> str:
    """Return what the first text of a message or of a panel says; empty if there is none."""
    texts = (item.content for item in shown.walk_children() if isinstance(item, ui.TextDisplay))
    return next(texts, "")


def with_panel(
    message: discord.Message, number: int, panel: Panel
) -> tuple[ui.LayoutView, list[SentFile]]:
    """Return what a message shows with one palette replaced, and the files it still uses.

    Raises :class:`UnknownControlError`.
    """
    files = files_of(message)
    old, replaced = panel_in(message, number)
    new = ui.LayoutView(timeout=None)
    for item in old.children:
        new.add_item(panel if item is replaced else item)
    uploaded = {upload.uri for upload in panel.uploads}
    used = {uri for item in new.walk_children() for uri in _uris(item)} - uploaded
    return new, [file for file in files if file.uri in used]


def _numbers(container: ui.Container[Any]) -> set[int]:
    found = (
        PATTERN.fullmatch(item.custom_id)
        for item in container.walk_children()
        if isinstance(item, Control)
    )
    return {int(match["number"]) for match in found if match}


def _make_dynamic(row: ui.ActionRow[Any]) -> None:
    """Turn the controls of a row into what they were when first sent."""
    items = row.children
    row.clear_items()
    for item in items:
        row.add_item(Control(item))


def _refer_to_files(item: ui.Item[Any]) -> None:
    """Refer to files of the message by name: their addresses would expire."""
    match item:
        case ui.MediaGallery():
            item.items = [_referring(image) for image in item.items]
        case ui.Thumbnail() | ui.File():
            item.media = _reference(item.media.url)
        case _:
            pass


def _referring(image: discord.MediaGalleryItem) -> discord.MediaGalleryItem:
    # A new item, because the old one belongs to the message.
    return discord.MediaGalleryItem(
        _reference(image.media.url), description=image.description, spoiler=image.spoiler
    )


def _reference(url: str) -> str:
    sent = file_at(url)
    return sent.uri if sent else url


def _uris(item: ui.Item[Any]) -> list[str]:
    match item:
        case ui.MediaGallery():
            return [image.media.url for image in item.items]
        case ui.Thumbnail() | ui.File():
            return [item.media.url]
        case _:
            return []
