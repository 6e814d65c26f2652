"""The dashboard and the alerts ask for metrics that exist, of processes that are there."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import PROCESS_COLLECTOR

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SERIES_OF = {"counter": [""], "gauge": [""], "histogram": ["_bucket", "_count", "_sum"]}


def read(name: str) -> Any:  # noqa: ANN401, YAML and JSON hold what they hold
    text = (DEPLOY / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else yaml.safe_load(text)


DASHBOARD = read("grafana/dashboards/hueharvest.json")
CLUSTER = read("compose.cluster.yaml")["services"]


@pytest.fixture(scope="module")
def documented() -> dict[str, set[str]]:
    """Return the labels of every time series in docs/metrics.md."""
    text = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|(.*?)\|", text, re.MULTILINE)
    return {
        name + suffix: set(re.findall(r"`(\w+)`", labels))
        | ({"le"} if suffix == "_bucket" else set())
        for name, kind, labels in rows
        for suffix in SERIES_OF[kind]
    }


def expressions() -> Iterator[str]:
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield target["expr"]
    for variable in DASHBOARD["templating"]["list"]:
        yield variable["query"]["query"]
    for group in read("alerts.yml")["groups"]:
        for rule in group["rules"]:
            yield rule["expr"]


def asked_for(pattern: str) -> set[str]:
    return {name for each in expressions() for name in re.findall(pattern, each)}


def test_every_metric_asked_for_exists(documented: dict[str, set[str]]) -> None:
    asked = asked_for(r"hueharvest_\w+")
    assert len(asked) > 10
    assert asked <= documented.keys()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, there are none of the process")
def test_every_metric_of_the_process_exists() -> None:
    there = {metric.name for metric in PROCESS_COLLECTOR.collect()}
    assert asked_for(r"(process_\w+?)(?:_total)?\b") <= there


def test_every_label_asked_for_exists(documented: dict[str, set[str]]) -> None:
    for expression in expressions():
        metrics = re.findall(r"hueharvest_\w+", expression)
        there = {"instance", *(label for name in metrics for label in documented[name])}
        asked = {
            *(
                label
                for by in re.findall(r"by \(([^)]*)\)", expression)
                for label in by.split(", ")
            ),
            *re.findall(r"(\w+)=~?\"", expression),
        } - {"job"}  # what Prometheus calls a group of targets
        assert asked <= there, expression


def test_no_label_is_called_like_one_of_prometheus(documented: dict[str, set[str]]) -> None:
    # It would rename ours.
    assert not {"job", "instance"} & {label for labels in documented.values() for label in labels}


def test_panels_use_the_data_source_that_is_provided() -> None:
    (source,) = read("grafana/provisioning/datasources/prometheus.yaml")["datasources"]
    assert {panel["datasource"]["uid"] for panel in DASHBOARD["panels"]} == {source["uid"]}
    assert source["url"] == "http://prometheus:9090"
    assert "prometheus" in CLUSTER


def test_panels_lie_beside_one_another() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= cells


def test_every_bot_is_watched() -> None:
    jobs = {job["job_name"]: job for job in read("prometheus.yml")["scrape_configs"]}
    targets = [
        target for each in jobs["hueharvest"]["static_configs"] for target in each["targets"]
    ]
    assert sorted(targets) == sorted(
        f"{name}:{service['environment']['METRICS_PORT']}"
        for name, service in CLUSTER.items()
        if "SHARD_IDS" in (service.get("environment") or {})
    )
    for job in jobs.values():
        for each in job["static_configs"]:
            for target in each["targets"]:
                assert "metrics" in CLUSTER[target.partition(":")[0]]["networks"]
