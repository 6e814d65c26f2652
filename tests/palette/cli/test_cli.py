"""The command line, as people and scripts use it."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from palette import (
    NOTATIONS,
    STYLES,
    Deficiency,
    Style,
    check,
    contrast,
    export,
    extract,
    extract_many,
    level,
    parse_color,
    recolor,
    render_card,
    render_check,
    render_poster,
)
from palette.__main__ import main
from tests.palette.images import encode

RED, BLUE = (192, 57, 43), (41, 128, 185)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide what the machine says about its terminal, which rich would obey."""
    for name in ("FORCE_COLOR", "NO_COLOR", "COLORTERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Save an image that is three quarters red and one quarter blue."""
    path = tmp_path / "photo.png"
    image = Image.new("RGB", (40, 40), RED)
    image.paste(BLUE, (0, 0, 20, 20))
    image.save(path)
    return path


@pytest.fixture
def rainbow(tmp_path: Path) -> Path:
    """Save an image of many colours."""
    path = tmp_path / "rainbow.png"
    strip = Image.new("HSV", (256, 8))
    strip.putdata([(column, 200, 220) for _ in range(8) for column in range(256)])
    strip.convert("RGB").save(path)
    return path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Make the output pass for a terminal with 16.7 million colours."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    return monkeypatch


def test_pipe_gets_one_line_per_color(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(photo)]) == 0
    out, err = capsys.readouterr()
    names = {swatch.hex: swatch.name for swatch in extract(photo.read_bytes())}
    assert {tuple(line.split("\t")) for line in out.splitlines()} == {
        ("#c0392b", "0.7500", names["#c0392b"], str(photo)),
        ("#2980b9", "0.2500", names["#2980b9"], str(photo)),
    }
    assert err == ""


