"""Whether palettes have what people see in images, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.bench import judge
from tests.bench.accents import AccentScene
from tests.bench.competitors import RGB
from tests.bench.drawings import Drawing
from tests.bench.metric import Array
from tests.bench.picked import Picked

NEAR, VERY_NEAR = 10.0, 6.0  # ΔE2000 within which a palette has a colour that people picked
MAX_DRAWN = 4.0  # ΔE2000 within which a swatch is a colour of a drawing


@dataclass(frozen=True, slots=True)
class Sights:
    """Images with the colours that their palettes should have; the last two lists may be empty."""

    accents: list[AccentScene]
    drawings: list[Drawing]
    things: list[Picked]
    hand_picked: list[Picked]


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of the sights the palettes have.

    Fractions: ``things`` of all things, ``hand_picked`` (and ``closely``, within ΔE2000 6) as the
    mean of the images and then of the collections; None if there were none to find. ``accents`` of
    the images, ``drawn`` of the colours of all drawings. ``edges`` counts swatches of no colour
    that was drawn.
    """

    things: float | None
    hand_picked: float | None
    closely: float | None
    accents: float
    drawn: float
    edges: int


def look(sights: Sights, find: Callable[[bytes], list[RGB]]) -> Seen:
    """Judge the palettes that ``find`` returns for image files; empty ones have no colour."""
    palettes = [find(drawing.data) for drawing in sights.drawings]
    pairs = list(zip(palettes, sights.drawings, strict=True))
    drawn = np.concatenate([judge.distances(rgb, drawing.colors) for rgb, drawing in pairs])
    made = np.concatenate([judge.distances(drawing.colors, rgb) for rgb, drawing in pairs])
    things = [judge.distances(find(each.data), each.colors) for each in sights.things]
    picked = [judge.distances(find(each.data), each.colors) for each in sights.hand_picked]
    return Seen(
        things=float((np.concatenate(things) <= NEAR).mean()) if things else None,
        hand_picked=_mean_share(NEAR, sights.hand_picked, picked),
        closely=_mean_share(VERY_NEAR, sights.hand_picked, picked),
        accents=float(np.mean([judge.has_color(find(a.data), a.rgb) for a in sights.accents])),
        drawn=float((drawn <= MAX_DRAWN).mean()),
        edges=int((made > MAX_DRAWN).sum()),
    )


def _mean_share(limit: float, images: list[Picked], distances: list[Array]) -> float | None:
    """Return the share of colours within ``limit``: mean of images, then of collections."""
    shares: dict[str, list[float]] = {}
    for picked, distance in zip(images, distances, strict=True):
        shares.setdefault(picked.collection, []).append(float((distance <= limit).mean()))
    return float(np.mean([np.mean(each) for each in shares.values()])) if shares else None
