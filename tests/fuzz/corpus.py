"""Hostile files, made from sound ones and from nothing; always the same ones."""

from collections.abc import Iterator

import numpy as np

from tests.fuzz.bombs import bombs
from tests.fuzz.seeds import seeds
from tests.fuzz.structure import Piece, pieces, put, repaired

Case = tuple[str, bytes]  # its name and the bytes of the file

LIES = (0, 1, 0x7F, 0x7FFF, 0xFFFE, 0x7FFFFFFF, 0xFFFFFFFF)
FLIPS = 24
SCRIBBLES = 12
SPLICES = 8


def corpus() -> Iterator[Case]:
    """Yield every case; a name says what was done to which file."""
    files = dict(seeds())
    yield from files.items()
    for number, (name, data) in enumerate(files.items()):
        rng = np.random.default_rng(number)
        kin = [other for key, other in files.items() if key.split(":")[0] == name.split(":")[0]]
        for change in (_cut, _lied, _flipped, _scribbled, _rearranged, _spliced):
            for what, changed in change(data, rng, kin):
                yield f"{name}, {what}", changed
    yield from bombs()


def _cut(data: bytes, *_: object) -> Iterator[Case]:
    """End the file at, before and after every piece's edge, and here and there."""
    edges = {edge for piece in pieces(data) for edge in (piece.start, piece.end)}
    ends = {edge + off for edge in edges for off in (-1, 0, 1)}
    ends |= {len(data) * part // 8 for part in range(8)}
    for end in sorted(ends):
        if 0 <= end < len(data):
            yield f"cut at {end}", data[:end]


def _lied(data: bytes, rng: np.random.Generator, _: object) -> Iterator[Case]:
    """State some wrong lengths, counts and extents."""
    for piece in pieces(data):
        at, size = piece.number_at, piece.size
        true = int.from_bytes(data[at : at + size], piece.order)
        lies = {lie % 256**size for lie in (*LIES, true - 1, true + 1, true * 2)} - {true}
        for lie in rng.choice(sorted(lies), 3, replace=False).tolist():
            yield f"{lie:#x} stated at {at}", put(data, at, lie.to_bytes(size, piece.order))


def _flipped(data: bytes, rng: np.random.Generator, _: object) -> Iterator[Case]:
    """Flip one to four bits, near the beginning more often than not."""
    for number in range(FLIPS):
        changed = bytearray(data)
        reach = len(data) if number % 3 == 0 else min(len(data), 120)
        for at in rng.integers(0, reach, rng.integers(1, 5)):
            changed[at] ^= 1 << rng.integers(8)
        yield f"flip {number}", repaired(bytes(changed))


def _scribbled(data: bytes, rng: np.random.Generator, _: object) -> Iterator[Case]:
    """Put an interesting number, or noise, somewhere."""
    for number in range(SCRIBBLES):
        at = int(rng.integers(8, len(data) - 4))
        if number % 2:
            ink = rng.bytes(int(rng.integers(1, 24)))
        else:
            lie, size = int(rng.choice(LIES)), int(rng.choice([1, 2, 4]))
            ink = (lie % 256**size).to_bytes(size, "big" if number % 4 else "little")
        yield f"scribble {number}", repaired(put(data, at, ink))


def _rearranged(data: bytes, rng: np.random.Generator, _: object) -> Iterator[Case]:
    """Leave a piece out, have it twice, or exchange it with another."""
    found = pieces(data)
    chosen = rng.permutation(len(found))[:6]
    for one, other in zip(chosen, np.roll(chosen, 1), strict=True):
        piece = found[one]
        whole, before, after = _of(data, piece), data[: piece.start], data[piece.end :]
        yield f"without piece {one}", before + after
        yield f"piece {one} twice", before + whole + whole + after
        yield f"piece {one} 300 times", before + 300 * whole + after
        yield f"piece {one} is {other}", before + _of(data, found[other]) + after


def _spliced(data: bytes, rng: np.random.Generator, kin: list[bytes]) -> Iterator[Case]:
    """Put a piece of another file of the format between two pieces."""
    found = pieces(data)
    for number in range(SPLICES):
        other = kin[rng.integers(len(kin))]
        foreign = pieces(other)
        graft = _of(other, foreign[rng.integers(len(foreign))])
        at = found[rng.integers(len(found))].start
        yield f"splice {number}", data[:at] + graft + data[at:]


def _of(data: bytes, piece: Piece) -> bytes:
    return data[piece.start : piece.end]
