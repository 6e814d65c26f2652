"""What deploy/ starts: settings that exist, few rights, no open door, and time to finish."""

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.client import STOP_GRACE
from bot.settings import AccountSettings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IMAGE = "hueharvest"

Service = dict[str, Any]
COMPOSED: dict[str, dict[str, Any]] = {
    file.name: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted(DEPLOY.glob("compose*.yaml"))
}
CLUSTER = COMPOSED["compose.cluster.yaml"]
SERVICES = {
    f"{file}:{name}": service
    for file, composed in COMPOSED.items()
    for name, service in composed["services"].items()
}
OURS = {name: service for name, service in SERVICES.items() if service["image"] == IMAGE}
BOTS = {name: service for name, service in OURS.items() if "command" not in service}

every_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
every_bot = pytest.mark.parametrize("bot", BOTS.values(), ids=BOTS)

DOCKERFILE = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
LAST_STAGE = DOCKERFILE.rpartition("\nFROM ")[2]

UNIT = configparser.ConfigParser(strict=False, interpolation=None)
UNIT.optionxform = str  # names keep their capitals
UNIT.read(DEPLOY / "hueharvest.service", encoding="utf-8")


def seconds(duration: str) -> int:
    """Return a duration of compose or systemd, such as 45s, 2m or 45, in seconds."""
    number, unit = re.fullmatch(r"(\d+)([sm]?)", duration).groups()
    return int(number) * (60 if unit == "m" else 1)


@every_bot
def test_a_bot_is_given_settings_that_exist(bot: Service) -> None:
    settings = {name.upper() for name in AccountSettings.model_fields}
    assert bot["environment"].keys() <= settings | {"CREDENTIALS_DIRECTORY"}


def test_the_bots_of_the_cluster_share_the_shards() -> None:
    bots = [bot["environment"] for name, bot in BOTS.items() if "cluster" in name]
    (count,) = {bot["SHARD_COUNT"] for bot in bots}
    assert sorted(int(bot["SHARD_IDS"]) for bot in bots) == list(range(count))


@every_service
def test_a_service_may_do_little(service: Service) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "cap_add", "network_mode", "pid", "ipc"} & service.keys()
    if service["image"] != IMAGE:  # ours has its user in the Dockerfile
        assert int(service["user"].partition(":")[0]) > 0


@every_service
def test_a_service_cannot_take_the_machine_down(service: Service) -> None:
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["restart"] == "unless-stopped"
    assert {"max-size", "max-file"} <= service["logging"]["options"].keys()


@every_service
def test_a_service_listens_on_this_machine_alone(service: Service) -> None:
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_only_what_talks_to_discord_and_grafana_can_reach_the_world() -> None:
    open_networks = {
        name for name, network in CLUSTER["networks"].items() if not (network or {}).get("internal")
    }
    reach = {
        name for name, each in CLUSTER["services"].items() if open_networks & {*each["networks"]}
    }
    assert reach == {"bot-0", "bot-1", "nirn-proxy", "grafana"}


@every_service
def test_what_a_service_mounts_is_there(service: Service) -> None:
    for volume in service.get("volumes", ()):
        source = volume.partition(":")[0]
        if source.startswith(".") and not source.startswith("./secrets"):
            assert (DEPLOY / source).exists(), source


@pytest.mark.parametrize("service", OURS.values(), ids=OURS)
def test_a_bot_in_a_container_has_time_to_finish(service: Service) -> None:
    assert seconds(service["stop_grace_period"]) >= STOP_GRACE + 10


def test_a_bot_under_systemd_has_time_to_finish_with_its_workers() -> None:
    assert seconds(UNIT["Service"]["TimeoutStopSec"]) >= STOP_GRACE + 10
    assert UNIT["Service"]["KillMode"] == "mixed"  # otherwise the workers are told to stop, too


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_thinks_the_bot_is_well_shut_in() -> None:
    analyze = ["systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=20"]
    result = subprocess.run(  # noqa: S603, the threshold is 2.0 of 10
        [*analyze, DEPLOY / "hueharvest.service"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr or result.stdout


def test_systemd_starts_our_command_and_not_again_after_a_wrong_setting() -> None:
    assert Path(UNIT["Service"]["ExecStart"]).name in PROJECT["scripts"]
    assert UNIT["Service"]["RestartPreventExitStatus"] == "2"


def test_the_base_is_a_version_and_not_whatever_is_newest() -> None:
    (base,) = re.findall(r"^ARG BASE=(.*)$", DOCKERFILE, re.MULTILINE)
    assert re.fullmatch(r"docker\.io/library/python:\d+\.\d+\.\d+-slim-\w+(@sha256:\w{64})?", base)
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${BASE}"}


def test_the_image_is_built_from_files_that_get_there() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"}
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    for source in copied:
        assert (ROOT / source).exists()
        assert source.partition("/")[0] in kept
    assert {"bot", "palette", "pyproject.toml", PROJECT["readme"], *PROJECT["license-files"]} <= {
        *copied
    }


def test_the_image_is_not_for_root_and_stops_when_told() -> None:
    users = re.findall(r"^USER (\d+):(\d+)$", LAST_STAGE, re.MULTILINE)
    assert users
    assert all(int(number) > 0 for user in users for number in user)
    # A list, because a shell would not pass SIGTERM on.
    assert re.findall(r"^CMD (.*)$", LAST_STAGE, re.MULTILINE) == ['["python", "-m", "bot"]']


def test_the_image_says_which_version_it_is() -> None:
    assert f'image.version="{PROJECT["version"]}"' in LAST_STAGE
