import pickle
from dataclasses import FrozenInstanceError, replace

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from palette import RGB, Note, NoteKind, Palette, Swatch
from palette.color.oklab import chroma, srgb_to_oklab

RED = Swatch((255, 0, 0), 0.25, "red")
TEAL = Swatch((0, 128, 128), 0.5, "teal")
GRAY = Swatch((128, 128, 128), 0.125, "grey")
WHITE = Swatch((255, 255, 255), 0.125, "white")
PALETTE = Palette((RED, TEAL, GRAY, WHITE))

colors = st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=20, unique=True)


def palette_of(rgb: list[RGB]) -> Palette:
    whole = sum(range(1, len(rgb) + 1))
    return Palette(
        tuple(Swatch(color, (at + 1) / whole, str(color)) for at, color in enumerate(rgb))
    )


def test_swatch_has_a_hex_code() -> None:
    assert Swatch((1, 171, 254), 1.0, "blue").hex == "#01abfe"
    assert PALETTE.hex == ("#ff0000", "#008080", "#808080", "#ffffff")


@pytest.mark.parametrize(
    ("share", "text"),
    [(1, "100%"), (0.999, ">99%"), (0.5, "50%"), (0.126, "13%"), (0.01, "1%"), (0.0099, "<1%")],
)
def test_share_is_never_rounded_to_nothing_or_everything(share: float, text: str) -> None:
    assert Swatch((0, 0, 0), share, "black").percent == text


def test_palette_iterates_over_its_swatches() -> None:
    assert len(PALETTE) == 4
    assert list(PALETTE) == [RED, TEAL, GRAY, WHITE]


def test_first_of_the_largest_swatches_is_dominant() -> None:
    assert PALETTE.dominant is TEAL
    assert Palette((GRAY, WHITE)).dominant is GRAY


def test_pickled_palette_is_equal_and_hashes_alike() -> None:
    again = pickle.loads(pickle.dumps(PALETTE))  # noqa: S301, our own bytes
    assert again == PALETTE
    assert hash(again) == hash(PALETTE)
    assert replace(PALETTE, background=TEAL) != PALETTE


def test_palettes_and_swatches_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        PALETTE.swatches = ()
    with pytest.raises(FrozenInstanceError):
        RED.share = 1.0


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("path", (RED, TEAL, GRAY, WHITE)),
        ("share", (TEAL, RED, GRAY, WHITE)),
        ("lightness", (TEAL, GRAY, RED, WHITE)),
        ("hue", (GRAY, WHITE, RED, TEAL)),
    ],
)
def test_palette_is_sorted_by_each_order(order: str, expected: tuple[Swatch, ...]) -> None:
    assert PALETTE.sorted_by(order).swatches == expected


@given(colors)
def test_share_falls_and_lightness_rises(rgb: list[RGB]) -> None:
    palette = palette_of(rgb)
    share = [swatch.share for swatch in palette.sorted_by("share")]
    assert share == sorted(share, reverse=True)
    lightness = srgb_to_oklab([swatch.rgb for swatch in palette.sorted_by("lightness")])[:, 0]
    assert lightness.tolist() == sorted(lightness)


@given(colors)
def test_hues_go_round_the_wheel_after_the_grays(rgb: list[RGB]) -> None:
    by_hue = [swatch.rgb for swatch in palette_of(rgb).sorted_by("hue")]
    is_gray = (chroma(srgb_to_oklab(by_hue)) < 0.02).tolist()
    assert is_gray == sorted(is_gray, reverse=True)
    vivid = by_hue[is_gray.count(True) :]
    oklch = [Color("srgb", [value / 255 for value in rgb]).convert("oklch") for rgb in vivid]
    hues = [color["hue"] for color in oklch]
    # Two libraries differ in the last digits.
    assert hues == pytest.approx(sorted(hues), abs=0.05)


@given(colors, st.sampled_from(["path", "share", "hue", "lightness"]))
def test_sorting_loses_nothing(rgb: list[RGB], order: str) -> None:
    palette = replace(palette_of(rgb), notes=(Note(NoteKind.BROKEN_PROFILE),))
    ordered = palette.sorted_by(order)
    assert set(ordered) == set(palette)
    assert len(ordered) == len(palette)
    assert ordered.notes == palette.notes


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (Note(NoteKind.ALL_FRAMES, (40,)), "Animation: colours from all 40 frames."),
        (Note(NoteKind.SOME_FRAMES, (24, 40)), "Animation: colours from 24 of 40 frames."),
        (Note(NoteKind.BROKEN_PROFILE), "The colour profile is broken and was ignored."),
        (
            Note(NoteKind.UNKNOWN_COLOR_SPACE),
            "The colour space is unknown; the colours were taken for sRGB.",
        ),
        (Note(NoteKind.HDR), "HDR image: these are the colours that a normal screen shows."),
        (
            Note(NoteKind.INCOMPLETE),
            "The file is damaged or incomplete: colours from what could be read.",
        ),
        (Note(NoteKind.FIRST_PAGE), "Several pages: colours from the first one."),
        (Note(NoteKind.PREVIEW), "Raw photo: colours from the preview in the file."),
        (Note(NoteKind.FIRST_FRAME), "Animation: colours from its first frame."),
    ],
)
def test_note_is_a_sentence_when_printed(note: Note, sentence: str) -> None:
    assert str(note) == sentence


@pytest.mark.parametrize("kind", NoteKind)
def test_every_kind_of_note_has_a_sentence(kind: NoteKind) -> None:
    sentence = str(Note(kind, (3, 5)))
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_notes_are_values() -> None:
    note = Note(NoteKind.SOME_FRAMES, (24, 40))
    assert note == Note(NoteKind.SOME_FRAMES, (24, 40))
    assert note != Note(NoteKind.SOME_FRAMES, (24, 41))
    assert pickle.loads(pickle.dumps(note)) == note  # noqa: S301, our own bytes
    with pytest.raises(FrozenInstanceError):
        note.numbers = ()
