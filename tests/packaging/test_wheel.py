"""The wheel as people install it: by itself and with each extra, far from the checkout."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "palette")
APPLICATION_ID = "123456789012345678"


@dataclass(frozen=True)
class Installation:
    """A virtual environment that holds the wheel and nothing else."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def run(
        self, command: str, *arguments: str, extras: Iterable[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a command with what the wheel and these extras require, and with nothing more."""
        return subprocess.run(  # noqa: S603, our own command
            [self.folder / "bin" / command, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self._dependencies(*extras))},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def _dependencies(self, *extras: str) -> Path:
        """Return a folder of links to the installed dependencies, made on first use."""
        folder = self.folder / "-".join(["dependencies", *extras])
        if not folder.exists():
            folder.mkdir()
            site_packages = next(self.folder.glob("lib/python*/site-packages"))
            (wheel,) = Distribution.discover(name="hueharvest", path=[str(site_packages)])
            for dependency in required(wheel, extras):
                for name in {file.parts[0] for file in dependency.files or ()} - {".."}:
                    link = folder / name
                    if not link.exists():
                        link.symlink_to(str(dependency.locate_file(name)))
        return folder


def required(wheel: Distribution, extras: Iterable[str]) -> Iterator[Distribution]:
    """Yield all that the wheel needs with these extras, from what is installed here."""
    seen: set[tuple[str, str]] = set()
    waiting = [(wheel, extra) for extra in ("", *extras)]
    while waiting:
        parent, extra = waiting.pop()
        for requirement in map(Requirement, parent.requires or ()):
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            itself = canonicalize_name(requirement.name) == wheel.name
            child = wheel if itself else distribution(requirement.name)
            assert requirement.specifier.contains(child.version, prereleases=True)
            for wanted in ("", *requirement.extras):
                if (child.name, wanted) not in seen:
                    seen.add((child.name, wanted))
                    waiting.append((child, wanted))
                    if not itself:
                        yield child


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # From a copy: in the checkout, setuptools would pack what an earlier build left behind.
    source = folder / "source"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip("wheel", "--no-build-isolation", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installation(wheel: Path) -> Installation:
    installation = Installation(wheel.parent / "venv")
    venv.create(installation.folder)
    pip("--python", installation.python, "install", wheel)
    return installation


def pip(*arguments: str | Path) -> None:
    """Run pip without a network."""
    offline = {**os.environ, "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_QUIET": "1"}
    subprocess.run([sys.executable, "-m", "pip", *arguments], env=offline, check=True)  # noqa: S603


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    image = Image.new("RGB", (40, 40), (192, 57, 43))
    image.paste((41, 128, 185), (0, 0, 20, 20))
    image.save(path)
    return path


def test_the_wheel_holds_every_file_of_both_packages(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith(PACKAGES)}
    source = wheel.parent / "source"
    files = (file for name in PACKAGES for file in (source / name).rglob("*") if file.is_file())
    assert packed == {file.relative_to(source).as_posix() for file in files}


def test_the_library_needs_no_extra(installation: Installation, photo: Path) -> None:
    result = installation.run(
        "python",
        "-P",
        "-c",
        """
import importlib, pkgutil, sys
from pathlib import Path
import palette
for module in pkgutil.walk_packages(palette.__path__, "palette."):
    if not module.name.startswith(("palette.__main__", "palette.cli")):
        importlib.import_module(module.name)
assert palette.render_card(palette.extract(Path(sys.argv[1]).read_bytes()))
print(palette.__file__)
""",
        str(photo),
    )
    assert result.stderr == ""
    assert Path(result.stdout.strip()).is_relative_to(installation.folder)


def test_palette_names_the_colors_and_draws_the_card(
    installation: Installation, photo: Path
) -> None:
    card = photo.with_name("card.png")
    result = installation.run("palette", str(photo), "--card", str(card), extras=["cli"])
    assert result.stderr == ""
    fields = [line.split("\t") for line in result.stdout.splitlines()]
    assert {code for code, *_ in fields} == {"#c0392b", "#2980b9"}
    assert all(name.replace(" ", "").isalpha() for _, _, name, _ in fields)
    with Image.open(card) as image:
        assert image.format == "PNG"


def test_hueharvest_explains_itself_and_writes_the_invite_link(installation: Installation) -> None:
    assert "demo" in installation.run("hueharvest", "--help", extras=["bot"]).stdout
    result = installation.run("hueharvest", "invite", "--id", APPLICATION_ID, extras=["bot"])
    assert result.stderr == ""
    assert f"client_id={APPLICATION_ID}" in result.stdout


def test_the_bot_speaks_german(installation: Installation) -> None:
    with (ROOT / "bot/locale/de/LC_MESSAGES/hueharvest.po").open("rb") as file:
        message = next(each for each in read_po(file) if each.id and not each.python_brace_format)
    code = (
        "import sys; from bot.language import language_of as of; print(of('de').say(sys.argv[1]))"
    )
    result = installation.run("python", "-P", "-c", code, str(message.id), extras=["bot"])
    assert result.stderr == ""
    assert result.stdout.strip() == message.string != message.id


@pytest.mark.parametrize(
    ("command", "installed", "missing"),
    [
        (["palette", "photo.png"], [], "cli"),
        (["hueharvest"], [], "bot"),
        (["hueharvest", "invite"], ["cli"], "bot"),
        (["hueharvest", "demo"], ["bot"], "demo"),
    ],
)
def test_without_its_extra_a_command_names_it(
    installation: Installation, command: list[str], installed: list[str], missing: str
) -> None:
    result = installation.run(*command, extras=installed)
    assert result.returncode in {1, 2}
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert f"pip install 'hueharvest[{missing}]'" in sentence
