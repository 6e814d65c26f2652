"""The command line, used as people and scripts use it."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from palette import extract, render_card
from palette.__main__ import main
from palette.export.formats import export
from palette.redrawing.recolor import recolor

RED, BLUE = (192, 57, 43), (41, 128, 185)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return the file of an image that is three quarters red and one quarter blue."""
    path = tmp_path / "photo.png"
    image = Image.new("RGB", (40, 40), RED)
    image.paste(BLUE, (0, 0, 20, 20))
    image.save(path)
    return path


@pytest.fixture
def rainbow(tmp_path: Path) -> Path:
    """Return the file of an image of many colours."""
    path = tmp_path / "rainbow.png"
    strip = Image.new("HSV", (256, 8))
    strip.putdata([(column, 200, 220) for _ in range(8) for column in range(256)])
    strip.convert("RGB").save(path)
    return path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the output pass for a terminal of 16.7 million colours."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    return monkeypatch


def test_a_pipe_gets_one_line_a_color(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(photo)]) == 0
    out, err = capsys.readouterr()
    names = {swatch.hex: swatch.name for swatch in extract(photo.read_bytes())}
    assert {tuple(line.split("\t")) for line in out.splitlines()} == {
        ("#c0392b", "0.7500", names["#c0392b"], str(photo)),
        ("#2980b9", "0.2500", names["#2980b9"], str(photo)),
    }
    assert err == ""


