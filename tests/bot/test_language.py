"""Everything the bot says exists in all its languages, says the same, and fits."""

import ast
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from discord import app_commands, ui
from discord.app_commands.commands import VALID_SLASH_COMMAND_NAME

from bot import language
from bot.commands.tree import CatalogueTranslator
from bot.language import LANGUAGES, Language, language_of
from palette.export.formats import FORMATS

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from tests.bot.conftest import World

SOURCE = Path(language.__file__).parent
CATALOGUES = SOURCE / "locale"
KEYWORDS = {"say": None, "plural": (1, 2), "N_": None, "locale_str": None}
# The languages by Discord's names for them.
LOCALES = {
    "de": ["de"],
    "es": ["es-ES", "es-419"],
    "fr": ["fr"],
    "pt_BR": ["pt-BR"],
    "ro": ["ro"],
    "ja": ["ja"],
}
# Discord's limits, in characters, for what is given by these names; a button has less room.
LIMITS = {"label": 100, "placeholder": 150, "description": 1024, "title": 45}
BUTTON_LABEL = 80
COMMAND_DESCRIPTION = 100

in_each_language = pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])


def texts_in(message: Message) -> tuple[str, ...]:
    """Return the forms of a text in English: one, or two where there is a plural."""
    return message.id if isinstance(message.id, tuple) else (message.id,)


