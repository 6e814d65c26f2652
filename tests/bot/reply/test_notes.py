"""Notes about an image are written in the reader's language."""

import io
from gettext import NullTranslations

import pytest
from PIL import Image

from bot.language import Language
from bot.reply.notes import note_text, pack_notes, unpack_notes
from palette import Note, NoteKind, extract


class Bracketed(NullTranslations):
    """A language that puts every text in brackets."""

    def gettext(self, message: str) -> str:
        return f"<{message}>"


BRACKETED = Language("en", Bracketed())


def gif(frames: int) -> bytes:
    first, *others = (Image.new("L", (8, 8), shade) for shade in range(frames))
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others)
    return file.getvalue()


def with_broken_profile() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG", icc_profile=b"broken")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (gif(3), "<Animation: colours from all 3 frames.>"),
        (gif(30), "<Animation: colours from 24 of 30 frames.>"),
        (with_broken_profile(), "<The colour profile is broken, so I ignored it.>"),
    ],
    ids=["3", "30", "icc"],
)
def test_each_note_has_its_sentence_and_survives_packing(data: bytes, sentence: str) -> None:
    (note,) = extract(data).notes
    assert note_text(note, BRACKETED) == sentence
    assert unpack_notes(pack_notes([note, note])) == (note, note)
    assert unpack_notes(pack_notes([])) == ()


def test_notes_of_earlier_replies_are_still_read() -> None:
    assert unpack_notes(b"0,3;1,24,30;2") == (
        Note(NoteKind.ALL_FRAMES, (3,)),
        Note(NoteKind.SOME_FRAMES, (24, 30)),
        Note(NoteKind.BROKEN_PROFILE),
    )


@pytest.mark.parametrize("packed", [b"99", b"0", b"0,1,2", b"x"])
def test_other_bytes_are_refused(packed: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        unpack_notes(packed)


def test_every_kind_of_note_has_a_sentence_and_a_place_in_ids() -> None:
    numbers = {NoteKind.ALL_FRAMES: (3,), NoteKind.SOME_FRAMES: (24, 30)}
    notes = tuple(Note(kind, numbers.get(kind, ())) for kind in NoteKind)
    assert unpack_notes(pack_notes(notes)) == notes
    assert all(note_text(note, BRACKETED).startswith("<") for note in notes)
