"""Controls keep within what Discord accepts, and within what a message can say of itself."""

from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from bot.controls.check import findings
from bot.controls.copy import codes_message
from bot.controls.download import TEXTS, files_menu
from bot.language import ENGLISH, LANGUAGES, Language, language_of
from bot.reply.message import Reply
from bot.reply.options import MAX_LEFT_OUT, Options
from bot.reply.packing import pack, unpack
from bot.reply.panel import PaletteEntry
from bot.reply.state import HERE, Origin, State, UnknownControlError
from bot.sources.source import Source
from bot.workers.jobs import Outcome
from palette import Palette, Swatch
from palette.color.rgb import RGB
from palette.export.formats import FORMATS
from palette.export.notation import NOTATIONS
from palette.redrawing.source_copy import SourceCopy
from palette.vision import check

ORDERS = ("path", "share", "hue", "lightness")
SNOWFLAKE = 2**64 - 1
ATTACHED = f"https://cdn.discordapp.com/attachments/1/{SNOWFLAKE}/photo.png"

languages = st.sampled_from([language_of(code) for code in LANGUAGES])
colors = st.tuples(*[st.integers(0, 255)] * 3)


def palette_of(rgbs: list[RGB], weights: list[int]) -> Palette:
    parts = [Swatch(rgb, weight, "") for rgb, weight in zip(rgbs, weights, strict=False)]
    named = unpack(pack(Palette(tuple(parts)), shares=False), shares=False)
    return Palette(
        tuple(
            replace(swatch, share=part.share / sum(weights[: len(parts)]))
            for swatch, part in zip(named, parts, strict=True)
        )
    )


palettes = st.builds(
    palette_of,
    st.lists(colors, min_size=1, max_size=20, unique=True),
    st.lists(st.integers(1, 10**6), min_size=20, max_size=20),
)


@st.composite
def parts(draw: st.DrawFn) -> PaletteEntry:
    palette = draw(palettes)
    mine = [swatch.rgb for swatch in palette]
    options = Options(
        draw(st.integers(len(palette), 20)),
        draw(st.sampled_from(ORDERS)),
        tuple(draw(st.lists(st.sampled_from(mine), unique=True))),
        tuple(
            draw(
                st.lists(colors.filter(lambda c: c not in mine), max_size=MAX_LEFT_OUT, unique=True)
            )
        ),
    )
    copy = draw(st.none() | st.just(SourceCopy(b"copy", "jpg")))
    source = Source(draw(st.sampled_from([ATTACHED, "https://example.org/a.png"])))
    return PaletteEntry(
        Outcome(palette, b"card", copy), options, replace(source, spoiler=draw(st.booleans()))
    )


GREYS = [(n, n, n) for n in range(20)]
LARGEST = PaletteEntry(
    Outcome(
        replace(
            palette_of(GREYS, [1] * 20),
            notes=(
                "It moves: these are the colours of 24 of its 40001 frames.",
                "Its colour profile is broken and was ignored.",
            ),
        ),
        b"card",
        SourceCopy(b"copy", "webp"),
    ),
    Options(20, "path", tuple(GREYS), tuple((n, 0, 9) for n in range(MAX_LEFT_OUT))),
    Source(ATTACHED, spoiler=True),
)


def flat(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        each
        for component in components
        for each in (
            component,
            *flat(component.get("components", [])),
            *flat([component["accessory"]] if "accessory" in component else []),
        )
    ]


def check_limits(components: list[dict[str, Any]]) -> None:
    everything = flat(components)
    assert len(everything) <= 40
    assert sum(len(each["content"]) for each in everything if each["type"] == 10) <= 4000
    ids = [each["custom_id"] for each in everything if "custom_id" in each]
    assert len(ids) == len(set(ids))
    assert all(1 <= len(custom_id) <= 100 for custom_id in ids)
    for each in everything:
        if each["type"] == 1:
            kinds = [child["type"] for child in each["components"]]
            assert kinds == [3] or (set(kinds) == {2} and len(kinds) <= 5)
        elif each["type"] == 2:
            assert 1 <= len(each["label"]) <= 80
        elif each["type"] == 3:
            check_menu(each)


def check_menu(menu: dict[str, Any]) -> None:
    options = menu["options"]
    assert 1 <= len(options) <= 25
    assert 0 <= menu["min_values"] <= menu["max_values"] <= len(options)
    assert 1 <= len(menu["placeholder"]) <= 150
    assert sum(option["default"] for option in options) <= menu["max_values"]
    assert len({option["value"] for option in options}) == len(options)
    for option in options:
        assert 1 <= len(option["label"]) <= 100
        assert len(option.get("description") or "") <= 100


