"""The demo, as somebody who tries it."""

import io
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest
from PIL import Image
from yarl import URL

import palette
from bot.__main__ import main
from bot.demo.cdn import CDN_HOST
from bot.demo.demo import create_server
from bot.demo.files import replace_with_copies, serve_chips
from bot.demo.simulation import simulated_discord
from bot.settings import Settings
from bot.workers.engine import Engine
from tests.bot.processes import environment


def test_once_it_prints_codes_and_cards_and_ends(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    flower: tuple[str, bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    bad = Path("claims.png")
    bad.write_bytes(b"just text")
    notes = Path("notes.txt")
    notes.write_bytes(b"just text")
    photo = Path(flower[0])
    photo.write_bytes(flower[1])
    assert main(["demo", "--once", str(photo), str(bad), str(notes)]) == 0
    printed = capsys.readouterr().out
    expected = palette.extract(flower[1])
    assert re.findall("#[0-9a-f]{6}", printed) == list(expected.hex)
    assert Path("demo-cards/flower.png").read_bytes() == palette.render_card(expected)
    assert "claims.png: That isn't an image I can read." in printed
    assert "notes.txt: no image, so no reply" in printed
    assert "http" not in printed


def test_it_answers_every_image_and_saves_every_card(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stripes: Callable[..., bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("USER_LIMIT", "1/60")
    images = {"a/x.png": (200, 30, 30), "b/x.gif": (30, 30, 200), "x-2.png": (30, 200, 30)}
    for name, color in images.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(stripes(color))
    assert main(["demo", "--once", *images]) == 0
    printed = capsys.readouterr().out
    assert re.findall("#[0-9a-f]{6}", printed) == ["#c81e1e", "#1e1ec8", "#1ec81e"]
    cards = re.findall("card saved as (.*)", printed)
    assert [Path(card).name for card in cards] == ["x.png", "x-2.png", "x-2-2.png"]
    assert len({Path(card).read_bytes() for card in cards}) == len(images)


def test_it_applies_the_limits_of_the_environment(tmp_path: Path) -> None:
    # It has to be decoded in full, which takes about a second.
    ramp = Image.linear_gradient("L").resize((9900, 9900))
    turned = ramp.transpose(Image.Transpose.ROTATE_90)
    Image.merge("RGB", (ramp, turned, ramp)).save(tmp_path / "large.png", compress_level=1)
    # In a process of its own: replacing one of several workers would wait for the simulated clock,
    # which stands still.
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--once", "large.png"],
        cwd=tmp_path,
        env=environment(WORKERS="2", TIME_LIMIT="0.05"),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "large.png: This image took too long, so I stopped." in ended.stdout


async def test_its_user_may_try_everything(bot_engine: Engine) -> None:
    files: dict[str, bytes] = {}
    async with simulated_discord(Settings.model_construct(), bot_engine, files=files) as env:
        channel, (you, friend) = create_server(env, files)
        assert "palette-settings" in you.available_commands(channel)
        assert "palette-settings" not in friend.available_commands(channel)
        await you.slash(channel, "palette", user=friend)
        reply = channel.last_message
        assert reply is not None
        assert reply.attachments
        assert not env.errors


async def test_the_page_shows_a_copy_and_the_bot_reads_the_original(
    bot_engine: Engine, flower: tuple[str, bytes]
) -> None:
    async with simulated_discord(Settings.model_construct(), bot_engine) as env:
        channel, (you, _) = create_server(env, {})
        file = io.BytesIO()
        Image.open(io.BytesIO(flower[1])).resize((4000, 3000)).save(file, "TIFF")
        original = file.getvalue()
        posted = await you.send(
            channel, attachments=[("large.tiff", original), ("broken.png", b"just text")]
        )
        large, broken = (attachment.url for attachment in posted.attachments)
        assert replace_with_copies(env, [posted]) == {URL(large).path: original}
        shown = env.backend.cdn.get(large)
        assert shown is not None
        assert Image.open(io.BytesIO(shown)).size == (1600, 1200)
        assert env.backend.cdn.get(broken) == b"just text"


async def test_the_page_shows_chips_of_colors(
    bot_engine: Engine, flower: tuple[str, bytes]
) -> None:
    async with simulated_discord(Settings.model_construct(), bot_engine) as env:
        channel, (you, _) = create_server(env, {})
        serve_chips(env)
        posted = await you.send(channel, attachments=[flower])
        await you.click(channel.last_message, label="Adjust")
        emojis = await env.bot.fetch_application_emojis()
        assert len(emojis) == 10
        for emoji in emojis:
            shown = env.backend.cdn.get(f"https://{CDN_HOST}/emojis/{emoji.id}.png")
            assert shown is not None
            pixel = Image.open(io.BytesIO(shown)).convert("RGB").getpixel((64, 64))
            assert "hue_{:02x}{:02x}{:02x}".format(*pixel) == emoji.name
        assert env.backend.cdn.get(f"https://{CDN_HOST}/emojis/1.png") is None
        assert env.backend.cdn.get(posted.attachments[0].url) == flower[1]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_a_page_until_asked_to_stop(tmp_path: Path, stop: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser"],
        cwd=tmp_path,
        env=environment(PYTHONUNBUFFERED="1", WORKERS="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        printed = ""
        while not (page := re.search(r"http://127\.0\.0\.1:(\d+)/", printed)):
            line = process.stdout.readline()
            assert line, process.communicate()
            printed += line
        connection = HTTPConnection("127.0.0.1", int(page[1]), timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().status == HTTPStatus.OK
        connection.close()
        process.send_signal(stop)
        hints = process.stdout.read()
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert errors == ""
    assert "type /palette there for one file" in hints
    assert "If a menu closes at once" in hints
    cards = {path.name for path in (tmp_path / "demo-cards").iterdir()}
    assert cards == {"china.png", "flower.png"}
