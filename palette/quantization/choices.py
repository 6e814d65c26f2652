"""Colours that were chosen: some to keep, some to leave out, and the rest found around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from palette.color.arrays import Bytes, Mask
from palette.color.ciede2000 import difference_matrix
from palette.color.oklab import distances, oklab_to_srgb, squared_distances, srgb_to_oklab
from palette.color.rgb import RGB
from palette.decoding.distinct import Counts
from palette.errors import ChoiceError, NothingLeftError, TooManyKeptError

from .histogram import Histogram
from .separate import distinguishable

# CIEDE2000 up to which a chosen colour stands for the one that would be found in its place.
_SAME_PLACE = 10.0


@dataclass(frozen=True)
class Choices:
    """The colours that a palette is to have exactly so, and those whose pixels do not count."""

    keep: tuple[RGB, ...]
    leave_out: tuple[RGB, ...]

    def __bool__(self) -> bool:
        return bool(self.keep or self.leave_out)

    @cached_property
    def kept(self) -> Bytes:
        """The colours to keep, shape (m, 3)."""
        return _array(self.keep)

    @cached_property
    def left_out(self) -> Bytes:
        """The colours to leave out, shape (n, 3)."""
        return _array(self.leave_out)

    @cached_property
    def chosen(self) -> Bytes:
        """All these colours, shape (m + n, 3)."""
        return np.concatenate([self.kept, self.left_out])


def check_choices(colors: int, keep: Sequence[RGB], leave_out: Sequence[RGB]) -> Choices:
    """Raise :class:`ChoiceError` unless a palette of ``colors`` can keep and leave out these."""
    choices = Choices(tuple(dict.fromkeys(keep)), tuple(dict.fromkeys(leave_out)))
    for color in choices.keep + choices.leave_out:
        if len(color) != 3 or not all(type(part) is int and 0 <= part <= 255 for part in color):
            raise ChoiceError("A colour is three whole numbers from 0 to 255.")
    if set(choices.keep) & set(choices.leave_out):
        raise ChoiceError("A colour cannot be both kept and left out.")
    if len(choices.keep) > colors:
        raise TooManyKeptError(len(choices.keep), colors)
    return choices


def choose_distinct(counts: Counts, colors: int, choices: Choices) -> tuple[Counts, Bytes] | None:
    """Apply the choices to a picture of few distinct colours, each of which is its own group.

    Returns the counts that are not left out, and the palette's colours, shape (k, 3); None if these
    would be more than ``colors``. Raises :class:`NothingLeftError`.
    """
    everything = sorted(counts)
    left = _unmatched(_array(everything), choices.left_out)
    found = [color for color, is_left in zip(everything, left, strict=True) if is_left]
    if not found:
        raise _nothing_left()
    others = _array(found)[_unmatched(_array(found), choices.kept)]
    if len(choices.keep) + len(others) > colors:
        return None
    return {color: counts[color] for color in found}, np.concatenate([choices.kept, others])


def without_left_out(histogram: Histogram, found: Bytes, choices: Choices) -> Histogram:
    """Leave out the pixels that have, or that a palette ``found`` shows as, colours to leave out.

    Raises :class:`NothingLeftError`.
    """
    left = ~_owned(histogram, found, choices.left_out) & _apart(histogram, choices.left_out)
    if not left.any():
        raise _nothing_left()
    return _part(histogram, left)


def without_kept(histogram: Histogram, found: Bytes, choices: Choices) -> Histogram:
    """Leave out the pixels of the colours to keep, and all too near to a chosen colour to add."""
    left = ~_owned(histogram, found, choices.kept) & _apart(histogram, choices.chosen)
    return _part(histogram, left)


def complete(found: Bytes, histogram: Histogram, colors: int, choices: Choices) -> Bytes:
    """Join the colours to keep, those ``found`` that can be told apart from all chosen, and more.

    Whatever is missed most is added as long as it can be told apart: shape (k, 3), k ≤ ``colors``.
    """
    rgb = np.concatenate([choices.kept, found[distinguishable(found, choices.chosen)]])
    bins = oklab_to_srgb(histogram.lab)
    while len(rgb) < colors:
        missed = distinguishable(bins, np.concatenate([rgb, choices.left_out]))
        if not missed.any():
            break
        distance = distances(histogram.lab, srgb_to_oklab(rgb)).min(axis=1, initial=1.0)
        worst = int(np.where(missed, histogram.weight * distance**2, -1.0).argmax())
        rgb = np.concatenate([rgb, bins[[worst]]])
    return rgb


def _owned(histogram: Histogram, found: Bytes, chosen: Bytes) -> Mask:
    """Tell which of n bins, shape (n,), are nearest to a chosen colour rather than to others."""
    rgb = np.concatenate([chosen, found[_unmatched(found, chosen)]])
    nearest = squared_distances(histogram.lab, srgb_to_oklab(rgb)).argmin(axis=1)
    return nearest < len(chosen)


def _apart(histogram: Histogram, rgb: Bytes) -> Mask:
    """Tell which of n bins, shape (n,), can be told apart from all these colours."""
    return distinguishable(oklab_to_srgb(histogram.lab), rgb)


def _unmatched(found: Bytes, chosen: Bytes) -> Mask:
    """Tell which colours found, shape (k,), no chosen one stands for; each stands for one at most.

    The chosen colours come from an earlier palette of the picture: this one may have them again,
    or, of another size, something in their place.
    """
    unmatched = np.ones(len(found), np.bool_)
    difference = difference_matrix(found, chosen)
    while difference.size and difference.min() < _SAME_PLACE:
        one, other = np.unravel_index(int(difference.argmin()), difference.shape)
        unmatched[one] = False
        difference[one] = difference[:, other] = np.inf
    return unmatched


def _part(histogram: Histogram, bins: Mask) -> Histogram:
    """Return a histogram of some of its bins."""
    if bins.all():
        return histogram
    weight = histogram.weight[bins]
    return replace(
        histogram, lab=histogram.lab[bins], weight=weight / weight.sum(), bins=histogram.bins[bins]
    )


def _array(colors: Sequence[RGB]) -> Bytes:
    return np.array(colors, np.uint8).reshape(-1, 3)


def _nothing_left() -> NothingLeftError:
    return NothingLeftError("Nothing is left of the image without these colours.")
