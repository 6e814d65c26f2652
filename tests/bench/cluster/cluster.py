"""All the programs of a cluster on one machine, as the documentation starts them."""

import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.served.part import OURS, Part, bot_part
from tests.bot.postgresql import created_postgresql

# As docs/cluster.md tells, with one process for each worker.
NO_DASHBOARD = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
WORKER = ("--host", "127.0.0.1", "--no-nanny", "--nthreads", "1", "--memory-limit", "0")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The parts of a running cluster, and where its database is.

    Each part is started again ``pause`` seconds after its end.
    """

    url: str
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
    worker = (*WORKER, "--local-directory", logs)
    engine = f"tcp://127.0.0.1:{_free_port()}"

    def part(name: str, *command: str | Path) -> Part:
        return Part(name, *command, log=logs / f"{name}.log", pause=pause, environment=OURS)

    with created_postgresql() as postgresql:
        cluster = Cluster(
            url=postgresql.url,
            database=Part(
                "PostgreSQL",
                *postgresql.command,
                log=postgresql.log,
                pause=pause,
                user=postgresql.user and postgresql.user.pw_name,
            ),
            scheduler=part("scheduler", dask, "scheduler", "--host", engine, *NO_DASHBOARD),
            workers=[
                part(f"worker {number}", dask, "worker", engine, *worker, *NO_DASHBOARD)
                for number in range(workers)
            ],
            bots=[
                bot_part(
                    f"bot {number}",
                    address,
                    logs,
                    pause=pause,
                    SHARD_COUNT=str(bots),
                    SHARD_IDS=str(number),
                    DATABASE_URL=postgresql.url,
                    ENGINE=engine,
                )
                for number in range(bots)
            ],
        )
        parts = (cluster.database, cluster.scheduler, *cluster.workers, *cluster.bots)
        async with AsyncExitStack() as stack:
            for each in parts:
                await stack.enter_async_context(each.running())
            yield cluster


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
