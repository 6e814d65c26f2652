"""Files that announce or hold far more than their size: pixels, frames, text, profiles."""

import struct
from collections.abc import Iterator

from PIL import Image

from tests.fuzz.metadata import metadata
from tests.fuzz.seeds import seeds
from tests.fuzz.structure import overwrite
from tests.palette.images import encode, gif, png, png_chunk

HUGE_SIZES = (
    (0, 9),
    (1, 2**31 - 1),
    (2**31 - 1, 1),
    (65535, 65535),
    (10_000, 10_001),
    (9999, 9999),
)
DOT = ((0, 0, 1, 1), 1)  # a frame of one red pixel


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield names and files; those that would take seconds are smaller than they could be."""
    files = dict(seeds())
    for cases in (
        _false_sizes(files),
        _large_images(),
        _many_frames(files),
        metadata(files),
        _tiffs(),
        _mere_signatures(),
        _without_ends(files),
        _jpeg_xls(files),
    ):
        for name, data in cases:
            yield f"bomb: {name}", data


def _false_sizes(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield headers that lie about how many pixels follow."""
    for width, height in HUGE_SIZES:
        size = f"{width} by {height}"
        for depth, color_type in ((1, 0), (8, 2), (8, 3), (16, 6), (16, 0)):
            rows = b"\0" * 99
            yield (
                f"PNG, {size}, type {color_type}, {depth} bits",
                png((width, height), depth, color_type, rows),
            )
        short = (width & 0xFFFF, height & 0xFFFF)
        for box in ((0, 0, 1, 1), (0, 0, *short), (*short, *short)):
            yield f"GIF, {size}, frame {box}", gif(short, ((0, 0, 1, 1), 1))[:25] + _gif_frame(box)
        for name in ("baseline", "progressive", "CMYK", "grey"):
            jpeg = files[f"JPEG: {name}"]
            at = max(jpeg.find(b"\xff\xc0"), jpeg.find(b"\xff\xc2")) + 5
            yield f"JPEG, {name}, {size}", overwrite(jpeg, at, struct.pack(">HH", *short[::-1]))
        for name in ("colour", "paletted", "bilevel", "alpha"):
            for signed in (height, -height):
                yield (
                    f"BMP, {name}, {width} by {signed}",
                    overwrite(files[f"BMP: {name}"], 18, struct.pack("<ii", width, signed)),
                )
        little = (
            struct.pack("<I", width - 1 & 0xFFFFFF)[:3]
            + struct.pack("<I", height - 1 & 0xFFFFFF)[:3]
        )
        yield f"WebP, {size}", overwrite(files["WEBP: animated"], 24, little)
        bits = struct.pack("<I", (width - 1 & 0x3FFF) | (height - 1 & 0x3FFF) << 14)
        yield f"WebP, lossless, {size}", overwrite(files["WEBP: lossless"], 21, bits)
        for name in (
            "AVIF: colour",
            "AVIF: alpha",
            "AVIF: animated",
            "HEIF: colour",
            "HEIF: alpha",
        ):
            data = files[name]
            extent = struct.pack(">II", width, height)
            for number, at in enumerate(_find_all(data, b"ispe")):
                yield f"{name}, extent {number} {size}", overwrite(data, at + 8, extent)


def _large_images() -> Iterator[tuple[str, bytes]]:
    """Yield real pixels that compress to almost nothing."""
    for mode in ("1", "P"):
        yield f"PNG, complete, {mode}", encode(Image.new(mode, (4000, 4000)))
    yield "PNG, with 30 MB too many", png((1, 1), 8, 0, bytes(30_000_000))
    yield "GIF, complete", encode(Image.new("P", (4000, 4000)), "GIF")
    yield "JPEG, complete", encode(Image.new("L", (4000, 4000)), "JPEG")
    yield "JPEG, very wide", encode(Image.new("L", (65500, 16)), "JPEG")
    yield "PNG, very wide", encode(Image.new("1", (5_000_000, 1)))
    yield "PNG, very tall", encode(Image.new("1", (1, 500_000)))
    yield "WebP, complete", encode(Image.new("L", (3000, 3000)), "WEBP", method=0)


