"""Controls where not all is allowed, in messages of any age, and pressed at the same time."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import ui

import palette
from bot.guilds.guild_settings import GuildSettings
from bot.language import language_of
from bot.reply.control import Control
from bot.reply.existing import panel_in
from bot.reply.uploads import files_of
from bot.requests.cooldowns import PRESSES_PER_REQUEST
from bot.services import Services
from bot.settings import Listen, Rate

if TYPE_CHECKING:
    import simcord

    from tests.bot.conftest import File, World
    from tests.bot.controls.conftest import Pressed

pytestmark = pytest.mark.asyncio(loop_scope="session")

Ask = Callable[..., Awaitable["Pressed"]]

RED, GREEN, BLUE = (200, 30, 40), (30, 150, 60), (20, 40, 180)


@pytest.fixture
def flag(stripes: Callable[..., bytes]) -> "File":
    """Return a picture of three colours."""
    return "flag.png", stripes(RED, GREEN, BLUE)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what makes the settings of the server others than the usual."""

    def choose(**settings: object) -> None:
        async def settings_of(_guild_id: int | None) -> GuildSettings:
            return GuildSettings(Listen.EVERYWHERE, **settings)

        monkeypatch.setattr(Services, "guild_settings", staticmethod(settings_of))

    return choose


async def test_where_the_history_is_hidden_the_reply_carries_the_photo(
    world: "World", post: Ask, flag: "File"
) -> None:
    reply = await post(flag, where=world.channel_where_the_bot(read_message_history=False))
    smaller = await reply.click("fewer")
    assert len(smaller.codes) == len(reply.codes) - 1


async def test_where_no_files_may_go_a_posted_photo_is_still_adjusted(
    world: "World", post: Ask, flag: "File"
) -> None:
    reply = await post(flag, where=world.channel_where_the_bot(attach_files=False))
    assert [key.partition(":")[0] for key in reply.controls] == [
        "fewer",
        "more",
        "adjust",
        "copy",
        "check",
    ]
    fewer = await reply.click("fewer")
    assert len(fewer.codes) == 2
    assert not fewer.sent
    assert not (await fewer.click("check")).sent


async def test_where_no_files_may_go_a_command_gives_codes_to_copy_and_check(
    world: "World", slash: Ask, flag: "File"
) -> None:
    reply = await slash(flag, where=world.channel_where_the_bot(attach_files=False))
    assert list(reply.controls) == ["copy:1", "check:1"]
    assert (await reply.click("copy")).message.content.count("#") == 3
    assert "Tritanopia" in (await reply.click("check")).text


async def test_where_files_may_go_later_they_tell_the_true_shares(
    world: "World", post: Ask, stripes: Callable[..., bytes]
) -> None:
    where = world.channel_where_the_bot(attach_files=False)
    picture = stripes(RED, RED, RED, BLUE)
    reply = await post(("uneven.png", picture), where=where)
    assert "file:1" not in reply.controls
    world.env.backend.channels[where.id].overwrites.clear()
    files = await (await reply.click("adjust")).click("file")
    sent = await files.select("sheet", "png")
    (card,) = sent.sent
    assert sent.file(card) == palette.render_card(palette.extract(picture, 10))


async def test_a_hidden_picture_stays_hidden(
    slash: Ask, flag: "File", bob: "simcord.MemberActor"
) -> None:
    reply = await slash(("SPOILER_flag.png", flag[1]))
    hidden = {"SPOILER_palette-1.png", "SPOILER_picture-1.webp"}
    assert set(reply.sent) == hidden
    fewer = await reply.click("fewer")
    copy = await fewer.seen_by(bob).click("fewer")
    redrawn = await copy.click("recolor")
    assert set(fewer.sent) == set(copy.sent) == hidden
    assert set(redrawn.sent) == {"SPOILER_picture-1.webp", "SPOILER_redrawn-1.png"}
    for each in (reply, fewer, copy, redrawn):
        assert all(picture.spoiler for picture in each.pictures)
        (container,) = (item for item in each.items if isinstance(item, ui.Container))
        assert container.spoiler


async def test_a_source_that_is_not_shown_goes_along_as_a_file(
    slash: Ask, flag: "File", chosen: Callable[..., None]
) -> None:
    chosen(show_source=False)
    reply = await slash(flag)
    fewer = await reply.click("fewer")
    for each in (reply, fewer):
        assert set(each.sent) == {"palette-1.png", "picture-1.webp"}
        assert not any(isinstance(item, ui.Thumbnail) for item in each.items)
    assert len(fewer.codes) == 2


async def test_to_look_for_a_palette_leaves_the_message_as_it_is(slash: Ask, flag: "File") -> None:
    message = (await slash(flag)).message
    before = files_of(message)
    view, _ = panel_in(message, 1)
    assert "attachment://palette-1.png" in str(view.to_components())
    assert files_of(message) == before


async def test_only_those_who_may_use_the_bot_press(
    post: Ask, flag: "File", chosen: Callable[..., None]
) -> None:
    reply = await post(flag)
    chosen(roles=frozenset({1}))
    told = await reply.click("fewer")
    assert told.private
    assert "<@&1>" in told.text
    assert reply.now().codes == reply.codes


