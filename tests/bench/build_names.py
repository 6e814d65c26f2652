"""``python -m tests.bench.build_names C3_DIR``: writes ``palette/annotation/words.csv``.

Each word becomes a normal distribution in OKLab: the mean and covariance of the colours that people
gave it to. ``C3_DIR`` is a checkout of https://github.com/StanfordHCI/c3.
"""

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from palette.annotation import words
from tests.bench.metric import Array
from tests.bench.survey import ANSWERS, read_survey

TABLE = Path(words.__file__).with_name("words.csv")
COLUMNS = ["word", "answers", "L", "a", "b", "LL", "La", "Lb", "aa", "ab", "bb", "from", "to"]

# A word counts only where it is among the most frequent: elsewhere it was a mistake or a joke.
MAX_RANK, MAX_BASIC_RANK, MAX_RARE_RANK = 3, 2, 5
NEUTRAL = {"black", "white", "grey"}
BASIC = NEUTRAL | {"red", "orange", "yellow", "green", "blue", "purple", "pink", "brown"}
RARE = {"cream"}
HUE_QUANTILES = 0.08, 0.92  # of the answers: the hues between them are the word's
MIN_HUE_CHROMA = 0.03  # OKLab
BIN_COVARIANCE = np.diag([1e-4, 2.5e-5, 2.5e-5])  # colours were counted in cubes


def rows(folder: Path) -> Iterator[list[str]]:
    survey = read_survey(folder)
    counts = survey.count_words()
    rank = (-counts).argsort(axis=1, kind="stable").argsort(axis=1)
    for number, word in enumerate(ANSWERS):
        max_rank = MAX_BASIC_RANK if word in BASIC else MAX_RARE_RANK if word in RARE else MAX_RANK
        weight = counts[:, number] * (rank[:, number] < max_rank)
        mean = weight @ survey.lab / weight.sum()
        error = survey.lab - mean
        covariance = (error.T * weight) @ error / weight.sum() + BIN_COVARIANCE
        triangle = covariance[np.triu_indices(3)]
        yield [
            word,
            str(int(weight.sum())),
            *(f"{value:.4f}" for value in mean),
            *(f"{value:.6f}" for value in triangle),
            *(["", ""] if word in NEUTRAL else hue_range(survey.lab, weight)),
        ]


def hue_range(lab: Array, weight: Array) -> list[str]:
    """Return the first and last hue that a word was said of, in whole degrees."""
    is_hued = np.hypot(lab[:, 1], lab[:, 2]) > MIN_HUE_CHROMA
    hue = np.degrees(np.arctan2(lab[is_hued, 2], lab[is_hued, 1]))
    weight = weight[is_hued]
    middle = np.degrees(np.angle(weight @ np.exp(1j * np.radians(hue))))
    turn = (hue - middle + 180) % 360 - 180
    order = np.argsort(turn, kind="stable")
    passed = np.cumsum(weight[order]) / weight.sum()
    edges = turn[order][np.searchsorted(passed, HUE_QUANTILES)]
    return [f"{edge:.0f}" for edge in (middle + edges) % 360]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.build_names", description=__doc__)
    parser.add_argument("c3", type=Path, metavar="C3_DIR")
    table = [COLUMNS, *rows(parser.parse_args().c3)]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)


if __name__ == "__main__":
    main()
