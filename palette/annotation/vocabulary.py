"""The closed vocabulary of colour names, and what each of them costs a colour.

A name is a *term*, which is a word ("brown") or two ("grey-brown"), and perhaps a *tone* ("dark").
``terms.csv`` lists the terms, the words they are made of and the tones they can have. Names without
a hue come from :mod:`.neutrals` and count as one more term. The constants were set by hand, so that
names agree with what people said: ``python -m tests.bench.names`` measures how well they do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

import numpy as np

from palette.color.arrays import Indices, Mask, Values

from .gaussians import CONSTANT, quadratic
from .neutrals import is_untinted, neutral_names, rung_costs
from .words import HueRange, Word, load_words, read_rows

_Number = TypeVar("_Number", float, Values)


class _Tone(NamedTuple):
    """Where a tone lies from a word's mean, in standard deviations, and when it is said."""

    lightness: float
    chroma: float
    chroma_weight: float
    reluctance: float  # nats


_TONES = {  # in the order of the names of a term
    "very dark": _Tone(-2.4, -0.8, 0.2, 0.1),
    "dark": _Tone(-1.35, -0.5, 0.2, 0.0),
    "": _Tone(0.0, 0.0, 0.2, 0.0),
    "light": _Tone(1.15, -0.6, 0.6, 0.15),
    "very light": _Tone(2.1, -0.8, 0.3, 0.2),
    "bright": _Tone(0.6, 1.5, 1.0, 0.35),
    "pale": _Tone(1.2, -1.6, 1.0, 0.0),
    "deep": _Tone(-1.1, 0.7, 1.0, 0.2),
}
_LIGHTNESS_TONES = ("very dark", "dark", "", "light", "very light")
_MIN_LIGHTNESS_SPREAD = 0.11
_MAIN_WEIGHT = 0.6  # of the word that a term of two words ends with
_COMPOUND_BONUS, _GRAY_BONUS = 0.35, 0.5  # nats by which two words are likelier than either
_MIN_MEETING_HALF_WIDTH = 12.0  # degrees; the hues of two words may meet without a gap


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All names, grouped by term, as arrays. Costs are ten coefficients a column, in nats.

    The last term is that of the neutrals, whose cost is the least of three. ``series`` is equal for
    names that differ in lightness only, which come from dark to light, and -1 for all others.
    """

    names: tuple[str, ...]
    terms: Indices  # (names,) the number of each name's term
    starts: Indices  # (terms,) the first name of each
    term_costs: Values  # (10, terms - 1)
    neutral_costs: Values  # (10, 3): black, grey, white
    tone_costs: Values  # (10, names)
    rung_costs: Values  # (10, rungs): lightness alone
    hue_middles: Values  # (terms - 1,) degrees
    hue_half_widths: Values  # (terms - 1,) degrees
    has_tint: Mask  # (names,) whether it says a hue
    series: Indices  # (names,)


@cache
def load_vocabulary() -> Vocabulary:
    """Read the tables."""
    words = load_words()
    terms = [_read_term(row, words) for row in read_rows("terms.csv")]
    listed = [(number, *name) for number, term in enumerate(terms) for name in term.names]
    listed += [(len(terms), *name) for name in neutral_names()]
    numbers, names, tone_costs, series = zip(*listed, strict=True)
    term_of = np.array(numbers)
    return Vocabulary(
        names,
        term_of,
        np.searchsorted(term_of, np.arange(len(terms) + 1)),
        np.stack([term.cost for term in terms], axis=1),
        np.stack([words[word].cost for word in ("black", "grey", "white")], axis=1),
        np.stack(tone_costs, axis=1),
        rung_costs(),
        np.array([term.hues.middle for term in terms]),
        np.array([term.hues.half_width for term in terms]),
        np.array([not is_untinted(name) for name in names]),
        np.array([-1 if each is None else series.index(each) for each in series]),
    )


class _Term(NamedTuple):
    cost: Values
    hues: HueRange
    names: list[tuple[str, Values, str | None]]  # as from neutral_names


def _read_term(row: Mapping[str, str], words: Mapping[str, Word]) -> _Term:
    """Return the term of a row of ``terms.csv``; of its words the main one comes first."""
    main, *others = (words[word] for word in row["words"].split())
    cost, hues = main.cost, main.hues
    lightness, spread = main.lightness, main.lightness_spread
    for other in others:  # at most one
        bonus = _COMPOUND_BONUS if other.hues else _GRAY_BONUS
        cost = _mixed(cost, other.cost) - bonus * CONSTANT
        lightness = _mixed(lightness, other.lightness)
        spread = _mixed(spread, other.lightness_spread)
        if hues and other.hues:
            hues = hues.meeting(other.hues, _MIN_MEETING_HALF_WIDTH)
    if hues is None:
        raise ValueError(f"terms.csv: {row['term']} has no hue")
    spread = max(spread, _MIN_LIGHTNESS_SPREAD)
    names: list[tuple[str, Values, str | None]] = []
    said = {"", *row["tones"].split("|")}
    for text, tone in _TONES.items():
        if text in said:
            tone_cost = _lightness_cost(tone, lightness, spread)
            if not others:  # the chroma of two words says little about their mixture
                tone_cost = tone_cost + _chroma_cost(tone, main)
            series = row["term"] if text in _LIGHTNESS_TONES else None
            names.append((f"{text} {row['term']}".strip(), tone_cost, series))
    return _Term(cost, hues, names)


def _mixed(main: _Number, other: _Number) -> _Number:
    return _MAIN_WEIGHT * main + (1 - _MAIN_WEIGHT) * other


def _lightness_cost(tone: _Tone, lightness: float, spread: float) -> Values:
    mean = np.array([lightness + tone.lightness * spread, 0, 0])
    return quadratic(mean, np.diag([spread**-2, 0, 0]), tone.reluctance)


def _chroma_cost(tone: _Tone, word: Word) -> Values:
    mean = np.array([0, *(word.direction * (word.chroma + tone.chroma * word.chroma_spread))])
    precision = np.zeros((3, 3))
    along = np.outer(word.direction, word.direction)
    precision[1:, 1:] = tone.chroma_weight * along / word.chroma_spread**2
    return quadratic(mean, precision)
