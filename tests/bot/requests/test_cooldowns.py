"""How much one person, and one server, may ask for."""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.settings import Rate
from tests.bot.colors import GREEN, RED
from tests.bot.world import File, World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

OpenWorld = Callable[..., AbstractAsyncContextManager[World]]

SERVER_IS_BUSY = "This server is keeping me busy. Please try again in 60 s."


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "a.png", stripes(RED)


async def test_a_person_who_asks_a_lot_reads_how_long_to_wait(
    open_world: OpenWorld, image: File
) -> None:
    async with open_world(user_limit=Rate(2, 60)) as world:
        for _ in range(2):
            assert (await world.palette(image)).response.attachments
        await world.env.advance_time(20)
        refused = await world.palette(image)
        assert private_text(refused) == "That was quick! Please try again in 40 s."
        bob = world.add_member("bob")
        result = await bob.slash(world.channel, "palette", image=image)
        assert result.response.attachments
        await world.env.advance_time(41)
        assert (await world.palette(image)).response.attachments


async def test_a_person_who_posts_a_lot_without_asking_is_left_alone(
    open_world: OpenWorld, image: File, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with open_world(user_limit=Rate(1, 60)) as world:
        assert (await world.post(image)).cards
        for _ in range(2):
            assert await world.post(image) is None
        assert caplog.messages.count("UserCooldownError(60)") == 2
        await world.env.advance_time(61)
        assert (await world.post(image)).cards


async def test_who_mentions_the_bot_a_lot_is_always_told(
    open_world: OpenWorld, image: File
) -> None:
    async with open_world(user_limit=Rate(1, 60)) as world:
        assert (await world.post(image)).cards
        for _ in range(2):
            refusal = await world.post(image, content=world.client.user.mention)
            assert refusal.texts == ["-# That was quick! Please try again in 60 s."]
            refusal = await world.post_directly(image, "image/png")
            assert refusal.texts == ["-# That was quick! Please try again in 60 s."]


async def test_a_message_is_one_request_however_many_images_it_has(
    open_world: OpenWorld, stripes: Callable[..., bytes]
) -> None:
    async with open_world(user_limit=Rate(1, 60)) as world:
        reply = await world.post(*((f"{n}.png", stripes((n, n, n))) for n in range(10)))
        assert len(reply.cards) == 4
        assert reply.texts[-1] == "-# The first 4 of 10 images."


async def test_a_server_that_asks_a_lot_does_not_slow_down_others(
    open_world: OpenWorld, image: File
) -> None:
    async with open_world(server_limit=Rate(1, 60)) as world:
        assert (await world.palette(image)).response.attachments
        bob = world.add_member("bob")
        refused = await bob.slash(world.channel, "palette", image=image)
        assert private_text(refused) == SERVER_IS_BUSY
        elsewhere = world.env.create_guild("Elsewhere")
        result = await elsewhere.add_member(bob.user).slash(
            elsewhere.create_text_channel("photos"), "palette", image=image
        )
        assert result.response.attachments
        assert (await bob.user.slash("palette", image=image)).response.attachments


async def test_a_request_refused_for_its_server_does_not_count_for_its_person(
    open_world: OpenWorld, image: File
) -> None:
    async with open_world(user_limit=Rate(2, 60), server_limit=Rate(1, 60)) as world:
        assert (await world.palette(image)).response.attachments
        for _ in range(2):
            assert private_text(await world.palette(image)) == SERVER_IS_BUSY
        direct = await world.alice.user.slash("palette", image=image)
        assert direct.response.attachments
        refused = await world.alice.user.slash("palette", image=image)
        assert private_text(refused) == "That was quick! Please try again in 60 s."


async def test_the_question_which_image_is_free_and_its_answer_is_not(
    open_world: OpenWorld, stripes: Callable[..., bytes]
) -> None:
    async with open_world(user_limit=Rate(1, 60)) as world:
        robot = world.add_member("robot", bot=True)
        files = [("a.png", stripes(RED)), ("b.png", stripes(GREEN))]
        message = await robot.send(world.channel, attachments=files)
        for _ in range(2):
            question = await world.apps_palette(message)
        assert (await world.alice.select(question.response, ["1"])).response.attachments
        refused = await world.alice.select(question.response, ["2"])
        assert private_text(refused).startswith("That was quick! Please try again in ")
