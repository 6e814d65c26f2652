"""Colours that people see in images: things they point at, and colours picked by hand.

The folder SEEN has a file ``things.tsv`` of things that a person would point at: the name of an
image in ``SEEN/../images``, then x, y and half the side of a box, in percent of the image, whose
median is the colour of the thing. The folder HUMAN has a file ``pairs.tsv`` of colours that people
picked from an image by hand: the name of an image in ``HUMAN/images``, in the third column the
collection, and in the sixth the codes of the colours.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.bench.scenes import png


@dataclass(frozen=True, slots=True)
class Picked:
    """An image file and the sRGB colours, shape (n, 3), that people picked from it."""

    data: bytes = field(repr=False)
    collection: str
    colors: NDArray[np.uint8]


def read_things(folder: Path) -> list[Picked]:
    boxes: dict[str, list[list[float]]] = {}
    for name, x, y, half, _ in _rows(folder / "things.tsv"):
        boxes.setdefault(name, []).append([float(x), float(y), float(half)])
    files = {folder.parent / "images" / name: each for name, each in boxes.items()}
    return [Picked(_readable(file), "", _medians(file, each)) for file, each in files.items()]


def read_hand_picked(folder: Path) -> list[Picked]:
    return [
        Picked(_readable(folder / "images" / name), collection, _parse(codes))
        for name, _, collection, _, _, codes in _rows(folder / "pairs.tsv")
    ]


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t"):
            if row and not row[0].startswith("#"):
                yield row


def _medians(file: Path, boxes: list[list[float]]) -> NDArray[np.uint8]:
    """Return the median colours of boxes (x, y, half the side; percent) of an image."""
    with Image.open(file) as image:
        rgb = image.convert("RGB")
    scale = np.array([*rgb.size, *rgb.size]) / 100
    colors: list[NDArray[np.float64]] = []
    for x, y, half in boxes:
        left, top, right, bottom = np.rint([x - half, y - half, x + half, y + half] * scale)
        pixels = np.asarray(rgb.crop((int(left), int(top), int(right), int(bottom))))
        colors.append(np.median(pixels.reshape(-1, 3), axis=0))
    return np.array(colors).astype(np.uint8)


def _parse(codes: str) -> NDArray[np.uint8]:
    return np.array([list(bytes.fromhex(code)) for code in codes.split()], dtype=np.uint8)


def _readable(file: Path) -> bytes:
    """Return the content of an image file, as PNG if it is WebP, which not every peer reads."""
    if file.suffix != ".webp":
        return file.read_bytes()
    with Image.open(file) as image:
        return png(image)
