"""What is slow and never changes (references, generated scenes) is computed once a machine."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from joblib import Memory

P = ParamSpec("P")
T = TypeVar("T")


def folder() -> Path:
    """Return where results are kept; delete it to compute everything anew."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "hueharvest-bench"


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Return ``function`` with its results kept on disk by its arguments and its own source."""
    return Memory(folder(), verbose=0).cache(function)
