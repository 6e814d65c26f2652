"""Palettes and what replies show of them, for property tests."""

from dataclasses import replace

import hypothesis.strategies as st

from bot.language import language_of
from bot.reply.options import MAX_LEFT_OUT, ORDER_LABELS, WAY_LABELS, Options
from bot.reply.packing import pack_palette, unpack_palette
from bot.reply.panel import PaletteEntry
from bot.sources.source import Source
from bot.workers.jobs import Outcome
from palette import MAX_COLORS, RGB, Note, NoteKind, Palette, SourceCopy, Swatch
from tests.bot.catalogues import LOCALES

SNOWFLAKE = 2**64 - 1  # the largest id
ATTACHED = f"https://cdn.discordapp.com/attachments/1/{SNOWFLAKE}/photo.png"

languages = st.sampled_from([language_of(code) for code in LOCALES])
colors = st.tuples(*[st.integers(0, 255)] * 3)
frames = st.integers(2, 100_000)
alone = (
    NoteKind.UNKNOWN_COLOR_SPACE,
    NoteKind.HDR,
    NoteKind.FIRST_PAGE,
    NoteKind.PREVIEW,
    NoteKind.FIRST_FRAME,
)
notes = (
    st.tuples()
    | st.tuples(st.sampled_from(alone).map(Note))
    | st.tuples(
        st.just(Note(NoteKind.INCOMPLETE)),
        st.builds(lambda total: Note(NoteKind.ALL_FRAMES, (total,)), frames)
        | st.builds(lambda total: Note(NoteKind.SOME_FRAMES, (24, total)), frames),
        st.just(Note(NoteKind.BROKEN_PROFILE)),
    )
)


def palette_of(rgbs: list[RGB], weights: list[int], notes: tuple[Note, ...] = ()) -> Palette:
    """Return a palette of these colours, named as usual; ``weights`` may be more than colours."""
    weights = weights[: len(rgbs)]
    unnamed = (Swatch(rgb, weight, "") for rgb, weight in zip(rgbs, weights, strict=True))
    named = unpack_palette(pack_palette(Palette(tuple(unnamed)), shares=False), shares=False)
    swatches = (
        replace(swatch, share=weight / sum(weights))
        for swatch, weight in zip(named, weights, strict=True)
    )
    return Palette(tuple(swatches), notes=notes)


palettes = st.builds(
    palette_of,
    st.lists(colors, min_size=1, max_size=MAX_COLORS, unique=True),
    st.lists(st.integers(1, 10**6), min_size=MAX_COLORS, max_size=MAX_COLORS),
    notes,
)


def renamed(palette: Palette, names: list[str]) -> Palette:
    swatches = zip(palette, names, strict=False)
    return replace(palette, swatches=tuple(replace(swatch, name=name) for swatch, name in swatches))


names = st.text("abcdefghij -'", min_size=1, max_size=40).map(str.strip).filter(bool)
renamed_palettes = st.builds(
    renamed, palettes, st.lists(names, min_size=MAX_COLORS, max_size=MAX_COLORS)
)


@st.composite
def entries(draw: st.DrawFn) -> PaletteEntry:
    palette = draw(palettes | renamed_palettes)
    shown = [swatch.rgb for swatch in palette]
    others = colors.filter(lambda rgb: rgb not in shown)
    options = Options(
        draw(st.integers(len(palette), MAX_COLORS) | st.just("auto")),
        order=draw(st.sampled_from(list(ORDER_LABELS))),
        keep=tuple(draw(st.lists(st.sampled_from(shown), unique=True))),
        leave_out=tuple(draw(st.lists(others, max_size=MAX_LEFT_OUT, unique=True))),
    ).choosing(draw(st.sampled_from(list(WAY_LABELS))))
    copy = draw(st.none() | st.just(SourceCopy(b"copy", "jpg")))
    url = draw(st.sampled_from([ATTACHED, "https://example.org/a.png"]))
    source = Source(url, spoiler=draw(st.booleans()))
    return PaletteEntry(Outcome(palette, b"card", copy), options, source)


GREYS = [(n, n, n) for n in range(MAX_COLORS)]
LARGEST = PaletteEntry(
    Outcome(
        palette_of(
            GREYS,
            [1] * MAX_COLORS,
            (
                Note(NoteKind.INCOMPLETE),
                Note(NoteKind.UNKNOWN_COLOR_SPACE),
                Note(NoteKind.SOME_FRAMES, (24, 40_001)),
            ),
        ),
        b"card",
        SourceCopy(b"copy", "webp"),
    ),
    Options(
        MAX_COLORS,
        keep=tuple(GREYS),
        leave_out=tuple((n, 0, 9) for n in range(MAX_LEFT_OUT)),
    ),
    Source(ATTACHED, spoiler=True),
)
"""All there can be: colours kept and left out, notes, and a copy of the image."""

LONG_NAMES = PaletteEntry(
    Outcome(renamed(palette_of(GREYS, [1] * MAX_COLORS), [f"{n} " * 20 for n in range(20)]), b""),
    Options(),
    Source("https://cdn.example/photo.png"),
)
"""Names that have to be cut."""
