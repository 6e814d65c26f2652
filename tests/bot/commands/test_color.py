"""``/color``: one colour by itself."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.commands.known_colors import find_color, known_colors
from bot.language import language_of
from palette import NOTATIONS, Palette, Swatch, color_scale, hex_code, parse_color, render_scale
from palette.annotation.typical import typical_colors
from tests.bot.catalogues import LOCALES
from tests.bot.controls.pressed import Pressed
from tests.bot.limits import check_limits
from tests.bot.world import World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

OpenWorld = Callable[..., AbstractAsyncContextManager[World]]
RED = (192, 57, 43)


async def ask(world: World, color: str, **options: object) -> Pressed:
    result = await world.alice.slash(world.channel, "color", color=color, **options)
    assert result.response is not None
    return Pressed(world.env, world.alice, result.response.message, result)


async def test_it_shows_the_drawing_every_notation_and_what_is_legible(world: World) -> None:
    answer = await ask(world, "#c0392b")
    assert not answer.private
    assert answer.file("color-c0392b.png") == render_scale(RED, "red")
    (image,) = answer.images
    assert image.description == "#c0392b red with its tints and shades"
    single = Palette((Swatch(RED, 1.0, "red"),))
    for notation in NOTATIONS.values():
        (line,) = [
            each for each in answer.text.split("\n") if each.startswith(f"{notation.label}:")
        ]
        written = line.removeprefix(f"{notation.label}: ")
        assert written.split() == notation.write(single).split()
    assert "The best text colour on it: white, 5.4 : 1 (WCAG 2, AA)" in answer.text
    for step, rgb in color_scale(RED).items():
        assert f"{step:<3}  {hex_code(rgb)}" in answer.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("#ABC", "#aabbcc"),
        ("abc", "#aabbcc"),
        ("C0392B", "#c0392b"),
        ("rgb(1, 2, 3)", "#010203"),
        ("hsl(0 100% 50%)", "#ff0000"),
        ("Rebecca Purple", "#663399"),
        ("darkgrey", "#a9a9a9"),
        ("Dark Grey", "#5a5a5a"),
        ("dark  gray", "#5a5a5a"),
        ("grey brown", hex_code(typical_colors()["grey-brown"])),
        ("Rust", hex_code(typical_colors()["rust"])),
    ],
)
async def test_codes_and_names_are_understood(world: World, text: str, code: str) -> None:
    assert f"Hex: {code}" in (await ask(world, text)).text


async def test_names_are_understood_in_the_language_of_the_person(open_world: OpenWorld) -> None:
    async with open_world(locale="fr") as world:
        answer = await ask(world, "Bleu foncé")
        assert "#00008b" in answer.text
        assert "Nuances claires et foncées" in answer.text
        assert answer.file("color-00008b.png") == render_scale((0, 0, 139), "bleu foncé")
        assert hex_code(typical_colors()["purple"]) in (await ask(world, "violet")).text
        assert "#ff0000" in (await ask(world, "red")).text


async def test_only_the_asker_sees_a_private_answer(world: World) -> None:
    assert (await ask(world, "navy", private=True)).private


@pytest.mark.parametrize("text", ["no such colour", "#12345", "rgb(1, 2)", "transparent"])
async def test_what_is_no_colour_is_told_in_private(world: World, text: str) -> None:
    result = await world.alice.slash(world.channel, "color", color=text)
    assert private_text(result).startswith("I don't know that colour. Write a code such as")


@pytest.mark.parametrize("code", LOCALES)
async def test_the_name_that_the_error_suggests_is_one(code: str) -> None:
    language = language_of(code)
    sentence = language.say(
        "I don't know that colour. Write a code such as `#c0392b` or `rgb(192, 57, 43)`, "
        "or a name such as `navy`."
    )
    suggested = sentence.split("`")[1::2]
    assert [find_color(each, language) for each in suggested[:2]] == [RED, RED]
    find_color(suggested[2], language)


@pytest.mark.parametrize("code", LOCALES)
async def test_every_name_that_is_known_is_understood(code: str) -> None:
    language = language_of(code)
    for name, rgb in known_colors(language).items():
        assert find_color(f" {name.upper()} ", language) == rgb, name
    for css in ("rebeccapurple", "papayawhip"):
        assert find_color(css, language) == parse_color(css)


async def test_names_are_offered_with_their_codes(open_world: OpenWorld) -> None:
    async with open_world(locale="de") as world:

        async def offered(text: str) -> list[dict[str, str]]:
            return await world.alice.autocomplete(world.channel, "color", "color", text)

        first, *others = await offered("dunkelgr")
        assert first["name"] == "Dunkelgrau · #5a5a5a"
        assert first["value"] == "#5a5a5a"
        assert "Dunkelgrün · #006400" in {each["name"] for each in others}
        assert any("sehr dunkles Rot" in each["name"] for each in await offered("dunkles rot"))
        assert len(await offered("")) == 25
        assert await offered("#c0392b") == []


async def test_those_who_may_not_use_the_bot_can_type_but_not_ask(world: World) -> None:
    artists = world.env.guild.create_role("artists")
    await world.choose("roles", [artists.id])
    assert await world.alice.autocomplete(world.channel, "color", "color", "navy")
    assert world.errors() == []
    result = await world.alice.slash(world.channel, "color", color="navy")
    assert "only people with one of these roles" in private_text(result)
    assert len(world.errors()) == 1


async def test_without_files_the_codes_remain(world: World) -> None:
    channel = world.channel_with_bot_permissions(attach_files=False)
    result = await world.alice.slash(channel, "color", color="navy")
    answer = Pressed(world.env, world.alice, result.response.message, result)
    assert answer.images == []
    assert "Hex: #000080" in answer.text


async def test_it_works_in_direct_messages(world: World) -> None:
    result = await world.alice.user.slash("color", color="navy")
    assert "Hex: #000080" in Pressed(world.env, world.alice, result.response.message).text


async def test_who_asked_can_delete_the_answer_even_after_a_restart(world: World) -> None:
    answer = await ask(world, "navy")
    bob = world.add_member("bob")
    await world.restart()
    refused = await answer.seen_by(bob).click("delete")
    assert "Only the person who asked" in refused.text
    await answer.click("delete")
    assert world.channel.last_message is None or world.channel.last_message.id != answer.message.id


@pytest.mark.parametrize("color", ["#000000", "#ffffff", "very light purple-grey", "#767676"])
@pytest.mark.parametrize("locale", [locales[0] for locales in LOCALES.values()])
async def test_every_answer_fits(open_world: OpenWorld, locale: str, color: str) -> None:
    async with open_world(locale=locale) as world:
        await ask(world, color)
        requests = [each.json for each in world.env.http_requests if each.method == "PATCH"]
        assert requests
        for message in requests:
            check_limits(message.get("components") or [])
