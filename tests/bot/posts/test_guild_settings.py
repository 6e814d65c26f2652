"""What a server has chosen applies to posted images."""

from collections.abc import Callable

import pytest

import palette
from bot.language import language_of
from bot.reply.existing import state_in
from palette import STYLES, Style
from tests.bot.colors import RED
from tests.bot.world import File, World, codes_in, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "a.png", stripes(RED)


@pytest.mark.parametrize(
    ("listen", "posted", "mentioned"),
    [("everywhere", True, True), ("mentions", False, True), ("off", False, False)],
)
async def test_a_server_chooses_what_is_answered(
    world: World, image: File, listen: str, *, posted: bool, mentioned: bool
) -> None:
    await world.choose("listen", listen)
    assert (await world.post(image) is not None) is posted
    assert (await world.post(image, content=world.client.user.mention) is not None) is mentioned
    assert await world.post_directly(image, "image/png") is not None
    assert (await world.palette(image)).response.attachments


async def test_outside_the_chosen_channels_the_bot_has_to_be_mentioned(
    world: World, image: File
) -> None:
    other = world.env.guild.create_text_channel("other")
    await world.choose("channels", [other.id])
    assert await world.post(image) is None
    assert await world.post(image, content=world.client.user.mention) is not None
    assert await world.post(image, where=other) is not None


async def test_posts_of_people_who_may_not_use_the_bot_are_ignored(
    world: World, image: File
) -> None:
    artists = world.env.guild.create_role("artists")
    await world.choose("roles", [artists.id])
    assert await world.post(image) is None
    bob = world.add_member("bob", roles=[artists])
    await bob.send(world.channel, attachments=[image])
    assert world.channel.last_message.author == world.client.user


async def test_the_chosen_number_and_order_apply_to_posts_and_commands(
    world: World, stripes: Callable[..., bytes]
) -> None:
    await world.choose("colors", 2)
    await world.choose("order", "lightness")
    file = "a.png", stripes((200, 200, 200), (10, 10, 10), (90, 90, 90))
    posted = await world.post(file)
    result = await world.palette(file)
    expected = palette.extract(file[1], 2).sorted_by("lightness")
    assert posted is not None
    assert posted.codes == codes_in(result.response.message) == list(expected.hex)


@pytest.mark.parametrize("style", STYLES)
async def test_the_chosen_style_applies_to_posts_and_commands(
    world: World, flower: File, style: Style
) -> None:
    await world.choose("style", style)
    posted = await world.post(flower)
    result = await world.palette(flower)
    assert posted is not None
    expected = list(palette.extract(flower[1], 10, style=style).hex)
    for message in (posted.message, result.response.message):
        assert codes_in(message) == expected
        assert state_in(message, 1).origin.options.style == style


@pytest.mark.parametrize(("chosen", "code"), [(None, "de"), ("fr", "fr")])
async def test_everyone_is_answered_in_the_servers_language(
    world: World, chosen: str | None, code: str
) -> None:
    guild = world.env.create_guild("Farben", preferred_locale="de")
    await world.client.services.guilds.choose(guild.id, "language", chosen)
    channel = guild.create_text_channel("photos")
    alice, mention = guild.add_member(world.alice.user), world.client.user.mention
    await alice.send(channel, mention, attachments=[("a.png", b"words")])
    (text,) = texts_in(channel.last_message)
    english = "That isn't an image I can read."
    assert text == language_of(code).say(english) != english
