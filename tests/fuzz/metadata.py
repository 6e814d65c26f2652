"""Texts, tags and profiles that expand, loop or lie, in images of almost nothing."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

from tests.fuzz.seeds import P3, exif
from tests.fuzz.structure import overwrite
from tests.palette.icc_profiles import cmyk_profile, with_cicp_tag
from tests.palette.images import encode, png, png_chunk

COMPRESSED_ZEROS = zlib.compress(bytes(50_000_000), 9)
TINY = Image.new("RGB", (2, 2), (60, 140, 70))


def metadata(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield names and files."""
    for name, body in {
        "iCCP": b"p\0\0" + COMPRESSED_ZEROS,
        "zTXt": b"t\0\0" + COMPRESSED_ZEROS,
        "iTXt": b"t\0\1\0\0\0" + COMPRESSED_ZEROS,
        "eXIf": bytes(1_000_000),
        "PLTE": bytes(999),
        "tRNS": bytes(999),
        "sRGB": b"",
        "gAMA": bytes(4),
        "cHRM": bytes(32),
        "cICP": bytes([10, 8, 0, 0]),
    }.items():
        for depth, color_type in ((8, 2), (8, 3), (8, 0)):
            chunk = png_chunk(name.encode(), body)
            yield (
                f"PNG, {name}, type {color_type}",
                png((1, 1), depth, color_type, b"\0" * 4, chunk),
            )
    many = b"".join(png_chunk(b"tEXt", b"k%d\0v" % number) for number in range(5000))
    yield "PNG, 5000 texts", png((1, 1), 8, 0, b"\0\0", many)

    for name, profile in _profiles():
        for kind in ("PNG", "JPEG", "WEBP", "TIFF"):
            yield f"{kind}, profile {name}", encode(TINY, kind, icc_profile=profile)
    for name, tags in _tags():
        for kind in ("PNG", "JPEG", "WEBP"):
            yield f"{kind}, EXIF {name}", encode(TINY, kind, exif=tags)
    jpeg = files["JPEG: baseline"]
    for marker in (0xE1, 0xE2, 0xED, 0xDB, 0xC4, 0xDD, 0xFE):
        segment = bytes([0xFF, marker]) + b"\0\x43" + bytes(65)
        yield f"JPEG, 3000 times {marker:#x}", jpeg[:2] + 3000 * segment + jpeg[2:]
    yield "JPEG, padded", jpeg[:2] + b"\xff" * 100_000 + jpeg[2:]
    yield "JPEG in a JPEG", jpeg[:-2] + jpeg
    progressive = files["JPEG: progressive"]
    first = progressive.index(b"\xff\xda")
    repeated = progressive[:first] + 200 * progressive[first:-2] + progressive[-2:]
    yield "JPEG, repeated scans", repeated


def _profiles() -> Iterator[tuple[str, bytes]]:
    yield "of zeros", bytes(100_000)
    yield "compressed", COMPRESSED_ZEROS
    yield "in a profile", P3 + P3
    yield "larger than stated", struct.pack(">I", 2**31) + P3[4:]
    for count in (0, 101, 2**16, 2**32 - 1):
        yield f"of {count} tags", P3[:128] + struct.pack(">I", count) + P3[132:]
    for at in range(128, 128 + 12 * 8, 12):
        yield (
            f"with tag {at} beyond its end",
            overwrite(P3, at + 8, struct.pack(">II", 2**31, 2**31)),
        )
        yield f"with tag {at} containing it", overwrite(P3, at + 8, struct.pack(">II", 0, len(P3)))
    printer = cmyk_profile(np.zeros((2, 2, 2, 2, 3)))
    table = printer.index(b"mft1")
    for channels in (bytes([15, 15, 255]), bytes([4, 3, 255]), bytes([0, 0, 0]), bytes([16, 1, 2])):
        yield f"with a table of {channels.hex()}", overwrite(printer, table + 8, channels)
    for kind in (b"link", b"abst", b"nmcl", b"spac"):
        yield f"of class {kind.decode()}", overwrite(P3, 12, kind)
    curve = P3.index(b"curv")
    yield "of code points", with_cicp_tag(P3, 10, 18, 0, 0)
    yield "of cut code points", with_cicp_tag(P3, 9, 16)
    yield "with an endless curve", overwrite(P3, curve + 8, struct.pack(">I", 2**32 - 1))


def _tags() -> Iterator[tuple[str, bytes]]:
    intact = exif()
    head = b"Exif\0\0MM\0*\0\0\0\x08"
    yield "of 5000 tags", head + b"\x13\x88" + 5000 * b"\1\x12\0\3\0\0\0\1\0\6\0\0"
    for kind in range(16):
        entry = struct.pack(">HHI", 0x0112, kind, 2**32 - 1) + b"\0\0\0\x08"
        yield f"orientation of type {kind}", head + b"\0\1" + entry + bytes(4)
        entry = struct.pack(">HHI", 0x0112, kind, 1) + b"\0\6\0\0"
        yield f"one orientation of type {kind}", head + b"\0\1" + entry + bytes(4)
    for tag in (0x8769, 0x8825, 0xA005, 0x014A):
        entry = struct.pack(">HHII", tag, 4, 1, 8)
        yield f"that is its own directory {tag:#x}", head + b"\0\1" + entry + bytes(4)
    for at in range(6, len(intact), 3):
        yield f"overwritten at {at}", overwrite(intact, at, b"\xff\xff\xff\xff")
