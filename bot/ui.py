"""Ids for menus, so that clients show what was chosen last, whoever chose it."""

import json
import zlib
from typing import Any, TypeVar

from discord import ui

Menu = TypeVar("Menu", bound=ui.Select[Any] | ui.ChannelSelect[Any] | ui.RoleSelect[Any])


def with_own_id(menu: Menu) -> Menu:
    """Give a menu an id that depends on all it shows.

    In a message that is edited, a client may keep what was chosen in the menu of the same id.
    """
    shown = json.dumps(menu.to_component_dict(), sort_keys=True, default=str)
    menu.id = 1 + zlib.crc32(shown.encode()) % (2**31 - 1)  # a positive number of 32 bits
    return menu
