"""Replies keep within what Discord accepts, also where the simulation would let more pass."""

import json

import hypothesis.strategies as st
from hypothesis import example, given

from bot.language import ENGLISH
from bot.reply.message import Reply
from bot.reply.options import Options
from bot.reply.panel import PaletteEntry
from bot.sources.source import Source
from bot.workers.jobs import Outcome
from palette import Palette, Swatch, render_card

TEXT, COMPONENTS, FILES, FILE_BYTES, ALT_TEXT = 4000, 40, 10, 10 * 2**20, 1024

colors = st.tuples(*[st.integers(0, 255)] * 3)
names = st.text("abcdefghij -'", min_size=1, max_size=40).map(str.strip).filter(bool)


@st.composite
def palettes(draw: st.DrawFn) -> Palette:
    rgbs = draw(st.lists(colors, min_size=1, max_size=20, unique=True))
    weights = draw(
        st.lists(st.integers(1, 10**6), min_size=len(rgbs), max_size=len(rgbs)),
    )
    return Palette(
        tuple(
            Swatch(rgb, weight / sum(weights), draw(names))
            for rgb, weight in zip(rgbs, weights, strict=True)
        ),
        notes=tuple(draw(st.lists(st.just("Its colour profile is broken."), max_size=2))),
    )


def part(palette: Palette, card: bytes = b"card") -> PaletteEntry:
    return PaletteEntry(Outcome(palette, card), Options(), Source("https://cdn.example/photo.png"))


def reply(*parts: PaletteEntry | str, attach: bool = True) -> Reply:
    return Reply(parts, language=ENGLISH, asker=1, attach=attach)


parts = st.lists(
    st.builds(part, palettes()) | st.just("This image is damaged."),
    min_size=1,
    max_size=4,
)


def shown_text(reply: Reply) -> str:
    return "\n".join(
        component["content"] for component in flat(reply.to_components()) if component["type"] == 10
    )


def flat(components: list[dict]) -> list[dict]:
    return [
        each
        for component in components
        for each in (component, *flat(component.get("components", [])))
    ]


LARGEST = Palette(tuple(Swatch((n, n, n), 1 / 20, f"{n} " * 20) for n in range(20)))


@given(parts)
@example([part(LARGEST)] * 4)
def test_every_reply_is_within_the_limits(parts: list[PaletteEntry | str]) -> None:
    shown = reply(*parts)
    components = flat(shown.to_components())
    assert len(components) <= COMPONENTS
    assert len(shown_text(shown)) <= TEXT - 400
    assert len(shown.files) <= FILES
    for file in shown.files:
        assert file.description is not None
        assert 0 < len(file.description) <= ALT_TEXT
    json.dumps(shown.to_components())


@given(parts)
def test_no_code_is_ever_left_out(parts: list[PaletteEntry | str]) -> None:
    text = shown_text(reply(*parts))
    for each in parts:
        if isinstance(each, PaletteEntry):
            assert all(code in text for code in each.outcome.palette.hex)


@given(palettes())
def test_one_palette_is_told_in_full(palette: Palette) -> None:
    text = shown_text(reply(part(palette))).replace("\xa0", " ")
    assert all(swatch.name in text for swatch in palette)
    assert all(note in text for note in palette.notes)


@given(palettes())
def test_without_attachments_nothing_refers_to_one(palette: Palette) -> None:
    shown = reply(part(palette), attach=False)
    assert not shown.files
    assert "attachment://" not in json.dumps(shown.to_components())


def test_four_full_cards_are_far_from_the_largest_file() -> None:
    palette = Palette(
        tuple(
            Swatch((12 * n, 255 - 12 * n, 99), 1 / 20, f"greyish yellowish green {n}")
            for n in range(20)
        )
    )
    shown = reply(*[part(palette, render_card(palette))] * 4)
    sizes = [len(file.fp.read()) for file in shown.files]
    assert sum(sizes) < FILE_BYTES / 10
