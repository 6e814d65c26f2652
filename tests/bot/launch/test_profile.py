"""The avatar and the banner: what they look like, and how the bot gets them."""

import asyncio
import io
import sys
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.__main__ import main
from bot.launch.brand import draw_avatar, draw_banner
from tests.bot.local_discord import LocalDiscord
from tests.bot.processes import ROOT, environment

DOCS = ROOT / "docs" / "brand"
IMAGES = {"avatar.png": draw_avatar, "banner.png": draw_banner}
TOLERANCE = 12  # of 255: Pillow may smooth edges differently
MAX_BYTES = 2**20


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("name", "size"), [("avatar.png", (1024, 1024)), ("banner.png", (1360, 480))]
)
def test_an_image_is_the_one_that_was_approved(name: str, size: tuple[int, int]) -> None:
    data = IMAGES[name]()
    assert data == IMAGES[name]()
    assert len(data) < MAX_BYTES
    drawn, approved = opened(data), Image.open(DOCS / name)
    assert drawn.format == "PNG"
    assert drawn.size == approved.size == size
    assert drawn.mode == approved.mode == "RGB"
    one, other = (np.asarray(image.reduce(8), np.float64) for image in (drawn, approved))
    assert np.abs(one - other).max() <= TOLERANCE


def test_in_a_circle_nothing_of_the_avatar_is_lost() -> None:
    pixels = np.asarray(opened(draw_avatar()))
    down, across = np.mgrid[0:1024, 0:1024] - 511.5
    outside = np.hypot(down, across) > 450
    assert len(np.unique(pixels[outside], axis=0)) == 1
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 5


def test_the_images_are_saved_to_be_set_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "brand"
    assert main(["brand", "--save", str(folder)]) == 0
    assert capsys.readouterr().out == f"The avatar and the banner are in {folder}.\n"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        name: draw() for name, draw in IMAGES.items()
    }


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["brand", "--save", str(tmp_path / "file")]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("The images cannot be saved: ")
    assert printed.err.count("\n") == 1


async def brand(discord: LocalDiscord, folder: Path) -> tuple[int | None, str, str]:
    """Run ``hueharvest brand`` on a local Discord; return its status and what it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.bot_process",
        str(discord.url),
        "brand",
        cwd=folder,
        env=environment(DISCORD_TOKEN=discord.token),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


@pytest.mark.asyncio(loop_scope="session")
async def test_the_bot_gets_both_without_connecting(
    local_discord: LocalDiscord, tmp_path: Path
) -> None:
    status, out, err = await brand(local_discord, tmp_path)
    assert (status, err) == (0, "")
    assert out.startswith("HueHarvest has its avatar and banner")
    assert out.count("\n") == 1
    sent = {
        f"{name}.png": b64decode(value.removeprefix("data:image/png;base64,"))
        for name, value in local_discord.profile.items()
    }
    assert sent == {name: draw() for name, draw in IMAGES.items()}
    assert not local_discord.starts


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            "refuses/You are changing your avatar too fast.",
            "Discord refuses the avatar and banner: ",
        ),
        (
            "limits/600",
            "Discord limits how often a bot changes its avatar and banner: try again in 600",
        ),
        ("fails/503", "Discord is out of reach for now: "),
        ("fails/403", "Discord refuses the avatar and banner: "),
    ],
)
@pytest.mark.asyncio(loop_scope="session")
async def test_a_failure_is_told_in_one_sentence(
    local_discord: LocalDiscord, tmp_path: Path, fault: str, sentence: str
) -> None:
    local_discord.faults["PATCH users/@me"] += [fault]
    status, out, err = await brand(local_discord, tmp_path)
    assert (status, out) == (1, "")
    assert err.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in err
    if fault.startswith("refuses/"):
        assert "too fast" in err


@pytest.mark.asyncio(loop_scope="session")
async def test_a_refused_token_is_told_with_the_remedy(
    local_discord: LocalDiscord, tmp_path: Path
) -> None:
    local_discord.faults["GET users/@me"] += ["fails/401"]
    status, out, err = await brand(local_discord, tmp_path)
    assert (status, out) == (2, "")
    assert err.startswith("Discord refuses DISCORD_TOKEN: press Reset Token at https://")
    assert err.count("\n") == 1
