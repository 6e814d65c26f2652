"""Palettes survive in a few bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reply.packing import pack_palette, unpack_palette
from palette import Palette
from tests.bot.reply.palettes import palettes


@given(palette=palettes, shares=st.booleans())
def test_a_palette_is_unpacked_as_it_was_packed(palette: Palette, *, shares: bool) -> None:
    again = unpack_palette(pack_palette(palette, shares=shares), shares=shares)
    assert again.hex == palette.hex
    assert [swatch.name for swatch in again] == [swatch.name for swatch in palette]
    assert sum(swatch.share for swatch in again) == pytest.approx(1, abs=1e-9)
    if shares:
        assert [swatch.share for swatch in again] == pytest.approx(
            [swatch.share for swatch in palette], abs=1e-6
        )