def _many_frames(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield more frames than anyone would watch, on a canvas that may grow."""
    for count in (100, 10_000):
        yield f"GIF, {count} frames", gif((1, 1), *[DOT] * count)
        yield f"GIF, {count} frames on a large canvas", gif((3000, 3000), *[DOT] * count)
    yield "GIF, growing", gif((1, 1), *[((0, 0, side, side), 1) for side in (1, 3, 9, 27, 81)])
    yield "GIF, growing in a leap", gif((1, 1), DOT, ((65000, 65000, 1, 1), 1), DOT)
    yield "GIF, growing to the limit", gif((1, 1), DOT, ((9998, 9998, 1, 1), 1), DOT)
    yield "GIF, frames of nothing", gif((9, 9), *[((0, 0, 0, 0), 0)] * 50)
    yield "GIF, comments only", gif((9, 9))[:-1] + b"!\xfe\1x\0" * 50_000 + gif((9, 9), DOT)[25:]
    png_animation = files["PNG: animated"]
    control = png_animation.index(b"acTL") - 4
    for count in (0, 1, 10_000, 2**31 - 1, 2**32 - 1):
        claim = png_chunk(b"acTL", struct.pack(">II", count, 0))
        yield (
            f"PNG, {count} frames",
            png_animation[:control] + claim + png_animation[control + 20 :],
        )
    frame = png_animation.index(b"fcTL") - 4
    for box in (
        (2**31, 1, 0, 0),
        (32, 24, 2**31, 2**31),
        (0, 0, 0, 0),
        (33, 25, 0, 0),
        (1, 1, 31, 23),
    ):
        head = struct.pack(">I4IHHBB", 0, *box, 1, 1, 3, 2)
        chunk = png_chunk(b"fcTL", head)
        yield f"PNG, frame {box}", png_animation[:frame] + chunk + png_animation[frame + 38 :]
    webp = files["WEBP: animated"]
    first = webp.index(b"ANMF")
    end = first + 8 + int.from_bytes(webp[first + 4 : first + 8], "little")
    body = webp[:first] + 2000 * webp[first:end]
    yield "WebP, 2000 frames", overwrite(body, 4, struct.pack("<I", len(body) - 8))


def _tiffs() -> Iterator[tuple[str, bytes]]:
    """Yield TIFFs whose directories lead in circles or nowhere."""
    for width, height in HUGE_SIZES:
        for compression in (1, 5, 7, 8, 32773, 50000, 34925):
            tags = [(256, width), (257, height), (259, compression), (277, 1), (273, 8), (279, 9)]
            yield f"TIFF, {width} by {height}, {compression}", tiff(*tags)
    for tile in (0, 1, 16, 2**16, 2**20, 2**31):
        tags = [(256, 64), (257, 64), (322, tile), (323, tile), (324, 8), (325, 99)]
        for compression in (1, 5, 8):
            yield f"TIFF, tiles of {tile}, {compression}", tiff(*tags, (259, compression))
    for rows in (0, 1, 2**31, 2**32 - 1):
        tags = [(256, 64), (257, 64), (278, rows), (273, 8), (279, 64 * 64), (259, 5)]
        yield f"TIFF, strips of {rows}", tiff(*tags)
    for samples in (0, 2, 5, 255, 65535):
        tags = [(256, 64), (257, 64), (277, samples), (273, 8), (279, 4096), (262, 2)]
        yield f"TIFF, {samples} samples", tiff(*tags)
    circular = tiff((256, 1), (257, 1), (273, 8), (279, 1), (330, 8), (34665, 8), following=8)
    yield "TIFF, a directory that follows itself", circular


def tiff(*tags: tuple[int, int], following: int = 0) -> bytes:
    entries = b"".join(
        struct.pack("<HHII", tag, 4, 1, value % 2**32) for tag, value in sorted(tags)
    )
    return b"".join(
        [
            b"II*\0",
            struct.pack("<IH", 8, len(tags)),
            entries,
            struct.pack("<I", following),
            bytes(99),
        ]
    )


def _mere_signatures() -> Iterator[tuple[str, bytes]]:
    """Yield files of little more than their first bytes."""
    for head in (b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8X"):
        for fill in (b"\0", b"\xff", b"\x2c", b"\x21"):
            yield f"{head!r} and {fill!r}", head + fill * 5000
    for brand in (b"heic", b"avif", b"avis", b"mif1", b"msf1", b"mp42"):
        for size in (0, 1, 8, 12, 16, 2**31):
            yield f"{brand.decode()}, {size} bytes", struct.pack(">I", size) + b"ftyp" + 3 * brand


def _without_ends(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield files whose end is missing, so that someone looks for what is left of them."""
    yield "PNG, 30 MB without an end", png((5000, 2000), 8, 2, bytes(30_002_000))[:-12]
    yield "PNG, rows of zeros without an end", png((1, 1), 8, 2, bytes(50_000_000))[:-20]
    passes = png((5000, 2000), 8, 2, bytes(30_020_000), is_interlaced=True)
    yield "PNG, 30 MB in passes without an end", passes[:-12]
    for width in (1, 2, 5):
        narrow = png((width, 9), 16, 6, bytes(99), is_interlaced=True)
        yield f"PNG, {width} columns in passes without an end", narrow[:-20]
    yield "PNG, 10 MB of zeros", files["PNG: animated"][:-90] + bytes(10_000_000)
    yield "GIF, 100,000 blocks without an end", gif((9, 9), DOT)[:-1] + b"!\xfe\1x\0" * 100_000
    large = struct.pack("<HH", 9000, 9000)
    cut = overwrite(overwrite(gif((9, 9), ((0, 0, 9, 9), 1))[:-2], 6, large), 30, large)
    yield "GIF, a large canvas without an end", cut
    jpeg = files["JPEG: progressive"]
    first = jpeg.index(b"\xff\xda")
    yield "JPEG, 400 scans without an end", jpeg[:first] + 100 * jpeg[first:-2]
    yield "JPEG, 100,000 comments without an end", jpeg[:-2] + b"\xff\xfe\0\3x" * 100_000
    yield (
        "JPEG, 20 MB of nothing after a scan",
        b"\xff\xd8\xff\0\0\4\xff\xda" + b"\xff\0\0\2" * 5_000_000,
    )
    yield "JPEG, 2 MB of restarts without an end", jpeg[:-2] + b"\xff\xd0" * 1_000_000
    raw = files["TIFF: raw"]
    yield "raw, 100,000 starts of previews", raw + b"\xff\xd8\xff" * 100_000
    yield "SVG, an endless comment", b"<!--" * 1_000_000
    yield "SVG, endless spaces", b" " * 1_000_000 + b"<svg>"
    yield "SVG, endless doctypes", b"<!DOCTYPE a [" * 100_000


def _jpeg_xls(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield sizes that are lies, in a codestream and in a box."""
    for large in (1, 2**13 - 1, 2**29):
        bits = 0 | 3 << 1 | large << 3 | 1 << 33  # not small, 30 bits, a square
        codestream = b"\xff\x0a" + bits.to_bytes(8, "little") + files["JXL: lossless"][4:]
        yield f"JPEG XL, {large} pixels high", codestream
        head = b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0\0\0\x14ftypjxl \0\0\0\0jxl "
        for size in (0, 9, 2**31):
            box = size.to_bytes(4, "big") + b"jxlc" + codestream
            yield f"JPEG XL, {large} pixels high, in a box of {size}", head + box


def _gif_frame(box: tuple[int, int, int, int]) -> bytes:
    return b"," + struct.pack("<HHHHB", *box, 0) + b"\2\2\x4c\1\0;"


def _find_all(data: bytes, word: bytes) -> Iterator[int]:
    at = data.find(word)
    while at >= 0:
        yield at
        at = data.find(word, at + 1)
