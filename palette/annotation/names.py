"""An English name for each colour: what people would call it, and no two of a palette alike."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from palette.color.arrays import Indices, Lab, Values
from palette.color.oklab import chroma

from .gaussians import evaluate
from .vocabulary import load_vocabulary

# All costs are in nats.
_HUE_TOLERANCE = 16.0  # degrees outside the hues of a word that cost 1
_MAX_UNTINTED_CHROMA, _MAX_NEUTRAL_CHROMA = 0.008, 0.015  # OKLab: below, no tint or hue is seen
_UNSEEN_COST = 30.0  # of a name that says a tint or hue where none is seen
_NUMBER_COST, _NEXT_NUMBER_COST = 1.3, 0.5  # of a 2 after a name, and more for each number after it
_CANDIDATES = 10  # names considered for each colour


def name_colors(lab: Lab) -> list[str]:
    """Return a name for each of n OKLab colours, shape (n, 3); all n names differ.

    Names come from the closed vocabulary of :func:`.load_vocabulary`; if one has to serve several
    colours, a number from 2 on follows it. Of all ways to name the colours with different names,
    this is the one that people would most likely use. It does not depend on the order of the
    colours. Of names that differ in lightness only, the darker one goes to the darker colour.
    """
    if not len(lab):
        return []
    order = np.lexsort(lab.T[::-1])  # from dark to light
    chosen = _assign_names(_name_costs(lab[order]))
    vocabulary = load_vocabulary()
    series = vocabulary.series[chosen]
    for number in set(series.tolist()) - {-1}:  # so that dark green is never lighter than green
        chosen[series == number] = np.sort(chosen[series == number])
    names = list(_numbered(vocabulary.names[int(name)] for name in chosen))
    return [names[rank] for rank in np.argsort(order)]


def split_name(name: str) -> tuple[str, str]:
    """Split a name into one of the vocabulary and what follows it: ``" 2"``, or nothing."""
    text, _, number = name.rpartition(" ")
    return (text, f" {number}") if text and number.isdecimal() else (name, "")


def _name_costs(lab: Lab) -> Values:
    """Return how unlikely each name is for each of n sorted colours, shape (n, names)."""
    vocabulary = load_vocabulary()
    hue = np.degrees(np.arctan2(lab[:, 2], lab[:, 1]))[:, None]
    turn = np.abs((hue - vocabulary.hue_middles + 180) % 360 - 180)
    outside = np.maximum(turn - vocabulary.hue_half_widths, 0.0)
    hued = evaluate(vocabulary.term_costs, lab) + (outside / _HUE_TOLERANCE) ** 2
    neutral = evaluate(vocabulary.neutral_costs, lab).min(axis=1)
    term_costs = np.column_stack([hued, neutral])
    tone_costs = evaluate(vocabulary.tone_costs, lab)
    # A term costs what it does with the tone that suits best. Of neutrals that is a rung, so that
    # a tint has to suit in its own right.
    best_tones = np.minimum.reduceat(tone_costs, vocabulary.starts, axis=1)
    best_tones[:, -1] = evaluate(vocabulary.rung_costs, lab).min(axis=1)
    cost = tone_costs + (term_costs - best_tones)[:, vocabulary.terms]
    is_neutral = vocabulary.terms == len(vocabulary.starts) - 1
    cost[np.ix_(chroma(lab) < _MAX_UNTINTED_CHROMA, vocabulary.has_tint)] += _UNSEEN_COST
    cost[np.ix_(chroma(lab) < _MAX_NEUTRAL_CHROMA, ~is_neutral)] += _UNSEEN_COST
    return cost


def _assign_names(cost: Values) -> Indices:
    """Return the n names of least total cost, shape (n,); names may repeat, at a price."""
    # Imported lazily: takes a quarter of a second.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415, see above

    near = np.unique(np.argpartition(cost, _CANDIDATES, axis=1)[:, :_CANDIDATES])
    repeated = np.unique(cost.argmin(axis=1))
    repetitions = np.arange(len(cost) - 1)
    candidates = np.concatenate([near, np.tile(repeated, len(repetitions))])
    prices = np.repeat(_NUMBER_COST + _NEXT_NUMBER_COST * repetitions, len(repeated))
    prices = np.concatenate([np.zeros(len(near)), prices])
    _, columns = linear_sum_assignment(cost[:, candidates] + prices)
    return candidates[columns]


def _numbered(names: Iterable[str]) -> Iterator[str]:
    """Put a number after each repetition of a name."""
    count: Counter[str] = Counter()
    for name in names:
        count[name] += 1
        yield name if count[name] == 1 else f"{name} {count[name]}"
