"""``python -m tests.bench.names C3_DIR``: how often our names agree with what people say.

For each of 8,325 colours of the XKCD survey, the name agrees if it has the word that people said
most, or a word for a kind of it: navy is a blue. ``C3_DIR`` is a checkout of
https://github.com/StanfordHCI/c3.
"""

import argparse
import re
import time
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.random import default_rng
from rich.console import Console
from rich.table import Table

from palette.annotation.names import name_colors
from tests.bench.metric import oklab
from tests.bench.survey import ANSWERS, read_survey

KINDS = {
    "charcoal": ["grey"],
    "gold": ["yellow"],
    "lavender": ["purple"],
    "lime": ["green"],
    "magenta": ["pink"],
    "maroon": ["red"],
    "mint": ["green"],
    "mustard": ["yellow"],
    "navy": ["blue"],
    "olive": ["green"],
    "peach": ["orange"],
    "rose": ["pink"],
    "rust": ["orange"],
    "salmon": ["pink"],
    "tan": ["brown"],
    "teal": ["green", "blue"],
    "turquoise": ["green", "blue"],
    "violet": ["purple"],
}
LISTED = 15


def words_in(name: str) -> set[str]:
    """Return the words of a name, and those for what they are kinds of."""
    words = re.split("[ -]", name)
    return {*words, *(kind for word in words for kind in KINDS.get(word, ()))}


def milliseconds() -> float:
    """Return the time it takes to name ten colours."""
    palettes = oklab(default_rng(0).integers(0, 256, (1000, 10, 3)))
    start = time.perf_counter()
    for lab in palettes:
        name_colors(lab)
    return 1000 * (time.perf_counter() - start) / len(palettes)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.names", description=__doc__)
    parser.add_argument("c3", type=Path, metavar="C3_DIR")
    survey = read_survey(parser.parse_args().c3)
    word_of = {answer: word for word, answers in ANSWERS.items() for answer in answers.split()}
    said = [word_of.get(survey.answers[most]) for most in survey.counts.argmax(axis=1)]
    names = [name_colors(lab[None])[0] for lab in survey.lab]
    agrees = np.array([word in words_in(name) for word, name in zip(said, names, strict=True)])
    weight = survey.counts.sum(axis=1)

    table = Table("most said", "our name", "colours", title=f"The {LISTED} largest disagreements")
    others = zip(said, names, agrees, strict=True)
    counted = Counter((word, name) for word, name, is_agreed in others if not is_agreed)
    for (word, name), count in counted.most_common(LISTED):
        table.add_row(word or "another", name, str(count))
    console = Console()
    console.print(table)
    console.print(f"{agrees.mean():.1%} of the colours agree, {agrees @ weight / weight.sum():.1%}")
    console.print(f"weighted by answers. Ten colours are named in {milliseconds():.2f} ms.")


if __name__ == "__main__":
    main()
