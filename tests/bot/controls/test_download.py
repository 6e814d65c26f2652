"""Save: the palette as a file for another program, or with its image as a poster."""

from io import BytesIO

import pytest
import simcord
from discord import ui
from PIL import Image

import palette
from bot.controls.download import TEXTS
from palette import FORMATS
from palette.export import export
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.world import File, World

in_session = pytest.mark.asyncio(loop_scope="session")


async def poster_of(menus: Pressed) -> bytes:
    sent = await menus.select("sheet", "poster.png")
    assert sent.private
    (filename,) = sent.sent
    assert filename.endswith("-10.poster.png")
    return sent.file(filename)


@in_session
async def test_the_poster_shows_a_posted_image_with_its_palette_and_name(
    world: World, post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    menus = await (await post(flower)).seen_by(bob).click("file")
    await world.restart()
    poster = await poster_of(menus)
    assert Image.open(BytesIO(poster)).size == (1080, 1350)
    assert poster == palette.render_poster(flower[1], palette.extract(flower[1], 10), "Flower")


@in_session
async def test_the_poster_of_a_copy_has_the_name_of_the_image(
    slash: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    reply = await slash(flower)
    copy = await reply.seen_by(bob).adjust("order", "share")
    for shown, order in (
        (reply, "path"),
        (copy, "share"),
        (await slash(flower, private=True), "path"),
    ):
        colors = palette.extract(flower[1], 10).sorted_by(order)
        expected = palette.render_poster(shown.file("picture-1.webp"), colors, "Flower")
        assert await poster_of(await shown.click("file")) == expected


@in_session
async def test_the_poster_of_a_spoiler_is_one(post: Ask, flower: File) -> None:
    menus = await (await post(("SPOILER_flower.jpg", flower[1]))).click("file")
    (thumbnail,) = menus.images
    assert thumbnail.spoiler
    sent = await menus.select("sheet", "poster.png")
    assert all(name.startswith("SPOILER_") for name in sent.sent)


@in_session
async def test_the_poster_is_not_offered_without_the_image(
    post: Ask, flower: File, world: World
) -> None:
    reply = await post(flower)
    world.delete_unseen(reply.message.reference.resolved)
    menus = await reply.click("file")
    assert not [item for item in menus.items if isinstance(item, ui.Thumbnail)]
    assert "poster.png" not in {option.value for option in menus.controls["sheet:1"].options}
    assert (await menus.select("sheet", "png")).sent


@in_session
async def test_an_image_that_is_gone_when_the_poster_is_wanted_is_refused_in_words(
    post: Ask, flower: File, world: World
) -> None:
    menus = await (await post(flower)).click("file")
    world.env.backend.cdn.get = lambda _url: None
    refusal = await menus.select("sheet", "poster.png")
    assert refusal.private
    assert "I couldn't find that image." in refusal.text


@in_session
@pytest.mark.parametrize("suffix", FORMATS)
async def test_every_kind_of_file_is_sent_in_private(post: Ask, flower: File, suffix: str) -> None:
    menus = await (await post(flower)).click("file")
    assert menus.private
    (action,) = [
        key.removesuffix(":1")
        for key, menu in menus.controls.items()
        if suffix in {option.value for option in menu.options}
    ]
    sent = await menus.select(action, suffix)
    assert sent.private
    (filename,) = sent.sent
    assert filename == f"flower-10.{suffix}"
    assert sent.file(filename) == export(palette.extract(flower[1], 10), suffix, "Flower")


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("posted", "saved", "title"),
    [
        ("My Cat (2).jpg", "my-cat-2", "My cat 2"),
        ("SPOILER_secret.jpg", "secret", "Secret"),
        ("東京.jpg", "dong-jing", "Dong jing"),
        ("!!!.jpg", None, None),
    ],
)
async def test_files_are_named_after_the_image(
    post: Ask, flower: File, posted: str, saved: str | None, title: str | None
) -> None:
    reply = await (await post((posted, flower[1]))).click("fewer")
    sent = await (await reply.click("file")).select("program", "gpl")
    expected = palette.extract(flower[1], 9)
    dominant = expected.dominant.name
    (filename,) = sent.sent
    assert filename == f"{saved or dominant.replace(' ', '-')}-9.gpl"
    assert sent.file(filename) == export(expected, "gpl", title or dominant.capitalize())


def test_formats_are_described_in_words_that_are_translated_or_by_names_of_programs() -> None:
    labels = {each.label for each in FORMATS.values()}
    programs = {each.programs for each in FORMATS.values()}
    assert labels <= TEXTS <= labels | programs
    assert all(name[0].isupper() for each in programs - TEXTS for name in each.split(", "))
