"""A Dask cluster in processes of its own, started as docs/cluster.md says."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

import trustme

from tests.bot.processes import environment

_DASK = Path(sys.executable).with_name("dask")
_QUIET = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
_WORKER = ("--host", "127.0.0.1", "--no-nanny", "--nthreads", "1", "--memory-limit", "0", *_QUIET)


class TLSFiles(NamedTuple):
    """Where the certificate of an authority is, and a certificate of its with the key."""

    ca: Path
    cert: Path
    key: Path

    @classmethod
    def write(cls, folder: Path) -> Self:
        """Write those of a new authority into the folder."""
        new = cls(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
        authority = trustme.CA()
        certificate = authority.issue_cert("hueharvest.example")
        authority.cert_pem.write_to_path(new.ca)
        certificate.cert_chain_pems[0].write_to_path(new.cert)
        certificate.private_key_pem.write_to_path(new.key)
        return new


class DaskCluster:
    """A scheduler and workers, any of which can be killed and started again."""

    def __init__(self, folder: Path, tls: TLSFiles | None = None) -> None:
        self._folder = folder
        self._tls = ()
        if tls:
            self._tls = "--tls-ca-file", tls.ca, "--tls-cert", tls.cert, "--tls-key", tls.key
        self._port = _free_port()
        self.address = f"{'tls' if tls else 'tcp'}://127.0.0.1:{self._port}"
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> None:
        self.scheduler = self._start("scheduler", "--host", self.address, *_QUIET)

    def kill_scheduler(self) -> None:
        assert self.scheduler
        self.scheduler.kill()
        self.scheduler.wait()

    def start_worker(self) -> None:
        scratch = ("--local-directory", str(self._folder))
        self.workers.append(self._start("worker", self.address, *_WORKER, *scratch))

    def kill_worker(self) -> None:
        worker = self.workers.pop()
        worker.kill()
        worker.wait()

    @contextmanager
    def running(self) -> Iterator["DaskCluster"]:
        """Run a scheduler and a worker until the block ends."""
        try:
            self.start_scheduler()
            self.start_worker()
            yield self
        finally:
            for process in filter(None, (*self.workers, self.scheduler)):
                process.kill()
                process.wait()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603, ours
                [_DASK, *command, *self._tls],
                cwd=self._folder,
                env=environment(),
                stdout=log,
                stderr=log,
            )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
