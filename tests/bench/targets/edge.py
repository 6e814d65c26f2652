"""Images with one special property each: profiles, depths, alpha, frames, damage."""

import json
from collections.abc import Iterator
from pathlib import Path

from palette import (
    RGB,
    FullyTransparentError,
    ImageTooLargeError,
    PaletteError,
    TruncatedImageError,
    extract,
    hex_code,
)
from tests.bench import judge
from tests.bench.targets.figure import Figure

PROFILES = {
    "08_p3.png": ("p3", 2.0),
    "08b_p3.jpg": ("p3", 3.0),
    "08c_adobergb.jpg": ("adobe", 3.0),
    "08d_prophoto.png": ("pro", 2.0),
    "07c_cmyk_patches.jpg": ("swop", 3.0),
}
EXACT: dict[str, set[RGB]] = {
    "05_half_transparent_hidden_magenta.png": {(20, 80, 220)},
    "05b_alpha20_magenta.png": {(20, 80, 220), (255, 0, 200)},
    "06_anim.gif": {(220, 30, 30), (30, 180, 60), (30, 60, 220)},
    "09_16bit_rgb.png": {(40, 120, 200), (230, 180, 40)},
    "09b_16bit_grey.png": {(60, 60, 60), (180, 180, 180)},
}
REFUSED: dict[str, type[PaletteError]] = {
    "04_fully_transparent_hidden_red.png": FullyTransparentError,
    "11b_trunc60.jpg": TruncatedImageError,
    "11d_trunc60.png": TruncatedImageError,
    "12_bomb280MP.jpg": ImageTooLargeError,
}


def edge(folder: Path | None) -> Iterator[Figure]:
    """Yield nothing unless ``folder`` contains a folder ``edge`` with these files."""
    files = folder / "edge" if folder else Path()
    if not (files / "icc_truth.json").exists():
        return
    truth = json.loads((files / "icc_truth.json").read_text("utf-8"))
    for name, (key, tolerance) in PROFILES.items():
        palette = extract((files / name).read_bytes(), 2)
        far = float(judge.distances([s.rgb for s in palette], truth[key]).max())
        yield Figure(
            f"profile converted: {name}", f"ΔE2000 ≤ {tolerance:g}", f"{far:.2f}", far <= tolerance
        )
    for name, colors in EXACT.items():
        found = {swatch.rgb for swatch in extract((files / name).read_bytes())}
        yield Figure(
            f"exact colours: {name}", _format_set(colors), _format_set(found), found == colors
        )
    for name, error in REFUSED.items():
        outcome = _outcome((files / name).read_bytes())
        yield Figure(f"refused: {name}", error.__name__, outcome, outcome == error.__name__)


def _format_set(colors: set[RGB]) -> str:
    return " ".join(hex_code(color) for color in sorted(colors))


def _outcome(data: bytes) -> str:
    try:
        return f"{len(extract(data))} colours"
    except PaletteError as error:
        return type(error).__name__