@given(
    parts=st.lists(parts() | st.just("This image is damaged."), min_size=1, max_size=4),
    attach=st.booleans(),
    show_source=st.booleans(),
    expanded=st.booleans(),
    language=languages,
)
@example(parts=[LARGEST], attach=True, show_source=True, expanded=True, language=ENGLISH)
@example(parts=[LARGEST], attach=False, show_source=True, expanded=True, language=ENGLISH)
@example(parts=[LARGEST] * 2, attach=False, show_source=True, expanded=False, language=ENGLISH)
@example(
    parts=[*[LARGEST] * 4, "The first 4 of 6 images."],
    attach=True,
    show_source=False,
    expanded=False,
    language=ENGLISH,
)
@example(
    parts=[*[LARGEST] * 4, "The first 4 of 6 images."],
    attach=True,
    show_source=True,
    expanded=False,
    language=ENGLISH,
)
def test_every_reply_is_within_the_limits(
    parts: list[PaletteEntry | str],
    *,
    attach: bool,
    show_source: bool,
    expanded: bool,
    language: Language,
) -> None:
    single = sum(isinstance(part, PaletteEntry) for part in parts) == 1
    reply = Reply(
        parts,
        language=language,
        asker=SNOWFLAKE,
        attach=attach,
        show_source=show_source,
        expanded=expanded and single,
    )
    check_limits(reply.to_components())
    assert len(reply.files) <= 10


@given(palettes, languages)
@example(LARGEST.outcome.palette, language_of("de"))
def test_private_messages_are_within_the_limits(palette: Palette, language: Language) -> None:
    for notation in NOTATIONS:
        content, view = codes_message(palette, notation, 4, language)
        assert len(content) <= 2000
        check_limits(view.to_components())
    check_limits(files_menu(palette, 4, language).to_components())
    assert sum(map(len, findings(check(palette), palette, language))) <= 4000


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_check_of_many_confusions_is_within_the_limits(code: str) -> None:
    colors = [(150 + n, 60 - n, 0) for n in range(0, 50, 5)]
    colors += [(100 + n, 100 - n, 0) for n in range(0, 50, 5)]
    palette = palette_of(colors, [1] * 20)
    measured = check(palette)
    assert max(len(each.confusions) for each in measured.simulations) > 40
    text = "\n".join(findings(measured, palette, language_of(code)))
    assert len(text) <= 4000
    assert "…" in text


@given(palette=palettes, shares=st.booleans())
def test_a_palette_is_packed_and_unpacked(palette: Palette, *, shares: bool) -> None:
    again = unpack(pack(palette, shares=shares), shares=shares)
    assert again.hex == palette.hex
    assert [each.name for each in again] == [each.name for each in palette]
    assert sum(each.share for each in again) == pytest.approx(1, abs=1e-9)
    if shares:
        assert [each.share for each in again] == pytest.approx(
            [each.share for each in palette], abs=1e-6
        )


@given(
    parts(),
    st.integers(HERE, SNOWFLAKE),
    st.integers(0, SNOWFLAKE),
    st.tuples(*[st.booleans()] * 3),
    st.integers(5, 7),
)
def test_what_ids_say_is_read_again(
    part: PaletteEntry, picture: int, asker: int, flags: tuple[bool, bool, bool], controls: int
) -> None:
    state = State(part.outcome.palette, Origin(picture, part.options, asker), *flags)
    ids = state.ids([f"action{'abcdefg'[n]}" for n in range(controls)], 3)
    again = State.read([*State(part.outcome.palette).ids(["x"] * 4, 1), *ids], 3)
    assert again.palette.hex == state.palette.hex
    assert replace(again, palette=state.palette) == replace(
        state,
        origin=Origin(picture, replace(part.options, keep=again.origin.options.keep), asker),
    )
    assert set(again.origin.options.keep) == set(part.options.keep)


@given(st.text("abc-_09", max_size=86))
def test_an_id_that_says_nothing_is_refused_or_read(chunk: str) -> None:
    try:
        state = State.read([f"hh1:fewer:1:{chunk}"], 1)
    except UnknownControlError:
        return
    assert len(state.palette) >= 1


def test_what_files_say_of_themselves_is_translated() -> None:
    assert {each.label for each in FORMATS.values()} <= TEXTS
    programs = {each.programs for each in FORMATS.values()} - TEXTS
    assert all(name[0].isupper() for each in programs for name in each.split(", "))
