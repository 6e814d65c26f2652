"""Pictures compared with those that were looked at and approved."""

from pathlib import Path

import numpy as np
from PIL import Image

GOLDEN = Path(__file__).parent / "golden"
KEPT = Path(__file__).parents[2] / "build" / "golden"
TOLERANCE = 24  # of 255
DARK = (49, 51, 56)  # Discord's background


def in_chat(picture: Image.Image) -> Image.Image:
    chat = Image.new("RGBA", picture.size, DARK)
    return Image.alpha_composite(chat, picture.convert("RGBA")).convert("RGB")


def assert_looks_as_approved(picture: Image.Image, name: str) -> None:
    """Compare with the picture of that name; if they differ, both are kept to look at."""
    drawn, approved = in_chat(picture), in_chat(Image.open(GOLDEN / f"{name}.png"))
    assert drawn.size == approved.size
    # Averaged over squares the size of a letter: what draws the letters may change its version,
    # but no letter may be missing.
    one, other = (np.asarray(image.reduce(16), np.float64) for image in (drawn, approved))
    difference = np.abs(one - other).max()
    if difference > TOLERANCE:
        KEPT.mkdir(parents=True, exist_ok=True)
        drawn.save(KEPT / f"{name}-drawn.png")
        approved.save(KEPT / f"{name}-approved.png")
    assert difference <= TOLERANCE, f"compare the two pictures in {KEPT}"
