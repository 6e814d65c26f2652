"""The colours that go best together as text and its background."""

from collections.abc import Sequence
from itertools import permutations, product

import numpy as np

from .arrays import Mask
from .ciede2000 import HARD_TO_TELL_APART, difference_matrix
from .contrast import MIN_RATIOS, contrast
from .oklab import chroma, srgb_to_oklab
from .rgb import RGB

MAX_TEXT_PAIRS = 5
MAX_ALIKE_TEXTS = 2
MIN_RATIO = min(MIN_RATIOS.values())


def best_text_pairs(colors: Sequence[RGB]) -> list[tuple[int, int]]:
    """Choose up to five pairs of distinct colours, as the indices of a text and its background.

    The first is the pair of the highest contrast, on the more vivid of its two colours. The others
    are taken one by one: AAA before AA, and AA before what is AA only for large text; within a
    level, the more vivid background first (OKLab chroma, in steps of 0.01), then the higher
    contrast.

    Two rules keep the five different. "Alike" is a CIEDE2000 below ``HARD_TO_TELL_APART``:

    - A pair is left out if both its colours are like those of a pair taken before, either way
      round, or if it is below 3 : 1 (WCAG 2). So there may be fewer than five.
    - A pair waits until nothing else is left (of AAA and AA, or then of AA for large text) if its
      background is like one taken before, or its text like two taken before.

    The result is sorted, highest contrast first.
    """
    ratios = {
        pair: contrast(colors[pair[0]], colors[pair[1]])
        for pair in permutations(range(len(colors)), 2)
    }
    ranks = {pair: _rank(ratio) for pair, ratio in ratios.items() if ratio >= MIN_RATIO}
    if not ranks:
        return []
    vividness = np.round(chroma(srgb_to_oklab(colors)), 2).tolist()
    first = max(ranks, key=lambda pair: (ratios[pair], vividness[pair[1]]))
    others = sorted(ranks, key=lambda pair: (ranks[pair], -vividness[pair[1]], -ratios[pair]))
    is_alike = difference_matrix(colors, colors) < HARD_TO_TELL_APART
    taken: list[tuple[int, int]] = []
    for least, is_last_resort in product((MIN_RATIOS["AA"], MIN_RATIO), (False, True)):
        for pair in (first, *others):
            if len(taken) == MAX_TEXT_PAIRS or ratios[pair] < least:
                break
            if not _is_repeat(pair, taken, is_alike) and (
                is_last_resort or _is_varied(pair, taken, is_alike)
            ):
                taken.append(pair)
    return sorted(taken, key=ratios.__getitem__, reverse=True)


def _rank(ratio: float) -> int:
    """Return 0 for the strictest level that a ratio reaches, 1 for the next, and so on."""
    return sum(ratio < least for least in MIN_RATIOS.values())


def _is_repeat(pair: tuple[int, int], taken: Sequence[tuple[int, int]], is_alike: Mask) -> bool:
    """Return whether both colours are like those of a pair taken, either way round."""
    one, other = pair
    return any(
        (is_alike[one, text] and is_alike[other, background])
        or (is_alike[one, background] and is_alike[other, text])
        for text, background in taken
    )


def _is_varied(pair: tuple[int, int], taken: Sequence[tuple[int, int]], is_alike: Mask) -> bool:
    """Return whether the background is unlike those taken, and the text like one at most."""
    text, background = pair
    if any(is_alike[background, before] for _, before in taken):
        return False
    return sum(is_alike[text, before] for before, _ in taken) < MAX_ALIKE_TEXTS
