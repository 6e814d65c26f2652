"""HueHarvest and its peers behind one signature: bytes and a number in, sRGB colours out.

Each is called as its own documentation shows, with its defaults, from bytes in memory, or from a
temporary file if it reads nothing else. A peer is imported when it is called, inside its worker.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module, metadata
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Protocol

import numpy as np
from PIL import Image

RGB = tuple[int, int, int]


class Extract(Protocol):
    """Returns up to ``k`` sRGB colours for the bytes of an image file."""

    def __call__(self, data: bytes, k: int) -> list[RGB]: ...


@dataclass(frozen=True, slots=True)
class Competitor:
    """A way to find colours; ``distribution`` is its package, ``note`` what readers must know."""

    name: str
    distribution: str
    extract: Extract
    note: str = ""

    @property
    def version(self) -> str | None:
        """The installed version, or None if it is not installed."""
        try:
            return metadata.version(self.distribution)
        except metadata.PackageNotFoundError:
            return None


def _colors(values: Iterable[Iterable[float]]) -> list[RGB]:
    return [(int(red), int(green), int(blue)) for red, green, blue in values]


def _hueharvest(style: str) -> Extract:
    def extract(data: bytes, k: int) -> list[RGB]:
        return [s.rgb for s in import_module("palette").extract(data, k, style=style)]

    return extract


def _colorthief(data: bytes, k: int) -> list[RGB]:
    return _colors(import_module("colorthief").ColorThief(BytesIO(data)).get_palette(k))


def _fast_colorthief(data: bytes, k: int) -> list[RGB]:
    return _colors(import_module("fast_colorthief").get_palette(BytesIO(data), k))


def _pylette(mode: str) -> Extract:
    def extract(data: bytes, k: int) -> list[RGB]:
        palette = import_module("pylette").extract_colors(data, palette_size=k, mode=mode)
        return _colors(color.rgb for color in palette)

    return extract


def _pillow(method: Image.Quantize) -> Extract:
    def extract(data: bytes, k: int) -> list[RGB]:
        with Image.open(BytesIO(data)) as image:
            quantized = image.convert("RGB").quantize(k, method)
        palette = quantized.getpalette() or []
        return _colors(palette[3 * i : 3 * i + 3] for _, i in quantized.getcolors() or [])

    return extract


def _imagequant(data: bytes, k: int) -> list[RGB]:
    with Image.open(BytesIO(data)) as image:
        rgba = image.convert("RGBA")
    quantize = import_module("imagequant").quantize_raw_rgba_bytes
    indices, palette = quantize(rgba.tobytes(), *rgba.size, dithering_level=0, max_colors=k)
    return _colors(palette[4 * i : 4 * i + 3] for i in sorted(set(indices)))


def _colorgram(data: bytes, k: int) -> list[RGB]:
    return _colors(color.rgb for color in import_module("colorgram").extract(BytesIO(data), k))


def _extcolors(data: bytes, k: int) -> list[RGB]:
    with Image.open(BytesIO(data)) as image:
        colors, _ = import_module("extcolors").extract_from_image(image, limit=k)
    return _colors(color for color, _ in colors)


def _haishoku(data: bytes, k: int) -> list[RGB]:
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        palette = import_module("haishoku.haishoku").Haishoku.getPalette(file.name)
    return _colors(color for _, color in palette[:k])


def _materialyoucolor(data: bytes, k: int) -> list[RGB]:
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        quantize = import_module("materialyoucolor.quantize").ImageQuantizeCelebi
        argb = quantize(file.name, 1, k)
    return _colors((color >> 16 & 255, color >> 8 & 255, color & 255) for color in argb)


def _plain_kmeans(data: bytes, k: int) -> list[RGB]:
    """Run k-means in RGB on 5000 random pixels."""
    with Image.open(BytesIO(data)) as image:
        pixels = np.asarray(image.convert("RGB")).reshape(-1, 3)
    sample = pixels[np.random.default_rng().integers(0, len(pixels), 5000)]
    means = import_module("sklearn.cluster").KMeans(k).fit(sample)
    return _colors(means.cluster_centers_.round())


OURS, OURS_FAITHFUL = "HueHarvest", "HueHarvest, faithful"
COMPETITORS = (
    Competitor(OURS, "hueharvest", _hueharvest("seen")),
    Competitor(OURS_FAITHFUL, "hueharvest", _hueharvest("faithful"), 'with style="faithful"'),
    Competitor("fast-colorthief", "fast-colorthief", _fast_colorthief, "every tenth pixel"),
    Competitor("colorthief", "colorthief", _colorthief, "every tenth pixel"),
    Competitor("Pylette OKLab", "pylette", _pylette("OKLab")),
    Competitor("Pylette k-means", "pylette", _pylette("KMeans")),
    Competitor("Pillow fast octree", "pillow", _pillow(Image.Quantize.FASTOCTREE)),
    Competitor("Pillow median cut", "pillow", _pillow(Image.Quantize.MEDIANCUT)),
    Competitor("imagequant", "imagequant", _imagequant),
    Competitor("colorgram.py", "colorgram.py", _colorgram),
    Competitor("extcolors", "extcolors", _extcolors),
    Competitor("haishoku", "haishoku", _haishoku, "always up to 8 colours"),
    Competitor("materialyoucolor", "materialyoucolor", _materialyoucolor),
    Competitor("plain k-means", "scikit-learn", _plain_kmeans, "in RGB, on 5000 random pixels"),
)


def competitor(name: str) -> Competitor:
    return next(competitor for competitor in COMPETITORS if competitor.name == name)
