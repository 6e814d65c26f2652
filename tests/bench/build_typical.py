"""``python -m tests.bench.build_typical``: writes ``palette/annotation/typical.csv``.

For each name, the colour that it says most about. That is the CSS colour of that name, if it is
also what we would call it. Otherwise it is, of the colours that are called so, the one nearest to
the middle of the tone and the term; or of all colours, where another name is always likelier.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import ImageColor

from palette import RGB, hex_code
from palette.annotation import typical
from palette.annotation.gaussians import evaluate
from palette.annotation.names import name_colors
from palette.annotation.vocabulary import load_vocabulary
from palette.color.oklab import srgb_to_oklab
from tests.bench.metric import Array

TABLE = Path(typical.__file__).with_name("typical.csv")
STEP = 5  # of 255 levels
CHUNK = 2000  # colours
TERM_WEIGHT = 0.1  # small: a term is likeliest in its middle, where no tone is said


def most_typical() -> Iterator[tuple[str, RGB]]:
    levels = np.arange(0, 256, STEP)
    rgb = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(-1, 3)
    lab = srgb_to_oklab(rgb)
    scores = np.concatenate([score(part) for part in np.split(lab, range(CHUNK, len(lab), CHUNK))])
    called = np.array([name for color in lab for name in name_colors(color[None])])
    for number, name in enumerate(load_vocabulary().names):
        is_called = called == name
        among = np.flatnonzero(is_called) if is_called.any() else np.arange(len(rgb))
        red, green, blue = rgb[among[scores[among, number].argmin()]].tolist()
        yield name, css_color(name) or (red, green, blue)


def score(lab: Array) -> Array:
    """Return how untypical each of n colours is for each name, shape (n, names)."""
    vocabulary = load_vocabulary()
    no_term_of_neutrals = np.zeros((len(lab), 1))
    terms = np.hstack([evaluate(vocabulary.term_costs, lab), no_term_of_neutrals])
    return evaluate(vocabulary.tone_costs, lab) + TERM_WEIGHT * terms[:, vocabulary.terms]


def css_color(name: str) -> RGB | None:
    if name.replace(" ", "") not in ImageColor.colormap:
        return None
    rgb = ImageColor.getrgb(name.replace(" ", ""))[:3]
    return rgb if name_colors(srgb_to_oklab([rgb])) == [name] else None


if __name__ == "__main__":
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "color"])
        writer.writerows((name, hex_code(rgb)) for name, rgb in most_typical())
