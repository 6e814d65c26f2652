"""Names without much of a hue: a ladder from black to white, and the tints beside it.

Their lightness and chroma were set by eye, as the survey showed people saturated colours mostly.
"""

from collections.abc import Iterator

import numpy as np

from palette.color.arrays import Values

from .gaussians import quadratic

# Each rung: its lightness, and the chroma of its tints.
_LADDER = {
    "black": (0.17, 0.042),
    "charcoal": (0.34, 0.032),
    "dark grey": (0.47, 0.029),
    "grey": (0.65, 0.026),
    "light grey": (0.80, 0.022),
    "very light grey": (0.91, 0.018),
    "off-white": (0.958, 0.018),
    "white": (1.0, 0.018),
}
# Each tint: its hue in degrees, and from which lightness to which it has a name.
_TINTS = {
    "pink": (5, 0.6, 1),
    "brown": (55, 0, 0.75),
    "beige": (80, 0.68, 1),
    "olive": (108, 0.3, 0.7),
    "green": (158, 0, 1),
    "blue": (235, 0, 1),
    "purple": (315, 0, 0.93),
}
_WHITES = {
    "pink": "pinkish white",
    "beige": "creamy white",
    "green": "greenish white",
    "blue": "bluish white",
}
_LIGHTNESS_SPREAD = 0.055  # standard deviation
_CHROMA_SPREAD = 0.42  # standard deviation, as a part of the chroma of a tint
_TINTED_BLACK_LIGHTNESS = 0.235  # in anything blacker no tint is seen


def neutral_names() -> Iterator[tuple[str, Values, str | None]]:
    """Yield each name, its cost as ten coefficients, and the series it belongs to, if any.

    Names of one series differ in lightness only and come from dark to light.
    """
    for rung, (lightness, chroma) in _LADDER.items():
        spreads = np.array([_LIGHTNESS_SPREAD, _CHROMA_SPREAD * chroma, _CHROMA_SPREAD * chroma])
        precision = np.diag(spreads**-2)
        yield rung, quadratic(np.array([lightness, 0, 0]), precision), "grey"
        for tint, (hue, darkest, lightest) in _TINTS.items():
            name = _tinted(rung, tint)
            if name is None or not darkest <= lightness <= lightest:
                continue
            angle = np.radians(hue)
            seen_from = _TINTED_BLACK_LIGHTNESS if rung == "black" else lightness
            mean = np.array([seen_from, chroma * np.cos(angle), chroma * np.sin(angle)])
            series = f"{tint}-grey" if name.endswith("grey") else None
            yield name, quadratic(mean, precision), series


def rung_costs() -> Values:
    """Return how far a colour is from each rung in lightness alone, shape (10, rungs)."""
    precision = np.diag([_LIGHTNESS_SPREAD**-2, 0, 0])
    means = (np.array([lightness, 0, 0]) for lightness, _ in _LADDER.values())
    return np.stack([quadratic(mean, precision) for mean in means], axis=1)


def is_untinted(name: str) -> bool:
    """Return whether a name says nothing but a lightness."""
    return name in _LADDER


def _tinted(rung: str, tint: str) -> str | None:
    match rung:
        case "white":
            return None
        case "off-white":
            return _WHITES.get(tint)
        case "charcoal":
            return f"very dark {tint}-grey"
        case "black":
            return None if tint == "olive" else f"{tint}-black"
        case _:
            return rung.replace("grey", f"{tint}-grey")
