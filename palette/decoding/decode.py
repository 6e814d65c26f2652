"""Decoding an image or animation: upright, in sRGB, reduced, and a sample of it unreduced."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from palette.color.arrays import Bytes
from palette.errors import FullyTransparentError
from palette.model import Note

from .color_management import srgb_converter
from .distinct import Counts, count_distinct_colors
from .flatness import seems_flat
from .formats import MAX_PIXELS, open_image, open_with_notes, translating_decoder_errors
from .frames import choose_frames, load_frames
from .geometry import reduce_frame, sample_frame, sample_neighbors, turn_upright
from .modes import to_plain_mode
from .once import decoded_once
from .scans import without_refinements

WORKING_PIXELS = 256 * 256
MAX_FRAMES = 24
# A JPEG decodes faster at a fraction of its size. Each scale is used only if this many pixels are
# left: fewer would have lost the grain and, with it, the true shares of the colours.
_DRAFT_SCALES = ((8, 180_000), (4, 700_000), (2, 700_000))
# Pixels of the full size that shares are counted in. The square of a prime: steps of whole pixels,
# which might meet the same half of a dither pattern every time, are rare.
_SAMPLE_PIXELS = 211 * 211
_MAX_TABLE = 10_000_000  # pixels of a side; a table of all of them has to fit a worker's memory
# A JPEG that is flat at full size has no more colours than this when decoded at a fraction of it.
_MAX_FLAT_COLORS = 256


@dataclass(frozen=True, slots=True)
class Pixels:
    """Pixels in sRGB.

    ``rgb`` has shape (frames, height, width, 3); ``alpha``, shape (frames, height, width), 0 to
    255, is None when everything is opaque.
    """

    rgb: Bytes
    alpha: Bytes | None


@dataclass(frozen=True, slots=True)
class Raster(Pixels):
    """The pixels of an image or animation, reduced by area.

    ``sample`` holds unreduced pixels, evenly spread: about 44,521, or all if there are fewer.
    ``neighbors``, shape (4, frames, height, width, 3), holds the colours to the left of, right of,
    above and below each pixel of the sample, or its own where that is hidden or beyond the border;
    None if not asked for, or if few pixels have the same colours. ``distinct`` counts all visible
    colours of the unreduced image, by their alpha, if there are few enough. ``notes`` are for the
    user.
    """

    sample: Pixels
    neighbors: Bytes | None
    distinct: Counts | None
    notes: tuple[Note, ...]


def decode(  # noqa: PLR0913, the limits are independent
    data: bytes,
    *,
    max_distinct: int = 0,
    with_neighbors: bool = False,
    target_pixels: int = WORKING_PIXELS,
    max_frames: int = MAX_FRAMES,
    max_pixels: int = MAX_PIXELS,
) -> Raster:
    """Decode an image upright and in sRGB, reduced to about ``target_pixels`` pixels.

    Sides shrink by whole factors, averaging areas (never skipping pixels), to less than 2.25 times
    ``target_pixels``; up to ``max_frames`` frames spread over an animation share five thirds of
    that. Up to ``max_distinct`` distinct visible colours are counted exactly. The neighbours of the
    sample are looked at if ``with_neighbors``.

    Raises the subclasses of :class:`palette.errors.ImageError`.
    """
    image, opening_notes = open_with_notes(data, max_pixels)
    with translating_decoder_errors():
        numbers, frames_note = choose_frames(image, max_frames)
        count = len(numbers)
        frame_pixels = target_pixels if count == 1 else max(1, 5 * target_pixels // (3 * count))
        draft_scale = _set_draft_scale(image, frame_pixels)
        is_full_size = draft_scale == 1
        if draft_scale == 8 and (lightened := without_refinements(data)):
            # A quarter of the size without refinements is faster and has more detail.
            image = open_image(lightened, max_pixels)
            image.draft(None, (image.width // 4, image.height // 4))
        image = decoded_once(image, data, draft_scale)
        convert, profile_note = srgb_converter(image)
        reduced_frames: list[Image.Image] = []
        samples: list[Image.Image] = []
        with_neighbors &= is_full_size and max(image.size) <= _MAX_TABLE
        neighbors: list[list[Image.Image]] | None = [] if with_neighbors else None
        counts: Counts | None = {} if max_distinct else None
        for frame in load_frames(image, numbers, max_pixels):
            reduced = reduce_frame(frame, frame_pixels)
            reduced_frames.append(turn_upright(convert(reduced), image))
            sample = sample_frame(frame, max(1, _SAMPLE_PIXELS // count))
            samples.append(convert(sample))
            if neighbors is not None:
                if seems_flat(sample):
                    neighbors.append([convert(near) for near in sample_neighbors(frame, sample)])
                else:
                    neighbors = None
            if counts is None:
                continue
            full_frame = frame
            if not is_full_size:
                if reduced.getcolors(_MAX_FLAT_COLORS) is None:
                    counts = None
                    continue
                full_frame = to_plain_mode(open_image(data, max_pixels))
            added = count_distinct_colors(full_frame, max_distinct, convert)
            counts = _add_counts(counts, added, max_distinct)
    rgb, alpha = _stack(reduced_frames)
    if not counts and alpha is not None and not alpha.any():
        raise FullyTransparentError("The image is fully transparent, so it has no colours.")
    notes = tuple(note for note in (*opening_notes, profile_note, frames_note) if note)
    sampled = Pixels(*_stack(samples))
    around = None if neighbors is None else _stack_neighbors(neighbors, sampled)
    return Raster(rgb, alpha, sampled, around, counts, notes)


def _add_counts(one: Counts, other: Counts | None, max_distinct: int) -> Counts | None:
    """Add up the counts of two sets of frames; None if they have too many colours together."""
    if other is None:
        return None
    total = {color: one.get(color, 0.0) + other.get(color, 0.0) for color in one | other}
    return total if len(total) <= max_distinct else None


def _set_draft_scale(image: ImageFile, pixels: int) -> int:
    """Have a large JPEG decoded at 1/2, 1/4 or 1/8 of its size; return the divisor, or 1."""
    if isinstance(image, JpegImageFile):
        for scale, min_pixels in _DRAFT_SCALES:
            size = image.width // scale, image.height // scale
            if size[0] * size[1] >= max(pixels, min_pixels):
                image.draft(None, size)
                return scale
    return 1


def _stack(frames: list[Image.Image]) -> tuple[Bytes, Bytes | None]:
    """Return colour and alpha of all frames; no alpha if everything is opaque."""
    if all(frame.mode == "RGB" for frame in frames):
        rgb = [np.asarray(frame) for frame in frames]
        return rgb[0][None] if len(rgb) == 1 else np.stack(rgb), None
    rgba = np.stack([np.asarray(frame.convert("RGBA")) for frame in frames])
    if rgba[..., 3].min() == 255:
        return rgba[..., :3], None
    return rgba[..., :3], rgba[..., 3]


def _stack_neighbors(neighbors: list[list[Image.Image]], sample: Pixels) -> Bytes:
    """Return the colours of the four neighbours of all frames, those of hidden ones replaced."""
    stacks = [_stack([four[side] for four in neighbors]) for side in range(4)]
    return np.stack(
        [
            rgb if alpha is None else np.where(alpha[..., None] > 0, rgb, sample.rgb)
            for rgb, alpha in stacks
        ]
    )
