"""What runs inside a Dask worker: it passes jobs on to processes of its own, as a bot does."""

import asyncio
import logging
import pickle
from dataclasses import dataclass
from traceback import format_exception
from typing import Any, NamedTuple

from distributed import Worker, WorkerPlugin, get_worker

from palette import PaletteError

from .errors import EngineError
from .job import Job
from .processes import Processes

_log = logging.getLogger(f"distributed.{__name__}")  # so that it is where the worker's log is


class Limits(NamedTuple):
    """What a job may take: seconds, and bytes of address space."""

    time_limit: float
    memory_limit: int


@dataclass(frozen=True, slots=True)
class PackedJob(Job[bytes]):
    """A job as bytes, which only the process that runs it unpacks, and whose result it packs."""

    packed: bytes

    def run(self) -> bytes:
        """Return the packed result. Raises what the job raises."""
        job: Job[Any] = pickle.loads(self.packed)  # noqa: S301, from the bot
        return pack(job.run())


@dataclass(frozen=True, slots=True)
class Failed:
    """The error of a job. As a value, it is neither logged with the job nor kept by Dask."""

    error: Exception


def pack(value: object) -> bytes:
    """Return a value as bytes, which Dask sends without looking at them."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


async def run_packed(packed: bytes) -> bytes:
    """Run a packed job in a process of this Dask worker; return its result or :class:`Failed`."""
    share: _Share = get_worker().extensions[ProcessesPlugin.name]
    try:
        return await share.processes.run(PackedJob(packed))
    except Exception as error:  # noqa: BLE001, the bot raises it again
        if not isinstance(error, PaletteError | EngineError):
            error.add_note("".join(format_exception(error)))  # pickle forgets where it was raised
        return pack(Failed(error))


class _Share:
    """The worker processes of a Dask worker: an extension of it, which it closes when it ends."""

    processes: Processes

    def __init__(self) -> None:
        self._limits: Limits | None = None
        self._lock = asyncio.Lock()

    async def provide(self, count: int, limits: Limits) -> None:
        """Have ``count`` processes with these limits; others are replaced, each when it is idle."""
        async with self._lock:
            if limits == self._limits:
                return
            replaced = [] if self._limits is None else [self.processes]
            self.processes = await Processes(count, **limits._asdict()).__aenter__()
            self._limits = limits
        for processes in replaced:
            await processes.retire()

    async def close(self) -> None:
        """Kill the processes."""
        if self._limits is not None:
            await self.processes.stop()


class ProcessesPlugin(WorkerPlugin):
    """Gives a Dask worker as many worker processes as it has threads, with the limits of a bot.

    Each bot registers it. Where the limits are the same already, nothing happens.
    """

    name = "hueharvest"

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    async def setup(self, worker: Worker) -> None:
        """Start the processes; a worker that cannot have any leaves the cluster."""
        try:
            share = worker.extensions.setdefault(self.name, _Share())
            await share.provide(worker.state.nthreads, self._limits)
        except Exception:
            _log.critical(
                "the worker processes cannot start: give the Dask worker --no-nanny and fewer "
                "--nthreads, or the bot a higher MEMORY_LIMIT"
            )
            worker.loop.add_callback(worker.close, reason="no worker processes")
            raise
