"""How long a job takes on a Dask cluster of this machine, beside the same job without one.

Run it on a quiet machine: ``python -m tests.bench.cluster_overhead``.
"""

import asyncio
import random
import tempfile
import time
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from statistics import median, quantiles

from bot.workers.cluster import Cluster
from bot.workers.connection import read_security
from bot.workers.engine import Workers
from bot.workers.job import ImageJob, Job
from bot.workers.jobs import Extraction
from bot.workers.processes import Processes
from tests.bot.workers.dask_cluster import DaskCluster

_ROUNDS = 100
_MIB = 2**20
_REPLY_BYTES = 150_000  # about as many as an outcome has


@dataclass(frozen=True, slots=True)
class _Echo(ImageJob[bytes]):
    """Takes no time itself, so that nothing but the way is measured."""

    def run(self) -> bytes:
        return self.data[:_REPLY_BYTES]


def _echo(random_: random.Random) -> Job[object]:
    return _Echo(random_.randbytes(_MIB))


def _extraction(random_: random.Random) -> Job[object]:
    photo = files("sklearn.datasets.images").joinpath("china.jpg").read_bytes()
    return Extraction(photo + random_.randbytes(_MIB - len(photo)))  # decoders ignore the rest


async def _seconds(workers: Workers, job: Job[object]) -> float:
    start = time.perf_counter()
    await workers.run(job)
    return time.perf_counter() - start


async def measure() -> None:
    """Print the times of both ways, and how much longer the cluster takes, in milliseconds."""
    random_ = random.Random(0)  # noqa: S311, nothing is secret
    with tempfile.TemporaryDirectory() as folder, DaskCluster(Path(folder)).running() as dask:
        security = read_security(None, None, None)
        async with Processes(1) as here, Cluster(dask.address, security) as cluster:
            await asyncio.gather(here.run(_extraction(random_)), cluster.run(_extraction(random_)))
            for make in (_echo, _extraction):
                pairs = []
                for _ in range(_ROUNDS):  # side by side, so that both meet the same noise
                    job = make(random_)
                    pairs.append((await _seconds(here, job), await _seconds(cluster, job)))
                    await asyncio.sleep(0.02)
                local, remote = zip(*pairs, strict=True)
                extra = [there - here for here, there in pairs]
                print(  # noqa: T201, what it is for
                    f"{make.__name__[1:]:>10}: {1000 * median(local):6.1f} here, "
                    f"{1000 * median(remote):6.1f} on the cluster, {1000 * median(extra):5.1f} "
                    f"more (half within {1000 * quantiles(extra)[0]:.1f} to "
                    f"{1000 * quantiles(extra)[2]:.1f})"
                )


if __name__ == "__main__":
    from tests.bench import cluster_overhead  # workers know its job by that name, not as __main__

    asyncio.run(cluster_overhead.measure())
