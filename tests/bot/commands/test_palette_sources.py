"""What ``/palette`` can be given: a file, a link, somebody's avatar or an emoji."""

from collections.abc import Callable

import pytest
import simcord

from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.world import File, World, codes_in, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

CDN = "https://cdn.discordapp.com"


@pytest.mark.parametrize(
    "suffix", ["png", "jpeg", "gif", "webp", "avif", "heic", "jxl", "bmp", "tiff"]
)
async def test_discord_accepts_every_kind_of_image(
    world: World, stripes: Callable[..., bytes], suffix: str
) -> None:
    result = await world.palette((f"a.{suffix}", stripes(RED)))
    assert codes_in(result.response.message) == hex_codes(RED)


async def test_discord_refuses_other_files(world: World) -> None:
    with pytest.raises(simcord.OptionError) as refused:
        await world.palette(("notes.txt", b"words"))
    assert refused.value.code == "option-file-type"


async def test_an_image_on_the_web(world: World, stripes: Callable[..., bytes]) -> None:
    url = world.serve("https://example.org/cat", stripes(RED, GREEN))
    result = await world.palette(link=f" <{url}> ")
    assert codes_in(result.response.message) == hex_codes(RED, GREEN)


async def test_the_avatar_for_the_server_comes_before_the_general_one(
    world: World, stripes: Callable[..., bytes]
) -> None:
    guild = world.env.guild
    bob = world.add_member("bob", avatar="b")
    eve = guild.add_member(world.env.create_user("eve", avatar="e"), avatar="here")
    world.serve(f"{CDN}/avatars/{bob.id}/b.png?size=1024", stripes(RED))
    world.serve(f"{CDN}/avatars/{eve.id}/e.png?size=1024", stripes(GREEN))
    world.serve(f"{CDN}/guilds/{guild.id}/users/{eve.id}/avatars/here.png?size=1024", stripes(BLUE))
    results = [await world.palette(user=user) for user in (bob, eve)]
    codes = [codes_in(result.response.message) for result in results]
    assert codes == [hex_codes(RED), hex_codes(BLUE)]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("<:kek:123456789012345678>", "123456789012345678.png"),
        (" 123456789012345678 ", "123456789012345678.png"),
        (f"{CDN}/emojis/123456789012345678.webp?size=48&name=kek", "123456789012345678.png"),
        ("<a:party:123456789012345678>", "123456789012345678.webp?animated=true"),
        (f"{CDN}/emojis/123456789012345678.gif", "123456789012345678.webp?animated=true"),
    ],
)
async def test_a_custom_emoji(
    world: World, stripes: Callable[..., bytes], text: str, file: str
) -> None:
    world.serve(f"{CDN}/emojis/{file}", stripes(RED))
    result = await world.palette(emoji=text)
    assert codes_in(result.response.message) == hex_codes(RED)


@pytest.mark.parametrize("text", ["🌈", ":kek:", "a rainbow", "https://example.org/kek.png"])
async def test_other_emoji_and_words_are_refused(world: World, text: str) -> None:
    result = await world.palette(emoji=text)
    assert private_text(result) == (
        "I work with custom emoji only; standard ones look different on every device."
    )


async def test_two_at_once_are_refused(world: World, flower: File) -> None:
    result = await world.palette(flower, user=world.alice)
    assert private_text(result) == ("Please choose just one: an image, a link, a user or an emoji.")
