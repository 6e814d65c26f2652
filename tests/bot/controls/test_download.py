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
    expected = palette.extract(flower[1], 10)
    name = expected.dominant.name
    (filename,) = sent.sent
    assert filename == f"{name.replace(' ', '-')}-10.{suffix}"
    assert sent.file(filename) == export(expected, suffix, name.capitalize())


def test_formats_are_described_in_words_that_are_translated_or_by_names_of_programs() -> None:
    labels = {each.label for each in FORMATS.values()}
    programs = {each.programs for each in FORMATS.values()}
    assert labels <= TEXTS <= labels | programs
    assert all(name[0].isupper() for each in programs - TEXTS for name in each.split(", "))
