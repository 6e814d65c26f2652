"""Files without their end: what is there is read, if it is most of the picture."""

import zlib

import numpy as np
import pytest
from PIL import Image

from palette import Note, NoteKind, TruncatedImageError, extract, recolor, source_copy
from palette.decoding.decode import decode
from tests.palette.images import encode, gif, noise, photo, png, png_chunk, stripes

INCOMPLETE = (Note(NoteKind.INCOMPLETE),)
RED, BLUE = (200, 30, 60), (20, 60, 160)
PHOTO = photo("flower.jpg").crop((0, 0, 640, 416))


def interlaced(pixels: np.ndarray) -> bytes:
    """Return a PNG in the seven passes of Adam7."""
    starts = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4))
    starts += ((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    passes = (pixels[y::down, x::across] for x, y, across, down in starts)
    rows = b"".join(b"\0" + row.tobytes() for each in passes if each.size for row in each)
    height, width = pixels.shape[:2]
    return png((width, height), 8, 2, rows, is_interlaced=True)


WHOLE = {
    "JPEG": encode(PHOTO, "JPEG", quality=90),
    "JPEG, progressive": encode(PHOTO, "JPEG", quality=90, progressive=True),
    "JPEG, grey": encode(PHOTO.convert("L"), "JPEG", quality=90),
    "JPEG, full colour": encode(PHOTO, "JPEG", quality=90, subsampling=0),
    "JPEG, inks": encode(PHOTO.convert("CMYK"), "JPEG", quality=90),
    "JPEG, restarts": encode(PHOTO, "JPEG", quality=90, restart_marker_rows=1),
    "PNG": encode(PHOTO),
    "PNG, 16 bits": encode(np.asarray(PHOTO.convert("L")).astype(np.uint16) * 257),
    "PNG, palette": encode(PHOTO.quantize(16)),
    "PNG, interlaced": interlaced(np.asarray(PHOTO)),
    "GIF": encode(PHOTO, "GIF", interlace=0),
    "GIF, interlaced": encode(PHOTO, "GIF", interlace=1),
}


def animate(kind: str, count: int) -> bytes:
    first, *others = (Image.new("RGB", (16, 16), (40 * n, 20, 60)) for n in range(count))
    return encode(first, kind, save_all=True, append_images=others, duration=40)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("missing", [1, 2, 3, 10])
def test_file_without_its_last_bytes_is_read(name: str, missing: int) -> None:
    raster = decode(WHOLE[name][:-missing])
    assert np.abs(raster.rgb[0].mean((0, 1)) - decode(WHOLE[name]).rgb[0].mean((0, 1))).max() < 6
    assert set(raster.notes) <= set(INCOMPLETE)  # an end that says nothing is not missed


@pytest.mark.parametrize("name", [name for name in WHOLE if "progressive" not in name])
def test_only_what_is_there_counts(name: str) -> None:
    """The rest, which decoders would fill with grey or black, is no part of the picture."""
    whole, cut = (
        decode(data, target_pixels=10**7)
        for data in (WHOLE[name], WHOLE[name][: len(WHOLE[name]) * 9 // 10])
    )
    assert cut.notes == INCOMPLETE
    rows = cut.rgb.shape[1]
    assert 0.7 < rows / whole.rgb.shape[1] < 1
    difference = np.abs(cut.rgb[0, :-16].astype(int) - whole.rgb[0, : rows - 16])
    assert difference.max() == 0


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("part", [0.05, 0.3, 0.5])
def test_half_a_picture_is_refused(name: str, part: float) -> None:
    with pytest.raises(TruncatedImageError):
        decode(WHOLE[name][: int(len(WHOLE[name]) * part)])


def test_every_output_reads_what_is_left() -> None:
    data = encode(stripes(RED, BLUE, width=64, height=128), "JPEG", subsampling=0)[:-2]
    palette = extract(data)
    assert palette.notes == INCOMPLETE
    assert extract(source_copy(data).data).hex == palette.hex
    assert set(extract(recolor(data, palette)).hex) == set(palette.hex)


@pytest.mark.parametrize("shade", [127, 128, 129])
@pytest.mark.parametrize("size", [(64, 64), (5, 7), (200, 100)])
def test_grey_as_decoders_fill_in_is_no_gap(shade: int, size: tuple[int, int]) -> None:
    data = encode(Image.new("L", size, shade), "JPEG")[:-2]
    assert extract(data).notes == INCOMPLETE
    background = Image.new("RGB", (128, 128), (128, 128, 128))
    background.paste(RED, (20, 20, 60, 125))
    palette = extract(encode(background, "JPEG", subsampling=0)[:-2], 2)
    assert palette.swatches[0].rgb == pytest.approx((128,) * 3, abs=2) or len(palette) == 2


def test_what_follows_the_end_of_a_jpeg_is_not_missed() -> None:
    data = encode(Image.new("RGB", (64, 64), RED), "JPEG", quality=95)
    for trailer in (b"\0" * 100, b"SEFT", b"\0\0\0\x18ftypmp42", WHOLE["JPEG"][:-9]):
        assert not extract(data + trailer).notes


def test_jpeg_of_a_scan_for_each_component_needs_them_all() -> None:
    data = encode(PHOTO, "JPEG", quality=90, progressive=True)
    scans = [at for at in range(len(data)) if data[at : at + 2] == b"\xff\xda"]
    with pytest.raises(TruncatedImageError):
        extract(data[: scans[-1]])


@pytest.mark.parametrize("name", WHOLE)
def test_zeros_in_place_of_the_rest_are_no_part_of_the_picture(name: str) -> None:
    """So are files whose download stopped, if all their room was taken at its start."""
    data = WHOLE[name]
    almost, half = len(data) * 49 // 50, len(data) // 2
    assert not decode(data + bytes(5000)).notes
    assert decode(data[:almost] + bytes(5000)).notes == INCOMPLETE
    many = bytes(2_000_000)
    assert (decode(data[:almost] + many).rgb == decode(data[:almost]).rgb).all()
    with pytest.raises(TruncatedImageError):
        decode(data[:half] + bytes(len(data) - half))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (b"gAMA", b"\0"),
        (b"cHRM", b""),
        (b"sRGB", b""),
        (b"pHYs", b"\0"),
        (b"iCCP", b""),
        (b"iCCP", b"unknown method\0\1"),
        (b"iCCP", b"too large\0\0" + zlib.compress(bytes(2_000_000))),
    ],
)
def test_odd_content_of_what_is_not_the_picture_is_no_damage(name: bytes, content: bytes) -> None:
    data = encode(Image.new("RGB", (8, 8), RED))
    palette = extract(data[:33] + png_chunk(name, content) + data[33:])
    assert palette.hex == ("#c81e3c",)
    assert palette.notes == INCOMPLETE


@pytest.mark.parametrize("name", [b"tEXt", b"gAMA", b"iCCP", b"eXIf", b"zzZz"])
def test_wrong_checksum_of_what_is_not_the_picture_is_no_damage(name: bytes) -> None:
    chunk = png_chunk(name, b"abcdefgh")
    broken = chunk[:-1] + bytes([chunk[-1] ^ 1])
    data = encode(Image.new("RGB", (8, 8), RED))
    palette = extract(data[:33] + broken + data[33:])
    assert palette.swatches[0].rgb == RED
    assert palette.notes == INCOMPLETE
    assert source_copy(data[:33] + broken + data[33:]).data == source_copy(data).data
    assert extract(data[:-12] + broken + data[-12:]).swatches[0].rgb == RED


@pytest.mark.parametrize("name", [b"IHDR", b"PLTE"])
def test_wrong_checksum_of_the_picture_is_damage(name: bytes) -> None:
    data = bytearray(encode(Image.new("P", (8, 8))))
    at = data.index(name)
    data[at + 4 + int.from_bytes(data[at - 4 : at], "big")] ^= 1
    with pytest.raises(TruncatedImageError):
        extract(bytes(data))


@pytest.mark.parametrize("width", [1, 2, 4, 5, 9])
def test_narrow_interlaced_png_without_its_end_is_read(width: int) -> None:
    """Some of its passes have no pixels."""
    pixels = noise(40, width)
    data = interlaced(pixels)
    assert (decode(data).rgb[0] == pixels).all()
    rest = decode(data[:-20])
    assert rest.notes == INCOMPLETE
    assert (rest.rgb[0] == pixels[: rest.rgb.shape[1]]).all()


def test_whole_frames_of_a_cut_animation_are_read() -> None:
    for kind in ("GIF", "PNG"):
        data = animate(kind, 6)
        palette = extract(data[:-20])
        assert palette.notes == (*INCOMPLETE, Note(NoteKind.ALL_FRAMES, (5,)))
        assert (200, 20, 60) not in {swatch.rgb for swatch in palette}
    with pytest.raises(TruncatedImageError):
        extract(animate("PNG", 6)[: len(animate("PNG", 6)) // 2])


def test_gif_between_two_blocks_is_read() -> None:
    data = gif((4, 4), ((0, 0, 4, 4), 1))
    for end in (b"", b"!\xfe\x05abc", b"!\xff"):
        palette = extract(data[:-1] + end)
        assert palette.hex == ("#ff0000",)
        assert palette.notes == INCOMPLETE
    assert not extract(data + b"junk").notes


def test_nothing_is_decoded_before_the_size_is_known() -> None:
    data = png((60_000, 60_000), 8, 2, bytes(100))[:-12]
    with pytest.raises(Exception, match="megapixels"):
        extract(data)