@pytest.mark.parametrize("count", [1, 3, 20])
def test_as_many_colors_as_asked_for(
    rainbow: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    assert main([str(rainbow), "-n", str(count)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == count


def test_standard_input(
    photo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(photo.read_bytes())))
    assert main(["-", "-n", "1"]) == 0
    assert capsys.readouterr().out.endswith("\t-\n")


def test_a_bad_file_gets_one_line_and_the_others_go_on(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, folder, text, loop = (tmp_path / name for name in ("no", "dir", "text.png", "loop"))
    folder.mkdir()
    text.write_text("no image at all")
    loop.symlink_to(loop)
    bad = [missing, folder, text, loop]
    assert main([*map(str, bad), str(photo)]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert [line.split(": ")[0] for line in err.splitlines()] == [str(path) for path in bad]
    assert "No such file" in err.splitlines()[0]
    assert "directory" in err.splitlines()[1]


def test_a_hostile_name_cannot_command_the_terminal(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = tmp_path / "a\n\x1b[31m[bold]\udcff.png"
    photo.rename(hostile)
    assert main([str(hostile), f"{hostile}?"]) == 1
    out, err = capsys.readouterr()
    assert all(line.endswith("a??[31m[bold]?.png") for line in out.splitlines())
    assert err.endswith("a??[31m[bold]?.png?: No such file or directory\n")
    assert len(err.splitlines()) == 1


def test_json_is_one_document(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "no.png"
    assert main([str(photo), str(missing), "--json"]) == 1
    good, bad = json.loads(capsys.readouterr().out)
    palette = extract(photo.read_bytes())
    assert good == {
        "file": str(photo),
        "colors": [
            {
                "hex": swatch.hex,
                "rgb": list(swatch.rgb),
                "share": swatch.share,
                "name": swatch.name,
                "roles": list(swatch.roles),
            }
            for swatch in palette
        ],
        "background": palette.background.hex if palette.background else None,
        "notes": list(palette.notes),
    }
    assert bad == {"file": str(missing), "error": "No such file or directory"}


def test_the_card_is_saved(photo: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.png"
    assert main([str(photo), "--card", str(card)]) == 0
    assert card.read_bytes() == render_card(extract(photo.read_bytes()))


def test_each_image_gets_a_card_of_its_name(photo: Path, rainbow: Path, tmp_path: Path) -> None:
    cards = tmp_path / "new" / "cards"
    assert main([str(photo), str(rainbow), "--card", str(cards / "{}-card.png")]) == 0
    assert {card.name for card in cards.iterdir()} == {"photo-card.png", "rainbow-card.png"}


def test_a_card_that_cannot_be_saved_costs_only_itself(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(photo), "--card", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err == f"{photo}: cannot save {tmp_path}: Is a directory\n"


def test_the_palette_is_exported_by_its_suffix(photo: Path, tmp_path: Path) -> None:
    names = ["photo.ase", "photo.tailwind.css", "PHOTO.JSON", "photo.png.gpl"]
    saved = [tmp_path / "new" / name for name in names]
    assert main([str(photo), *(f"--export={path}" for path in saved)]) == 0
    palette = extract(photo.read_bytes())
    for path, suffix in zip(saved, ("ase", "tailwind.css", "json", "gpl"), strict=True):
        assert path.read_bytes() == export(palette, suffix, "photo")


def test_each_image_gets_files_of_its_name(photo: Path, rainbow: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--export", f"{out}/{{}}.gpl", "--export", f"{out}/{{}}.css"]
    assert main([str(photo), str(rainbow), *options, "--recolor", f"{out}/{{}}.png"]) == 0
    assert {path.name for path in out.iterdir()} == {
        f"{stem}.{suffix}" for stem in ("photo", "rainbow") for suffix in ("gpl", "css", "png")
    }
    assert "rainbow" in (out / "rainbow.gpl").read_text()


def test_standard_input_has_a_name_too(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(photo.read_bytes())))
    assert main(["-", "--export", str(tmp_path / "{}.txt")]) == 0
    assert (tmp_path / "stdin.txt").exists()


@pytest.mark.parametrize(("options", "dither"), [([], False), (["--dither"], True)])
def test_the_image_is_recolored(
    rainbow: Path, tmp_path: Path, options: list[str], *, dither: bool
) -> None:
    recolored = tmp_path / "recolored.png"
    assert main([str(rainbow), "-n", "4", "--recolor", str(recolored), *options]) == 0
    data = rainbow.read_bytes()
    assert recolored.read_bytes() == recolor(data, extract(data, 4), dither=dither)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("kind", "change"), [("bmp", "smaller"), ("webp", "larger")])
def test_a_terminal_tells_how_much_smaller_it_got(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, change: str
) -> None:
    image, recolored = tmp_path / f"image.{kind}", tmp_path / "recolored.png"
    gradient = Image.radial_gradient("L").resize((1000, 1000)).convert("RGB")
    gradient.save(image, quality=5)
    assert main([str(image), "-n", "3", "--recolor", str(recolored), "--dither"]) == 0
    before, after = (path.stat().st_size for path in (image, recolored))
    times = max(before, after) / min(before, after)
    said = f"{recolored}: {after / 1000:.0f} kB, {times:.1f} times {change} than it was"
    assert said in capsys.readouterr().out


def test_what_cannot_be_saved_costs_only_itself(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    lost = [tmp_path / "file" / "photo.gpl", tmp_path / "file" / "recolored.png"]
    saved = tmp_path / "photo.css"
    options = ["--export", str(lost[0]), "--export", str(saved), "--recolor", str(lost[1])]
    assert main([str(photo), *options, "--json"]) == 1
    out, err = capsys.readouterr()
    assert saved.exists()
    assert [line.split(": ")[1] for line in err.splitlines()] == [
        f"cannot save {path}" for path in lost
    ]
    (document,) = json.loads(out)
    assert len(document["colors"]) == 2
    assert all(f"cannot save {path}" in document["error"] for path in lost)


@pytest.mark.parametrize(
    "options",
    [
        ["-n", "0"],
        ["-n", "21"],
        ["-n", "ten"],
        ["-n", "2.0"],
        ["--card", "one.png", "other.png"],
        ["--export", "one.gpl", "other.png"],
        ["--recolor", "one.png", "other.png"],
        ["--export", "palette.xyz"],
        ["--export", "palette"],
        ["--recolor", "photo.jpg"],
        ["--recolor", "same.png", "--card", "same.png"],
        ["--export", "same.gpl", "--export", "./same.gpl"],
        ["--dither"],
        ["--no-dither"],
    ],
)
def test_wrong_usage_is_told_before_any_work(
    photo: Path,
    options: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(photo.parent)
    with pytest.raises(SystemExit) as stop:
        main([str(photo), *options])
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1].startswith("palette: error: ")
    assert [path.name for path in photo.parent.iterdir()] == ["photo.png"]


@pytest.mark.parametrize("option", ["--card", "--export", "--recolor"])
def test_no_image_is_overwritten(
    photo: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    before = photo.read_bytes()
    with pytest.raises(SystemExit) as stop:
        main([str(photo), option, str(photo.parent / "{}.png")])
    assert stop.value.code == 2
    assert "is itself one of the images" in capsys.readouterr().err
    assert photo.read_bytes() == before


def test_ctrl_c_ends_it_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Waiting:
        def read(self) -> bytes:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Waiting()))
    assert main(["-"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("terminal")
def test_a_terminal_shows_blocks_of_color(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(photo)]) == 0
    out = capsys.readouterr().out
    assert "38;2;255;255;255;48;2;192;57;43m  #c0392b  " in out
    assert "75%" in out
    assert "dominant" in out
    assert "background" in out


def test_a_terminal_of_few_colors_shows_the_nearest(
    rainbow: Path, capsys: pytest.CaptureFixture[str], terminal: pytest.MonkeyPatch
) -> None:
    terminal.delenv("COLORTERM")
    assert main([str(rainbow)]) == 0
    assert ";48;5;" in capsys.readouterr().out


def test_a_terminal_without_colors_still_shows_the_codes(
    photo: Path, capsys: pytest.CaptureFixture[str], terminal: pytest.MonkeyPatch
) -> None:
    terminal.setenv("NO_COLOR", "1")
    assert main([str(photo)]) == 0
    out = capsys.readouterr().out
    assert "48;" not in out
    assert "  #c0392b  " in out


@pytest.mark.usefixtures("terminal")
def test_many_files_show_progress_in_a_terminal(
    photo: Path, rainbow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(photo), "--json"]) == 0
    assert capsys.readouterr().err == ""
    assert main([str(photo), str(rainbow), "--json"]) == 0
    out, err = capsys.readouterr()
    assert "100%" in err
    assert len(json.loads(out)) == 2


def test_the_module_runs(tmp_path: Path) -> None:
    missing = tmp_path / "no.png"
    command = [sys.executable, "-m", "palette", str(missing)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603, our own command
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{missing}: No such file or directory\n"
