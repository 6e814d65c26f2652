"""``python -m tests.bench.load [FOLDER]``: the bot under more than it can do at once.

A burst of images from many servers while workers are killed, one server that floods while another
is polite, and a soak on request; compared with what the same cores do with nothing but the images.
"""

import argparse
import asyncio
import sys
from pathlib import Path

from tests.bench.load.run import Options, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="photos to post")
    parser.add_argument("--messages", type=int, default=2000, help="posted in the burst")
    parser.add_argument("--servers", type=int, default=100, help="among which they are spread")
    parser.add_argument("--workers", type=int, default=2, help="worker processes of the bot")
    parser.add_argument("--minutes", type=float, default=0, help="of soak after the burst")
    return asyncio.run(run(Options(**vars(parser.parse_args()))))


if __name__ == "__main__":
    sys.exit(main())
