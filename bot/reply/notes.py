"""What palette notes about an image: in words, and in few bytes for custom ids."""

from collections.abc import Iterable

from bot.language import N_, Language
from palette import Note, NoteKind

# Each kind's sentence, and what its numbers are called there. A kind's position stands for it in
# custom ids: append, never reorder.
_TEXTS: dict[NoteKind, tuple[str, tuple[str, ...]]] = {
    NoteKind.ALL_FRAMES: (N_("Animation: colours from all {total} frames."), ("total",)),
    NoteKind.SOME_FRAMES: (
        N_("Animation: colours from {count} of {total} frames."),
        ("count", "total"),
    ),
    NoteKind.BROKEN_PROFILE: (N_("The colour profile is broken, so I ignored it."), ()),
    NoteKind.UNKNOWN_COLOR_SPACE: (
        N_("I don't know this image's colour space, so I took its colours for sRGB."),
        (),
    ),
    NoteKind.HDR: (N_("HDR image: these are the colours a normal screen shows."), ()),
    NoteKind.INCOMPLETE: (
        N_("This file is damaged or incomplete: colours from what I could read."),
        (),
    ),
    NoteKind.FIRST_PAGE: (N_("Several pages: colours from the first one."), ()),
    NoteKind.PREVIEW: (N_("Raw photo: colours from the preview in the file."), ()),
    NoteKind.FIRST_FRAME: (N_("Animation: colours from its first frame."), ()),
}
_KINDS = tuple(_TEXTS)


def note_text(note: Note, language: Language) -> str:
    """Return a note as a sentence for the user."""
    text, names = _TEXTS[note.kind]
    return language.say(text, **dict(zip(names, note.numbers, strict=True)))


def pack_notes(notes: Iterable[Note]) -> bytes:
    """Return notes in few bytes."""
    return ";".join(
        ",".join(map(str, [_KINDS.index(note.kind), *note.numbers])) for note in notes
    ).encode()


def unpack_notes(data: bytes) -> tuple[Note, ...]:
    """Return the notes again.

    Raises :class:`ValueError` or :class:`IndexError` for bytes that :func:`pack_notes` did not
    write.
    """
    return tuple(map(_unpacked, data.decode().split(";"))) if data else ()


def _unpacked(packed: str) -> Note:
    index, *numbers = map(int, packed.split(","))
    kind = _KINDS[index]
    _, names = _TEXTS[kind]
    if len(numbers) != len(names):
        raise ValueError("This is not a packed note.")
    return Note(kind, tuple(numbers))
