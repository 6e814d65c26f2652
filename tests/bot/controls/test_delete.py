"""Who may take a reply away, and that it goes wherever it is."""

import pytest
import simcord

from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


def is_there(reply: Pressed) -> bool:
    return reply.message.id in reply.env.backend.messages[reply.message.channel.id]


async def test_who_asked_deletes_the_reply(slash: Ask, post: Ask, flag: File) -> None:
    for ask in (slash, post):
        reply = await ask(flag)
        await reply.click("delete")
        assert not is_there(reply)


async def test_whoever_manages_messages_deletes_the_reply(
    post: Ask, flag: File, moderator: simcord.MemberActor
) -> None:
    reply = await post(flag)
    await reply.seen_by(moderator).click("delete")
    assert not is_there(reply)


async def test_whoever_posted_the_image_deletes_what_somebody_else_asked_for(
    world: World, flag: File, bob: simcord.MemberActor
) -> None:
    await world.choose("listen", "mentions")
    posted = await bob.send(world.channel, attachments=[flag])
    await world.alice.send(world.channel, world.client.user.mention, reply_to=posted)
    by_mention = world.channel.last_message
    by_command = (await world.apps_palette(posted)).response.message
    # SimCord calls the target of a command otherwise than Discord.
    stored = world.env.backend.get_message(by_command.channel.id, by_command.id)
    stored.interaction_metadata["target_message_id"] = str(posted.id)
    for message in (by_mention, by_command):
        reply = Pressed(world.env, bob, message)
        assert reply.codes
        carol = world.add_member(f"carol {message.id}")
        assert (await reply.seen_by(carol).click("delete")).private
        await reply.click("delete")
        assert not is_there(reply)


async def test_others_are_told_who_may(post: Ask, flag: File, bob: simcord.MemberActor) -> None:
    reply = await post(flag)
    refusal = await reply.seen_by(bob).click("delete")
    assert refusal.private
    assert refusal.text.startswith("Only the person who asked, whoever posted the image, or ")
    assert is_there(reply)


async def test_a_reply_of_several_palettes_goes_at_once(post: Ask, flag: File) -> None:
    reply = await post(flag, ("broken.png", b"-"), flag)
    await reply.click("delete")
    assert not is_there(reply)


async def test_a_reply_is_deleted_after_a_restart(world: World, post: Ask, flag: File) -> None:
    reply = await post(flag)
    await world.restart()
    await reply.click("delete")
    assert not is_there(reply)
