"""``/palette`` with a link: to an image, to a page that shows one, or to a file on Discord."""

from collections.abc import Callable
from typing import Any

import pytest
from discord import ui
from simcord.http import router

from tests.bot.colors import GREEN, RED, hex_codes
from tests.bot.world import World, codes_in, items_in, private_text, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGE = "https://example.org/art/page"
NO_IMAGE = "This is a web page, not an image. Copy the address of the image itself."
FILE = "https://cdn.discordapp.com/attachments/1/2/a.png"
NEW = f"{FILE}?ex=7fffffff&is=1&hm=2"


def page(picture: str) -> bytes:
    return f'<!DOCTYPE html><head><meta property="og:image" content="{picture}">'.encode()


@pytest.mark.parametrize("link", ["example.org/cat", "[x](https://example.org/cat)", "<{}>."])
async def test_a_link_however_it_is_written(
    world: World, stripes: Callable[..., bytes], link: str
) -> None:
    url = world.serve("https://example.org/cat", stripes(RED, GREEN))
    result = await world.palette(link=link.format(url))
    assert codes_in(result.response.message) == hex_codes(RED, GREEN)
    assert "web page" not in "".join(texts_in(result.response.message))


async def test_the_palette_of_a_link_behind_a_spoiler_is_behind_one(
    world: World, stripes: Callable[..., bytes]
) -> None:
    world.serve(PAGE, page("/cat.png"))
    world.serve("https://example.org/cat.png", stripes(RED))
    result = await world.palette(link=f"||{PAGE}||")
    (panel,) = (
        item for item in items_in(result.response.message) if isinstance(item, ui.Container)
    )
    assert panel.spoiler


@pytest.mark.parametrize(
    ("address", "url", "shown"),
    [
        ("../cat.gif", "https://example.org/cat.gif", "example.org/…/cat.gif"),
        (
            "https://media1.tenor.com/m/xyz/cat.gif",
            "https://media1.tenor.com/m/xyz/cat.gif",
            "media1.tenor.com/…/cat.gif",
        ),
        (
            "https://example.org/a`b*[x](y)",
            "https://example.org/a`b*[x](y)",
            "example.org/…/a%60b*%5Bx%5D(y)",
        ),
    ],
)
async def test_a_page_gives_the_palette_of_its_picture_and_says_which_one(
    world: World, stripes: Callable[..., bytes], address: str, url: str, shown: str
) -> None:
    world.serve(PAGE, page(address))
    world.serve(url, stripes(RED, GREEN))
    result = await world.palette(link=PAGE)
    message = result.response.message
    assert codes_in(message) == hex_codes(RED, GREEN)
    assert texts_in(message)[0] == (
        f"-# That link is a web page. This is the picture it shows in previews: `{shown}`"
    )


async def test_what_is_said_of_a_picture_is_short(
    world: World, stripes: Callable[..., bytes]
) -> None:
    url = f"https://{'a' * 60}.{'b' * 60}.example.org/{'c' * 2000}.png"
    world.serve(PAGE, page(url))
    world.serve(url, stripes(RED))
    result = await world.palette(link=PAGE)
    assert len(texts_in(result.response.message)[0]) < 200


@pytest.mark.parametrize(
    "picture",
    [
        "",
        "gone.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.2/a.png",
        "http://user@example.org/a.png",
        "http://example.org:8080/a.png",
        "file:///etc/passwd",
        PAGE,
        "other",
    ],
)
async def test_a_page_without_a_picture_that_can_be_had_is_a_page(
    world: World, picture: str
) -> None:
    world.serve(PAGE, page(picture))
    world.serve("https://example.org/art/other", page("third.png"))
    requested = requests_of(world)
    assert private_text(await world.palette(link=PAGE)) == NO_IMAGE
    assert "https://example.org/art/third.png" not in requested


async def test_a_picture_that_is_no_image_is_said_to_be_none(world: World) -> None:
    world.serve(PAGE, page("clip"))
    world.serve("https://example.org/art/clip", b"words")
    assert private_text(await world.palette(link=PAGE)) == "That isn't an image I can read."


async def test_a_posted_page_is_not_followed(world: World, stripes: Callable[..., bytes]) -> None:
    url = world.serve("https://example.org/cat.png", stripes(RED))
    reply = await world.post(("page.html", page(url)), content=world.client.user.mention)
    assert reply is not None
    assert reply.texts == [NO_IMAGE]


async def test_a_link_to_a_message_is_explained(world: World) -> None:
    result = await world.palette(link="https://discord.com/channels/1/2/3")
    assert private_text(result).startswith("That link leads to a message.")


async def test_an_expired_link_to_a_file_is_renewed(
    world: World, stripes: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [*router._ROUTES.get("POST", []), (["attachments", "refresh-urls"], _renew)]  # noqa: SLF001
    monkeypatch.setitem(router._ROUTES, "POST", known)  # noqa: SLF001
    world.serve(NEW, stripes(RED))
    result = await world.palette(link=f"{FILE}?ex=65d98d0a&is=1&hm=2")
    assert codes_in(result.response.message) == hex_codes(RED)
    assert "web page" not in "".join(texts_in(result.response.message))


async def test_an_expired_link_that_discord_does_not_renew_is_explained(world: World) -> None:
    world.env.inject_error("POST", "/attachments/refresh-urls", status=404)
    assert private_text(await world.palette(link=FILE)) == (
        "That link has expired. Open the image on Discord and copy its link again."
    )


def _renew(context: router.RequestContext) -> dict[str, Any]:
    (link,) = context.json["attachment_urls"]
    return {"refreshed_urls": [{"original": link, "refreshed": NEW}]}


def requests_of(world: World) -> list[str]:
    """Return what is requested of the web from now on, as a list that grows."""
    requested: list[str] = []
    get = world.env.backend.cdn.get
    world.env.backend.cdn.get = lambda url: requested.append(url) or get(url)
    return requested
