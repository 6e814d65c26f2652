"""The names and descriptions of commands, in every language."""

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord.app_commands.commands import VALID_SLASH_COMMAND_NAME

from tests.bot.catalogues import BRITISH, LOCALES, TRANSLATIONS, catalogue, source_texts
from tests.bot.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


def synced_commands(world: World) -> list[dict[str, Any]]:
    (sync,) = (request for request in world.env.http_requests if request.method == "PUT")
    return sync.json


def parts_of(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a command, its options and their choices."""
    yield command
    for part in (*command.get("options", ()), *command.get("choices", ())):
        yield from parts_of(part)


def localized(part: dict[str, Any], field: str, locale: str) -> str:
    """Return a text of a command as Discord shows it in a locale."""
    return (part.get(f"{field}_localizations") or {}).get(locale, part[field])


def texts_of(command: dict[str, Any], locale: str) -> Iterator[tuple[str, str]]:
    """Yield each text of a command in English, and as Discord shows it in a locale."""
    for part in parts_of(command):
        for field in ("name", "description"):
            if part.get(field):
                yield part[field], localized(part, field, locale)


async def test_every_text_is_marked_for_translation(world: World) -> None:
    source = source_texts()
    commands = synced_commands(world)
    texts = [text for command in commands for text, _ in texts_of(command, "en-GB")]
    assert texts
    assert [text for text in texts if text not in source] == []


@pytest.mark.parametrize(
    ("code", "locale"), [(code, locale) for code in TRANSLATIONS for locale in LOCALES[code]]
)
async def test_every_text_is_translated(world: World, code: str, locale: str) -> None:
    translations = catalogue(code)
    for command in synced_commands(world):
        for text, translated in texts_of(command, locale):
            assert translated == translations[text].string, text


async def test_americans_read_american_english(world: World) -> None:
    texts = [shown for command in synced_commands(world) for _, shown in texts_of(command, "en-US")]
    assert "How many colors to look for" in texts
    assert not [text for text in texts if BRITISH.search(text)]


@pytest.mark.parametrize("locale", [locale for locales in LOCALES.values() for locale in locales])
async def test_they_are_within_discords_limits(world: World, locale: str) -> None:
    commands = synced_commands(world)
    for kind in discord.AppCommandType:
        check_names([each for each in commands if each["type"] == kind.value], locale)
    for command in commands:
        is_slash = command["type"] == discord.AppCommandType.chat_input.value
        for part in parts_of(command):
            check_part(part, locale, is_slash=is_slash)


def check_names(parts: list[dict[str, Any]], locale: str) -> None:
    names = [localized(part, "name", locale) for part in parts]
    assert len(set(names)) == len(names), names


def check_part(part: dict[str, Any], locale: str, *, is_slash: bool) -> None:
    name = localized(part, "name", locale)
    is_choice = "value" in part
    assert 1 <= len(name) <= (100 if is_choice else 32), name
    if is_slash and not is_choice:
        assert VALID_SLASH_COMMAND_NAME.match(name), name
        assert name == name.lower()
        assert 1 <= len(localized(part, "description", locale)) <= 100, name
    check_names(part.get("options", []), locale)
    check_names(part.get("choices", []), locale)
