"""Drawings compared with golden images that were looked at and approved."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, features

GOLDEN = Path(__file__).parent / "golden"
KEPT = Path(__file__).parents[3] / "build" / "golden"
TOLERANCE = 24  # of 255
CHAT_BACKGROUND = (49, 51, 56)  # Discord's


def on_chat_background(image: Image.Image) -> Image.Image:
    background = Image.new("RGBA", image.size, CHAT_BACKGROUND)
    return Image.alpha_composite(background, image.convert("RGBA")).convert("RGB")


def assert_matches_golden(image: Image.Image, name: str) -> None:
    """Compare with the golden image of this name; if they differ, keep both to look at."""
    if not features.check("raqm"):
        pytest.skip("without libfribidi Pillow does not kern, which moves every letter")
    drawn = on_chat_background(image)
    golden = on_chat_background(Image.open(GOLDEN / f"{name}.png"))
    assert drawn.size == golden.size
    # Averaged over squares the size of a letter: another version of FreeType may draw letters
    # differently, but none may be missing.
    one, other = (np.asarray(image.reduce(16), np.float64) for image in (drawn, golden))
    difference = np.abs(one - other).max()
    if difference > TOLERANCE:
        KEPT.mkdir(parents=True, exist_ok=True)
        drawn.save(KEPT / f"{name}-drawn.png")
        golden.save(KEPT / f"{name}-golden.png")
    assert difference <= TOLERANCE, f"compare the two images in {KEPT}"
