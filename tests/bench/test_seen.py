"""What people see is counted right on palettes made by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.bench import judge
from tests.bench.accents import AccentScene
from tests.bench.drawings import Drawing, drawings
from tests.bench.images import ImageFile
from tests.bench.picked import Picked, read_hand_picked, read_things
from tests.bench.seen import Sights, look

BLACK, INK, GRAY, WHITE = (0, 0, 0), (40, 40, 40), (128, 128, 128), (255, 255, 255)
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)


def array(*colors: tuple[int, int, int]) -> np.ndarray:
    return np.array(colors, dtype=np.uint8)


NOTHING_PICKED = Sights([AccentScene(b"", RED)], [Drawing(b"", array(WHITE, BLACK))], [], [])


@pytest.mark.parametrize(
    ("palette", "count"),
    [
        ([WHITE, RED], 0),
        ([BLACK, WHITE], 0),
        ([BLACK, INK, WHITE], 1),
        ([INK, (0, 0, 60), BLACK, RED, (30, 10, 5)], 3),
        ([(48, 48, 48), (49, 49, 49)], 0),  # L* 19.9 and 20.3
        ([(48, 48, 48), (47, 47, 47)], 1),
    ],
)
def test_near_blacks_beyond_the_first_are_counted(
    palette: list[tuple[int, int, int]], count: int
) -> None:
    assert judge.near_blacks(palette) == count


def test_distances_are_to_the_nearest_color_of_the_palette() -> None:
    far = judge.distances([WHITE, BLACK, RED], [RED, WHITE, GRAY, (202, 30, 30)])
    assert far[:2] == pytest.approx([0, 0])
    assert far[2] > 20
    assert 0 < far[3] < 1
    assert judge.distances([], [RED]) == pytest.approx([np.inf])


def test_edges_are_swatches_of_no_color_that_was_drawn() -> None:
    drawn = Drawing(b"", array(WHITE, BLACK, RED))
    sights = replace(NOTHING_PICKED, drawings=[drawn, drawn])
    seen = look(sights, lambda _: [WHITE, (254, 254, 254), RED, (255, 140, 140), GRAY])
    assert seen.edges == 4  # pink and grey, twice
    assert seen.drawn == pytest.approx(2 / 3)
    empty = look(sights, lambda _: [])
    assert (empty.edges, empty.drawn, empty.accents) == (0, 0, 0)


def test_things_count_one_by_one_and_hand_picked_colors_by_image_and_collection() -> None:
    sights = replace(
        NOTHING_PICKED,
        things=[Picked(b"", "", array(RED, GREEN, BLUE)), Picked(b"", "", array(GREEN))],
        hand_picked=[
            Picked(b"", "one", array(RED, GREEN)),
            Picked(b"", "one", array(GREEN)),
            Picked(b"", "two", array(RED, (200, 45, 60), RED, (255, 255, 0))),
        ],
    )
    assert judge.distances([RED], [(200, 45, 60)]) == pytest.approx([8], abs=2)
    seen = look(sights, lambda _: [RED])
    assert seen.things == pytest.approx(1 / 4)
    assert seen.hand_picked == pytest.approx(((1 / 2 + 0) / 2 + 3 / 4) / 2)
    assert seen.closely == pytest.approx(((1 / 2 + 0) / 2 + 2 / 4) / 2)
    assert seen.accents == 1


def test_without_picked_colors_nothing_is_told_of_them() -> None:
    seen = look(NOTHING_PICKED, lambda _: [RED])
    assert (seen.things, seen.hand_picked, seen.closely) == (None, None, None)


def test_drawings_have_smoothed_edges_and_keep_what_was_drawn() -> None:
    made = list(drawings())
    assert len(made) == 15
    for drawing in made:
        with ImageFile("", drawing.data).open() as image:
            found = [color for _, color in image.getcolors(image.width * image.height)]
        assert len(drawing.colors) < 10 < len(found)
        assert judge.distances(found, drawing.colors).max() < 1
        assert (judge.distances(drawing.colors, found) > 4).any()


def test_picked_colors_are_read(tmp_path: Path) -> None:
    seen, human = tmp_path / "seen", tmp_path / "human"
    for folder in (seen, tmp_path / "images", human / "images"):
        folder.mkdir(parents=True)
    image = Image.new("RGB", (100, 50), BLUE)
    image.paste(RED, (0, 0, 50, 50))
    image.save(tmp_path / "images" / "halves.png")
    image.save(human / "images" / "halves.webp", lossless=True)
    (seen / "things.tsv").write_text(
        "# a comment\nhalves.png\t25\t50\t10\tred half\nhalves.png\t75\t50\t10\tblue half\n",
        "utf-8",
    )
    (human / "pairs.tsv").write_text(
        "halves.webp\tA. Painter\tsome/colours\ta.png\tCC0\tc81e1e 1e3cc8\n", "utf-8"
    )
    (things,), (hand_picked,) = read_things(seen), read_hand_picked(human)
    assert things.colors.tolist() == hand_picked.colors.tolist() == [list(RED), list(BLUE)]
    assert hand_picked.collection == "some/colours"
    for picked in (things, hand_picked):
        with ImageFile("", picked.data).open() as read:
            assert (read.format, read.size) == ("PNG", (100, 50))
