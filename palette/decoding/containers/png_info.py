"""What Pillow leaves out of a PNG file, or passes on otherwise than decoders need it."""

import struct
import zlib

from PIL.ImageFile import ImageFile

from palette.decoding.spaces.color_tags import CODE_POINTS

from .png_chunks import Chunk, make_chunk, read_chunks, read_cicp, row_size

_KEY, _EXIF = "transparency", "exif"
_REPLACE = 0  # how a frame is blended: it takes the place of what was there


def supplement_png(image: ImageFile, data: bytes) -> None:
    """Add code points and EXIF to the ``info`` of an image, and scale its transparent colour.

    EXIF may come after the pixels, where Pillow finds it only when it has decoded them.
    Pillow widens fewer bits of grey to 8, and narrows 16 bits of RGB to 8, but not the colour in
    the chunk tRNS. Of 16 bits, the upper 8 have to do: more are not decoded.
    """
    image.info[CODE_POINTS] = read_cicp(data)
    exif = next((chunk for chunk in read_chunks(data) if chunk.name == b"eXIf"), None)
    if exif is not None:
        image.info[_EXIF] = b"Exif\0\0" + exif.body(data)
    key: int | tuple[int, ...] | bytes | None = image.info.get(_KEY)
    depth = data[24]
    if isinstance(key, tuple):
        image.info[_KEY] = tuple(part >> 8 if depth == 16 else part & 0xFF for part in key)
    elif isinstance(key, int) and image.mode in {"1", "L"}:
        chunk = next(chunk for chunk in read_chunks(data) if chunk.name == b"tRNS")
        highest = (1 << depth) - 1
        gray = int.from_bytes(chunk.body(data)[:2], "big") & highest
        image.info[_KEY] = gray * 255 // highest


def without_default_image(data: bytes) -> bytes:
    """Erase the image that is no frame where the first frame of an animation leaves it visible.

    It is for programs that know no animations; the others begin with a transparent canvas.
    """
    chunks = list(read_chunks(data))
    first = next((chunk for chunk in chunks if chunk.name == b"fcTL"), None)
    if first is None or data[28] or _hides_everything(data, first):
        return data
    places = [number for number, chunk in enumerate(chunks) if chunk.name == b"IDAT"]
    width, height = struct.unpack(">II", data[16:24])
    pixels = bytes(row_size(data, width) * height)
    start, end = chunks[places[0]].start, chunks[places[-1]].end
    return data[:start] + make_chunk(b"IDAT", zlib.compress(pixels, level=1)) + data[end:]


def _hides_everything(data: bytes, control: Chunk) -> bool:
    """Return whether a frame, with this chunk fcTL, covers the whole canvas."""
    _, width, height, x, y, *_, blend = struct.unpack(">5IHHBB", control.body(data))
    return (width, height, x, y, blend) == (*struct.unpack(">II", data[16:24]), 0, 0, _REPLACE)
