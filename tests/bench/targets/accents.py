"""How often palettes keep the colour of one small vivid object."""

from collections.abc import Iterator

from palette import Style, extract
from tests.bench import judge
from tests.bench.accents import accent_scenes
from tests.bench.images import ImageFile
from tests.bench.targets.figure import Figure


def accents(files: list[ImageFile], style: Style) -> Iterator[Figure]:
    for fraction, k, min_rate in ((0.003, 10, 1.0), (0.001, 10, 0.9), (0.01, 5, 0.9)):
        cases = accent_scenes(files, fraction)
        missed = [
            name
            for name, accent in cases
            if not judge.has_color(
                [swatch.rgb for swatch in extract(accent.data, k, style=style)], accent.rgb
            )
        ]
        rate = 1 - len(missed) / len(cases)
        yield Figure(
            f"accents of {fraction:.1%} kept, k = {k}",
            f"≥ {min_rate:.0%}",
            f"{rate:.1%}",
            rate >= min_rate,
            f"{len(cases)} images" + (f"; missed: {', '.join(missed)}" if missed else ""),
        )
