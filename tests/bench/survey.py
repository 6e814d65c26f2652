"""The answers to the XKCD colour survey, as C3 counted them in cubes of CIE L*a*b*."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from coloraide import Color

from palette.color.oklab import srgb_to_oklab
from tests.bench.metric import Array

# Each word that names are made of, and the answers that count as this word, as C3 writes them.
ANSWERS = {
    "black": "black",
    "white": "white offwhite",
    "grey": "grey lightgrey darkgrey",
    "red": "red darkred brightred lightred deepred bloodred",
    "orange": "orange lightorange darkorange",
    "yellow": "yellow paleyellow darkyellow lightyellow brightyellow",
    "green": (
        "green lightgreen brightgreen darkgreen neongreen palegreen pastelgreen forestgreen"
        " grassgreen kellygreen seagreen peagreen springgreen armygreen huntergreen leafgreen"
        " mossgreen applegreen sage"
    ),
    "blue": (
        "blue lightblue darkblue brightblue babyblue paleblue deepblue electricblue mediumblue"
        " royalblue skyblue steelblue seablue oceanblue azure cerulean cornflowerblue slateblue"
    ),
    "purple": (
        "purple lightpurple darkpurple brightpurple royalpurple deeppurple palepurple neonpurple"
    ),
    "pink": "pink hotpink darkpink lightpink brightpink palepink neonpink",
    "brown": "brown lightbrown darkbrown",
    "beige": "beige sand",
    "tan": "tan",
    "cream": "cream",
    "olive": "olive",
    "teal": "teal darkteal lightteal",
    "turquoise": "turquoise darkturquoise lightturquoise aqua cyan aquamarine robinseggblue",
    "navy": "navyblue midnightblue",
    "maroon": "maroon burgundy wine",
    "magenta": "magenta darkmagenta fuchsia",
    "lavender": "lavender lilac",
    "lime": "limegreen lime chartreuse",
    "mint": "mint seafoamgreen",
    "peach": "peach",
    "salmon": "salmon coral",
    "gold": "gold goldenrod yelloworange",
    "mustard": "mustard mustardyellow ochre",
    "rose": "rose dustyrose",
    "rust": "rust brickred brick terracotta burntorange burntsienna",
}


@dataclass(frozen=True)
class Survey:
    """How often people gave each answer to colours (n, 3) in OKLab: ``counts`` (n, answers)."""

    lab: Array
    answers: list[str]
    counts: Array

    def count_words(self) -> Array:
        """Return how often people said each word of :data:`ANSWERS`, shape (n, words)."""
        columns = [
            [self.answers.index(answer) for answer in answers.split()]
            for answers in ANSWERS.values()
        ]
        return np.stack([self.counts[:, column].sum(axis=1) for column in columns], axis=1)


def read_survey(folder: Path) -> Survey:
    """Read the model in a checkout of https://github.com/StanfordHCI/c3."""
    model = json.loads((folder / "data" / "xkcd" / "c3_data.json").read_text("utf-8"))
    cubes = np.reshape(model["color"], (-1, 3))
    answers = model["terms"]
    counts = np.zeros(len(cubes) * len(answers))
    position, count = np.reshape(model["T"], (-1, 2)).T
    counts[position] = count
    srgb = [Color("lab-d65", cube).convert("srgb").coords() for cube in cubes.tolist()]
    lab = srgb_to_oklab(255 * np.clip(srgb, 0, 1))
    return Survey(lab, answers, counts.reshape(len(cubes), len(answers)))
