"""What people mean by a colour word: for each of 28 words, a normal distribution in OKLab.

``words.csv`` holds their means and covariances. ``tests/bench/build_names.py`` computes them from
the answers to Randall Munroe's colour survey (https://xkcd.com/color/rgb/, CC0), as counted in C3:
J. Heer, M. Stone, "Color naming models for color selection, image editing and palette design"
(CHI 2012), https://github.com/StanfordHCI/c3. C3 is under the BSD licence in ``C3-LICENSE.txt``.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from palette.color.arrays import Values

from .gaussians import quadratic

# Nats by which a word is less likely than the survey says: for the dark colours that it had few
# of, "navy" was said of much that is not blue; "olive" says more than "brown" or "green".
_RELUCTANCE = {"navy": 0.9, "olive": -0.3}


@dataclass(frozen=True, slots=True)
class HueRange:
    """Hues in degrees: those at most ``half_width`` from ``middle``."""

    middle: float
    half_width: float

    def meeting(self, other: "HueRange", min_half_width: float) -> "HueRange":
        """Return the hues between this range and the next, or those around where they overlap."""
        way = 1 if (other.middle - self.middle) % 360 < 180 else -1
        edge = self.middle + way * self.half_width
        facing = other.middle - way * other.half_width
        gap = (facing - edge + 180) % 360 - 180
        return HueRange((edge + gap / 2) % 360, max(min_half_width, abs(gap) / 2))


@dataclass(frozen=True, slots=True)
class Word:
    """The colours that people gave a word to.

    ``cost`` is the negative log-likelihood of the word for a colour, as ten coefficients.
    ``direction`` is the unit vector of its mean hue in the plane of a and b; the spreads are
    standard deviations. Black, grey and white have no ``hues``.
    """

    cost: Values
    lightness: float
    lightness_spread: float
    direction: Values
    chroma: float
    chroma_spread: float
    hues: HueRange | None


def read_rows(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the tables beside this module."""
    with Path(__file__).with_name(table).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load_words() -> dict[str, Word]:
    """Read ``words.csv``."""
    return {row["word"]: _word(row) for row in read_rows("words.csv")}


def _word(row: Mapping[str, str]) -> Word:
    mean = np.array([float(row[column]) for column in ("L", "a", "b")])
    triangle = [float(row[column]) for column in ("LL", "La", "Lb", "aa", "ab", "bb")]
    covariance = np.array(triangle)[[[0, 1, 2], [1, 3, 4], [2, 4, 5]]]
    _, log_determinant = np.linalg.slogdet(covariance)
    rarity = log_determinant / 2 - np.log(float(row["answers"]))
    constant = float(rarity) + _RELUCTANCE.get(row["word"], 0.0)
    chroma = float(np.hypot(*mean[1:]))
    direction = mean[1:] / chroma
    hues = None
    if row["from"]:
        start, end = float(row["from"]), float(row["to"])
        width = (end - start) % 360
        hues = HueRange((start + width / 2) % 360, width / 2)
    return Word(
        quadratic(mean, np.linalg.inv(covariance), constant),
        float(mean[0]),
        float(np.sqrt(covariance[0, 0])),
        direction,
        chroma,
        float(np.sqrt(direction @ covariance[1:, 1:] @ direction)),
        hues,
    )