@pytest.mark.parametrize(
    "custom_id", ["hh9:fewer:1:AAAA", "hh1:fewer:1:AAAA", "hh1:unheard:1:AAECAwQF", "hh1:more:1:"]
)
async def test_controls_of_another_version_say_so(world: "World", custom_id: str) -> None:
    view = ui.LayoutView(timeout=None)
    button = ui.Button[Any](label="Old", custom_id=custom_id)
    view.add_item(ui.ActionRow[Any](Control(button)))
    channel = world.client.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send(view=view)
    result = await world.alice.click(message, label="Old")
    told = result.response or result.followups[0]
    assert told.ephemeral
    assert "I have changed since" in told.content


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("number", ["x"]),
        ("number", ["0"]),
        ("number", []),
        ("number", ["1", "2"]),
        ("order", ["zzz"]),
        ("keep", ["#zz"]),
        ("leave", ["#123456"]),
    ],
)
async def test_a_choice_that_no_menu_offers_is_refused(
    post: Ask, flag: "File", action: str, values: list[str]
) -> None:
    expanded = await (await post(flag)).click("adjust")
    told = await expanded.forge(action, *values)
    assert told.private
    assert "I have changed since" in told.text
    assert expanded.now().codes == expanded.codes


@pytest.mark.parametrize("action", ["notation", "program"])
async def test_a_choice_that_no_private_menu_offers_is_refused(
    post: Ask, flag: "File", action: str
) -> None:
    opened = {"notation": "copy", "program": "file"}[action]
    told = await (await (await post(flag)).click(opened)).forge(action, "zzz")
    assert "I have changed since" in told.text


async def test_in_direct_messages_everything_works(world: "World", flag: "File") -> None:
    you = world.alice.user
    result = await you.slash("palette", image=flag)
    result = await you.click(result.response.message, label="\N{MINUS SIGN} Fewer")
    assert "#c81e28" in str(result.response.components)
    result = await you.click(result.response.message, label="Recolour")
    assert len(result.response.attachments) == 0
    assert "redrawn-1.png" in str(result.response.components)


@pytest.fixture
def meanwhile(world: "World", monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what has a control pressed while the bot works on the next press."""

    def press(reply: "Pressed", action: str, number: int = 1) -> None:
        harvest = world.client.services.process
        presses = iter([(action, number)])

        async def harvest_while_another_press_comes(*args: object, **keywords: object) -> object:
            for each in presses:
                reply.prepare_click(*each)()
            await asyncio.sleep(0)
            return await harvest(*args, **keywords)

        monkeypatch.setattr(Services, "process", staticmethod(harvest_while_another_press_comes))

    return press


async def test_presses_at_the_same_time_do_not_undo_each_other(
    post: Ask, flower: "File", flag: "File", meanwhile: Callable[..., None]
) -> None:
    reply = await post(flower, flag)
    meanwhile(reply, "fewer", 2)
    await reply.click("fewer", 1)
    now = reply.now()
    assert now.blocks[0] == list(palette.extract(flower[1], 9).hex)
    assert len(now.blocks[1]) == 2


async def test_menus_asked_for_meanwhile_are_those_of_the_new_palette(
    post: Ask, flag: "File", meanwhile: Callable[..., None]
) -> None:
    reply = await post(flag)
    meanwhile(reply, "adjust")
    await reply.click("fewer")
    now = reply.now()
    assert len(now.codes) == 2
    assert [option.value for option in now.controls["keep:1"].options] == now.codes


async def test_menus_stay_when_a_press_comes_that_was_made_before_them(
    world: "World", post: Ask, flag: "File"
) -> None:
    reply = await post(flag)
    click = reply.prepare_click("fewer")
    await reply.click("adjust")
    click()
    await world.env.settle()
    now = reply.now()
    assert len(now.codes) == 2
    assert "keep:1" in now.controls


async def test_a_bot_that_stops_finishes_what_was_pressed(
    world: "World", post: Ask, flag: "File", monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = await post(flag)
    client, harvest = world.client, world.client.services.process
    closing: list[asyncio.Task[None]] = []

    async def harvest_while_stopping(*args: object, **keywords: object) -> object:
        closing.append(asyncio.create_task(client.close()))
        await asyncio.sleep(0)
        return await harvest(*args, **keywords)

    monkeypatch.setattr(Services, "process", staticmethod(harvest_while_stopping))
    fewer = await reply.click("fewer")
    assert len(fewer.codes) == 2
    await asyncio.gather(*closing)


async def test_who_presses_without_end_is_told_to_wait(
    open_world: Callable[..., AbstractAsyncContextManager["World"]], flag: "File"
) -> None:
    async with open_world(user_limit=Rate(2, 60)) as world:
        reply = await world.post(flag)
        assert reply is not None
        for _ in range(2 * PRESSES_PER_REQUEST):
            result = await world.alice.click(reply.message, label="Copy all")
            assert "```" in result.response.content
        result = await world.alice.click(reply.message, label="Copy all")
        assert re.search(r"wait|again in \d+", result.response.content)


async def test_each_reads_their_own_language(
    post: Ask, flag: "File", bob: "simcord.MemberActor", chosen: Callable[..., None]
) -> None:
    chosen(language="de")
    reply = await post(flag)
    german = language_of("de").say("Copy all")
    changed = await reply.click("fewer")
    expanded = await changed.click("adjust")
    copy = await expanded.seen_by(bob).click("fewer")
    for public in (reply, changed, expanded):
        assert public.controls["copy:1"].label == german
    assert copy.controls["copy:1"].label == "Copy all" != german
