"""``python -m tests.bench.scale [PART ...]``: what the arithmetic of docs/scale.md begins with.

``throughput``: images a second, reply times and processor time with local workers and with Dask's.
``gateway``: processor time for messages without images. ``memory``: of thousands of servers.
``plan``: the arithmetic itself. Without a name, all of them.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console

from tests.bench.scale import gateway, plan, throughput

PARTS: dict[str, Callable[[Console, Path | None], Awaitable[None]]] = {
    "throughput": throughput.measure,
    "gateway": gateway.measure_messages,
    "memory": gateway.measure_memory,
    "plan": plan.show,
}


async def measure(names: list[str], folder: Path | None) -> int:
    console = Console()
    for name in names or PARTS:
        await PARTS[name](console, folder)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    # argparse also looks for the empty list that it makes of no names among the choices.
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--folder", type=Path, help="photos to post")
    arguments = parser.parse_args()
    return asyncio.run(measure(arguments.parts, arguments.folder))


if __name__ == "__main__":
    sys.exit(main())
