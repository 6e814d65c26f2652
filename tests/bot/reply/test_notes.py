"""What palette remarks about an image is said in the reader's language."""

import io
from gettext import NullTranslations

import pytest
from PIL import Image

from bot.language import Language
from bot.reply.notes import pack, translated, unpack
from palette import extract


class Mirrored(NullTranslations):
    """A language of texts that are put between brackets."""

    def gettext(self, message: str) -> str:
        return f"<{message}>"


MIRRORED = Language("en", Mirrored())


def gif(frames: int) -> bytes:
    first, *others = (Image.new("L", (8, 8), shade) for shade in range(frames))
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others)
    return file.getvalue()


def with_broken_profile() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG", icc_profile=b"broken")
    return file.getvalue()


@pytest.mark.parametrize("data", [gif(3), gif(30), with_broken_profile()], ids=["3", "30", "icc"])
def test_each_note_has_its_text(data: bytes) -> None:
    (note,) = extract(data).notes
    assert translated(note, MIRRORED) == f"<{note}>"
    assert unpack(pack([note, note])) == (note, note)
    assert unpack(pack([])) == ()


def test_what_is_new_in_palette_is_said_in_english() -> None:
    for note in ("It glows.", "Its colour profile is broken and was ignored!"):
        assert translated(note, MIRRORED) == note
