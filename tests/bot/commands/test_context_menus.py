"""Right-click → Apps → Palette, on all that shows an image."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import discord
import pytest
import simcord
from discord import ui
from simcord.components import resolve_attachment_references

from bot.client import HueHarvest
from bot.sources.message import images_in

if TYPE_CHECKING:
    from tests.bot.conftest import File, Seen, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

RED, GREEN, BLUE = (200, 30, 40), (30, 150, 60), (20, 40, 180)
RED_CODE, GREEN_CODE, BLUE_CODE = "#c81e28", "#1e963c", "#1428b4"
CDN = "https://cdn.discordapp.com"
EMOJI = "<:kek:123456789012345678>"
COMPONENTS_V2 = 1 << 15


@pytest.fixture
def message_with(world: "World") -> Callable[..., discord.Message]:
    """Return what posts a message of another bot, made of what Discord would send."""
    robot = world.env.guild.add_member(world.env.create_user("robot", bot=True))

    def post(
        content: str = "", view: ui.LayoutView | None = None, **parts: object
    ) -> discord.Message:
        if view is not None:
            components = resolve_attachment_references(view.to_components(), parts["attachments"])
            parts |= {"components": components, "flags": COMPONENTS_V2}
        world.env.backend.create_message(world.channel.id, robot.id, content, **parts)
        return world.channel.last_message

    return post


async def apps_palette(
    world: "World", on: discord.Message | simcord.MemberActor
) -> simcord.InteractionResult:
    return await world.alice.context_menu(world.channel, "Palette", on)


async def test_the_one_image_of_a_message(
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    message_with: Callable[..., discord.Message],
) -> None:
    uploads = world.env.backend.store_attachments(world.channel.id, [("a.png", stripes(RED))])
    result = await apps_palette(world, message_with(attachments=uploads))
    assert not result.ephemeral
    assert (await see(result.response.message)).codes == [RED_CODE]


async def test_a_user(
    world: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    bob = world.env.guild.add_member(world.env.create_user("bob", avatar="b"))
    world.serve(f"{CDN}/avatars/{bob.id}/b.png?size=1024", stripes(GREEN))
    result = await apps_palette(world, bob)
    assert (await see(result.response.message)).codes == [GREEN_CODE]


@pytest.mark.parametrize("kind", ["image", "thumbnail"])
async def test_an_embed_is_read_where_discord_keeps_its_copy(
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    message_with: Callable[..., discord.Message],
    kind: str,
) -> None:
    copy = "https://images-ext-1.discordapp.net/external/x/https/example.org/a.png"
    world.serve(copy, stripes(BLUE))
    embed = {"type": "rich", kind: {"url": "https://example.org/a.png", "proxy_url": copy}}
    message = message_with(embeds=[embed])
    assert [(image.url, image.by_stranger) for image in images_in(message)] == [(copy, False)]
    result = await apps_palette(world, message)
    assert (await see(result.response.message)).codes == [BLUE_CODE]


async def test_an_embed_without_a_copy_is_a_strangers(
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    message_with: Callable[..., discord.Message],
) -> None:
    url = world.serve("https://example.org/a.png", stripes(BLUE))
    elsewhere = "https://discordapp.net.example.org/a.png"
    message = message_with(embeds=[{"image": {"url": url, "proxy_url": elsewhere}}])
    assert [(image.url, image.by_stranger) for image in images_in(message)] == [(url, True)]
    result = await apps_palette(world, message)
    assert (await see(result.response.message)).codes == [BLUE_CODE]


async def test_a_forwarded_message(
    world: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    other = world.env.guild.create_text_channel("elsewhere")
    posted = await world.alice.send(other, attachments=[("a.png", stripes(RED))])
    forwarded = await world.alice.forward(posted, world.channel)
    result = await apps_palette(world, forwarded)
    assert (await see(result.response.message)).codes == [RED_CODE]


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
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    message_with: Callable[..., discord.Message],
    layout: Callable[[discord.MediaGalleryItem], ui.Item[ui.LayoutView]],
) -> None:
    (upload,) = world.env.backend.store_attachments(world.channel.id, [("a.png", stripes(RED))])
    view = ui.LayoutView().add_item(layout(discord.MediaGalleryItem("attachment://a.png")))
    message = message_with(attachments=[upload], view=view)
    result = await apps_palette(world, message)
    assert (await see(result.response.message)).codes == [RED_CODE]


@pytest.mark.parametrize("kind", [1, 2, 4], ids=["png", "apng", "gif"])
async def test_a_sticker(
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    message_with: Callable[..., discord.Message],
    kind: int,
) -> None:
    sticker = world.env.guild.create_sticker("wave", format_type=kind)
    message = message_with(stickers=[sticker])
    world.serve(message.stickers[0].url, stripes(GREEN))
    result = await apps_palette(world, message)
    assert (await see(result.response.message)).codes == [GREEN_CODE]


async def test_a_lottie_sticker_is_no_image(
    world: "World", message_with: Callable[..., discord.Message]
) -> None:
    sticker = world.env.guild.create_sticker("wave", format_type=3)
    result = await apps_palette(world, message_with(stickers=[sticker]))
    assert result.ephemeral
    assert "Lottie" in result.response.content


async def test_a_custom_emoji_in_the_text(
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    message_with: Callable[..., discord.Message],
) -> None:
    world.serve(f"{CDN}/emojis/123456789012345678.png", stripes(GREEN))
    result = await apps_palette(world, message_with(f"{EMOJI} nice {EMOJI}"))
    assert (await see(result.response.message)).codes == [GREEN_CODE]


async def test_words_are_no_image(
    world: "World", message_with: Callable[..., discord.Message]
) -> None:
    result = await apps_palette(world, message_with("hello https://example.org/a.png"))
    assert result.ephemeral
    assert "no image in this message" in result.response.content


async def test_several_images_are_a_private_question_with_a_public_answer(
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    message_with: Callable[..., discord.Message],
) -> None:
    world.serve(f"{CDN}/emojis/123456789012345678.png", stripes(GREEN))
    uploads = world.env.backend.store_attachments(world.channel.id, [("red.png", stripes(RED))])
    asked = await apps_palette(world, message_with(EMOJI, attachments=uploads))
    assert asked.ephemeral
    assert [(option.label, option.description) for option in options_of(asked)] == [
        ("1. red.png", "Image"),
        ("2. kek", "Emoji"),
    ]
    for number, code in (("2", GREEN_CODE), ("1", RED_CODE)):
        answered = await world.alice.select(asked.response, [number])
        assert not answered.ephemeral
        assert (await see(answered.response.message)).codes == [code]


async def test_the_question_can_still_be_answered_after_a_restart(
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    message_with: Callable[..., discord.Message],
) -> None:
    files = [("a.png", stripes(RED)), ("b.png", stripes(GREEN))]
    uploads = world.env.backend.store_attachments(world.channel.id, files)
    message = message_with(attachments=uploads)
    asked = await apps_palette(world, message)
    world.env.backend.delete_message(message.channel.id, message.id)
    old = world.client
    await world.env.restart_bot(
        HueHarvest(
            old.services.settings,
            fetcher=old.services.fetcher,
            engine=old.services.engine,
            store=old.services.store,
        )
    )
    answered = await world.alice.select(asked.response, ["2"])
    assert (await see(answered.response.message)).codes == [GREEN_CODE]


async def test_a_menu_has_room_for_25_images_and_says_so(
    world: "World", message_with: Callable[..., discord.Message]
) -> None:
    text = " ".join(f"<:{'e' * 32}:{number}>" for number in range(10**17, 10**17 + 30))
    asked = await apps_palette(world, message_with(text))
    assert len(options_of(asked)) == 25
    said = [
        item.content
        for item in ui.LayoutView.from_message(asked.response.message).walk_children()
        if isinstance(item, ui.TextDisplay)
    ]
    assert said == ["-# The first 25 of 30 images."]


async def test_the_same_image_is_offered_once(
    message_with: Callable[..., discord.Message],
) -> None:
    url = f"{CDN}/attachments/1/2/a.png"
    embeds = [
        {"image": {"url": f"{url}?ex=1"}, "thumbnail": {"url": f"{url}?ex=2"}},
        {"image": {"url": "https://example.org/?image=1"}},
        {"image": {"url": "https://example.org/?image=2"}},
    ]
    assert len(images_in(message_with(embeds=embeds))) == 3


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        ("look: https://example.org/a.png", False),
        ("careful: ||https://example.org/a.png||", True),
        (f"||{EMOJI}||", True),
    ],
)
async def test_what_the_text_hides_is_hidden(
    message_with: Callable[..., discord.Message], content: str, *, hidden: bool
) -> None:
    embed = {"url": "https://example.org/a.png", "thumbnail": {"url": "https://example.org/a.png"}}
    message = message_with(content, embeds=[] if "kek" in content else [embed])
    assert [image.spoiler for image in images_in(message)] == [hidden]


@pytest.mark.parametrize("spoiler", ["name", "item", "container"])
async def test_a_spoiler_stays_one(
    world: "World",
    stripes: Callable[..., bytes],
    message_with: Callable[..., discord.Message],
    spoiler: str,
) -> None:
    name = "SPOILER_a.png" if spoiler == "name" else "a.png"
    uploads = world.env.backend.store_attachments(world.channel.id, [(name, stripes(RED))])
    item = discord.MediaGalleryItem(f"attachment://{name}", spoiler=spoiler == "item")
    box = ui.Container(ui.MediaGallery(item), spoiler=spoiler == "container")
    message = message_with(attachments=uploads, view=ui.LayoutView().add_item(box))
    result = await apps_palette(world, message)
    shown = ui.LayoutView.from_message(result.response.message).walk_children()
    (gallery,) = (item for item in shown if isinstance(item, ui.MediaGallery))
    assert [item.spoiler for item in gallery.items] == [True]


def options_of(asked: simcord.InteractionResult) -> list[discord.SelectOption]:
    items = ui.LayoutView.from_message(asked.response.message).walk_children()
    (menu,) = (item for item in items if isinstance(item, ui.Select))
    return menu.options


async def test_an_image_deleted_meanwhile_is_not_brought_back(
    world: "World", flower: "File", meanwhile: Callable[..., None]
) -> None:
    posted = await world.alice.send(world.channel, attachments=[flower])
    backend, channel = world.env.backend, world.channel.id
    meanwhile("raw_message_delete", lambda _: backend.delete_message(channel, posted.id))
    result = await apps_palette(world, posted)
    (sentence,) = result.followups
    assert sentence.ephemeral
    assert sentence.content == "The message or channel this was about is gone."
    assert len(world.channel.history()) == 1  # the answer to the post itself
