"""Discord's limits for messages, also those that the simulation does not check.

https://discord.com/developers/docs/components/reference
"""

from typing import Any

from simcord.components import walk_components

MAX_TEXT = 4000  # characters of all texts of a message
MAX_CONTENT = 2000  # characters of a message without such texts
MAX_COMPONENTS = 40
MAX_FILES = 10
MAX_ALT_TEXT = 1024
MAX_FORM_TITLE = MAX_FORM_LABEL = 45
MAX_FORM_PARTS = 5

ACTION_ROW, BUTTON, TEXT_DISPLAY, MEDIA_GALLERY = 1, 2, 10, 12
MENU, ROLE_MENU, CHANNEL_MENU, LABEL = 3, 6, 8, 18
MENUS = {MENU, ROLE_MENU, CHANNEL_MENU}


def check_limits(components: list[dict[str, Any]]) -> None:
    """Fail if Discord would refuse a message of these components."""
    everything = list(walk_components(components))
    assert len(everything) <= MAX_COMPONENTS
    texts = [each["content"] for each in everything if each["type"] == TEXT_DISPLAY]
    assert sum(map(len, texts)) <= MAX_TEXT
    ids = [each["custom_id"] for each in everything if "custom_id" in each]
    assert len(ids) == len(set(ids))
    assert all(1 <= len(custom_id) <= 100 for custom_id in ids)
    for each in everything:
        if each["type"] == ACTION_ROW:
            kinds = [child["type"] for child in each["components"]]
            assert (len(kinds) == 1 and kinds[0] in MENUS) or (
                set(kinds) == {BUTTON} and len(kinds) <= 5
            )
        elif each["type"] == BUTTON:
            assert 1 <= len(each["label"]) <= 80
        elif each["type"] in MENUS:
            check_menu(each)
        elif each["type"] == MEDIA_GALLERY:
            for item in each["items"]:
                assert len(item.get("description") or "") <= MAX_ALT_TEXT


def check_form(form: dict[str, Any]) -> None:
    """Fail if Discord would refuse a modal."""
    assert 1 <= len(form["title"]) <= MAX_FORM_TITLE
    assert 1 <= len(form["custom_id"]) <= 100
    assert 1 <= len(form["components"]) <= MAX_FORM_PARTS
    for label in form["components"]:
        assert 1 <= len(label["label"]) <= MAX_FORM_LABEL
        assert 1 <= len(label["component"]["custom_id"]) <= 100
        if label["component"]["type"] in MENUS:
            check_menu(label["component"])


def check_menu(menu: dict[str, Any]) -> None:
    """Fail if Discord would refuse a menu."""
    assert len(menu.get("placeholder") or "") <= 150
    if menu["type"] != MENU:
        return
    options = menu["options"]
    assert 1 <= len(options) <= 25
    assert 0 <= menu["min_values"] <= menu["max_values"] <= len(options)
    assert sum(option["default"] for option in options) <= menu["max_values"]
    assert len({option["value"] for option in options}) == len(options)
    for option in options:
        assert 1 <= len(option["label"]) <= 100
        assert len(option.get("description") or "") <= 100
