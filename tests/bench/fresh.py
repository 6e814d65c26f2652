"""Measurements that need a process of their own, and the memory one takes."""

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


def worker() -> ProcessPool:
    """Return a pool of one process that shares nothing with this one."""
    return ProcessPool(max_workers=1, context=get_context("spawn"))


def in_fresh_process(
    function: Callable[P, T], environment: dict[str, str], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Call ``function`` in a new interpreter started with these environment variables."""
    with patch.dict(os.environ, environment), worker() as pool:
        return pool.schedule(function, args=args, kwargs=kwargs).result()


def resident() -> float:
    """Return the megabytes of memory this process has resident now; 0 where Linux is not."""
    return _status("VmRSS")


def forget_peak() -> None:
    """Start the peak of resident memory anew, from what is resident now."""
    if PROC.exists():
        (PROC / "clear_refs").write_text("5")


def peak() -> float:
    """Return the most megabytes resident since :func:`forget_peak`; 0 where Linux is not."""
    return _status("VmHWM")


def _status(field: str) -> float:
    if not PROC.exists():
        return 0.0
    kilobytes = re.search(rf"^{field}:\s+(\d+) kB$", (PROC / "status").read_text(), re.MULTILINE)
    return int(kilobytes.group(1)) / 1024 if kilobytes else 0.0
