"""Error against the best of ten full k-means runs, shares against every pixel, near-duplicates."""

from collections.abc import Iterator

import numpy as np

from palette import extract
from tests.bench import judge
from tests.bench.metric import oklab
from tests.bench.pictures import Picture
from tests.bench.targets.figure import Figure
from tests.bench.truth import FLAT, reference, truth

RATIO = 1.03
SHARE_ERROR = 0.03


def accuracy(pictures: list[Picture]) -> Iterator[Figure]:
    for k in (10, 5, 16):
        ratios: dict[str, float] = {}
        for picture in pictures:
            best = reference(picture, k)
            if best >= FLAT:
                rgb = [swatch.rgb for swatch in extract(picture.data, k)]
                error = judge.mean_error(truth(picture).working, oklab(rgb))
                ratios[picture.name] = error / best
        mean = float(np.mean(list(ratios.values())))
        worst = sorted(ratios, key=ratios.__getitem__)[:-4:-1]
        yield Figure(
            f"ΔE_OK to best of ten k-means, k = {k}",
            f"≤ {RATIO}",
            f"{mean:.3f}",
            mean <= RATIO,
            f"{len(ratios)} pictures; worst: "
            + ", ".join(f"{name} {ratios[name]:.3f}" for name in worst),
        )


def shares(pictures: list[Picture]) -> Iterator[Figure]:
    errors: dict[str, float] = {}
    for picture in pictures:
        swatches = extract(picture.data).swatches
        true = judge.shares(truth(picture).full, [swatch.rgb for swatch in swatches])
        errors[picture.name] = float(np.abs(true - [swatch.share for swatch in swatches]).sum())
    worst = sorted(errors, key=errors.__getitem__)[:-4:-1]
    yield Figure(
        "shares, L1 error to every pixel, worst picture",
        f"≤ {SHARE_ERROR}",
        f"{max(errors.values()):.3f}",
        max(errors.values()) <= SHARE_ERROR,
        f"mean {np.mean(list(errors.values())):.3f}; worst: "
        + ", ".join(f"{name} {errors[name]:.3f}" for name in worst),
    )


def calm(pictures: list[Picture]) -> Iterator[Figure]:
    pairs = {p.name: judge.near_duplicates([s.rgb for s in extract(p.data, 16)]) for p in pictures}
    guilty = ", ".join(f"{name} {count}" for name, count in pairs.items() if count)
    yield Figure(
        "pairs under ΔE2000 3, k = 16",
        "0 (unless the image forces them)",
        str(sum(pairs.values())),
        not guilty,
        guilty,
    )
    fewer = {p.name: len(extract(p.data)) for p in pictures}
    yield Figure(
        "colours returned of 10 asked",
        "—",
        f"{np.mean(list(fewer.values())):.2f}",
        None,
        ", ".join(f"{name} {count}" for name, count in fewer.items() if count < 10),
    )
