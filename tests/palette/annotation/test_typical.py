"""The colour that a name stands for."""

from palette.annotation.names import name_colors
from palette.annotation.typical import typical_colors
from palette.annotation.vocabulary import load_vocabulary
from palette.color.oklab import srgb_to_oklab


def test_every_name_has_a_color() -> None:
    assert tuple(typical_colors()) == load_vocabulary().names


def test_nearly_every_color_is_called_by_its_name() -> None:
    called = {
        name: name_colors(srgb_to_oklab([rgb])) == [name] for name, rgb in typical_colors().items()
    }
    assert sum(called.values()) >= 8 / 9 * len(called) - 1
    plain = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "grey")
    assert all(called[name] for name in plain)


def test_a_color_of_css_is_taken_where_we_call_it_so() -> None:
    typical = typical_colors()
    assert typical["black"] == (0, 0, 0)
    assert typical["white"] == (255, 255, 255)
    assert typical["dark green"] == (0, 100, 0)
    assert typical["dark grey"] != (169, 169, 169)  # that of CSS is a light one
