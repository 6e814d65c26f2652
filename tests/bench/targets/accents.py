"""Whether the palette keeps the colour of one small vivid thing, over many pictures."""

from collections.abc import Iterator

from palette import extract
from tests.bench import judge
from tests.bench.accents import accent_scenes
from tests.bench.pictures import Picture
from tests.bench.targets.figure import Figure


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
