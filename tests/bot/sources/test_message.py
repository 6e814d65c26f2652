"""Every way in which a message shows an image."""

from collections.abc import Callable
from typing import Any

import discord
import pytest
from discord import ui

from bot.sources.message import images_in
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.world import World, codes_in, items_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

CDN = "https://cdn.discordapp.com"
EMOJI = "<:kek:123456789012345678>"


@pytest.mark.parametrize("kind", ["image", "thumbnail"])
async def test_an_embed_is_read_from_discords_copy(
    world: World, stripes: Callable[..., bytes], kind: str
) -> None:
    copy = "https://images-ext-1.discordapp.net/external/x/https/example.org/a.png"
    world.serve(copy, stripes(BLUE))
    embed = {"type": "rich", kind: {"url": "https://example.org/a.png", "proxy_url": copy}}
    message = world.post_as_bot(embeds=[embed])
    assert [(image.url, image.by_stranger) for image in images_in(message)] == [(copy, False)]
    result = await world.apps_palette(message)
    assert codes_in(result.response.message) == hex_codes(BLUE)


async def test_an_embed_without_a_copy_is_a_strangers(
    world: World, stripes: Callable[..., bytes]
) -> None:
    url = world.serve("https://example.org/a.png", stripes(BLUE))
    elsewhere = "https://discordapp.net.example.org/a.png"
    message = world.post_as_bot(embeds=[{"image": {"url": url, "proxy_url": elsewhere}}])
    assert [(image.url, image.by_stranger) for image in images_in(message)] == [(url, True)]
    result = await world.apps_palette(message)
    assert codes_in(result.response.message) == hex_codes(BLUE)


async def test_a_forwarded_message(world: World, stripes: Callable[..., bytes]) -> None:
    other = world.env.guild.create_text_channel("elsewhere")
    posted = await world.alice.send(other, attachments=[("a.png", stripes(RED))])
    forwarded = await world.alice.forward(posted, world.channel)
    result = await world.apps_palette(forwarded)
    assert codes_in(result.response.message) == hex_codes(RED)


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(ui.MediaGallery, id="gallery"),
        pytest.param(lambda item: ui.Container(ui.MediaGallery(item)), id="container"),
        pytest.param(
            lambda item: ui.Section("text", accessory=ui.Thumbnail(item.media)), id="thumbnail"
        ),
        pytest.param(lambda item: ui.File(item.media), id="file"),
    ],
)
async def test_the_media_of_components(
    world: World,
    stripes: Callable[..., bytes],
    layout: Callable[[discord.MediaGalleryItem], ui.Item[Any]],
) -> None:
    (upload,) = world.env.backend.store_attachments(world.channel.id, [("a.png", stripes(RED))])
    view = ui.LayoutView().add_item(layout(discord.MediaGalleryItem("attachment://a.png")))
    result = await world.apps_palette(world.post_as_bot(attachments=[upload], view=view))
    assert codes_in(result.response.message) == hex_codes(RED)


@pytest.mark.parametrize("kind", [1, 2, 4], ids=["png", "apng", "gif"])
async def test_a_sticker(world: World, stripes: Callable[..., bytes], kind: int) -> None:
    sticker = world.env.guild.create_sticker("wave", format_type=kind)
    message = world.post_as_bot(stickers=[sticker])
    world.serve(message.stickers[0].url, stripes(GREEN))
    result = await world.apps_palette(message)
    assert codes_in(result.response.message) == hex_codes(GREEN)


async def test_a_custom_emoji_in_the_text(world: World, stripes: Callable[..., bytes]) -> None:
    world.serve(f"{CDN}/emojis/123456789012345678.png", stripes(GREEN))
    result = await world.apps_palette(world.post_as_bot(f"{EMOJI} nice {EMOJI}"))
    assert codes_in(result.response.message) == hex_codes(GREEN)


async def test_the_same_image_counts_once(world: World) -> None:
    url = f"{CDN}/attachments/1/2/a.png"
    embeds = [
        {"image": {"url": f"{url}?ex=1"}, "thumbnail": {"url": f"{url}?ex=2"}},
        {"image": {"url": "https://example.org/?image=1"}},
        {"image": {"url": "https://example.org/?image=2"}},
    ]
    assert len(images_in(world.post_as_bot(embeds=embeds))) == 3


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        ("look: https://example.org/a.png", False),
        ("careful: ||https://example.org/a.png||", True),
        (f"||{EMOJI}||", True),
    ],
)
async def test_an_image_that_the_text_hides_is_a_spoiler(
    world: World, content: str, *, hidden: bool
) -> None:
    embed = {"url": "https://example.org/a.png", "thumbnail": {"url": "https://example.org/a.png"}}
    message = world.post_as_bot(content, embeds=[] if "kek" in content else [embed])
    assert [image.spoiler for image in images_in(message)] == [hidden]


@pytest.mark.parametrize("spoiler", ["name", "item", "container"])
async def test_the_palette_of_a_spoiler_is_a_spoiler(
    world: World, stripes: Callable[..., bytes], spoiler: str
) -> None:
    name = "SPOILER_a.png" if spoiler == "name" else "a.png"
    uploads = world.env.backend.store_attachments(world.channel.id, [(name, stripes(RED))])
    item = discord.MediaGalleryItem(f"attachment://{name}", spoiler=spoiler == "item")
    box = ui.Container(ui.MediaGallery(item), spoiler=spoiler == "container")
    message = world.post_as_bot(attachments=uploads, view=ui.LayoutView().add_item(box))
    result = await world.apps_palette(message)
    shown = items_in(result.response.message)
    (gallery,) = (item for item in shown if isinstance(item, ui.MediaGallery))
    assert [image.spoiler for image in gallery.items] == [True]
