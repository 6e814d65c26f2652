"""``python -m tests.bench.picked SEEN HUMAN``: how many of the colours that people see are found.

Each tool finds ten colours in each image. SEEN has a file ``things.tsv`` of things that a person
would point at: the name of an image in ``SEEN/../images``, then x, y and half the side of a box,
in percent of the image, whose median is the colour of the thing. HUMAN has a file ``pairs.tsv`` of
colours that people picked from an image by hand: the name of an image in ``HUMAN/images``, in the
third column the collection, and in the sixth the codes of the colours.
"""

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

from tests.bench import judge
from tests.bench.competitors import COMPETITORS, Competitor
from tests.bench.metric import Array
from tests.bench.scenes import png

K = 10
NEAR, VERY_NEAR = 10.0, 6.0  # ΔE2000


@dataclass(frozen=True, slots=True)
class Picked:
    """An image file and the sRGB colours, shape (n, 3), that people picked from it."""

    file: Path
    collection: str
    colors: NDArray[np.uint8]


def read_things(folder: Path) -> list[Picked]:
    boxes: dict[str, list[list[float]]] = {}
    for name, x, y, half, _ in _rows(folder / "things.tsv"):
        boxes.setdefault(name, []).append([float(x), float(y), float(half)])
    files = {folder.parent / "images" / name: each for name, each in boxes.items()}
    return [Picked(file, "", _medians(file, each)) for file, each in files.items()]


def read_hand_picked(folder: Path) -> list[Picked]:
    return [
        Picked(folder / "images" / name, collection, _parse(codes))
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
    colors: list[Array] = []
    for x, y, half in boxes:
        left, top, right, bottom = np.rint([x - half, y - half, x + half, y + half] * scale)
        pixels = np.asarray(rgb.crop((int(left), int(top), int(right), int(bottom))))
        colors.append(np.median(pixels.reshape(-1, 3), axis=0))
    return np.array(colors).astype(np.uint8)


def _parse(codes: str) -> NDArray[np.uint8]:
    return np.array([list(bytes.fromhex(code)) for code in codes.split()], dtype=np.uint8)


def distances(competitor: Competitor, picked: Picked) -> Array:
    """Return how far, ΔE2000, each picked colour is from the palette; inf without a palette."""
    try:
        rgb = competitor.extract(_readable(picked.file), K)
    except Exception:  # noqa: BLE001, whatever a peer raises, it has not found the colours
        rgb = []
    if not rgb:
        return np.full(len(picked.colors), np.inf)
    return np.array([judge.distance(rgb, color) for color in picked.colors])


def _readable(file: Path) -> bytes:
    """Return the content of an image file, as PNG if it is WebP, which not every peer reads."""
    if file.suffix != ".webp":
        return file.read_bytes()
    with Image.open(file) as image:
        return png(image)


def share_within(limit: float, images: list[Picked], found: list[Array]) -> float:
    """Return the share of colours within ``limit``: mean of images, then of collections."""
    shares: dict[str, list[float]] = {}
    for picked, distance in zip(images, found, strict=True):
        shares.setdefault(picked.collection, []).append(float((distance <= limit).mean()))
    return float(np.mean([np.mean(each) for each in shares.values()]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.picked", description=__doc__)
    parser.add_argument("seen", type=Path, metavar="SEEN")
    parser.add_argument("human", type=Path, metavar="HUMAN")
    options = parser.parse_args()
    things, hand_picked = read_things(options.seen), read_hand_picked(options.human)

    columns = ("things pointed at", f"hand-picked, within {NEAR:g}", f"within {VERY_NEAR:g}")
    table = Table(Column("", no_wrap=True), *columns)
    console = Console()
    installed = [competitor for competitor in COMPETITORS if competitor.version]
    for competitor in track(installed, "tools", console=console, transient=True):
        far = np.concatenate([distances(competitor, picked) for picked in things])
        found = [distances(competitor, picked) for picked in hand_picked]
        table.add_row(
            competitor.name,
            f"{(far <= NEAR).sum()} of {len(far)} ({(far <= NEAR).mean():.0%})",
            f"{share_within(NEAR, hand_picked, found):.1%}",
            f"{share_within(VERY_NEAR, hand_picked, found):.1%}",
        )
    console.print(table)


if __name__ == "__main__":
    main()
