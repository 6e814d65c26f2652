"""A program of the cluster, under a supervisor that starts it again when it ends."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

STOP_SECONDS = 40.0  # a bot finishes what it has begun


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
        self.starts = 0
        self._command = command
        self._log = log
        self._pause = pause
        self._environment = os.environ | (environment or {})
        self._user = user
        self._process: asyncio.subprocess.Process | None = None

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["Part"]:
        """Run the program in a session of its own, in its log's folder, until the block ends."""
        supervising = asyncio.create_task(self._supervise())
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

    def log_since(self, start: int) -> str:
        return self._log.read_text(errors="replace")[start:]

    async def _supervise(self) -> None:
        while True:
            with self._log.open("a") as log:
                log.write(f"--- start at {time.strftime('%X')}\n")
                log.flush()
                self._process = await asyncio.create_subprocess_exec(
                    *self._command,
                    cwd=self._log.parent,
                    env=self._environment,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    user=self._user,
                    start_new_session=True,
                )
            self.starts += 1
            await self._process.wait()
            await asyncio.sleep(self._pause)

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
