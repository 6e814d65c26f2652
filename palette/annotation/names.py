"""An English name for each colour.

``names.csv`` comes from Randall Munroe's colour survey (https://xkcd.com/color/rgb/, CC0), in which
thousands of people named the colours they were shown. Coarse words, misspellings and a pink that is
nearer to grey were removed.
"""

import csv
from dataclasses import dataclass
from functools import cache
from itertools import chain, count
from pathlib import Path

import numpy as np

from palette.color.arrays import Lab, Values
from palette.color.oklab import chroma, distances, srgb_to_oklab

# Distances are in OKLab with a and b doubled: without that it weighs hue and chroma too little
# beside lightness (Ottosson's own later advice, elsewhere "ΔE OK2"), and light grey becomes pink.
_SCALE = np.array([1.0, 2.0, 2.0])
_MAX_EXTRA_DISTANCE = 0.04  # how much farther than the nearest name an unused one may be
_MUCH = 0.15  # difference from which a colour is "much" darker, redder, …
_MAX_GRAY_CHROMA = 0.005  # of a colour without hue ...
_MIN_HUED_CHROMA = 0.03  # ... and of names that it cannot have
_COMPARATIVES = (("darker", "lighter"), ("greener", "redder"), ("bluer", "yellower"))  # L, a, b


@dataclass(frozen=True, slots=True)
class _Names:
    text: tuple[str, ...]
    lab: Lab


def name_colors(lab: Lab) -> list[str]:
    """Return a name for each of n OKLab colours, shape (n, 3); all n names differ.

    A colour gets the nearest name. If a colour nearer to that name has taken it, the next one will
    do if it is about as near; otherwise the name says how the two differ ("darker teal"), with a
    number if need be.
    """
    known = _load_names()
    distance = distances(lab * _SCALE, known.lab * _SCALE)
    is_gray, is_hued = chroma(lab) < _MAX_GRAY_CHROMA, chroma(known.lab) > _MIN_HUED_CHROMA
    distance[np.ix_(is_gray, is_hued)] = np.inf
    index_of: dict[str, int] = {}
    for index in np.argsort(distance.min(axis=1), kind="stable").tolist():
        near = np.flatnonzero(distance[index] <= distance[index].min() + _MAX_EXTRA_DISTANCE)
        near = near[np.argsort(distance[index, near], kind="stable")]
        names = [known.text[int(rank)] for rank in near]
        unused = [name for name in names if name not in index_of]
        index_of[unused[0] if unused else _compare(names[0], index, index_of, lab)] = index
    name_of = {index: name for name, index in index_of.items()}
    return [name_of[index] for index in range(len(lab))]


def _compare(name: str, index: int, index_of: dict[str, int], lab: Lab) -> str:
    """Return an unused name that compares a colour with the one that has this name."""
    comparatives = _comparatives(lab[index] - lab[index_of[name]])
    compared = [f"{comparative} {name}" for comparative in comparatives]
    numbered = (f"{compared[0]} {number}" for number in count(2))
    return next(text for text in chain(compared, numbered) if text not in index_of)


def _comparatives(difference: Values) -> list[str]:
    """Say how two colours differ, starting with what is seen most."""
    scaled = difference * _SCALE
    words = [_COMPARATIVES[axis][int(scaled[axis] > 0)] for axis in range(3)]
    ranked = np.argsort(-np.abs(scaled), kind="stable")
    return [f"much {words[axis]}" if abs(scaled[axis]) > _MUCH else words[axis] for axis in ranked]


@cache
def _load_names() -> _Names:
    with Path(__file__).with_name("names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rgb = [list(bytes.fromhex(row["hex"].removeprefix("#"))) for row in rows]
    return _Names(tuple(row["name"] for row in rows), srgb_to_oklab(rgb))
