"""Jobs on a Dask cluster: https://distributed.dask.org."""

import asyncio
import logging
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, Self

from cachetools import LRUCache
from dask.tokenize import tokenize
from distributed import Client, Future, KilledWorker, Security

from bot.settings import SettingsError
from bot.turns import MAX_WAIT, BusyError

from .dask_worker import Failed, Limits, ProcessesPlugin, pack, run_packed
from .errors import WorkerDiedError
from .job import Job, Result

_ATTEMPTS = 4  # of a job whose worker or scheduler is lost
_INLINE_BYTES = 2**14  # smaller jobs are sent with their task, which saves three round trips
_INTERVAL = 1.0  # seconds between looks at the cluster, and between attempts to connect
_KEPT_BYTES = 32 * 2**20  # of the newest results, kept on the cluster for other bots
_TIMEOUT = 5.0  # seconds for an answer of the scheduler

_log = logging.getLogger(__name__)


class Cluster:
    """Runs jobs on the Dask cluster whose scheduler is at ``address``; an async context manager.

    Each Dask worker gets processes with these limits, as in
    :class:`~bot.workers.processes.Processes`. A job whose worker or scheduler is lost
    runs again. While there is no scheduler, or it has no workers, jobs wait, until it has been so
    for ``patience`` seconds: from then on, they are refused at once.
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
        self._address = address
        self._security = security
        self._plugin = ProcessesPlugin(Limits(time_limit, memory_limit))
        self._patience = patience
        self._client: Client | None = None  # while it can be used
        self._scheduler: str | None = None  # the id of the one it is connected to
        self._why_lost: str | None = None
        self._found = asyncio.Event()
        self._lost_at = monotonic()
        self._size = 1
        self._followers: list[Callable[[int], object]] = []
        self._kept: LRUCache[str, tuple[Future[bytes], int]] = LRUCache(
            _KEPT_BYTES, getsizeof=lambda kept: kept[1]
        )

    async def __aenter__(self) -> Self:
        self._connecting = asyncio.create_task(self._keep_connected())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._kept.clear()
        self._connecting.cancel()
        with suppress(asyncio.CancelledError):
            await self._connecting

    def follow(self, resize: Callable[[int], object]) -> None:
        """Call ``resize`` with how many jobs can run at a time, now and when that changes."""
        self._followers.append(resize)
        resize(self._size)

    async def run(self, job: Job[Result]) -> Result:
        """Return the result of ``job``, which the cluster computes once for all its bots.

        Raises what the job raises, an :class:`~bot.workers.errors.EngineError`, or
        :class:`~bot.turns.BusyError` if there is no cluster for too long.
        """
        key, packed = await asyncio.to_thread(_packed, job)
        try:
            async with asyncio.timeout(MAX_WAIT):
                return await self._run_packed(key, packed)
        except TimeoutError:
            raise BusyError(self._patience) from None

    async def _run_packed(self, key: str, packed: bytes) -> Any:  # noqa: ANN401, any job's
        for _ in range(_ATTEMPTS):
            client = await self._connected()
            try:
                is_old, result = await self._compute(client, key, packed)
            except KilledWorker as error:
                raise WorkerDiedError from error
            except Exception as error:  # noqa: BLE001, none is the job's: those are results
                _log.warning("a part of the cluster is lost, and a job with it: %s", error)
            else:
                if not isinstance(result, Failed):
                    return result
                if not is_old:
                    raise result.error
            await asyncio.sleep(_INTERVAL / 4)
        raise WorkerDiedError

    async def _compute(self, client: Client, key: str, packed: bytes) -> tuple[bool, object]:
        """Return the result of the task with this key, and whether it was there before."""
        status = (await client.scheduler.get_task_status(keys=[key]))[key]
        if status is not None:
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
            if not isinstance(result, Failed):
                with suppress(ValueError):  # larger than all that is kept
                    self._kept[key] = future, len(reply)
        finally:
            if key not in self._kept:
                future.release()  # also while the error, whose traceback knows it, is around
        return status == "memory", result

    async def _connected(self) -> Client:
        """Return the client, as soon as there is a cluster. Raises :class:`BusyError`."""
        if self._client and not self._is_connected(self._client):
            self._lose("the connection broke")
        while self._client is None:
            patience = self._lost_at + self._patience - monotonic()
            try:
                async with asyncio.timeout(max(0, patience)):
                    await self._found.wait()
            except TimeoutError:
                raise BusyError(self._patience) from None
        return self._client

    def _is_connected(self, client: Client) -> bool:
        """Return whether the client has not been connected to another scheduler meanwhile."""
        return client.status == "running" and client.scheduler_info().get("id") == self._scheduler

    async def _keep_connected(self) -> None:
        while True:
            try:
                await self._stay_connected()
            except Exception as error:  # noqa: BLE001, whatever it is, the next attempt may succeed
                self._lose(error)
            await asyncio.sleep(_INTERVAL)

    async def _stay_connected(self) -> None:
        """Follow the cluster until it is lost. Dask's own reconnecting forgets the plugin."""
        client = Client(
            self._address,
            asynchronous=True,
            direct_to_workers=True,
            security=self._security,
            set_as_default=False,
            timeout=_TIMEOUT,
        )
        try:
            await client
            self._scheduler = client.scheduler_info().get("id")
            await client.register_plugin(self._plugin)
            while self._is_connected(client):
                async with asyncio.timeout(_TIMEOUT):
                    threads = await client.nthreads()
                if threads:
                    self._find(client, sum(threads.values()))
                else:
                    self._lose("it has no workers")
                await asyncio.sleep(_INTERVAL)
            self._lose("the connection broke")
        finally:
            await client.close()  # also one that is still connecting, as a context it would not

    def _find(self, client: Client, size: int) -> None:
        if self._client is None:
            _log.info("the cluster at %s can run %d jobs at a time", self._address, size)
        self._client, self._why_lost = client, None
        self._found.set()
        if size != self._size:
            self._size = size
            for resize in self._followers:
                resize(size)

    def _lose(self, reason: object) -> None:
        if self._client is not None:
            self._lost_at = monotonic()
        self._client = None
        self._found.clear()
        self._kept.clear()
        if str(reason) != self._why_lost:  # once, not at each attempt
            self._why_lost = str(reason)
            _log.warning("the cluster at %s is out of reach for now: %s", self._address, reason)


def read_security(ca: Path | None, cert: Path | None, key: Path | None) -> Security:
    """Return how to connect: with TLS, if there are its files, in PEM.

    Raises :class:`~bot.settings.SettingsError`.
    """
    if not (ca and cert and key):
        return Security()
    security = Security(
        require_encryption=True,
        tls_ca_file=str(ca),
        tls_client_cert=str(cert),
        tls_client_key=str(key),
    )
    try:
        security.get_connection_args("client")
    except OSError as error:  # or one of ssl's, which are
        raise SettingsError(
            f"CLUSTER_CA, CLUSTER_CERT and CLUSTER_KEY cannot be used: {error}"
        ) from None
    return security


def _packed(job: Job[Any]) -> tuple[str, bytes]:
    """Return a name that is the same for equal jobs, and the job as bytes."""
    return f"{type(job).__name__.lower()}-{tokenize(job.cache_key())}", pack(job)