@pytest.mark.parametrize("count", [1, 3, 20])
def test_palette_has_as_many_colors_as_asked_for(
    rainbow: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    assert main([str(rainbow), "-n", str(count)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == count


@pytest.mark.parametrize("style", STYLES)
def test_colors_are_chosen_in_the_style_asked_for(
    rainbow: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], style: Style
) -> None:
    card = tmp_path / "card.png"
    assert main([str(rainbow), "--style", style, "--card", str(card)]) == 0
    palette = extract(rainbow.read_bytes(), style=style)
    codes = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert codes == list(palette.hex)
    assert card.read_bytes() == render_card(palette)


def test_colors_are_those_people_notice_by_default(
    rainbow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed: list[str] = []
    for options in ([], ["--style", "seen"]):
        assert main([str(rainbow), *options, "--json"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "--style {seen,faithful}" in capsys.readouterr().out


def test_number_of_colors_follows_the_image_or_is_exact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shades = np.add.outer(np.arange(120) // 8, np.arange(160) // 8)[..., None] // [1, 2, 3] + 90
    file = tmp_path / "shades.png"
    file.write_bytes(encode(shades.astype(np.uint8)))
    data = file.read_bytes()
    expected = extract(data, "auto"), extract(data, 12), extract(data, 12, exactly=True)
    for options, palette in zip(
        (["-n", "auto"], ["-n", "12"], ["-n", "12", "--exactly"]), expected, strict=True
    ):
        assert main([str(file), *options]) == 0
        codes = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
        assert codes == list(palette.hex)
    assert len(expected[1]) < len(expected[2])


def printed_codes(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]


def test_colors_are_kept_and_left_out(rainbow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = rainbow.read_bytes()
    first = extract(data, 4).hex[0]
    assert main([str(rainbow), "-n", "4", "--keep", "navy", "--leave-out", first]) == 0
    expected = extract(data, 4, keep=[(0, 0, 128)], leave_out=[parse_color(first)])
    assert printed_codes(capsys) == list(expected.hex)
    assert "#000080" in expected.hex


def test_background_is_left_out_where_there_is_one(
    rainbow: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logo = np.full((60, 60, 3), 255, np.uint8)
    logo[20:40, 20:30], logo[20:40, 30:40] = (255, 0, 0), (0, 0, 255)
    framed = tmp_path / "logo.png"
    framed.write_bytes(encode(logo))
    assert main([str(framed), str(rainbow), "-n", "3", "--leave-out", "background"]) == 0
    codes = printed_codes(capsys)
    assert sorted(codes[:2]) == ["#0000ff", "#ff0000"]
    assert codes[2:] == list(extract(rainbow.read_bytes(), 3).hex)


@pytest.mark.parametrize("option", ["--keep", "--leave-out"])
def test_what_is_no_color_is_refused_before_any_work(
    option: str, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(photo), option, "reddest"])
    assert "reddest is not a colour" in capsys.readouterr().err


def test_color_that_is_kept_and_left_out_is_told_for_each_file(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(photo), "--keep", "navy", "--leave-out", "#000080"]) == 1
    assert "both kept and left out" in capsys.readouterr().err


def test_image_is_read_from_standard_input(
    photo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(photo.read_bytes())))
    assert main(["-", "-n", "1"]) == 0
    assert capsys.readouterr().out.endswith("\t-\n")


def test_bad_files_get_one_line_each_and_the_others_go_on(
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


def test_hostile_file_name_cannot_control_the_terminal(
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
        "notes": [],
    }
    assert bad == {"file": str(missing), "error": "No such file or directory"}


@pytest.mark.parametrize("notation", NOTATIONS)
def test_colors_are_printed_as_text_to_paste(
    photo: Path, rainbow: Path, capsys: pytest.CaptureFixture[str], notation: str
) -> None:
    assert main([str(photo), str(rainbow), "--notation", notation]) == 0
    palettes = [extract(file.read_bytes()) for file in (photo, rainbow)]
    assert capsys.readouterr().out == "".join(map(NOTATIONS[notation].write, palettes))


def test_check_lists_legible_and_confused_pairs(
    rainbow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(rainbow), "--check"]) == 0
    lines = [tuple(line.split("\t")) for line in capsys.readouterr().out.splitlines()]
    palette = extract(rainbow.read_bytes())
    rgb = {swatch.hex: swatch.rgb for swatch in palette}
    text = [line for line in lines if line[0] == "text"]
    ratios = [contrast(rgb[one], rgb[other]) for _, one, other, *_ in text]
    assert ratios == sorted(ratios, reverse=True)
    for (*_, ratio, reached, file), exact in zip(text, ratios, strict=True):
        assert float(ratio) == pytest.approx(exact - 0.05, abs=0.05)  # rounded down
        assert (reached, file) == (level(exact), str(rainbow))
    legible = [ratio for row in check(palette).contrasts for ratio in row if level(ratio)]
    assert len(text) == len(legible) / 2 > 0
    assert lines[len(text) :] == [
        (
            str(simulation.deficiency),
            each.one.hex,
            each.other.hex,
            f"{each.simulated:.1f}",
            f"{each.typical:.1f}",
            str(rainbow),
        )
        for simulation in check(palette).simulations
        for each in simulation.confusions
    ]
    assert {line[0] for line in lines} > {"text"}


@pytest.mark.usefixtures("terminal")
def test_terminal_shows_samples_of_text(
    photo: Path, rainbow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(rainbow), str(photo), "--check"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"38;2;\d+;\d+;\d+;48;2;\d+;\d+;\d+m  #[0-9a-f]{6} on #[0-9a-f]{6}  ", out)
    assert all(f"Hard to tell apart with {each}" in out for each in Deficiency)
    assert "None reaches 3 : 1." in out  # red and blue
    assert "None." in out


def test_card_of_the_check_is_saved(photo: Path, tmp_path: Path) -> None:
    card = tmp_path / "check.png"
    assert main([str(photo), "--check-card", str(card)]) == 0
    assert card.read_bytes() == render_check(extract(photo.read_bytes()))


def test_everything_is_saved_in_one_file(photo: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.ZIP"
    assert main([str(photo), "--zip", str(one), "--export", str(other)]) == 0
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert "photo.ase" in archive.namelist()


def test_notes_are_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], terminal: pytest.MonkeyPatch
) -> None:
    movie = tmp_path / "movie.gif"
    first, *others = (Image.new("L", (8, 8), shade) for shade in range(3))
    first.save(movie, save_all=True, append_images=others)
    sentence = "Animation: colours from all 3 frames."
    assert main([str(movie)]) == 0
    assert sentence in capsys.readouterr().out
    terminal.delenv("FORCE_COLOR")
    assert main([str(movie), "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)
    assert document["notes"] == [sentence]


def test_card_is_saved(photo: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.png"
    assert main([str(photo), "--card", str(card)]) == 0
    assert card.read_bytes() == render_card(extract(photo.read_bytes()))


def test_poster_is_saved_with_the_name_of_its_image_as_title(photo: Path, tmp_path: Path) -> None:
    poster = tmp_path / "new" / "poster.png"
    assert main([str(photo), "--poster", str(poster)]) == 0
    data = photo.read_bytes()
    assert poster.read_bytes() == render_poster(data, extract(data), "photo")


def test_each_image_gets_a_card_with_its_name(photo: Path, rainbow: Path, tmp_path: Path) -> None:
    cards = tmp_path / "new" / "cards"
    assert main([str(photo), str(rainbow), "--card", str(cards / "{}-card.png")]) == 0
    assert {card.name for card in cards.iterdir()} == {"photo-card.png", "rainbow-card.png"}


def test_palette_is_printed_even_if_its_card_cannot_be_saved(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(photo), "--card", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err == f"{photo}: cannot save {tmp_path}: Is a directory\n"


def test_suffix_decides_the_export_format(photo: Path, tmp_path: Path) -> None:
    names = ["photo.ase", "photo.tailwind.css", "PHOTO.JSON", "photo.png.gpl"]
    saved = [tmp_path / "new" / name for name in names]
    assert main([str(photo), *(f"--export={path}" for path in saved)]) == 0
    palette = extract(photo.read_bytes())
    for path, suffix in zip(saved, ("ase", "tailwind.css", "json", "gpl"), strict=True):
        assert path.read_bytes() == export(palette, suffix, "photo")


def test_each_image_gets_files_with_its_name(photo: Path, rainbow: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--export", f"{out}/{{}}.gpl", "--export", f"{out}/{{}}.css"]
    assert main([str(photo), str(rainbow), *options, "--recolor", f"{out}/{{}}.png"]) == 0
    assert {path.name for path in out.iterdir()} == {
        f"{stem}.{suffix}" for stem in ("photo", "rainbow") for suffix in ("gpl", "css", "png")
    }
    assert "rainbow" in (out / "rainbow.gpl").read_text()


def test_images_together_have_one_palette_in_any_order(
    photo: Path, rainbow: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(photo), str(rainbow)]
    printed: list[str] = []
    for order in (files, files[::-1]):
        card = str(tmp_path / "cards" / "{}.png")
        assert main([*order, "--together", "-n", "6", "--json", "--card", card]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    (document,) = json.loads(printed[0])
    assert document["file"] == "together"
    found = extract_many([photo.read_bytes(), rainbow.read_bytes()], 6)
    assert [color["hex"] for color in document["colors"]] == list(found.hex)
    assert (tmp_path / "cards" / "together.png").read_bytes() == render_card(found)


def test_images_together_are_those_that_can_be_read(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, missing = tmp_path / "notes.txt", tmp_path / "missing.png"
    text.write_text("no image")
    assert main([str(text), str(photo), str(missing), "--together"]) == 1
    out, err = capsys.readouterr()
    assert [line.split("\t")[0] for line in out.splitlines()] == list(
        extract(photo.read_bytes()).hex
    )
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["together", str(text)],
        ["together", str(missing)],
    ]
    assert main([str(text), str(missing), "--together"]) == 1
    assert not capsys.readouterr().out


@pytest.mark.parametrize("option", ["--poster", "--recolor"])
def test_what_shows_one_image_does_not_go_with_several_together(
    photo: Path, rainbow: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    saved = tmp_path / "out.png"
    with pytest.raises(SystemExit):
        main([str(photo), str(rainbow), "--together", option, str(saved)])
    assert "shows one image, not several together" in capsys.readouterr().err
    assert main([str(photo), "--together", option, str(saved)]) == 0


def test_standard_input_has_a_name_too(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(photo.read_bytes())))
    assert main(["-", "--export", str(tmp_path / "{}.txt")]) == 0
    assert (tmp_path / "stdin.txt").exists()


@pytest.mark.parametrize(("options", "dither"), [([], False), (["--dither"], True)])
def test_image_is_recolored(
    rainbow: Path, tmp_path: Path, options: list[str], *, dither: bool
) -> None:
    recolored = tmp_path / "recolored.png"
    assert main([str(rainbow), "-n", "4", "--recolor", str(recolored), *options]) == 0
    data = rainbow.read_bytes()
    assert recolored.read_bytes() == recolor(data, extract(data, 4), dither=dither)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("kind", "sign"), [("bmp", "-"), ("webp", "+")])
def test_terminal_shows_the_change_in_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, sign: str
) -> None:
    image, recolored = tmp_path / f"image.{kind}", tmp_path / "recolored.png"
    gradient = Image.radial_gradient("L").resize((1000, 1000)).convert("RGB")
    gradient.save(image, quality=5)
    assert main([str(image), "-n", "3", "--recolor", str(recolored), "--dither"]) == 0
    before, after = (path.stat().st_size for path in (image, recolored))
    original = f"{before / 1e6:.1f} MB" if before >= 1e6 else f"{before / 1e3:.0f} kB"
    change = abs(after - before) / before
    note = f"{recolored}: {original} -> {after / 1e3:.0f} kB ({sign}{change:.0%})"
    assert note in capsys.readouterr().out


def test_other_files_are_saved_even_if_one_cannot_be(
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
        ["--style", "pretty"],
        ["--card", "one.png", "other.png"],
        ["--export", "one.gpl", "other.png"],
        ["--recolor", "one.png", "other.png"],
        ["--export", "palette.xyz"],
        ["--export", "palette"],
        ["--recolor", "photo.jpg"],
        ["--poster", "poster.jpg"],
        ["--poster", "one.png", "other.png"],
        ["--recolor", "same.png", "--card", "same.png"],
        ["--export", "same.gpl", "--export", "./same.gpl"],
        ["--zip", "palette.gpl"],
        ["--zip", "same.zip", "--export", "same.zip"],
        ["--notation", "pantone"],
        ["--notation", "hex", "--json"],
        ["--check", "--json"],
        ["--dither"],
        ["--no-dither"],
    ],
)
def test_wrong_usage_is_reported_before_any_work(
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


@pytest.mark.parametrize("option", ["--card", "--export", "--poster", "--recolor"])
def test_no_image_is_overwritten(
    photo: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    before = photo.read_bytes()
    with pytest.raises(SystemExit) as stop:
        main([str(photo), option, str(photo.parent / "{}.png")])
    assert stop.value.code == 2
    assert "is itself one of the images" in capsys.readouterr().err
    assert photo.read_bytes() == before


def test_ctrl_c_exits_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Waiting:
        def read(self) -> bytes:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Waiting()))
    assert main(["-"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("terminal")
def test_terminal_shows_blocks_of_color(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(photo)]) == 0
    out = capsys.readouterr().out
    assert "38;2;255;255;255;48;2;192;57;43m  #c0392b  " in out
    assert "75%" in out
    assert "dominant" in out
    assert "background" in out


def test_terminal_with_few_colors_shows_the_nearest(
    rainbow: Path, capsys: pytest.CaptureFixture[str], terminal: pytest.MonkeyPatch
) -> None:
    terminal.delenv("COLORTERM")
    assert main([str(rainbow)]) == 0
    assert ";48;5;" in capsys.readouterr().out


def test_terminal_without_colors_still_shows_the_codes(
    photo: Path, capsys: pytest.CaptureFixture[str], terminal: pytest.MonkeyPatch
) -> None:
    terminal.setenv("NO_COLOR", "1")
    assert main([str(photo)]) == 0
    out = capsys.readouterr().out
    assert "48;" not in out
    assert "  #c0392b  " in out


@pytest.mark.usefixtures("terminal")
def test_progress_of_many_files_is_shown_in_a_terminal(
    photo: Path, rainbow: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(photo), "--json"]) == 0
    assert capsys.readouterr().err == ""
    assert main([str(photo), str(rainbow), "--json"]) == 0
    out, err = capsys.readouterr()
    assert "100%" in err
    assert len(json.loads(out)) == 2


def test_module_can_be_run(tmp_path: Path) -> None:
    missing = tmp_path / "no.png"
    command = [sys.executable, "-m", "palette", str(missing)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603, our own command
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{missing}: No such file or directory\n"
