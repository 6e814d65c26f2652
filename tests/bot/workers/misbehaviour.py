"""Work that does what a hostile image might make a worker do.

The data of a job is one line: ``behaviour argument``, and perhaps spaces to make it longer.
"""

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot.workers.job import ImageJob
from bot.workers.jobs import Outcome
from palette import ImageTooLargeError, Palette, Swatch


def misbehave(job: ImageJob[Outcome]) -> Outcome:
    behaviour, _, argument = job.data.decode().rstrip().partition(" ")
    return getattr(sys.modules[__name__], behaviour)(argument)


@dataclass(frozen=True, slots=True)
class Misbehaviour(ImageJob[Outcome]):
    """The same as a job of its own, for workers whose work is not ours to choose."""

    def run(self) -> Outcome:
        return misbehave(self)


def answer(argument: str) -> Outcome:
    return Outcome(Palette((Swatch((0, 0, 0), 1.0, argument),)), card=argument.encode())


def note(path: str) -> Outcome:
    """Add a line with the id of this process to the file, which a test can count."""
    with Path(path).open("a") as file:
        file.write(f"{os.getpid()}\n")
    return answer(str(os.getpid()))


def note_and_wait(path: str) -> Outcome:
    """Add a line, then wait for a file ``go`` in the same folder."""
    note(path)
    while not Path(path).with_name("go").exists():
        time.sleep(0.01)
    return answer(path)


def sleep(seconds: str) -> Outcome:
    time.sleep(float(seconds))
    return answer(seconds)


def name_modules(_: str) -> Outcome:
    """Answer with the top-level packages that this process has imported."""
    return answer(" ".join({name.partition(".")[0] for name in sys.modules}))


def die(path: str) -> Outcome:
    note(path)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def die_once(path: str) -> Outcome:
    return answer("alive") if Path(path).exists() else die(path)


def hang(path: str) -> Outcome:
    """Hang as C code does, which ignores SIGTERM."""
    note(path)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    while True:
        time.sleep(1)


def devour(path: str) -> Outcome:
    """Allocate 1 GiB, which would do no harm if there were no limit."""
    note(path)
    return answer(str(len(bytes(2**30))))


def refuse(_: str) -> Outcome:
    raise ImageTooLargeError(20_000, 15_000, 100_000_000)


def note_and_refuse(path: str) -> Outcome:
    note(path)
    return refuse(path)


def break_down(_: str) -> Outcome:
    message = "a bug"
    raise LookupError(message)
