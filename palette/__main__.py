"""The command line: ``palette photo.jpg more/*.png -n 8``, or ``python -m palette``."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.progress import track
from rich.text import Text

from palette.cli.arguments import Arguments, parse
from palette.cli.output import one_line, show, show_json
from palette.cli.tasks import Result, work

DONE, FAILED, INTERRUPTED = 0, 1, 130  # exit statuses; argparse ends wrong usage with 2


def main(argv: Sequence[str] | None = None) -> int:
    """Print the palette of every file and return the exit status."""
    arguments = parse(argv)
    try:
        results = _results(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    if arguments.json:
        show_json(results)
    else:
        for result in results:
            show(result)
    return FAILED if any(result.errors for result in results) else DONE


def _results(arguments: Arguments) -> list[Result]:
    """Work file by file, show how far it is, and tell each error as soon as it is known."""
    stderr = Console(stderr=True)
    results: list[Result] = []
    for task in track(
        arguments.tasks,
        "Finding colours",
        console=stderr,
        transient=True,
        disable=len(arguments.tasks) == 1 or not stderr.is_terminal,
    ):
        result = work(task, arguments)
        for error in result.errors:
            stderr.print(Text(one_line(f"{task.file}: {error}")), soft_wrap=True)
        results.append(result)
    return results


if __name__ == "__main__":
    sys.exit(main())
