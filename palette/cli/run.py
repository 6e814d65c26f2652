"""Running what the command line asks for, file by file."""

from rich.console import Console
from rich.progress import track
from rich.text import Text

from .arguments import Arguments
from .checks import print_check
from .output import print_json, print_notation, print_result, printable
from .tasks import TaskResult, run_task

# Exit statuses; argparse exits with 2 for wrong usage.
SUCCESS, FAILURE, INTERRUPTED = 0, 1, 130


def run(arguments: Arguments) -> int:
    """Print the palette of every file and return the exit status."""
    try:
        results = _run_tasks(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    if arguments.json:
        print_json(results)
    elif arguments.notation:
        print_notation(results, arguments.notation)
    elif arguments.check:
        for result in results:
            print_check(result)
    else:
        for result in results:
            print_result(result)
    return FAILURE if any(result.errors for result in results) else SUCCESS


def _run_tasks(arguments: Arguments) -> list[TaskResult]:
    """Run the tasks one by one; show progress, and print errors as soon as they occur."""
    stderr = Console(stderr=True)
    results: list[TaskResult] = []
    for task in track(
        arguments.tasks,
        "Finding colours",
        console=stderr,
        transient=True,
        disable=len(arguments.tasks) == 1 or not stderr.is_terminal,
    ):
        result = run_task(task, arguments)
        for error in result.errors:
            stderr.print(Text(printable(f"{task.name}: {error}")), soft_wrap=True)
        results.append(result)
    return results
