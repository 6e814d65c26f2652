"""Palettes with some colours kept, some left out, and the others found around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from palette.color.arrays import Bytes, Mask
from palette.color.ciede2000 import difference_matrix
from palette.color.oklab import oklab_to_srgb, squared_distances_to, srgb_to_oklab
from palette.color.rgb import RGB
from palette.decoding.distinct import Counts
from palette.errors import ChoiceError, NothingLeftError, TooManyKeptError

from .histogram import Histogram
from .separate import distinguishable

# CIEDE2000 below which a chosen colour stands for the one that is found in its place.
_MATCH_DIFFERENCE = 10.0


@dataclass(frozen=True)
class Choices:
    """The colours that a palette must contain, and those whose pixels do not count."""

    keep: tuple[RGB, ...]
    leave_out: tuple[RGB, ...]

    def __bool__(self) -> bool:
        return bool(self.keep or self.leave_out)

    @cached_property
    def kept(self) -> Bytes:
        """The colours to keep, shape (m, 3)."""
        return _to_array(self.keep)

    @cached_property
    def left_out(self) -> Bytes:
        """The colours to leave out, shape (n, 3)."""
        return _to_array(self.leave_out)

    @cached_property
    def chosen(self) -> Bytes:
        """The colours to keep and to leave out, shape (m + n, 3)."""
        return np.concatenate([self.kept, self.left_out])


def validate_choices(colors: int, keep: Sequence[RGB], leave_out: Sequence[RGB]) -> Choices:
    """Return the choices without duplicates.

    Raises :class:`ChoiceError` if they are not colours, or not possible in a palette of ``colors``.
    """
    choices = Choices(tuple(dict.fromkeys(keep)), tuple(dict.fromkeys(leave_out)))
    for color in choices.keep + choices.leave_out:
        if len(color) != 3 or not all(type(part) is int and 0 <= part <= 255 for part in color):
            raise ChoiceError("A colour must be three whole numbers from 0 to 255.")
    if set(choices.keep) & set(choices.leave_out):
        raise ChoiceError("A colour cannot be both kept and left out.")
    if len(choices.keep) > colors:
        raise TooManyKeptError(len(choices.keep), colors)
    return choices


def apply_to_distinct(counts: Counts, colors: int, choices: Choices) -> tuple[Counts, Bytes] | None:
    """Apply the choices to an image of few distinct colours, each of which is its own group.

    Returns the counts without what is left out, and the palette's colours, shape (k, 3); None if
    these would be more than ``colors``. Raises :class:`NothingLeftError`.
    """
    everything = sorted(counts)
    is_left = _unmatched(_to_array(everything), choices.left_out)
    left = [color for color, remains in zip(everything, is_left, strict=True) if remains]
    if not left:
        raise _nothing_left()
    others = _to_array(left)[_unmatched(_to_array(left), choices.kept)]
    if len(choices.keep) + len(others) > colors:
        return None
    return {color: counts[color] for color in left}, np.concatenate([choices.kept, others])


def without_left_out(histogram: Histogram, found: Bytes, choices: Choices) -> Histogram:
    """Return the histogram without the colours to leave out.

    These are the bins that the palette ``found`` shows as such a colour, and all that cannot be
    distinguished from one. Raises :class:`NothingLeftError`.
    """
    is_owned = _owned(histogram, found, choices.left_out)
    is_left = ~is_owned & _distinguishable_bins(histogram, choices.left_out)
    if not is_left.any():
        raise _nothing_left()
    return subset(histogram, is_left)


def without_kept(histogram: Histogram, found: Bytes, choices: Choices) -> Histogram:
    """Return the histogram without the colours to keep and all that are too near to be added."""
    is_owned = _owned(histogram, found, choices.kept)
    return subset(histogram, ~is_owned & _distinguishable_bins(histogram, choices.chosen))


def _owned(histogram: Histogram, found: Bytes, chosen: Bytes) -> Mask:
    """Return which of n bins, shape (n,), are nearer to a chosen colour than to any other found."""
    rgb = np.concatenate([chosen, found[_unmatched(found, chosen)]])
    nearest = squared_distances_to(histogram.prepared, srgb_to_oklab(rgb)).argmin(axis=0)
    return nearest < len(chosen)


def _distinguishable_bins(histogram: Histogram, rgb: Bytes) -> Mask:
    return distinguishable(oklab_to_srgb(histogram.lab), rgb)


def _unmatched(found: Bytes, chosen: Bytes) -> Mask:
    """Return which of k colours, shape (k,), no chosen one stands for; each stands for one at most.

    The chosen colours come from an earlier palette of the image: this one may contain them again
    or, if it has another size, something in their place.
    """
    is_unmatched = np.ones(len(found), np.bool_)
    difference = difference_matrix(found, chosen)
    while difference.size and difference.min() < _MATCH_DIFFERENCE:
        one, other = np.unravel_index(int(difference.argmin()), difference.shape)
        is_unmatched[one] = False
        difference[one] = difference[:, other] = np.inf
    return is_unmatched


def subset(histogram: Histogram, bins: Mask) -> Histogram:
    """Return a histogram of some of its bins."""
    if bins.all():
        return histogram
    weight = histogram.weight[bins]
    return replace(
        histogram, lab=histogram.lab[bins], weight=weight / weight.sum(), bins=histogram.bins[bins]
    )


def _to_array(colors: Sequence[RGB]) -> Bytes:
    return np.array(colors, np.uint8).reshape(-1, 3)


def _nothing_left() -> NothingLeftError:
    return NothingLeftError("Nothing is left of the image without these colours.")
