"""What an image really shows, and the best palettes known for it.

Slow and thorough where ``palette`` is quick: every pixel is decoded at full size and
colour-managed before anything is averaged.
"""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms, ImageOps
from sklearn.cluster import KMeans

from tests.bench.cache import cached
from tests.bench.images import ImageFile
from tests.bench.judge import Histogram, mean_error
from tests.bench.metric import Array, oklab

WORKING_PIXELS = 400_000
MAX_FRAMES = 24
RUNS = 10
MIN_REFERENCE = 0.25  # ΔE_OK; below that an image is flat and a ratio says nothing


@dataclass(frozen=True, slots=True)
class Truth:
    """The visible colours of all pixels, and of the image averaged to 0.4 megapixels."""

    full: Histogram
    working: Histogram


def truth(file: ImageFile) -> Truth:
    """Return the truth about an image, or about up to 24 frames of an animation."""
    return cached(_truth)(file)


def reference(file: ImageFile, k: int) -> float:
    """Return the mean ΔE_OK of the best of ten full k-means runs on the working pixels."""
    return cached(_reference)(file, k)


def _truth(file: ImageFile) -> Truth:
    with file.open() as image:
        frames: list[Image.Image] = []
        for number in frame_numbers(image):
            image.seek(number)
            frames.append(to_srgb(ImageOps.exif_transpose(image)))
    pixels = sum(frame.width * frame.height for frame in frames)
    factor = int(np.ceil(np.sqrt(pixels / WORKING_PIXELS)))
    return Truth(full=_histogram(frames), working=_histogram([_average(f, factor) for f in frames]))


def frame_numbers(image: Image.Image) -> list[int]:
    """Return the numbers of up to 24 frames, evenly spread; a still image has one."""
    count = getattr(image, "n_frames", 1)
    return [int(n) for n in np.linspace(0, count - 1, min(count, MAX_FRAMES)).round()]


def to_srgb(image: Image.Image) -> Image.Image:
    """Convert an image of any mode and profile to sRGB in mode RGBA."""
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) // 257).astype(np.uint8))
    profile = image.info.get("icc_profile")
    visible = image.convert("RGBA")
    if profile is None:
        return visible
    source = image if image.mode in {"CMYK", "L"} else visible.convert("RGB")
    srgb = ImageCms.createProfile("sRGB")
    colors = ImageCms.profileToProfile(source, BytesIO(profile), srgb, outputMode="RGB")
    assert colors is not None  # only an in-place conversion returns nothing
    colors.putalpha(visible.getchannel("A"))
    return colors


def _average(image: Image.Image, factor: int) -> Image.Image:
    return image.convert("RGBa").reduce(factor).convert("RGBA") if factor > 1 else image


def _histogram(images: list[Image.Image]) -> Histogram:
    pixels = np.concatenate([np.asarray(image).reshape(-1, 4) for image in images])
    packed = pixels[:, :3] @ np.array([1 << 16, 1 << 8, 1], dtype=np.uint32)
    counts = np.bincount(packed, weights=pixels[:, 3])
    found = np.flatnonzero(counts)
    colors = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=-1).astype(np.uint8)
    return Histogram(colors, counts[found] / counts[found].sum())


def _reference(file: ImageFile, k: int) -> float:
    histogram = truth(file).working
    if len(histogram.colors) <= k:
        return 0.0
    points = oklab(histogram.colors)
    return min(
        mean_error(histogram, _find_centers(points, histogram.weights, k, seed))
        for seed in range(RUNS)
    )


def _find_centers(points: Array, weights: Array, k: int, seed: int) -> Array:
    means = KMeans(k, n_init=1, tol=1e-6, random_state=seed)
    return means.fit(points, sample_weight=weights).cluster_centers_
