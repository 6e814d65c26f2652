"""The command line: ``palette photo.jpg more/*.png -n 8``, or ``python -m palette``."""

import importlib.util
import sys
from collections.abc import Sequence

from palette.cli.arguments import parse_arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Print the palette of every file and return the exit status."""
    arguments = parse_arguments(argv)
    if importlib.util.find_spec("rich") is None:
        sys.stderr.write("The command line needs an extra: pip install 'hueharvest[cli]'\n")
        return 1
    from palette.cli.run import run  # noqa: PLC0415, it needs the extra

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
