"""Of a camera's raw file, the preview is read."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from palette import Note, NoteKind, UnsupportedFormatError, extract
from palette.decoding.decode import decode
from tests.palette.images import encode
from tests.palette.tiffs import tiff

RED = (200, 30, 60)
PREVIEW = encode(Image.new("RGB", (64, 48), RED), "JPEG", quality=95)
THUMBNAIL = encode(Image.new("RGB", (16, 12), (30, 150, 60)), "JPEG", quality=95)
LOSSLESS = PREVIEW.replace(b"\xff\xc0", b"\xff\xc3").replace(b"\0\x30\0\x40", b"\x10\0\x10\0")
MOSAIC = np.full((12, 14, 1), 300, np.uint16)
CFA, LINEAR_RAW = 32803, 34892


def with_sub_directory(photometric: int) -> bytes:
    """Return a TIFF of a small copy, whose only other directory is another one's part."""
    sub = struct.pack("<HHHIII", 1, 262, 3, 1, photometric, 0)
    data = tiff(np.zeros((4, 4, 3), np.uint8), 2, tags={254: (4, [1]), 330: (4, [0])})
    at = data.index(struct.pack("<HHII", 330, 4, 1, 0)) + 8
    return data[:at] + struct.pack("<I", len(data)) + data[at + 4 :] + sub


RAW = {
    "a mosaic": tiff(MOSAIC, CFA),
    "DNG": tiff(MOSAIC, 1, tags={50706: (1, [1, 4, 0, 0])}),
    "linear": tiff(MOSAIC, LINEAR_RAW, order=">"),
    "NEF and ARW": with_sub_directory(CFA),
    "CR2": b"II*\0\x10\0\0\0CR\2\0" + bytes(40),
    "CR3": b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(40),
    "RAF": b"FUJIFILMCCD-RAW 0201" + bytes(40),
    "ORF": b"IIRO\x08\0\0\0" + bytes(40),
    "RW2": b"IIU\0\x18\0\0\0" + bytes(40),
}


@pytest.mark.parametrize("name", RAW)
def test_largest_preview_is_read_with_a_note(name: str) -> None:
    data = RAW[name] + THUMBNAIL + LOSSLESS + PREVIEW + b"\xff\xd8\xff and more" * 9
    palette = extract(data)
    assert palette.swatches[0].rgb == pytest.approx(RED, abs=3)
    assert palette.notes == (Note(NoteKind.PREVIEW),)


@pytest.mark.parametrize("name", RAW)
@pytest.mark.parametrize("rest", [b"", LOSSLESS, b"\xff\xd8\xff" * 999, PREVIEW[:30]])
def test_without_a_preview_the_file_is_called_what_it_is(name: str, rest: bytes) -> None:
    with pytest.raises(UnsupportedFormatError) as error:
        extract(RAW[name] + rest)
    assert error.value.name == "Raw"
    assert str(error.value).startswith("Raw files")


def test_preview_is_turned_as_the_raw_file_says() -> None:
    raw = tiff(MOSAIC, CFA, tags={274: (3, [6])})
    assert decode(raw + PREVIEW).rgb.shape == (1, 64, 48, 3)
    exif = Image.Exif()
    exif[274] = 1
    own = io.BytesIO()
    Image.open(io.BytesIO(PREVIEW)).save(own, "JPEG", exif=exif)
    assert decode(raw + own.getvalue()).rgb.shape == (1, 48, 64, 3)


def test_tiff_with_other_sub_directories_is_no_raw_file() -> None:
    assert extract(with_sub_directory(2)).hex == ("#000000",)
