import pickle
from dataclasses import FrozenInstanceError

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from palette import Palette, Swatch
from palette.color.oklab import chroma, srgb_to_oklab

RED = Swatch((255, 0, 0), 0.25, "red")
TEAL = Swatch((0, 128, 128), 0.5, "teal")
GREY = Swatch((128, 128, 128), 0.125, "grey")
WHITE = Swatch((255, 255, 255), 0.125, "white")
PALETTE = Palette((RED, TEAL, GREY, WHITE))

colors = st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=20, unique=True)


def palette_of(rgb: list[tuple[int, int, int]]) -> Palette:
    whole = sum(range(1, len(rgb) + 1))
    return Palette(
        tuple(Swatch(color, (at + 1) / whole, str(color)) for at, color in enumerate(rgb))
    )


def test_a_swatch_tells_its_code() -> None:
    assert Swatch((1, 171, 254), 1.0, "blue").hex == "#01abfe"
    assert PALETTE.hex == ("#ff0000", "#008080", "#808080", "#ffffff")


@pytest.mark.parametrize(
    ("share", "text"),
    [(1, "100%"), (0.999, ">99%"), (0.5, "50%"), (0.126, "13%"), (0.01, "1%"), (0.0099, "<1%")],
)
def test_a_share_is_never_rounded_to_nothing_or_everything(share: float, text: str) -> None:
    assert Swatch((0, 0, 0), share, "black").percent == text


def test_a_palette_is_a_sequence_of_its_swatches() -> None:
    assert len(PALETTE) == 4
    assert list(PALETTE) == [RED, TEAL, GREY, WHITE]


def test_the_first_of_the_largest_is_dominant() -> None:
    assert PALETTE.dominant is TEAL
    assert Palette((GREY, WHITE)).dominant is GREY


def test_equal_palettes_are_equal_and_hash_alike_also_after_pickling() -> None:
    again = pickle.loads(pickle.dumps(PALETTE))  # noqa: S301, our own bytes
    assert again == PALETTE
    assert hash(again) == hash(PALETTE)
    assert Palette(PALETTE.swatches, background=TEAL) != PALETTE


def test_nothing_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PALETTE.swatches = ()
    with pytest.raises(FrozenInstanceError):
        RED.share = 1.0


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("path", (RED, TEAL, GREY, WHITE)),
        ("share", (TEAL, RED, GREY, WHITE)),
        ("lightness", (TEAL, GREY, RED, WHITE)),
        ("hue", (GREY, WHITE, RED, TEAL)),
    ],
)
def test_orders(order: str, expected: tuple[Swatch, ...]) -> None:
    assert PALETTE.sorted_by(order).swatches == expected


@given(colors)
def test_an_order_is_told_by_its_measure(rgb: list[tuple[int, int, int]]) -> None:
    palette = palette_of(rgb)
    share = [swatch.share for swatch in palette.sorted_by("share")]
    assert share == sorted(share, reverse=True)
    lightness = srgb_to_oklab([swatch.rgb for swatch in palette.sorted_by("lightness")])[:, 0]
    assert lightness.tolist() == sorted(lightness)


@given(colors)
def test_hues_go_round_the_wheel_after_the_greys(rgb: list[tuple[int, int, int]]) -> None:
    by_hue = [swatch.rgb for swatch in palette_of(rgb).sorted_by("hue")]
    is_grey = (chroma(srgb_to_oklab(by_hue)) < 0.02).tolist()
    assert is_grey == sorted(is_grey, reverse=True)
    vivid = by_hue[is_grey.count(True) :]
    oklch = [Color("srgb", [value / 255 for value in rgb]).convert("oklch") for rgb in vivid]
    hues = [color["hue"] for color in oklch]
    # Equal hues differ in the last digits between two libraries.
    assert hues == pytest.approx(sorted(hues), abs=0.05)


@given(colors, st.sampled_from(["path", "share", "hue", "lightness"]))
def test_an_order_loses_nothing(rgb: list[tuple[int, int, int]], order: str) -> None:
    palette = Palette(palette_of(rgb).swatches, background=None, notes=("a note",))
    ordered = palette.sorted_by(order)
    assert set(ordered) == set(palette)
    assert len(ordered) == len(palette)
    assert ordered.notes == palette.notes
