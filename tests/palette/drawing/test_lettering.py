"""Which letters the drawings can show, and where a text that is too wide breaks."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palette.drawing.lettering import FONTS, Face, font, font_for, is_drawable
from palette.drawing.wrapping import wrap

FACES: dict[Face, str] = {"medium": "latin", "semibold": "latin", "japanese": "japanese"}


@pytest.mark.parametrize("face", FACES)
def test_a_typeface_has_every_letter_it_was_made_for(face: Face) -> None:
    typeface = font(face, 40)
    letters = set((FONTS / f"{FACES[face]}.txt").read_text("utf-8")) - {"\n"}
    spaces = {" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"}
    # What a typeface lacks it draws as nothing, and as wide as this.
    missing = typeface.getlength("\N{CYRILLIC SMALL LETTER ZHE}")
    assert not typeface.getmask("\N{CYRILLIC SMALL LETTER ZHE}").getbbox()
    assert {each for each in letters - spaces if not typeface.getmask(each).getbbox()} == set()
    assert {each for each in letters & spaces if typeface.getlength(each) == missing} == set()


@pytest.mark.parametrize(
    ("text", "drawable"),
    [
        ("Grün 22\xa0%", True),
        ("Verde-gălbui, Șofran, țiglă", True),
        ("22\u202f%", True),
        ("明るいオレンジがかった茶色 2", True),
        ("", True),
        ("ş", False),  # with a cedilla, which Romanian does not use
        ("жёлтый", False),
        ("漢", False),
        ("Grün 緑", False),  # no one typeface has both
        ("two\nlines", False),
    ],
)
def test_a_text_is_drawable_if_one_typeface_has_all_of_it(text: str, *, drawable: bool) -> None:
    assert is_drawable(text) is drawable


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("very dark grey-purple", ["very dark", "grey-", "purple"]),
        ("ごく暗い青みの緑", ["ごく暗い", "青みの緑"]),
        ("あざやかな赤みのオレンジ 2", ["あざやかな", "赤みの", "オレンジ 2"]),
    ],
)
def test_a_text_that_is_too_wide_is_broken(text: str, lines: list[str]) -> None:
    typeface = font_for(text, 30)
    width = 1 + int(max(map(typeface.getlength, lines)))
    assert wrap(text, width, typeface, max_lines=3) == lines


@given(st.text("abc äșあ緑ム 2-", min_size=1, max_size=40), st.integers(60, 400), st.integers(1, 4))
@example("あ緑", 60, 2)
def test_a_text_fits_its_width(text: str, width: int, most: int) -> None:
    typeface = font_for(text, 30)
    lines = wrap(text, width, typeface, most)
    assert len(lines) <= most
    assert all(typeface.getlength(line) <= width for line in lines)
