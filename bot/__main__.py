"""The command line: ``hueharvest``, or ``python -m bot``."""

import argparse
import contextlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status.

    It is 0, or 1 if the command cannot start or the bot is not alive, or 2 if a setting is wrong.
    """
    arguments = _parser().parse_args(argv)
    with contextlib.suppress(KeyboardInterrupt):
        name, package = ("demo", "simcord") if arguments.command == "demo" else ("bot", "discord")
        if importlib.util.find_spec(package) is None:
            sys.stderr.write(f"The {name} needs an extra: pip install 'hueharvest[{name}]'\n")
            return 1
        if arguments.command == "health":
            from bot.monitoring.probe import probe  # noqa: PLC0415, as below, and others no probe

            return probe()
        # Not at the top: Ctrl-C may come while it loads, and the workers, which import the script
        # that started the bot, need none of it.
        from bot.launch.start import start  # noqa: PLC0415, see above

        return start(arguments)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hueharvest", description="A Discord bot that answers images with their palettes."
    )
    commands = parser.add_subparsers(dest="command", metavar="{run,demo,invite,brand,health}")
    commands.add_parser("run", help="run the bot with the settings in .env (the default)")
    invite = commands.add_parser(
        "invite", help="print the links that add the bot to a server or a person"
    )
    invite.add_argument("--id", type=int, help="the application's id, instead of the token's")
    brand = commands.add_parser("brand", help="give the bot its avatar and banner on Discord")
    brand.add_argument(
        "--save", type=Path, metavar="FOLDER", help="only save both images, to set by hand"
    )
    commands.add_parser("health", help="ask a running bot, at METRICS_PORT, whether it is alive")
    demo = commands.add_parser("demo", help="try the bot in a simulated Discord")
    demo.add_argument("images", nargs="*", type=_file, metavar="IMAGE", help="files to post")
    demo.add_argument(
        "--no-browser", dest="browser", action="store_false", help="only print the page's address"
    )
    demo.add_argument("--once", action="store_true", help="exit after the replies")
    return parser


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"no such file: {name}")
    return path


if __name__ == "__main__":
    sys.exit(main())
