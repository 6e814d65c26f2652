"""What colours are called, and how their shares are written, in each language."""

import pytest

from bot.color_names import COLOR_NAMES, color_name, label, name_and_share
from bot.language import language_of
from palette import Swatch
from palette.annotation.vocabulary import load_vocabulary
from palette.drawing.lettering import font_for, is_drawable
from palette.drawing.wrapping import shorten
from tests.bot.catalogues import LOCALES


def test_every_name_that_the_library_gives_can_be_translated() -> None:
    assert set(load_vocabulary().names) == COLOR_NAMES


@pytest.mark.parametrize("code", LOCALES)
def test_no_two_colors_share_a_name_in_any_language(code: str) -> None:
    language = language_of(code)
    assert len({color_name(name, language) for name in COLOR_NAMES}) == len(COLOR_NAMES)


@pytest.mark.parametrize(
    ("code", "name", "translated"),
    [
        ("en", "dark grey", "dark grey"),
        ("en_US", "dark grey-green", "dark gray-green"),
        ("en_US", "dark red", "dark red"),
        ("de", "dark green", "Dunkelgrün"),
        ("de", "dark grey-green", "dunkles Graugrün"),
        ("de", "very dark red", "sehr dunkles Rot"),
        ("es", "light green", "verde claro"),
        ("es", "dark maroon", "granate oscuro"),
        ("fr", "pale blue", "bleu pâle"),
        ("fr", "tan", "beige foncé"),
        ("pt_BR", "dark blue", "azul-escuro"),
        ("pt_BR", "very dark blue", "azul muito escuro"),
        ("ro", "very light blue", "albastru foarte deschis"),
        ("ja", "dark red", "暗い赤"),
        ("ja", "light blue-grey", "青みの明るい灰色"),  # JIS Z 8102: the tint before the tone
    ],
)
def test_a_name_is_translated(code: str, name: str, translated: str) -> None:
    language = language_of(code)
    assert color_name(name, language) == translated
    assert color_name(f"{name} 12", language) == f"{translated} 12"


@pytest.mark.parametrize("code", LOCALES)
@pytest.mark.parametrize("name", ["", "2", "dusk {0}", "Kept: {codes}", "dark"])
def test_any_other_name_stays_as_it_is(code: str, name: str) -> None:
    assert color_name(name, language_of(code)) == name


@pytest.mark.parametrize(
    ("code", "share", "written"),
    [
        ("en", 0.22, "green 22%"),
        ("en_US", 0.001, "green <1%"),
        ("de", 0.22, "Grün 22\xa0%"),
        ("de", 0.001, "Grün <1\xa0%"),
        ("de", 0.999, "Grün >99\xa0%"),
        ("de", 1, "Grün 100\xa0%"),
        ("es", 0.22, "verde 22\xa0%"),
        ("fr", 0.22, "vert 22\xa0%"),
        ("pt_BR", 0.22, "verde 22%"),
        ("ro", 0.22, "verde 22\xa0%"),
        ("ja", 0.22, "緑 22%"),
    ],
)
def test_a_share_is_written_as_the_language_does(code: str, share: float, written: str) -> None:
    assert name_and_share(Swatch((0, 255, 0), share, "green"), language_of(code)) == written


@pytest.mark.parametrize("code", LOCALES)
def test_a_card_can_show_every_name_and_share(code: str) -> None:
    texts = {
        text
        for name in (*COLOR_NAMES, "brown 2", "brown 19")
        for share in (0.001, 0.22, 0.999, 1)
        for text in label(Swatch((0, 255, 0), share, name), language_of(code))
    }
    letters = {letter for text in texts for letter in (*text, *text.upper())}
    assert {text for text in texts if not is_drawable(text)} == set()
    assert {letter for letter in letters if not is_drawable(letter)} == set()


@pytest.mark.parametrize("code", LOCALES)
def test_a_name_fits_its_row_of_the_card_or_is_hardly_shortened(code: str) -> None:
    language, width, size = language_of(code), 430, 34
    shown = {
        name: shorten(text, width, font_for(text, size))
        for name in COLOR_NAMES
        if (text := color_name(name, language))
    }
    shortened = [name for name, text in shown.items() if text.endswith("…")]
    assert len(shortened) < len(COLOR_NAMES) / 10
    assert all(len(shown[name]) > 0.7 * len(color_name(name, language)) for name in shortened)
