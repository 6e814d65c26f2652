"""One line of the result: a target and what was measured for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``target`` and ``measured`` are printed as they are; ``passed`` is None without a target."""

    name: str
    target: str
    measured: str
    passed: bool | None
    detail: str = ""
