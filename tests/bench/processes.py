"""Measurements in a process of their own, and the memory that a process takes."""

import os
import re
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest.mock import patch

from pebble import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")
PROC = Path("/proc/self")


def new_worker() -> ProcessPool:
    """Return a pool of one process that shares nothing with this one."""
    return ProcessPool(max_workers=1, context=get_context("spawn"))


def run_in_fresh_process(
    function: Callable[P, T], environment: dict[str, str], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Call ``function`` in a new interpreter that has these environment variables."""
    with patch.dict(os.environ, environment), new_worker() as pool:
        return pool.schedule(function, args=args, kwargs=kwargs).result()


def resident_megabytes() -> float:
    """Return the memory that this process has resident; 0 on systems other than Linux."""
    return _status_megabytes("VmRSS")


def reset_peak() -> None:
    """Let the peak of resident memory start from what is resident now."""
    if PROC.exists():
        (PROC / "clear_refs").write_text("5")


def peak_megabytes() -> float:
    """Return the most memory resident since :func:`reset_peak`; 0 on systems other than Linux."""
    return _status_megabytes("VmHWM")


def _status_megabytes(field: str) -> float:
    if not PROC.exists():
        return 0.0
    kilobytes = re.search(rf"^{field}:\s+(\d+) kB$", (PROC / "status").read_text(), re.MULTILINE)
    return int(kilobytes.group(1)) / 1024 if kilobytes else 0.0
