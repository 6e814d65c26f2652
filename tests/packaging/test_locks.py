"""The locks: complete, hashed, and in step with pyproject.toml."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "requirements"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = PYPROJECT["project"], PYPROJECT["dependency-groups"]
EXTRAS = PROJECT["optional-dependencies"]

PIN = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; [^\\]+)?(?: \\\n    --hash=sha256:\w{64})+"
)


def pins(lock: str) -> dict[str, list[str]]:
    """Return the versions of each name in a lock: one, or several for different Pythons."""
    text = (LOCKS / f"{lock}.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    for pin in PIN.finditer(text):
        found[pin["name"]].append(pin["version"])
    assert not re.sub(r"#.*", "", PIN.sub("", text)).strip(), "something is not a pin with hashes"
    return found


@pytest.mark.parametrize(
    ("lock", "lists"),
    [
        ("build", [PYPROJECT["build-system"]["requires"], GROUPS["build"]]),
        (
            "dev",
            [PROJECT["dependencies"], *EXTRAS.values(), GROUPS["dev"]],
        ),
        (
            "run",
            [
                PROJECT["dependencies"],
                *(EXTRAS[name] for name in ("bot", "cluster", "jxl", "postgres")),
            ],
        ),
        ("bench", [GROUPS["bench"]]),
    ],
)
def test_a_lock_pins_what_is_asked_for(lock: str, lists: list[list[str]]) -> None:
    pinned = pins(lock)
    for requirement in (Requirement(line) for each in lists for line in each):
        if requirement.name != PROJECT["name"]:
            versions = pinned[canonicalize_name(requirement.name)]
            fits = [requirement.specifier.contains(version) for version in versions]
            # A marker may ask for one of several versions.
            assert any(fits) if requirement.marker else fits and all(fits), (
                f"make lock: {requirement}"
            )


@pytest.mark.parametrize("lock", ["run", "bench"])
def test_what_runs_and_what_is_measured_are_the_versions_that_are_tested(lock: str) -> None:
    dev = pins("dev")
    assert all(dev[name] in ([], versions) for name, versions in pins(lock).items())


def test_a_deployed_bot_has_no_tools() -> None:
    run = pins("run")
    for name in ("cryptography", "pytest", "ruff", "setuptools", "simcord"):
        assert name not in run