def translations_in(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if message.pluralizable else (message.string,)


def fields_in(text: str) -> set[str]:
    """Return the placeholders of a text, with their formats."""
    return {
        f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(text) if name is not None
    }


def name_of(call: ast.Call) -> str:
    """Return the name of what is called, be it ``say``, ``language.say`` or ``ui.Button[Any]``."""
    called = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    return getattr(called, "attr", getattr(called, "id", ""))


def calls_in_source() -> Iterator[tuple[str, ast.Call]]:
    """Yield each call in the bot's source, and the name of what is called."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield name_of(node), node


def marked(call: ast.AST) -> Iterator[str]:
    """Yield the texts that are marked in some code."""
    for node in ast.walk(call):
        if isinstance(node, ast.Call):
            name = name_of(node)
            for argument in node.args[: 2 if name == "plural" else 1] if name in KEYWORDS else ():
                if isinstance(argument, ast.Constant):
                    yield argument.value


@pytest.fixture(scope="session")
def source() -> Catalog:
    """Return all that Babel finds in the bot."""
    found = Catalog()
    for _, _, message, _, _ in extract_from_dir(SOURCE, keywords=KEYWORDS):
        found.add(message)
    return found


@pytest.fixture
def catalogue(code: str) -> Catalog:
    with (CATALOGUES / code / "LC_MESSAGES" / "hueharvest.po").open("rb") as file:
        return read_po(file, code)


def test_every_marked_text_is_found(source: Catalog) -> None:
    found = {text for message in source if message.id for text in texts_in(message)}
    assert len(found) > 50
    # Babel does not look into f-strings.
    assert {text for _, call in calls_in_source() for text in marked(call)} <= found


@in_each_language
def test_every_text_is_translated_and_nothing_else(
    code: str, source: Catalog, catalogue: Catalog
) -> None:
    wanted = {message.id for message in source if message.id}
    translated = {
        message.id for message in catalogue if message.id and all(translations_in(message))
    }
    assert wanted - translated == set()
    assert {message.id for message in catalogue if message.id} - wanted == set()
    assert not catalogue.obsolete
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert catalogue.locale is not None
    assert str(catalogue.locale) == code


@in_each_language
def test_translations_have_the_same_placeholders(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id and all(translations_in(message)):
            english = [fields_in(text) for text in texts_in(message)]
            *others, last = [fields_in(text) for text in translations_in(message)]
            assert last == english[-1], message.id
            # A form for a single thing may do without its number.
            assert all(fields in english for fields in others), message.id
            if message.pluralizable:
                assert len(others) + 1 == catalogue.num_plurals, message.id


def limited_texts() -> Iterator[tuple[str, int]]:
    """Yield the texts of buttons, menus and the like, and how long each may be."""
    for name, call in calls_in_source():
        for argument in call.keywords:
            limit = LIMITS.get(argument.arg or "", 0)
            if argument.arg == "label" and name.lower().endswith("button"):
                limit = BUTTON_LABEL
            if argument.arg == "description" and name == "SelectOption":
                limit = COMMAND_DESCRIPTION
            for text in marked(argument.value) if limit else ():
                yield text, limit


def test_controls_have_room_for_their_texts() -> None:
    limited = list(limited_texts())
    assert limited
    assert all(len(text) <= limit for text, limit in limited)


@in_each_language
def test_controls_have_room_for_their_translations(catalogue: Catalog) -> None:
    for text, limit in limited_texts():
        if message := catalogue.get(text):
            assert all(len(form) <= limit for form in translations_in(message)), text


class TestCommands:
    """What Discord is told of the commands."""

    pytestmark = pytest.mark.asyncio(loop_scope="session")

    async def test_all_their_texts_are_marked(
        self,
        open_world: "Callable[..., AbstractAsyncContextManager[World]]",
        source: Catalog,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        asked_for: set[str] = set()
        translate = CatalogueTranslator.translate

        async def watched(
            self: CatalogueTranslator, text: app_commands.locale_str, *others: object
        ) -> str | None:
            asked_for.add(text.message)
            return await translate(self, text, *others)

        monkeypatch.setattr(CatalogueTranslator, "translate", watched)
        async with open_world():
            assert asked_for
            assert [text for text in asked_for if text not in source] == []

    @in_each_language
    async def test_they_are_translated_and_fit(
        self, world: "World", code: str, catalogue: Catalog
    ) -> None:
        for command in synced(world):
            for text, translations in localized(command):
                for locale in LOCALES[code]:
                    expected = catalogue[text].string or text
                    assert translations.get(locale, text) == expected, text
        for locale in LOCALES[code]:
            check_limits(synced(world), locale)

    async def test_they_fit_in_english(self, world: "World") -> None:
        check_limits(synced(world), "en-US")


def synced(world: "World") -> list[dict[str, Any]]:
    (sync,) = (request for request in world.env.http_requests if request.method == "PUT")
    return sync.json


def parts_of(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a command, its options and their choices."""
    yield command
    for part in (*command.get("options", ()), *command.get("choices", ())):
        yield from parts_of(part)


def localized(command: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each text of a command, and what it is in the locales where it is another."""
    for part in parts_of(command):
        for field in ("name", "description"):
            if part.get(field):
                yield part[field], part.get(f"{field}_localizations") or {}


def check_limits(commands: list[dict[str, Any]], locale: str) -> None:
    """Check what Discord checks when it is told the commands."""

    def shown(part: dict[str, Any], field: str) -> str:
        return (part.get(f"{field}_localizations") or {}).get(locale, part[field])

    def check_names(parts: list[dict[str, Any]]) -> None:
        names = [shown(part, "name") for part in parts]
        assert len(set(names)) == len(names), names

    for kind in discord.AppCommandType:
        check_names([command for command in commands if command["type"] == kind.value])
    for command in commands:
        is_slash = command["type"] == discord.AppCommandType.chat_input.value
        for part in parts_of(command):
            name = shown(part, "name")
            is_choice = "value" in part
            assert 1 <= len(name) <= (100 if is_choice else 32), name
            if is_slash and not is_choice:
                assert VALID_SLASH_COMMAND_NAME.match(name), name
                assert name == name.lower()
                assert 1 <= len(shown(part, "description")) <= COMMAND_DESCRIPTION, name
            check_names(part.get("options", []))
            check_names(part.get("choices", []))


class TestMessages:
    """What people are shown."""

    pytestmark = pytest.mark.asyncio(loop_scope="session")

    @pytest.mark.parametrize("code", LANGUAGES)
    async def test_everything_fits(
        self,
        world: "World",
        code: str,
        stripes: Callable[..., bytes],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """SimCord refuses what Discord would: the bot would log that as unexpected."""
        speak(world, code, monkeypatch)
        await world.client.services.guilds.choose(world.env.guild.id, "language", code)
        await use_everything(world, stripes)
        assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []

    async def test_every_text_is_marked(
        self,
        world: "World",
        source: Catalog,
        stripes: Callable[..., bytes],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        said = listen(monkeypatch)
        await use_everything(world, stripes)
        names_of_programs = {each.programs for each in FORMATS.values()}
        assert {text for text in said - names_of_programs if text not in source} == set()


async def use_everything(world: "World", stripes: Callable[..., bytes]) -> None:
    """Give the commands, and press all buttons of a palette, as someone who manages the server."""
    may_manage = discord.Permissions(manage_guild=True)
    role = world.env.guild.create_role("managers", permissions=may_manage)
    manager = world.env.guild.add_member(world.env.create_user("manager"), roles=[role])
    for command in ("palette-settings", "help"):
        assert (await manager.slash(world.channel, command)).response is not None
    image = "stripes.png", stripes((200, 30, 40), (30, 150, 60), (20, 40, 180))
    reply = await manager.slash(world.channel, "palette", image=image)
    assert len(await press_all(manager, reply.response)) > 5


def listen(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the set of texts, in English, to which each that is said is added."""
    said: set[str] = set()
    for method in (Language.say, Language.plural):

        def heard(
            self: Language,
            text: str,
            *arguments: object,
            method: Callable[..., str] = method,
            **values: object,
        ) -> str:
            said.add(text)
            return method(self, text, *arguments, **values)

        monkeypatch.setattr(Language, method.__name__, heard)
    return said


def speak(world: "World", code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everyone use Discord in a language, which SimCord cannot do yet."""
    emit = world.env.backend.emit

    def emit_localized(event: str, payload: dict[str, Any], **others: object) -> None:
        if event == "INTERACTION_CREATE":
            payload = payload | {"locale": LOCALES.get(code, ["en-US"])[0]}
        emit(event, payload, **others)

    monkeypatch.setattr(world.env.backend, "emit", emit_localized)


async def press_all(person: simcord.MemberActor, shown: simcord.ResponseMessage) -> set[str]:
    """Press each button of a message, and of the messages that appear then; return the labels."""
    pressed: set[str] = set()
    messages = [shown]
    while messages:
        message = messages.pop()
        kind = ui.LayoutView if message.flags.components_v2 else ui.View
        for button in kind.from_message(message.message).walk_children():
            if isinstance(button, ui.Button) and not (button.disabled or button.label in pressed):
                pressed.add(button.label)
                result = await person.click(message, label=button.label)
                messages += [message, *result.followups, *filter(None, [result.response])]
                break
    return pressed


class TestLanguage:
    """How a text is said, with a catalogue made here."""

    @pytest.fixture(autouse=True)
    def small_catalogue(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        romanian = Catalog(locale="ro")
        romanian.add("Hello, {name}.", "Bună, {name}.")
        romanian.add(
            ("{count} image", "{count} images"),
            ("o imagine", "{count} imagini", "{count} de imagini"),
        )
        romanian.add("Not yet.", "")
        file = tmp_path / "ro" / "LC_MESSAGES" / "hueharvest.po"
        file.parent.mkdir(parents=True)
        with file.open("wb") as opened:
            write_po(opened, romanian)
        monkeypatch.setattr(language, "_LOCALE", tmp_path)
        language._load.cache_clear()  # noqa: SLF001, as a new process
        yield
        language._load.cache_clear()  # noqa: SLF001, the same

    def test_a_text_is_said_with_its_values(self) -> None:
        assert language_of("ro").say("Hello, {name}.", name="Ana") == "Bună, Ana."

    def test_the_form_goes_with_the_number(self) -> None:
        def images(count: int) -> str:
            return language_of("ro").plural("{count} image", "{count} images", count)

        assert [images(1), images(2), images(20)] == ["o imagine", "2 imagini", "20 de imagini"]

    @pytest.mark.parametrize("text", ["Not yet.", "Never heard of."])
    def test_what_is_not_translated_is_english(self, text: str) -> None:
        assert language_of("ro").say(text) == text

    def test_english_needs_no_catalogue(self) -> None:
        english = language_of(discord.Locale.british_english)
        assert english.code == "en"
        assert english.say("Hello, {name}.", name="Ana") == "Hello, Ana."
        assert english.plural("{count} image", "{count} images", 1) == "1 image"
        assert english.plural("{count} image", "{count} images", 0) == "0 images"

    @pytest.mark.parametrize("locale", [*discord.Locale, None, "tlh"])
    def test_every_locale_has_a_language(self, locale: discord.Locale | str | None) -> None:
        spoken = {name: code for code, names in LOCALES.items() for name in names}
        assert language_of(locale).code == spoken.get(str(locale), "en")
