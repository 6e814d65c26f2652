"""Notes about an image are written in the reader's language."""

from gettext import NullTranslations

import pytest
from PIL import Image

from bot.language import Language
from bot.reply.notes import note_text, pack_notes, unpack_notes
from palette import Note, NoteKind, extract
from tests.palette.images import encode, png, png_chunk


class Bracketed(NullTranslations):
    """A language that puts every text in brackets."""

    def gettext(self, message: str) -> str:
        return f"<{message}>"


BRACKETED = Language("en", Bracketed())


def stills(count: int) -> list[Image.Image]:
    return [Image.new("L", (8, 8), shade) for shade in range(count)]


def gif(frames: int) -> bytes:
    first, *others = stills(frames)
    return encode(first, "GIF", save_all=True, append_images=others)


def with_broken_profile() -> bytes:
    return encode(Image.new("RGB", (8, 8)), icc_profile=b"broken")


def with_code_points(primaries: int, transfer: int) -> bytes:
    chunk = png_chunk(b"cICP", bytes([primaries, transfer, 0, 1]))
    return png((1, 1), 8, 0, b"\0\x63", chunk)


def pages(count: int) -> bytes:
    first, *others = stills(count)
    return encode(first, "TIFF", save_all=True, append_images=others)


def raw_photo() -> bytes:
    return b"FUJIFILMCCD-RAW " + encode(Image.new("L", (8, 8)), "JPEG")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (gif(3), "<Animation: colours from all 3 frames.>"),
        (gif(30), "<Animation: colours from 24 of 30 frames.>"),
        (with_broken_profile(), "<The colour profile is broken, so I ignored it.>"),
        (
            with_code_points(3, 13),
            "<I don't know this image's colour space, so I took its colours for sRGB.>",
        ),
        (with_code_points(9, 16), "<HDR image: these are the colours a normal screen shows.>"),
        (
            with_code_points(1, 13)[:-12],
            "<This file is damaged or incomplete: colours from what I could read.>",
        ),
        (pages(2), "<Several pages: colours from the first one.>"),
        (raw_photo(), "<Raw photo: colours from the preview in the file.>"),
    ],
    ids=["3", "30", "icc", "space", "HDR", "cut", "pages", "raw"],
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
