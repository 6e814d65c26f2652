"""Share: what only one person sees is posted for everyone, once, where that person may."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import discord
import pytest
import simcord
from discord import ui

from bot.settings import Listen, Rate
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.world import File, World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSAL = "You can't post that here, so I don't either."


def shared_in(world: World, where: simcord.ChannelHandle | None = None) -> list[Pressed]:
    """Return what everyone sees in a channel, as Alice sees it."""
    history = (where or world.channel).history()
    return [Pressed(world.env, world.alice, message) for message in history]


def name_of(person: simcord.MemberActor) -> str:
    return f"Shared by <@{person.id}>"


async def test_a_private_answer_is_shared_with_its_image_and_controls(
    world: World, slash: Ask, flag: File
) -> None:
    private = await slash(flag, private=True, order="hue", colors=2)
    await private.click("share")
    (shared,) = shared_in(world)
    assert not shared.private
    assert shared.codes == private.codes
    assert name_of(world.alice) in shared.text
    assert shared.card() == private.card()
    assert shared.sent.keys() == private.sent.keys()
    assert shared.file("picture-1.webp") == private.file("picture-1.webp")
    assert "share:1" not in shared.controls
    more = await shared.click("more")
    assert not more.private
    assert sorted(more.now().codes) == sorted(hex_codes(RED, GREEN, BLUE))
    assert await more.now().chosen("order") == {"hue"}


async def test_what_was_shared_is_not_shared_again_but_what_is_changed_then_is(
    world: World, slash: Ask, flag: File
) -> None:
    private = await slash(flag, private=True)
    press, other = private.prepare_click("share"), private.prepare_click("share")
    press()
    other()
    await world.env.settle()
    assert len(shared_in(world)) == 1
    button = private.now().controls["share:1"]
    assert (button.label, button.disabled) == ("Shared", True)
    fewer = (await private.now().click("fewer")).now()
    assert fewer.private
    assert not fewer.controls["share:1"].disabled
    await fewer.click("share")
    assert [len(shared.codes) for shared in shared_in(world)] == [3, 2]


async def test_the_private_answer_still_works_when_it_was_shared(slash: Ask, flag: File) -> None:
    private = await slash(flag, private=True)
    await private.click("share")
    assert (await private.now().click("copy")).codes == private.codes
    assert (await private.now().click("recolor")).attached
    assert private.now().sent.keys() == private.sent.keys()


async def test_the_newest_image_is_shared_without_where_it_was_found(
    world: World, flag: File
) -> None:
    await world.choose("listen", Listen.OFF)
    await world.alice.send(world.channel, attachments=[flag])
    private = Pressed(world.env, world.alice, (await world.palette(private=True)).response.message)
    await private.click("share", 2)  # below a line that says where the image was found
    *_, shared = shared_in(world)
    assert shared.codes == private.codes
    assert next(iter(shared.controls)) == "fewer:1"


async def test_it_works_after_a_restart(world: World, slash: Ask, flag: File) -> None:
    private = await slash(flag, private=True)
    await world.restart()
    await private.click("share")
    (shared,) = shared_in(world)
    await world.restart()
    await shared.click("fewer")
    assert len(shared.now().codes) == 2


async def test_a_strangers_private_copy_is_shared_as_the_strangers_own(
    world: World, post: Ask, flag: File, bob: simcord.MemberActor
) -> None:
    reply = await post(flag)
    copy = await reply.seen_by(bob).click("fewer")
    await copy.click("share")
    *_, shared = shared_in(world)
    assert shared.codes == copy.codes
    assert name_of(bob) in shared.text
    assert (await shared.click("fewer")).private  # Alice is a stranger to it
    await shared.seen_by(bob).click("fewer")
    assert len(shared.now().codes) == 1


async def test_it_is_posted_in_the_language_of_the_place(
    world: World, slash: Ask, flag: File
) -> None:
    world.locale = "de"
    await world.choose("language", "fr")
    private = await slash(flag, private=True)
    await private.click("share")
    (shared,) = shared_in(world)
    assert "Partagé par" in shared.text
    assert shared.controls["delete:1"].label == "Supprimer"
    assert shared.card() != private.card()
    assert private.now().controls["share:1"].label == "Geteilt"


async def test_it_is_as_compact_as_the_server_wants(world: World, slash: Ask, flag: File) -> None:
    await world.choose("brief", value=True)
    private = await slash(flag, private=True)
    assert "check:1" in private.controls
    await private.click("share")
    (shared,) = shared_in(world)
    assert list(shared.controls) == ["adjust:1", "copy:1", "file:1", "delete:1"]
    await shared.click("delete")
    opened = await world.alice.slash(world.channel, "palette-of-many")
    await world.alice.submit_modal(opened, {"images": [flag] * 2, "colors": ["10"]})
    (many,) = shared_in(world)
    assert list(many.controls) == ["copy:1", "file:1", "delete:1"]
    assert (await many.click("copy")).codes == private.codes


async def test_a_spoiler_stays_one(world: World, slash: Ask, flag: File) -> None:
    private = await slash((f"SPOILER_{flag[0]}", flag[1]), private=True)
    await private.click("share")
    (shared,) = shared_in(world)
    assert shared.images
    assert all(image.spoiler for image in shared.images)


@pytest.mark.parametrize("missing", ["send_messages", "attach_files", "embed_links"])
async def test_who_may_not_post_there_cannot_have_the_bot_do_it(
    world: World, flag: File, slash: Ask, missing: str
) -> None:
    newcomers = world.env.guild.create_role("newcomers")
    world.alice = world.add_member("newcomer", roles=[newcomers])
    overwrite = discord.PermissionOverwrite(**{missing: False})
    words = world.env.guild.create_text_channel("words", overwrites={newcomers: overwrite})
    private = await slash(flag, where=words, private=True)
    refused = await private.click("share")
    assert refused.result is not None
    assert private_text(refused.result) == REFUSAL
    assert not words.history()
    assert not private.now().controls["share:1"].disabled


async def test_if_discord_refuses_it_can_be_tried_again(
    world: World, slash: Ask, flag: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = await slash(flag, private=True)

    async def refuse(*_: object, **__: object) -> None:
        await asyncio.sleep(0)
        response = type("Response", (), {"status": 403, "reason": ""})
        raise discord.Forbidden(response, {"code": 200000, "message": "AutoMod"})

    with monkeypatch.context() as patched:
        patched.setattr(discord.Webhook, "send", refuse)
        await private.click("share")
    assert not shared_in(world)
    await private.now().click("share")
    assert len(shared_in(world)) == 1


async def test_it_counts_like_a_command(
    open_world: Callable[..., AbstractAsyncContextManager[World]], flag: File
) -> None:
    async with open_world(user_limit=Rate(2, 60)) as world:
        result = await world.palette(flag, private=True)
        private = Pressed(world.env, world.alice, result.response.message, result)
        await private.click("share")
        fewer = (await private.now().click("fewer")).now()
        refused = await fewer.click("share")
        assert refused.result is not None
        assert private_text(refused.result).startswith("That was quick!")
        assert len(shared_in(world)) == 1


async def test_where_the_bot_may_send_no_files_the_codes_are_shared(
    world: World, slash: Ask, flag: File
) -> None:
    channel = world.channel_with_bot_permissions(attach_files=False)
    private = await slash((f"SPOILER_{flag[0]}", flag[1]), where=channel, private=True)
    await private.click("share")
    (shared,) = shared_in(world, channel)
    assert shared.codes == private.codes
    assert next(item for item in shared.items if isinstance(item, ui.Container)).spoiler
    assert "33%" in shared.text
    assert not shared.attached


async def test_one_palette_of_many_is_shared_with_what_shows_them(world: World, flag: File) -> None:
    opened = await world.alice.slash(world.channel, "palette-of-many")
    filled = {"images": [flag] * 3, "colors": ["10"], "private": True}
    result = await world.alice.submit_modal(opened, filled)
    private = Pressed(world.env, world.alice, result.response.message, result)
    await private.click("share")
    (shared,) = shared_in(world)
    assert "One palette of 3 images" in shared.text
    assert shared.codes == private.codes
    assert shared.file("pictures-3.webp") == private.file("pictures-3.webp")
    assert list(shared.controls) == ["copy:1", "file:1", "check:1", "delete:1"]


async def test_one_color_is_shared(world: World) -> None:
    result = await world.alice.slash(world.channel, "color", color="#c0392b", private=True)
    private = Pressed(world.env, world.alice, result.response.message, result)
    await private.click("sharecolor")
    assert private.now().controls["sharecolor:1"].disabled
    (shared,) = shared_in(world)
    assert "#c0392b" in shared.text
    assert name_of(world.alice) in shared.text
    assert "color-c0392b.png" in shared.sent
    await shared.click("delete")
    assert not world.channel.history()


async def test_what_everyone_sees_has_no_such_button(slash: Ask, post: Ask, flag: File) -> None:
    for reply in (await slash(flag), await post(flag)):
        assert "share:1" not in reply.controls


async def test_in_a_server_of_others_it_is_private_until_it_is_shared(
    world: World, flag: File, slash: Ask, bob: simcord.MemberActor
) -> None:
    await world.choose("listen", Listen.OFF)
    welcome = discord.Permissions(use_external_apps=True)  # everyone has it, but not in SimCord
    role = world.env.guild.create_role("guests", permissions=welcome)
    world.alice = world.add_member("guest", roles=[role])
    world.bring_bot_along()
    posted = await bob.send(world.channel, attachments=[flag])
    several = await bob.send(world.channel, attachments=[flag, flag])
    for answer in (
        await slash(flag),
        Pressed(world.env, world.alice, (await world.palette()).response.message),
        Pressed(world.env, world.alice, (await world.apps_palette(posted)).response.message),
    ):
        assert answer.private
    asked = (await world.apps_palette(several)).response.message
    chosen = await world.alice.select(asked, ["2"], custom_id="image")
    assert chosen.response.message.flags.ephemeral
    assert (await world.alice.slash(world.channel, "color", color="red")).ephemeral
    opened = await world.alice.slash(world.channel, "palette-of-many")
    assert opened.modal["components"][2]["component"]["default"]
    assert world.channel.history() == [posted, several]

    answer = await slash(flag)
    await answer.click("share")
    assert shared_in(world)[-1].codes == answer.codes
    assert not (await slash(flag, private=False)).private


async def test_where_apps_that_people_bring_along_are_not_welcome_nothing_is_shared(
    world: World, flag: File, slash: Ask
) -> None:
    newcomers = world.env.guild.create_role("newcomers")
    world.alice = world.add_member("newcomer", roles=[newcomers])
    world.bring_bot_along()
    overwrite = discord.PermissionOverwrite(use_external_apps=False)
    words = world.env.guild.create_text_channel("words", overwrites={newcomers: overwrite})
    refused = await (await slash(flag, where=words)).click("share")
    assert refused.result is not None
    assert private_text(refused.result) == REFUSAL


async def test_in_direct_messages_everything_stays_as_it_was(world: World, flag: File) -> None:
    world.bring_bot_along()
    result = await world.alice.user.slash("palette", image=flag)
    assert not result.ephemeral


async def test_a_server_that_has_the_bot_itself_is_answered_in_public(
    world: World, flag: File, slash: Ask
) -> None:
    world.owners = {"0": str(world.env.guild.id), "1": str(world.alice.id)}
    assert not (await slash(flag)).private
