"""What so many servers need: the arithmetic of docs/scale.md, from figures measured here."""

from dataclasses import dataclass
from math import ceil
from pathlib import Path

from rich.console import Console
from rich.table import Table

SERVERS = (1_000, 10_000, 100_000, 1_000_000)

# Assumed: what people do in one server, and how much more they do when they do most.
MESSAGES_AN_HOUR = 50.0
IMAGES_AN_HOUR = 2.5
PEAK = 1.6

# Measured, in seconds of a core.
IN_A_WORKER = 0.033  # an image
IN_A_BOT = 0.009  # an image
IN_A_SCHEDULER = 0.0033  # an image
OF_A_MESSAGE = 30e-6  # without an image

# Measured, in MiB.
A_BOT = 117.0
A_THOUSAND_SERVERS = 32.0
A_WORKER = 160.0
AN_IMAGE = 0.6

# Chosen: how much of the time a core is busy at most.
BUSY_WORKER = 0.7
BUSY_BOT = 0.5  # its event loop must not be late

A_MACHINE = 4  # cores, on which a bot has its own workers

# Discord's.
SERVERS_A_SHARD = 1_000
REQUESTS_A_SECOND = 50
START_SECONDS = 5.0
CONCURRENT_STARTS = 16  # of large bots; 1 for others
LARGE = 150_000  # servers


@dataclass(frozen=True, slots=True)
class Plan:
    """What ``servers`` need when most is posted."""

    servers: int

    @property
    def messages(self) -> float:
        """Messages without images a second."""
        return PEAK * self.servers * (MESSAGES_AN_HOUR - IMAGES_AN_HOUR) / 3600

    @property
    def images(self) -> float:
        """Images a second, each of which is one request to Discord's API."""
        return PEAK * self.servers * IMAGES_AN_HOUR / 3600

    @property
    def workers(self) -> int:
        return ceil(self.images * IN_A_WORKER / BUSY_WORKER)

    @property
    def bots(self) -> int:
        cores = self.images * IN_A_BOT + self.messages * OF_A_MESSAGE
        return ceil(cores / BUSY_BOT)

    @property
    def schedulers(self) -> int:
        """How many Dask clusters the bots have to be spread over, if one machine is not enough."""
        if self.workers + self.bots <= A_MACHINE:
            return 0
        return ceil(self.images * IN_A_SCHEDULER / BUSY_WORKER)

    @property
    def shards(self) -> int:
        return ceil(self.servers / SERVERS_A_SHARD)

    @property
    def start_minutes(self) -> float:
        """How long Discord lets all shards take to begin their sessions."""
        at_once = CONCURRENT_STARTS if self.servers >= LARGE else 1
        return ceil(self.shards / at_once) * START_SECONDS / 60

    @property
    def gibibytes(self) -> float:
        servers = self.servers / 1000 * A_THOUSAND_SERVERS
        return (self.bots * A_BOT + servers + self.workers * A_WORKER) / 1024


async def show(console: Console, _: Path | None) -> None:
    """Print the plans, and how many servers fit into Discord's limit of requests."""
    plans = [Plan(servers) for servers in SERVERS]
    table = Table("when most is posted", *(f"{plan.servers:,}" for plan in plans))
    for name, shown in {
        "messages a second": [f"{plan.messages:,.0f}" for plan in plans],
        "images a second": [f"{plan.images:,.1f}" for plan in plans],
        "requests, of Discord's 50 a second": [
            f"{plan.images / REQUESTS_A_SECOND:.0%}" for plan in plans
        ],
        "worker cores": [str(plan.workers) for plan in plans],
        "bot processes": [str(plan.bots) for plan in plans],
        "Dask schedulers": [str(plan.schedulers) for plan in plans],
        "shards": [f"{plan.shards:,}" for plan in plans],
        "start of all shards, minutes": [f"{plan.start_minutes:.1f}" for plan in plans],
        "memory, GiB": [f"{plan.gibibytes:.1f}" for plan in plans],
        "downloads, Mbit/s": [f"{plan.images * AN_IMAGE * 8.4:,.0f}" for plan in plans],
    }.items():
        table.add_row(name, *shown)
    console.print(table)
    most = REQUESTS_A_SECOND / PEAK / IMAGES_AN_HOUR * 3600
    console.print(f"{REQUESTS_A_SECOND} requests a second are enough for {most:,.0f} servers")
