"""Download: the palette as a file for another program."""

import pytest

import palette
from bot.controls.download import TEXTS
from palette import FORMATS
from palette.export import export
from tests.bot.controls.pressed import Ask
from tests.bot.world import File


@pytest.mark.asyncio(loop_scope="session")
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
