"""``python -m tests.bench.cluster [FOLDER]``: the bot spread over processes, some of them killed.

A Dask scheduler and workers, a PostgreSQL and bots run on this machine, on a Discord of our own.
They answer a burst of images, then one for each part that is killed meanwhile and started again,
then a steady stream while the bots are restarted one after the other.
"""

import argparse
import asyncio
import sys
from pathlib import Path

from tests.bench.cluster.run import Options, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cluster", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="photos to post")
    parser.add_argument("--messages", type=int, default=1000, help="posted in each run")
    parser.add_argument("--servers", type=int, default=100, help="among which they are spread")
    parser.add_argument("--bots", type=int, default=2, help="bot processes, one shard each")
    parser.add_argument("--workers", type=int, default=2, help="Dask workers")
    parser.add_argument("--pause", type=float, default=5, help="seconds until a part is back")
    parser.add_argument("--logs", type=Path, help="folder for what the programs say")
    return asyncio.run(run(Options(**vars(parser.parse_args()))))


if __name__ == "__main__":
    sys.exit(main())
