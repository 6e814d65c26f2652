"""Discord's limits for what a message shows, and what its menus have in common."""

import json
import zlib
from typing import Any, TypeVar

from discord import SelectOption, ui

# https://discord.com/developers/docs/components/reference; all in characters but the last two.
MAX_TEXT = 4000  # of all text displays of one message
MAX_ALT_TEXT = 1024
MAX_OPTION_LABEL = 100
MAX_CUSTOM_ID = 100
MAX_OPTIONS = 25  # of one menu, and the most that can be chosen in it
MAX_GALLERY_ITEMS = 10

Menu = ui.Select[Any] | ui.ChannelSelect[Any] | ui.RoleSelect[Any]
MenuT = TypeVar("MenuT", bound=Menu)


def menu(
    custom_id: str, placeholder: str, options: list[SelectOption], *, max_chosen: int | None = None
) -> ui.Select[Any]:
    """Return a menu of exactly one choice, or of none to ``max_chosen``."""
    return with_content_id(
        ui.Select[Any](
            custom_id=custom_id,
            placeholder=placeholder,
            min_values=1 if max_chosen is None else 0,
            max_values=1 if max_chosen is None else max_chosen,
            options=options,
        )
    )


def with_content_id(menu: MenuT) -> MenuT:
    """Give a menu a component id that depends on all it shows.

    When a message is edited, a client may keep showing what was chosen in the menu of the same id.
    """
    shown = json.dumps(menu.to_component_dict(), sort_keys=True, default=str)
    menu.id = 1 + zlib.crc32(shown.encode()) % (2**31 - 1)  # a positive number of 32 bits
    return menu
