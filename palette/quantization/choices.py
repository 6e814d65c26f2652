"""Palettes with some colours kept, some left out, and the others found around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from palette.color.arrays import Bytes, Lab, Mask
from palette.color.ciede2000 import difference_matrix
from palette.color.oklab import distances, oklab_to_srgb, squared_distances, srgb_to_oklab
from palette.color.rgb import RGB
from palette.decoding.distinct import Counts
from palette.errors import ChoiceError, NothingLeftError, TooManyKeptError

from .flats import Flats
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
    is_left = _is_left(histogram.lab, found, choices)
    if not is_left.any():
        raise _nothing_left()
    return _subset(histogram, is_left)


def without_kept(histogram: Histogram, found: Bytes, choices: Choices) -> Histogram:
    """Return the histogram without the colours to keep and all that are too near to be added."""
    return _subset(histogram, _is_open(histogram.lab, found, choices))


def apply_to_flats(flats: Flats, found: Bytes, choices: Choices) -> Flats:
    """Return what may be added to the colours to keep: the flat art without all chosen colours.

    Each flat colour is its own group. ``found``, shape (k, 3), is the palette of the art. Raises
    :class:`NothingLeftError`.
    """
    is_left = _unmatched(flats.rgb, choices.left_out)
    is_left &= distinguishable(flats.rgb, choices.left_out)
    rest = srgb_to_oklab(flats.rest)
    is_rest_left = _is_left(rest, found, choices)
    if not is_left.any() and not is_rest_left.any():
        raise _nothing_left()
    is_open = is_left & _unmatched(flats.rgb, choices.kept)
    is_open &= distinguishable(flats.rgb, choices.kept)
    is_rest_open = is_rest_left & _is_open(rest, found, choices)
    return Flats(
        flats.rgb[is_open],
        flats.weight[is_open],
        flats.rest[is_rest_open],
        flats.rest_weight[is_rest_open],
    )


def complete(found: Bytes, histogram: Histogram, colors: int, choices: Choices) -> Bytes:
    """Return the colours to keep, those ``found`` that differ from every choice, and more.

    The colour that is missed most is added while any is distinguishable: shape (k, 3), k ≤
    ``colors``.
    """
    rgb = np.concatenate([choices.kept, found[distinguishable(found, choices.chosen)]])
    bins = oklab_to_srgb(histogram.lab)
    while len(rgb) < colors:
        is_candidate = distinguishable(bins, np.concatenate([rgb, choices.left_out]))
        if not is_candidate.any():
            break
        distance = distances(histogram.lab, srgb_to_oklab(rgb)).min(axis=1, initial=1.0)
        worst = int(np.where(is_candidate, histogram.weight * distance**2, -1.0).argmax())
        rgb = np.concatenate([rgb, bins[[worst]]])
    return rgb


def _is_left(lab: Lab, found: Bytes, choices: Choices) -> Mask:
    """Return which of n colours, shape (n, 3), are not left out."""
    is_owned = _owned(lab, found, choices.left_out)
    return ~is_owned & distinguishable(oklab_to_srgb(lab), choices.left_out)


def _is_open(lab: Lab, found: Bytes, choices: Choices) -> Mask:
    """Return which of n colours, shape (n, 3), may be added to those to keep."""
    is_owned = _owned(lab, found, choices.kept)
    return ~is_owned & distinguishable(oklab_to_srgb(lab), choices.chosen)


def _owned(lab: Lab, found: Bytes, chosen: Bytes) -> Mask:
    """Return which of n colours, shape (n,), are nearer to a chosen one than to any other found."""
    rgb = np.concatenate([chosen, found[_unmatched(found, chosen)]])
    if not len(rgb):
        return np.zeros(len(lab), np.bool_)
    return squared_distances(lab, srgb_to_oklab(rgb)).argmin(axis=1) < len(chosen)


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


def _subset(histogram: Histogram, bins: Mask) -> Histogram:
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
