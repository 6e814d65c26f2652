"""The check of a palette, printed: what is legible on what, and what is easily confused."""

import sys
from collections.abc import Iterator
from itertools import combinations

from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from palette.color.contrast import MIN_RATIOS, level
from palette.model import Palette, Swatch
from palette.vision import Check, check, rounded_down

from .output import printable
from .tasks import TaskResult

_MIN_RATIO = min(MIN_RATIOS.values())


def print_check(result: TaskResult) -> None:
    """Print samples and tables to a terminal, and lines of tab-separated fields to anything else.

    The lines are those of text on backgrounds (``text``, two codes, contrast, level, file), best
    first, and those of confusions (deficiency, two codes, the differences with and without it,
    file), worst first.
    """
    if not result.palette:
        return
    measured = check(result.palette)
    stdout = Console(highlight=False)
    if stdout.is_terminal:
        _print_tables(stdout, result.palette, measured, printable(result.file))
        return
    file = printable(result.file)
    for one, other, ratio in _legible(result.palette, measured):
        fields = ("text", one.hex, other.hex, rounded_down(ratio), level(ratio), file)
        sys.stdout.write("\t".join(map(str, fields)) + "\n")
    for simulation in measured.simulations:
        for each in simulation.confusions:
            differences = f"{each.simulated:.1f}\t{each.typical:.1f}"
            codes = f"{each.one.hex}\t{each.other.hex}"
            sys.stdout.write(f"{simulation.deficiency}\t{codes}\t{differences}\t{file}\n")


def _print_tables(stdout: Console, palette: Palette, measured: Check, file: str) -> None:
    text = Table.grid(padding=(0, 2))
    for one, other, ratio in _legible(palette, measured):
        text.add_row(
            _sample(one, other), _sample(other, one), f"{rounded_down(ratio)} : 1", level(ratio)
        )
    stdout.print(Text(file, "bold"))
    stdout.print("Text on backgrounds, by contrast (WCAG 2)")
    stdout.print(text if text.rows else f"  None reaches {_MIN_RATIO:g} : 1.")
    for simulation in measured.simulations:
        confused = Table.grid(padding=(0, 2))
        for each in simulation.confusions:
            differences = f"ΔE {each.typical:.1f} -> {each.simulated:.1f}"
            confused.add_row(_code(each.one), _code(each.other), differences)
        stdout.print(f"Hard to tell apart with {simulation.deficiency}")
        stdout.print(confused if confused.rows else "  None.")
    stdout.print()


def _legible(palette: Palette, measured: Check) -> Iterator[tuple[Swatch, Swatch, float]]:
    """Yield the pairs that text reaches a level in, with their contrast, the highest first."""
    pairs = combinations(range(len(palette)), 2)
    ratios = {(i, j): measured.contrasts[i][j] for i, j in pairs}
    for (i, j), ratio in sorted(ratios.items(), key=lambda pair: -pair[1]):
        if ratio >= _MIN_RATIO:
            yield palette.swatches[i], palette.swatches[j], ratio


def _sample(ink: Swatch, background: Swatch) -> Text:
    style = Style(color=Color.from_rgb(*ink.rgb), bgcolor=Color.from_rgb(*background.rgb))
    return Text(f"  {ink.hex} on {background.hex}  ", style)


def _code(swatch: Swatch) -> Text:
    return Text.assemble(("  ", Style(bgcolor=Color.from_rgb(*swatch.rgb))), f" {swatch.hex}")
