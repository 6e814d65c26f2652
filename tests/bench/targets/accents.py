"""Whether the palette keeps the colour of one small vivid thing, over many pictures."""

from collections.abc import Iterator
from zlib import crc32

from numpy.random import default_rng

from palette import extract
from tests.bench import judge, scenes
from tests.bench.cache import remembered
from tests.bench.pictures import Picture
from tests.bench.scenes import AccentScene
from tests.bench.targets.figure import Figure
from tests.bench.truth import managed

MAX_EDGE = 2000  # pixels; larger photos are reduced before the thing is pasted
SEEDS = 3
GENERATED = range(12)


def accent_scenes(pictures: list[Picture], fraction: float) -> list[tuple[str, AccentScene]]:
    """Return the accent scenes made from the opaque ``pictures`` and from generated scenes."""
    found = [
        (f"{picture.name} #{seed}", remembered(_from_file)(picture, fraction, seed))
        for picture in pictures
        for seed in range(SEEDS)
    ]
    found += [(f"scene {n}", remembered(_from_scene)(n, fraction)) for n in GENERATED]
    return [(name, accent) for name, accent in found if accent is not None]


def _from_file(picture: Picture, fraction: float, seed: int) -> AccentScene | None:
    with picture.open() as image:
        base = managed(image)
    if base.getchannel("A").getextrema() != (255, 255):
        return None
    base.thumbnail((MAX_EDGE, MAX_EDGE))
    rng = default_rng(
        [seed, crc32(picture.data)]
    )  # another thing, colour and place in each picture
    return scenes.with_accent(base.convert("RGB"), fraction, rng)


def _from_scene(number: int, fraction: float) -> AccentScene | None:
    return scenes.with_accent(scenes.scene(number), fraction, default_rng(number))


def accents(pictures: list[Picture]) -> Iterator[Figure]:
    for fraction, k, least in ((0.003, 10, 1.0), (0.001, 10, 0.9), (0.01, 5, 0.9)):
        cases = accent_scenes(pictures, fraction)
        missed = [
            name
            for name, accent in cases
            if not judge.has([swatch.rgb for swatch in extract(accent.data, k)], accent.rgb)
        ]
        rate = 1 - len(missed) / len(cases)
        yield Figure(
            f"accents of {fraction:.1%} kept, k = {k}",
            f"≥ {least:.0%}",
            f"{rate:.1%}",
            rate >= least,
            f"{len(cases)} pictures" + (f"; missed: {', '.join(missed)}" if missed else ""),
        )
