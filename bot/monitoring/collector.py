"""The metrics of the bot, as Prometheus' client wants them; docs/metrics.md explains each."""

import math
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import accumulate
from typing import Any

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
        self._version = version("hueharvest")

    def collect(self) -> Iterator[Metric]:
        """Yield every metric with its values at the moment."""
        yield from _counts()
        yield from _times()
        is_ready = self._health.why_unready() is None
        yield _gauge("ready", "Whether the bot can answer everybody.", is_ready)
        yield _gauges("build_info", "The version that runs.", "version", {self._version: 1})
        if client := self._health.client:
            yield from _queues(client)
            yield from _discord(client)


def _counts() -> Iterator[Metric]:
    begun, kinds = "What the bot set out to answer.", metrics.REQUEST_KINDS
    yield _counters("requests", begun, "kind", kinds, metrics.REQUESTS)
    failed = "What could not be done."
    yield _counters("refusals", failed, "reason", REASONS, metrics.REFUSALS)
    ended, ends = "Workers that were replaced.", EngineError.__subclasses__()
    reasons = [kind.__name__ for kind in ends]
    yield _counters("worker_deaths", ended, "reason", reasons, metrics.WORKER_DEATHS)


def _times() -> Iterator[Metric]:
    answered = "From Discord's time of a request to its answer."
    yield _histograms("request_duration", answered, "kind", metrics.ANSWERS)
    yield _histograms("download_duration", "Of one download.", "queue", metrics.DOWNLOADS)
    yield _histograms("job_duration", "Of one job in a worker.", "kind", metrics.JOBS)
    late = "How late the event loop came back, once a second."
    lag = HistogramMetricFamily("hueharvest_event_loop_lag_seconds", late)
    lag.add_metric([], *_buckets(metrics.LOOP_LAG))
    yield lag


def _queues(client: Client) -> Iterator[Metric]:
    queues = client.services.fetcher.turns | {"workers": client.services.engine.turns}
    waiting = {name: turns.waiting for name, turns in queues.items()}
    running = {name: turns.running for name, turns in queues.items()}
    slots = {name: turns.parallel for name, turns in queues.items()}
    yield _gauges("queue_waiting", "What waits for its turn.", "queue", waiting)
    yield _gauges("queue_running", "What has its turn.", "queue", running)
    yield _gauges("queue_slots", "How many turns there are at a time.", "queue", slots)


def _discord(client: Client) -> Iterator[Metric]:
    connected = connected_shards(client)
    yield _gauges("shard_connected", "Whether a shard has a session.", "shard", connected)
    known = {shard: seconds for shard, seconds in client.latencies if math.isfinite(seconds)}
    yield _gauges("shard_latency_seconds", "Of the last heartbeat.", "shard", known)
    yield _gauge("guilds", "Servers on the shards of this process.", len(client.guilds))
    refused = client.services.gate.refused_requests
    yield _gauge("discord_invalid_requests", "Refused by Discord in ten minutes.", refused)


def _counters(
    name: str, meaning: str, label: str, known: Iterable[str], counts: Mapping[str, int]
) -> Metric:
    """Return a counter for each known value of a label: also of 0, so that the first one shows."""
    family = CounterMetricFamily(f"hueharvest_{name}", meaning, labels=[label])
    for value in known:
        family.add_metric([value], counts[value])
    return family


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"hueharvest_{name}", meaning, value)


def _gauges(name: str, meaning: str, label: str, values: Mapping[Any, float]) -> Metric:
    family = GaugeMetricFamily(f"hueharvest_{name}", meaning, labels=[label])
    for key, value in values.items():
        family.add_metric([str(key)], value)
    return family


def _histograms(
    name: str, meaning: str, label: str, durations: Mapping[str, metrics.Durations]
) -> Metric:
    family = HistogramMetricFamily(f"hueharvest_{name}_seconds", meaning, labels=[label])
    for value, of_value in durations.items():
        family.add_metric([value], *_buckets(of_value))
    return family


def _buckets(durations: metrics.Durations) -> tuple[list[tuple[str, float]], float]:
    """Return how many durations there were up to each bound, and their sum."""
    return list(zip(_BOUNDS, accumulate(durations.counts), strict=True)), durations.total
