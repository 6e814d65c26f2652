"""The metrics of the bot, as Prometheus' client wants them; docs/metrics.md explains each."""

import math
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot import metrics
from bot.errors import REASONS
from bot.services import Client
from bot.workers.errors import EngineError

from .health import Health, connected_shards

_BOUNDS = [*map(str, metrics.BOUNDS), "+Inf"]


class BotCollector(Collector):
    """Reads what has been counted, and how things are, whenever somebody asks."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        """Yield every metric with its values at the moment."""
        yield from _counts()
        yield from _times()
        is_ready = self._health.why_unready() is None
        yield _gauge("ready", "Whether /readyz says so.", {(): is_ready})
        build = {(version("hueharvest"),): 1}
        yield _gauge("build_info", "The version that runs.", build, ["version"])
        if client := self._health.client:
            yield from _queues(client)
            yield from _discord(client)


def _counts() -> Iterator[Metric]:
    deaths = [kind.__name__ for kind in EngineError.__subclasses__()]
    yield _counter("requests", "Taken on.", "kind", metrics.REQUESTS, metrics.REQUEST_KINDS)
    yield _counter("refusals", "What went wrong.", "reason", metrics.REFUSALS, REASONS)
    yield _counter("worker_deaths", "Replaced.", "reason", metrics.WORKER_DEATHS, deaths)


def _times() -> Iterator[Metric]:
    yield _histogram("request_duration", "From Discord to the answer.", "kind", metrics.ANSWERS)
    yield _histogram("download_duration", "With repeated attempts.", "queue", metrics.DOWNLOADS)
    yield _histogram("job_duration", "In a worker.", "job", metrics.JOBS)
    lag = HistogramMetricFamily("hueharvest_event_loop_lag_seconds", "How late a timer was.")
    lag.add_metric([], *_buckets(metrics.LOOP_LAG))
    yield lag


def _queues(client: Client) -> Iterator[Metric]:
    services = client.services
    queues = {(name,): turns for name, turns in services.fetcher.turns.items()}
    queues["workers",] = services.engine.turns
    for name, meaning, values in (
        ("waiting", "Without a turn.", {key: turns.waiting for key, turns in queues.items()}),
        ("running", "With a turn.", {key: turns.running for key, turns in queues.items()}),
        ("slots", "Turns at a time.", {key: turns.parallel for key, turns in queues.items()}),
    ):
        yield _gauge(f"queue_{name}", meaning, values, ["queue"])


def _discord(client: Client) -> Iterator[Metric]:
    connected = {(str(key),): value for key, value in connected_shards(client).items()}
    yield _gauge("shard_connected", "Whether it has a session.", connected, ["shard"])
    latencies = {
        (str(key),): seconds for key, seconds in client.latencies if math.isfinite(seconds)
    }
    meaning = "Of the answer to the last heartbeat."
    yield _gauge("shard_latency_seconds", meaning, latencies, ["shard"])
    yield _gauge("guilds", "On the shards of this process.", {(): len(client.guilds)})
    refused = client.services.gate.refused_requests
    yield _gauge("discord_invalid_requests", "In the last ten minutes.", {(): refused})


def _counter(
    name: str, meaning: str, label: str, counts: Mapping[str, int], known: Iterable[str]
) -> Metric:
    """Return a counter with all values of its label, so that the first event is an increase."""
    family = CounterMetricFamily(f"hueharvest_{name}", meaning, labels=[label])
    for value in known:
        family.add_metric([value], counts[value])
    return family


def _gauge(
    name: str, meaning: str, values: Mapping[tuple[str, ...], float], labels: Iterable[str] = ()
) -> Metric:
    family = GaugeMetricFamily(f"hueharvest_{name}", meaning, labels=list(labels))
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def _histogram(
    name: str, meaning: str, label: str, durations: Mapping[str, metrics.Durations]
) -> Metric:
    family = HistogramMetricFamily(f"hueharvest_{name}_seconds", meaning, labels=[label])
    for value, of_value in durations.items():
        family.add_metric([value], *_buckets(of_value))
    return family


def _buckets(durations: metrics.Durations) -> tuple[list[tuple[str, float]], float]:
    """Return how many durations there were up to each bound, and their sum."""
    return list(zip(_BOUNDS, accumulate(durations.counts), strict=True)), durations.total
