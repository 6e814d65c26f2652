"""Hostile files, made from intact ones and from nothing: the same ones every time."""

from collections.abc import Iterator

import numpy as np

from tests.fuzz.bombs import bombs
from tests.fuzz.seeds import seeds
from tests.fuzz.structure import Piece, find_pieces, overwrite, repair_checksums

Case = tuple[str, bytes]
"""A name and the bytes of a file."""

FALSE_NUMBERS = (0, 1, 0x7F, 0x7FFF, 0xFFFE, 0x7FFFFFFF, 0xFFFFFFFF)
# Of each file.
FLIPS = 24
SCRIBBLES = 12
SPLICES = 8


def corpus() -> Iterator[Case]:
    """Yield every case; a name says what was done to which file."""
    files = dict(seeds())
    yield from files.items()
    for number, (name, data) in enumerate(files.items()):
        rng = np.random.default_rng(number)
        format_ = name.split(":")[0]
        siblings = [other for key, other in files.items() if key.split(":")[0] == format_]
        for changes in (_cuts, _lies, _flips, _scribbles, _rearrangements, _splices):
            for change, changed in changes(data, rng, siblings):
                yield f"{name}, {change}", changed
    yield from bombs()


def _cuts(data: bytes, *_: object) -> Iterator[Case]:
    """End the file at, before and after the edges of its pieces, and in between."""
    edges = {edge for piece in find_pieces(data) for edge in (piece.start, piece.end)}
    ends = {edge + off for edge in edges for off in (-1, 0, 1)}
    ends |= {len(data) * part // 8 for part in range(8)}
    for end in sorted(ends):
        if 0 <= end < len(data):
            yield f"cut at {end}", data[:end]


def _lies(data: bytes, rng: np.random.Generator, _: object) -> Iterator[Case]:
    """State some wrong lengths, counts and extents."""
    for piece in find_pieces(data):
        at, size = piece.number_at, piece.size
        true = int.from_bytes(data[at : at + size], piece.order)
        numbers = (*FALSE_NUMBERS, true - 1, true + 1, true * 2)
        lies = {number % 256**size for number in numbers} - {true}
        for lie in rng.choice(sorted(lies), 3, replace=False).tolist():
            yield f"{lie:#x} stated at {at}", overwrite(data, at, lie.to_bytes(size, piece.order))


def _flips(data: bytes, rng: np.random.Generator, _: object) -> Iterator[Case]:
    """Flip one to four bits, mostly near the start."""
    for number in range(FLIPS):
        changed = bytearray(data)
        reach = len(data) if number % 3 == 0 else min(len(data), 120)
        for at in rng.integers(0, reach, rng.integers(1, 5)):
            changed[at] ^= 1 << rng.integers(8)
        yield f"flip {number}", repair_checksums(bytes(changed))


def _scribbles(data: bytes, rng: np.random.Generator, _: object) -> Iterator[Case]:
    """Write an interesting number, or noise, somewhere."""
    for number in range(SCRIBBLES):
        at = int(rng.integers(8, len(data) - 4))
        if number % 2:
            written = rng.bytes(int(rng.integers(1, 24)))
        else:
            lie, size = int(rng.choice(FALSE_NUMBERS)), int(rng.choice([1, 2, 4]))
            written = (lie % 256**size).to_bytes(size, "big" if number % 4 else "little")
        yield f"scribble {number}", repair_checksums(overwrite(data, at, written))


def _rearrangements(data: bytes, rng: np.random.Generator, _: object) -> Iterator[Case]:
    """Remove, repeat or replace a piece."""
    found = find_pieces(data)
    chosen = rng.permutation(len(found))[:6]
    for one, other in zip(chosen, np.roll(chosen, 1), strict=True):
        piece = found[one]
        content, before, after = _content(data, piece), data[: piece.start], data[piece.end :]
        yield f"without piece {one}", before + after
        yield f"piece {one} twice", before + content + content + after
        yield f"piece {one} 300 times", before + 300 * content + after
        yield f"piece {one} is {other}", before + _content(data, found[other]) + after


def _splices(data: bytes, rng: np.random.Generator, siblings: list[bytes]) -> Iterator[Case]:
    """Insert a piece of another file of the same format."""
    found = find_pieces(data)
    for number in range(SPLICES):
        other = siblings[rng.integers(len(siblings))]
        foreign = find_pieces(other)
        inserted = _content(other, foreign[rng.integers(len(foreign))])
        at = found[rng.integers(len(found))].start
        yield f"splice {number}", data[:at] + inserted + data[at:]


def _content(data: bytes, piece: Piece) -> bytes:
    return data[piece.start : piece.end]
