"""Jobs on a Dask cluster: https://distributed.dask.org."""

import asyncio
import logging
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

from cachetools import LRUCache
from dask.tokenize import tokenize
from distributed import Client, Future, KilledWorker, Security

from bot.turns import MAX_WAIT, BusyError

from .connection import INTERVAL, Connection
from .dask_worker import Failed, Limits, ProcessesPlugin, pack, run_packed
from .errors import WorkerDiedError
from .job import Job, Result

_ATTEMPTS = 4  # at a job whose worker or scheduler is lost
_INLINE_BYTES = 2**14  # a smaller job goes with its task, which saves three round trips
_KEPT_BYTES = 32 * 2**20  # of the newest results, kept on the cluster for other bots

_log = logging.getLogger(__name__)


class Cluster:
    """Runs jobs on the Dask cluster whose scheduler is at ``address``; an async context manager.

    Each Dask worker gets processes with these limits, as in
    :class:`~bot.workers.processes.Processes`. A job whose worker or scheduler is lost runs again.
    Without a cluster, jobs wait and are refused as in :class:`~bot.workers.connection.Connection`.
    """

    def __init__(
        self,
        address: str,
        security: Security,
        *,
        time_limit: float = 20,
        memory_limit: int = 2 * 2**30,
        patience: float = 30,
    ) -> None:
        plugin = ProcessesPlugin(Limits(time_limit, memory_limit))
        self._connection = Connection(address, security, plugin, patience=patience)
        self._kept: LRUCache[str, tuple[Future[bytes], int]] = LRUCache(
            _KEPT_BYTES, getsizeof=lambda kept: kept[1]
        )

    async def __aenter__(self) -> Self:
        await self._connection.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._kept.clear()
        await self._connection.__aexit__()

    @property
    def are_ready(self) -> bool:
        """Whether there is a cluster that has workers."""
        return self._connection.is_found

    def follow(self, resize: Callable[[int], object]) -> None:
        """Call ``resize`` with how many jobs can run at a time, now and when that changes."""
        self._connection.follow(resize)

    async def run(self, job: Job[Result]) -> Result:
        """Return the result of ``job``, which the cluster computes once for all its bots.

        Raises what the job raises, an :class:`~bot.workers.errors.EngineError`, or
        :class:`~bot.turns.BusyError` if there is no cluster for too long.
        """
        key, packed = await asyncio.to_thread(_prepare, job)
        try:
            async with asyncio.timeout(MAX_WAIT):
                return await self._run_packed(key, packed)
        except TimeoutError:
            raise BusyError(MAX_WAIT) from None

    async def _run_packed(self, key: str, packed: bytes) -> Any:  # noqa: ANN401, any job's
        for _ in range(_ATTEMPTS):
            client = await self._connection.client()
            try:
                result = await self._compute(client, key, packed)
            except KilledWorker as error:
                raise WorkerDiedError from error
            except Exception as error:  # noqa: BLE001, none is the job's: those are results
                reason = f"{type(error).__name__}: {error}"
                _log.warning("a job starts again, as its part of the cluster is lost: %s", reason)
            else:
                if isinstance(result, Failed):
                    raise result.error
                return result
            await asyncio.sleep(INTERVAL / 4)
        raise WorkerDiedError

    async def _compute(self, client: Client, key: str, packed: bytes) -> object:
        """Return the result of the task with this key, which may be another bot's."""
        status = await client.scheduler.get_task_status(keys=[key])
        if status[key] is not None:
            future: Future[bytes] = client.get({}, key, sync=False)
        elif len(packed) < _INLINE_BYTES:
            future = client.submit(run_packed, packed, key=key)
        else:
            # Not named by its content: Dask might still be deleting what another bot sent.
            data = await client.scatter(packed, direct=True, hash=False)
            future = client.submit(run_packed, data, key=key)
        try:
            reply = await future
            result: object = pickle.loads(reply)  # noqa: S301, from our worker
        except BaseException:
            self._kept.pop(key, None)
            future.release()  # not only when the traceback is gone, which knows it
            raise
        if not isinstance(result, Failed):
            with suppress(ValueError):  # larger than all that is kept
                self._kept[key] = future, len(reply)
        return result


def _prepare(job: Job[Any]) -> tuple[str, bytes]:
    """Return a name that is the same for equal jobs, and the job as bytes."""
    return f"{type(job).__name__.lower()}-{tokenize(job.cache_key())}", pack(job)
