"""The connection to a Dask scheduler, made anew whenever it is lost."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Self

from distributed import Client, Security, WorkerPlugin

from bot.settings import SettingsError
from bot.turns import BusyError

INTERVAL = 1.0  # seconds between attempts to connect, and between looks at the cluster
_TIMEOUT = 5.0  # seconds for an answer of the scheduler

_log = logging.getLogger(__name__)


class Connection:
    """Connects to the scheduler at ``address``; an async context manager.

    The cluster gets the ``plugin`` each time. It is lost while there is no scheduler, or while that
    has no workers. Requests for it wait until it has been lost for ``patience`` seconds; from then
    on, they are refused at once, until it is found.
    """

    def __init__(
        self, address: str, security: Security, plugin: WorkerPlugin, *, patience: float
    ) -> None:
        self._address = address
        self._security = security
        self._plugin = plugin
        self._patience = patience
        self._client: Client | None = None  # unless the cluster is lost
        self._scheduler: str | None = None  # the id of the one it is connected to
        self._found = asyncio.Event()
        self._why_lost: str | None = None
        self._is_stopping = False
        self._size = 1
        self._followers: list[Callable[[int], object]] = []

    async def __aenter__(self) -> Self:
        for name in ("distributed", "distributed.client"):  # of a loss, they log tracebacks
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._lost_at = monotonic()
        self._connecting = asyncio.create_task(self._keep_connecting())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_stopping = True  # as Dask swallows a cancellation while it closes a client
        self._connecting.cancel()
        await asyncio.wait([self._connecting])

    @property
    def is_found(self) -> bool:
        """Whether the cluster is not lost, as far as is known."""
        return self._client is not None

    def follow(self, resize: Callable[[int], object]) -> None:
        """Call ``resize`` with the threads of all workers, now and when their number changes."""
        self._followers.append(resize)
        resize(self._size)

    async def client(self) -> Client:
        """Return a client of the cluster, as soon as there is one.

        Raises :class:`~bot.turns.BusyError`.
        """
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

    async def _keep_connecting(self) -> None:
        while not self._is_stopping:
            try:
                await self._stay_connected()
            except Exception as error:  # noqa: BLE001, whatever it is, it may pass
                self._lose(error)
            await asyncio.sleep(INTERVAL)

    async def _stay_connected(self) -> None:
        """Connect, and look at the cluster from time to time until it is lost."""
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
                await asyncio.sleep(INTERVAL)
            self._lose("the connection broke")
        finally:  # not a context: that would not close a client which is still connecting
            await client.close()

    def _is_connected(self, client: Client) -> bool:
        """Return whether it has the same scheduler still: a new one does not know the plugin."""
        return client.status == "running" and client.scheduler_info().get("id") == self._scheduler

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
            self._client, self._lost_at = None, monotonic()
        self._found.clear()
        if str(reason) != self._why_lost:  # once, not at each attempt
            self._why_lost = str(reason)
            _log.warning("the cluster at %s is out of reach for now: %s", self._address, reason)


def read_security(ca: Path | None, cert: Path | None, key: Path | None) -> Security:
    """Return how to connect: with TLS if there are its files, in PEM.

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
            f"CLUSTER_CA, CLUSTER_CERT and CLUSTER_KEY cannot be used: {error}."
        ) from None
    return security
