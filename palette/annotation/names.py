"""A human name for each colour.

``names.csv`` is the result of Randall Munroe's colour survey (https://xkcd.com/color/rgb/, CC0),
what thousands of people called the colours they were shown, without its coarse words, its
misspellings and one pink that is nearer to grey.
"""

import csv
from dataclasses import dataclass
from functools import cache
from itertools import chain, count
from pathlib import Path

import numpy as np

from palette.color.arrays import Lab, Values
from palette.color.oklab import chroma, distances, srgb_to_oklab

_CLOSE_CALL = 0.04  # how much farther than the nearest name an unused one may be
_MUCH = 0.15  # difference from which a namesake is "much" darker, redder, …
_WORDS = (("darker", "lighter"), ("greener", "redder"), ("bluer", "yellower"))  # L, a, b
# OKLab distance sees hue and chroma too weakly beside lightness; doubling a and b mends that
# (Ottosson's own later advice, "ΔE OK2" elsewhere): a light grey is no light pink.
_SCALE = np.array([1.0, 2.0, 2.0])
_GREY = 0.005  # chroma of a colour without hue ...
_HUED = 0.03  # ... and of names that it cannot have


@dataclass(frozen=True, slots=True)
class _Names:
    text: tuple[str, ...]
    lab: Lab


def name_colors(lab: Lab) -> list[str]:
    """Name n OKLab colours, shape (n, 3), by the nearest name; all n names differ.

    Where a name is taken by a colour nearer to it, the next one serves if it is about as near;
    else the colour says how it differs from its namesake ("darker teal"), numbered if need be.
    """
    known = _known()
    far = distances(lab * _SCALE, known.lab * _SCALE)
    far[np.ix_(chroma(lab) < _GREY, chroma(known.lab) > _HUED)] = np.inf
    bearers: dict[str, int] = {}
    for index in np.argsort(far.min(axis=1), kind="stable").tolist():
        near = np.flatnonzero(far[index] <= far[index].min() + _CLOSE_CALL)
        near = near[np.argsort(far[index, near], kind="stable")]
        texts = [known.text[int(rank)] for rank in near]
        free = [text for text in texts if text not in bearers]
        bearers[free[0] if free else _distinguished(texts[0], index, bearers, lab)] = index
    names = {index: name for name, index in bearers.items()}
    return [names[index] for index in range(len(lab))]


def _distinguished(name: str, index: int, bearers: dict[str, int], lab: Lab) -> str:
    compared = [f"{word} {name}" for word in _comparatives(lab[index] - lab[bearers[name]])]
    numbered = (f"{compared[0]} {number}" for number in count(2))
    return next(text for text in chain(compared, numbered) if text not in bearers)


def _comparatives(difference: Values) -> list[str]:
    """Say how a colour differs from its namesake, what is seen most first."""
    seen = difference * _SCALE
    words = [_WORDS[axis][int(seen[axis] > 0)] for axis in range(3)]
    ranked = np.argsort(-np.abs(seen), kind="stable")
    return [f"much {words[axis]}" if abs(seen[axis]) > _MUCH else words[axis] for axis in ranked]


@cache
def _known() -> _Names:
    with Path(__file__).with_name("names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rgb = [list(bytes.fromhex(row["hex"].removeprefix("#"))) for row in rows]
    return _Names(tuple(row["name"] for row in rows), srgb_to_oklab(rgb))
