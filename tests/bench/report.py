"""The results, as tables in the terminal and as a page."""

import platform
from collections.abc import Callable, Iterator
from importlib.metadata import version
from statistics import mean

from rich.table import Column, Table

from tests.bench.legend import legend
from tests.bench.measure import Result
from tests.bench.seen import Sights


def _percent(fraction: float | None) -> str:
    return "—" if fraction is None else f"{100 * fraction:.1f} %"


Columns = dict[str, Callable[[Result], str]]
TABLES: dict[str, Columns] = {
    "What people see": {
        "things pointed at": lambda r: _percent(r.seen.things),
        "hand-picked": lambda r: _percent(r.seen.hand_picked),
        "within 6": lambda r: _percent(r.seen.closely),
        "accents": lambda r: _percent(r.seen.accents),
        "drawn": lambda r: _percent(r.seen.drawn),
        "edges": lambda r: str(r.seen.edges),
        "near-blacks": lambda r: str(r.near_blacks),
        "near pairs": lambda r: str(r.near_duplicates),
    },
    "Time and error": {
        "time, ms": lambda r: f"{r.milliseconds:.1f}",
        "/ floor": lambda r: f"{r.floors:.1f}",
        "ΔE_OK": lambda r: f"{r.error:.2f}",
        "/ reference": lambda r: f"{r.ratio:.3f}",
        "its median": lambda r: f"{r.typical_ratio:.3f}",
        "ΔE2000": lambda r: f"{r.mean_2000:.2f}",
        "95 %": lambda r: f"{r.p95_2000:.1f}",
        "returned": lambda r: f"{r.returned:.1f}",
        "same twice": lambda r: "yes" if r.is_same else "no",
        "peak MB": lambda r: f"{r.megabytes:.0f}" if r.megabytes else "—",
    },
}


def _rows(results: list[Result], columns: Columns) -> Iterator[list[str]]:
    """Yield a row for each result, the smallest error first."""
    for result in sorted(results, key=lambda result: result.ratio):
        yield [result.competitor.name, *(cell(result) for cell in columns.values())]


def terminal(results: list[Result]) -> Iterator[Table]:
    for title, columns in TABLES.items():
        table = Table(Column("", no_wrap=True), *columns, title=title, title_justify="left")
        for row in _rows(results, columns):
            table.add_row(*row)
        yield table


def remarks(results: list[Result], absent: list[str]) -> list[str]:
    """Return a sentence for each thing that readers of the figures must know."""
    notes = [f"{r.competitor.name}: {r.competitor.note}." for r in results if r.competitor.note]
    for result in results:
        if result.failures:
            named = ", ".join(f"{name} ({why})" for name, why in result.failures.items())
            notes.append(f"{result.competitor.name} could not read {named}.")
    return notes + [f"{name} is not installed, or does not work here." for name in absent]


def page(
    results: list[Result], notes: list[str], references: list[float], sights: Sights, k: int
) -> str:
    """Return the page in Markdown; ``references`` are the best known ΔE_OK of the images."""
    tables = {title: _markdown(results, columns) for title, columns in TABLES.items()}
    packages = {result.competitor.distribution for result in results} | {"numpy"}
    versions = ", ".join(f"{name} {version(name)}" for name in sorted(packages))
    sections = "\n\n".join(f"## {title}\n\n{table}" for title, table in tables.items())
    return f"""\
# Benchmark

{len(references)} images, {k} colours each. Written by
`python -m tests.bench.peers FOLDER --seen SEEN --human HUMAN`; times will differ on your machine,
errors hardly.

![Time against error](peers.svg)

{sections}

The reference itself has a mean ΔE_OK of {mean(references):.2f}. Measured on Python
{platform.python_version()} ({platform.system()} {platform.machine()}) with {versions}.

## What the columns mean

{legend(sights, k)}
{chr(10).join(f"- {note}" for note in notes)}
"""


def _markdown(results: list[Result], columns: Columns) -> str:
    lines = [["", *columns], ["---", *("--:" for _ in columns)], *_rows(results, columns)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
