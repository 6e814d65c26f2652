"""One line of the result: a target and what was measured for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``target`` and ``measured`` as printed; ``passed`` is None where there is only a figure."""

    name: str
    target: str
    measured: str
    passed: bool | None
    detail: str = ""
