"""A program, under a supervisor that starts it again when it ends."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil

from tests.bot.account import TOKEN

STOP_SECONDS = 40.0  # a bot finishes what it has begun
OURS = {"PYTHONPATH": str(Path.cwd())}
# Otherwise most would be refused at once.
LIMITS = {"USER_LIMIT": "9999/1", "SERVER_LIMIT": "9999/1"}


class Part:
    """A program; ``pause`` is how many seconds after its end it is started again.

    What it writes goes to ``log``. ``user`` is whom it runs as, if not the current user.
    """

    def __init__(
        self,
        name: str,
        *command: str | Path,
        log: Path,
        pause: float,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> None:
        self.name = name
        self._command = command
        self._log = log
        self._pause = pause
        self._environment = os.environ | (environment or {})
        self._user = user
        self._process: asyncio.subprocess.Process | None = None

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["Part"]:
        """Run the program in a session of its own, in its log's folder, until the block ends."""
        self._process = await self._start()
        supervising = asyncio.create_task(self._supervise(self._process))
        try:
            yield self
        finally:
            supervising.cancel()
            with suppress(asyncio.CancelledError):
                await supervising
            await self._stop()

    @property
    def process_id(self) -> int:
        """The id of the newest process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End the program and its children at once, as ``kill -9`` does."""
        os.killpg(self.process_id, signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the program to end."""
        os.kill(self.process_id, signal.SIGTERM)

    def cpu_seconds(self) -> float:
        """Return the processor time of the newest process and its descendants, until now."""
        own = psutil.Process(self.process_id)
        return sum(sum(_times(each)) for each in (own, *own.children(recursive=True)))

    async def wait_for_line(self, text: str) -> None:
        """Return once the log says something."""
        while text not in self._log.read_text(errors="replace"):  # noqa: ASYNC110, a file
            await asyncio.sleep(0.2)

    async def _supervise(self, process: asyncio.subprocess.Process) -> None:
        while True:
            await process.wait()
            await asyncio.sleep(self._pause)
            process = self._process = await self._start()

    async def _start(self) -> asyncio.subprocess.Process:
        with self._log.open("a") as log:
            log.write(f"--- start at {time.strftime('%X')}\n")
            log.flush()
            return await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._log.parent,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._user,
                start_new_session=True,
            )

    async def _stop(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        self.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()


def account(address: str) -> dict[str, str]:
    """Return the settings that lead a bot to the Discord at ``address``."""
    return {"DISCORD_TOKEN": TOKEN, "DISCORD_API": f"http://{address}/api"}


def bot_part(name: str, address: str, folder: Path, *, pause: float = 1, **settings: str) -> Part:
    """Return a bot on the Discord at ``address``, which logs into ``folder``."""
    return Part(
        name,
        sys.executable,
        "-m",
        "tests.bench.served.bot_process",
        address,
        log=folder / f"{name}.log",
        pause=pause,
        environment=OURS | LIMITS | account(address) | settings,
    )


def _times(process: psutil.Process) -> tuple[float, ...]:
    """Return the seconds of a process and of its children that have ended."""
    try:
        return process.cpu_times()[:4]
    except psutil.NoSuchProcess:  # it ended a moment ago
        return ()
