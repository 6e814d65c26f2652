"""All that people are shown, in every language: it fits, and none of it is forgotten."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import discord
import pytest
import simcord
from discord import ui
from PIL import Image

from bot.language import Language
from bot.launch.invitation import PERMISSIONS
from bot.settings import Listen, Rate
from palette import FORMATS
from tests.bot.catalogues import BRITISH, LOCALES, source_texts
from tests.bot.colors import BLUE, GREEN, RED
from tests.bot.controls.pressed import menus_of
from tests.bot.limits import check_limits
from tests.bot.world import File, World, items_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

OpenWorld = Callable[..., AbstractAsyncContextManager[World]]
EVERY_LOCALE = [locale for locales in LOCALES.values() for locale in locales]
UNLIMITED = {"user_limit": Rate(10**9, 1), "server_limit": Rate(10**9, 1)}
NO_PERMISSIONS = {name: False for name, is_needed in PERMISSIONS if is_needed}


def animation() -> File:
    first, *others = (Image.new("L", (8, 8), 5 * shade) for shade in range(30))
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others)
    return "animation.gif", file.getvalue()


async def use_everything(world: World, stripes: Callable[..., bytes]) -> None:
    """Use the bot in every way, as somebody who manages the server."""
    manager = world.add_manager()
    forbidden = world.channel_with_bot_permissions(**NO_PERMISSIONS)
    image = "stripes.png", stripes(RED, GREEN, BLUE)
    files = [image, animation(), ("a.png", b"-")]
    posted = await manager.send(world.channel, world.client.user.mention, attachments=files)
    await manager.send(world.channel, attachments=[image] * 5)
    results = [
        await manager.slash(world.channel, "help"),
        await manager.slash(forbidden, "help"),
        await manager.user.slash("help"),
        await manager.context_menu(world.channel, "Palette", posted),
        await manager.slash(world.channel, "palette"),
        await manager.slash(world.channel, "palette", image=animation()),
        await manager.slash(world.channel, "palette", image=("one.png", stripes(RED))),
        await manager.slash(world.channel, "palette", image=("photo.png", b"text")),
        await manager.slash(world.channel, "palette", image=image, private=True),
        await palette_of_many(manager, world, [image, ("a.png", b"-")]),
        await palette_of_many(manager, world, [("a.png", b"-"), ("b.png", b"\xff\xd8\xff")]),
        await manager.slash(world.channel, "color", color="#c0392b"),
        await manager.slash(world.channel, "color", color="white", private=True),
        await manager.slash(forbidden, "color", color="white"),
        await manager.slash(world.channel, "color", color="no such colour"),
        await manager.slash(world.channel, "palette-ignore-me"),
        await manager.slash(world.channel, "palette-ignore-me"),
        await manager.slash(world.channel, "palette-settings"),
    ]
    used = {control for result in results for control in await use_controls(manager, result)}
    assert used >= {"fewer", "more", "adjust", "copy", "file", "recolor", "check", "dither"}
    assert used >= {"delete", "notation", "one", "program", "code", "sheet"}
    assert used >= {"share", "sharecolor", "theme"}
    assert used >= {
        "image",
        "listen",
        "colors",
        "style",
        "order",
        "brief",
        "show_source",
        "language",
        "reset",
    }


async def palette_of_many(
    person: simcord.MemberActor, world: World, images: list[File]
) -> simcord.InteractionResult:
    opened = await person.slash(world.channel, "palette-of-many")
    return await person.submit_modal(opened, {"images": images, "colors": ["3"]})


async def use_controls(person: simcord.MemberActor, result: simcord.InteractionResult) -> set[str]:
    """Use each control of the answer, and of the messages that appear then; return their names.

    What deletes the message comes last.
    """
    used: set[str] = set()
    messages = messages_of(result)
    while messages:
        message = messages.pop()
        controls = sorted(
            controls_in(message.message), key=lambda each: name_of(each.custom_id) == "delete"
        )
        for control in controls:
            if (name := name_of(control.custom_id)) not in used:
                used.add(name)
                messages += [message, *messages_of(await use(person, message, control))]
                break
    return used


def messages_of(result: simcord.InteractionResult) -> list[simcord.ResponseMessage]:
    return [*result.followups, *([result.response] if result.response else [])]


def controls_in(message: discord.Message) -> Iterator[ui.Button[Any] | ui.Select[Any]]:
    """Yield what can be used in a message, but for menus of channels and roles."""
    for item in items_in(message):
        is_link = isinstance(item, ui.Button) and item.url
        if isinstance(item, ui.Button | ui.Select) and not item.disabled and not is_link:
            yield item


def name_of(custom_id: str) -> str:
    """Return the action of a control of a palette, or the field of one of the settings."""
    return custom_id.split(":")[1] if ":" in custom_id else custom_id


async def use(
    person: simcord.MemberActor,
    message: simcord.ResponseMessage,
    control: ui.Button[Any] | ui.Select[Any],
) -> simcord.InteractionResult:
    """Press a button, or choose the last option of a menu; fill in a form in the same way."""
    if isinstance(control, ui.Button):
        result = await person.click(message, custom_id=control.custom_id)
        if result.modal is None:
            return result
        last_ones = {menu["custom_id"]: [menu["options"][-1]["value"]] for menu in menus_of(result)}
        return await person.submit_modal(result, last_ones)
    last = control.options[-1].value
    return await person.select(message, [last], custom_id=control.custom_id)


def shown_messages(world: World) -> Iterator[dict[str, Any]]:
    """Yield every message that the bot has sent, as Discord received it."""
    for request in world.env.http_requests:
        if request.method in {"POST", "PATCH"} and isinstance(request.json, dict):
            yield request.json.get("data") or request.json


@pytest.mark.parametrize("locale", EVERY_LOCALE)
async def test_everything_fits(
    open_world: OpenWorld,
    locale: str,
    stripes: Callable[..., bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """SimCord refuses what Discord would, which the bot logs as unexpected."""
    async with open_world(locale=locale, **UNLIMITED) as world:
        await use_everything(world, stripes)
        assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []
        for message in shown_messages(world):
            check_limits(message.get("components") or [])


@pytest.mark.parametrize("listen", [Listen.MENTIONS, Listen.OFF])
@pytest.mark.parametrize("locale", EVERY_LOCALE)
async def test_help_and_settings_fit_whatever_the_host_allows(
    open_world: OpenWorld, locale: str, listen: Listen, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_world(locale=locale, listen=listen) as world:
        manager = world.add_manager()
        for command in ("help", "palette-settings"):
            assert (await manager.slash(world.channel, command)).response is not None
        assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []
        for message in shown_messages(world):
            check_limits(message.get("components") or [])


async def test_americans_read_american_english(
    open_world: OpenWorld, stripes: Callable[..., bytes]
) -> None:
    for listen in Listen:
        async with open_world(locale="en-US", listen=listen, **UNLIMITED) as world:
            await use_everything(world, stripes)
            text = json.dumps(list(shown_messages(world)), ensure_ascii=False)
            assert "Colors in a palette" in text
            code_block = "```.*?```"  # the library's own output
            assert not BRITISH.search(re.sub(code_block, "", text))


async def test_every_text_is_marked_for_translation(
    open_world: OpenWorld, stripes: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = record_texts(monkeypatch)
    for listen in Listen:
        async with open_world(listen=listen, **UNLIMITED) as world:
            await use_everything(world, stripes)
    source = source_texts()
    names_of_programs = {each.programs for each in FORMATS.values()}
    assert "There is only one colour: nothing to compare it with." in said
    assert "That was quick! Please try again in {e.seconds} s." not in said
    assert {text for text in said - names_of_programs if text not in source} == set()


def record_texts(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the set of texts, in English, to which each that is said is added."""
    said: set[str] = set()
    for method in (Language.say, Language.plural):

        def record(
            self: Language,
            text: str,
            /,  # a value may be called text, too
            *arguments: object,
            method: Callable[..., str] = method,
            **values: object,
        ) -> str:
            said.add(text)
            return method(self, text, *arguments, **values)

        monkeypatch.setattr(Language, method.__name__, record)
    return said
