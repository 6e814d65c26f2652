"""Slow results that never change (references, generated scenes), computed only once."""

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from joblib import Memory

P = ParamSpec("P")
T = TypeVar("T")

FOLDER = Path(__file__).parents[2] / "build" / "bench"  # delete it to compute everything again


def cached(function: Callable[P, T]) -> Callable[P, T]:
    """Return ``function`` with its results kept on disk, by its arguments and its source."""
    return Memory(FOLDER, verbose=0).cache(function)
