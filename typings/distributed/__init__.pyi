# What this project uses; many of distributed's own types are unknown or those of blocking clients.

from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, Generic, Literal, Self, TypeVar

_Result = TypeVar("_Result")

class KilledWorker(Exception): ...  # noqa: N818, so it is called

class Security:
    def __init__(
        self,
        *,
        require_encryption: bool | None = None,
        tls_ca_file: str | None = None,
        tls_client_cert: str | None = None,
        tls_client_key: str | None = None,
    ) -> None: ...
    def get_connection_args(self, role: Literal["client"]) -> dict[str, object]: ...

class Future(Generic[_Result]):
    def release(self) -> None: ...
    def __await__(self) -> Generator[Any, Any, _Result]: ...

class _Scheduler:
    async def get_task_status(self, *, keys: list[str]) -> dict[str, str | None]: ...

class Client:
    scheduler: _Scheduler
    status: str
    def __init__(
        self,
        address: str,
        *,
        asynchronous: Literal[True],
        direct_to_workers: bool,
        security: Security,
        set_as_default: bool,
        timeout: float,
    ) -> None: ...
    def __await__(self) -> Generator[Any, Any, Self]: ...
    async def close(self) -> None: ...
    def get(self, dsk: dict[str, object], keys: str, *, sync: Literal[False]) -> Future[Any]: ...
    async def nthreads(self) -> dict[str, int]: ...
    async def register_plugin(self, plugin: WorkerPlugin) -> object: ...
    async def scatter(self, data: _Result, *, direct: bool, hash: bool) -> Future[_Result]: ...  # noqa: A002
    def scheduler_info(self) -> dict[str, Any]: ...
    def submit(
        self,
        func: Callable[[bytes], Coroutine[Any, Any, _Result]],
        argument: bytes | Future[bytes],
        /,
        *,
        key: str,
    ) -> Future[_Result]: ...

class _IOLoop:
    def add_callback(
        self, callback: Callable[..., Awaitable[object]], **arguments: object
    ) -> None: ...

class _WorkerState:
    nthreads: int

class Worker:
    extensions: dict[str, Any]
    loop: _IOLoop
    state: _WorkerState
    async def close(self, *, reason: str) -> str | None: ...

class WorkerPlugin: ...

def get_worker() -> Worker: ...
