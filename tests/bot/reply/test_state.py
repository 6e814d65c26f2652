"""Custom ids hold all that the controls need to know."""

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given

from bot.reply.options import Options
from bot.reply.panel import PaletteEntry
from bot.reply.state import HERE, Origin, State, UnknownControlError
from palette import Note, NoteKind
from tests.bot.catalogues import LOCALES
from tests.bot.reply.palettes import SNOWFLAKE, entries

# An expanded reply from before there were styles.
OLD_IDS = [
    "hh1:fewer:1:HQUCDbTa",
    "hh1:more:1:X0n4tHgR",
    "hh1:adjust:1:IhD0femB",
    "hh1:copy:1:FQAAAAQB",
    "hh1:file:1:CCwoBzEs",
    "hh1:recolor:1:MjQsNDAE",
    "hh1:check:1:FxIFPDjC",
    "hh1:number:1:WSbfoWZm",
    "hh1:order:1:ZmZMzMwz",
    "hh1:keep:1:MzMZmZo",
    "hh1:leave:1:",
]


@given(
    entries(),
    st.integers(HERE, SNOWFLAKE),
    st.integers(0, SNOWFLAKE),
    st.tuples(*[st.booleans()] * 3, st.sampled_from(["", *LOCALES])),
    st.integers(5, 7),
)
def test_the_state_is_read_from_the_ids_it_was_written_to(
    entry: PaletteEntry,
    image: int,
    asker: int,
    shown: tuple[bool, bool, bool, str],
    controls: int,
) -> None:
    palette, options = entry.outcome.palette, entry.options
    state = State(palette, Origin(image, options, asker), *shown)
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


def test_a_reply_from_before_there_were_styles_is_faithful() -> None:
    state = State.read(OLD_IDS, 1)
    options = Options(5, "faithful", order="hue", keep=((194, 89, 38),), leave_out=((8, 44, 40),))
    assert state.origin == Origin(1234567890123456789, options, 987654321098765432)
    assert state.palette.hex == ("#041712", "#053c38", "#c25926", "#dfa166")
    assert state.palette.notes == (Note(NoteKind.SOME_FRAMES, (24, 40)),)
    assert not state.brief
    assert not state.language
    ids = state.ids([custom_id.split(":")[1] for custom_id in OLD_IDS], 1)
    assert State.read(ids, 1) == state


@given(st.text("abc-_09", max_size=86))
def test_an_id_of_nonsense_is_refused_or_read(chunk: str) -> None:
    try:
        state = State.read([f"hh1:fewer:1:{chunk}"], 1)
    except UnknownControlError:
        return
    assert len(state.palette) >= 1
