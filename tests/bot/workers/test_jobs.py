"""What the jobs return."""

import pytest
from PIL.ImageFile import ImageFile
from PIL.PngImagePlugin import PngImageFile

from bot.workers.jobs import MAX_SIDE, Extraction, Outcome
from palette import source_copy
from tests.palette.images import encode, photo

PHOTO = photo("china.jpg").resize((160, 100))
ANIMATION = encode(PHOTO, "GIF", save_all=True, append_images=[PHOTO.rotate(180)])


@pytest.mark.parametrize("data", [encode(PHOTO), encode(PHOTO, "JPEG"), ANIMATION])
def test_palette_and_copy_are_the_same_as_when_they_are_made_apart(data: bytes) -> None:
    apart = Extraction(data).run()
    together = Extraction(data, copy="new").run()
    assert together == Outcome(apart.palette, apart.card, source_copy(data, MAX_SIDE))


def test_palette_and_copy_of_a_still_image_need_it_decoded_once(loaded: list[ImageFile]) -> None:
    Extraction(encode(PHOTO), copy="new").run()
    assert [type(image) for image in loaded].count(PngImageFile) == 1
