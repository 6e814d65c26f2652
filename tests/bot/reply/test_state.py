"""Custom ids hold all that the controls need to know."""

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given, settings

from bot.reply.panel import PaletteEntry
from bot.reply.state import HERE, Origin, State, UnknownControlError
from tests.bot.reply.palettes import SNOWFLAKE, entries


@settings(deadline=None)
@given(
    entries(),
    st.integers(HERE, SNOWFLAKE),
    st.integers(0, SNOWFLAKE),
    st.tuples(*[st.booleans()] * 3),
    st.integers(5, 7),
)
def test_the_state_is_read_from_the_ids_it_was_written_to(
    entry: PaletteEntry,
    image: int,
    asker: int,
    flags: tuple[bool, bool, bool],
    controls: int,
) -> None:
    palette, options = entry.outcome.palette, entry.options
    state = State(palette, Origin(image, options, asker), *flags)
    ids = state.ids([f"action{'abcdefg'[n]}" for n in range(controls)], 3)
    again = State.read([*State(palette).ids(["x"] * 4, 1), *ids], 3)
    assert again.palette.hex == palette.hex
    assert again.palette.notes == palette.notes
    assert again.origin is not None
    assert set(again.origin.options.keep) == set(options.keep)
    kept_in_order = replace(options, keep=again.origin.options.keep)
    assert replace(again, palette=palette) == replace(
        state, origin=Origin(image, kept_in_order, asker)
    )


@settings(deadline=None)
@given(st.text("abc-_09", max_size=86))
def test_an_id_of_nonsense_is_refused_or_read(chunk: str) -> None:
    try:
        state = State.read([f"hh1:fewer:1:{chunk}"], 1)
    except UnknownControlError:
        return
    assert len(state.palette) >= 1
