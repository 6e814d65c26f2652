"""The demo, as someone tries it."""

import os
import re
import signal
import subprocess
import sys
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest

import palette
from bot.__main__ import main


def test_once_it_tells_codes_and_cards_and_ends(
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
    assert "claims.png: This file is empty or no image" in printed
    assert "notes.txt: no image, so no reply" in printed
    assert "http" not in printed


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_a_page_until_asked_to_stop(tmp_path: Path, stop: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "WORKERS": "1"},
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
        _, complaints = process.communicate(timeout=30)
    assert process.returncode == 0
    assert complaints == ""
    cards = {path.name for path in (tmp_path / "demo-cards").iterdir()}
    assert cards == {"china.png", "flower.png"}
