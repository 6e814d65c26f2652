"""All the programs of a cluster on one machine, as the documentation starts them."""

import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.cluster import postgresql
from tests.bench.cluster.part import Part
from tests.bot.account import TOKEN

# Otherwise most would be refused at once.
LIMITS = {"USER_LIMIT": "9999/1", "SERVER_LIMIT": "9999/1"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """The parts of a running cluster; each is started again ``pause`` seconds after its end."""

    database: Part
    scheduler: Part
    workers: list[Part]
    bots: list[Part]


@asynccontextmanager
async def running(
    address: str, logs: Path, *, bots: int, workers: int, pause: float
) -> AsyncGenerator[Cluster]:
    """Run a cluster on the Discord at ``address``, one shard in each bot."""
    dask = Path(sys.executable).with_name("dask")
    engine = f"tcp://127.0.0.1:{_free_port()}"
    code = {"PYTHONPATH": str(Path.cwd())}

    def part(name: str, *command: str | Path, **environment: str) -> Part:
        log = logs / f"{name}.log"
        return Part(name, *command, log=log, pause=pause, environment=code | environment)

    with TemporaryDirectory() as home:
        url, serve_database = postgresql.create(Path(home))
        database = Part(
            "PostgreSQL",
            *serve_database,
            log=Path(home) / "PostgreSQL.log",
            pause=pause,
            user=postgresql.user(),
        )
        account = {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": url, "ENGINE": engine} | LIMITS
        cluster = Cluster(
            database=database,
            scheduler=part("scheduler", dask, "scheduler", "--host", engine, "--no-dashboard"),
            workers=[
                part(
                    f"worker {number}", dask, "worker", engine, "--nthreads", "1", "--no-dashboard"
                )
                for number in range(workers)
            ],
            bots=[
                part(
                    f"bot {number}",
                    sys.executable,
                    "-m",
                    "tests.bench.served.bot_process",
                    address,
                    SHARD_COUNT=str(bots),
                    SHARD_IDS=str(number),
                    **account,
                )
                for number in range(bots)
            ],
        )
        async with AsyncExitStack() as stack:
            for each in (database, cluster.scheduler, *cluster.workers, *cluster.bots):
                await stack.enter_async_context(each.running())
            yield cluster


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
