"""A Dask cluster in processes of its own, started as docs/cluster.md says."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bot.processes import environment

_DASK = Path(sys.executable).with_name("dask")
_WORKER = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--no-dashboard")


class DaskCluster:
    """A scheduler and workers, any of which can be killed and started again.

    ``tls`` are their options for TLS, if any.
    """

    def __init__(self, folder: Path, tls: Sequence[str] = ()) -> None:
        self._folder = folder
        self._tls = tls
        self._port = _free_port()
        self.address = f"{'tls' if tls else 'tcp'}://127.0.0.1:{self._port}"
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> None:
        host = ("--host", self.address, "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
        self.scheduler = self._start("scheduler", *host)

    def start_worker(self) -> None:
        scratch = ("--local-directory", str(self._folder))
        self.workers.append(self._start("worker", self.address, *_WORKER, *scratch))

    @contextmanager
    def running(self, workers: int = 2) -> Iterator["DaskCluster"]:
        """Run a scheduler and as many workers until the block ends."""
        try:
            self.start_scheduler()
            for _ in range(workers):
                self.start_worker()
            yield self
        finally:
            for process in filter(None, (*self.workers, self.scheduler)):
                process.kill()
                process.wait()

    def log(self) -> str:
        """Return what the scheduler and the workers have logged."""
        return (self._folder / "log").read_text()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [_DASK, *command, *self._tls],
                cwd=self._folder,
                env=environment(),
                stdout=log,
                stderr=log,
            )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
