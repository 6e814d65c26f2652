"""Whether a text is an SVG drawing: by its first element, whatever comes before that."""

import re
import zlib

_MAX_BYTES = 65_536  # of what comes before the first element
_SVG = re.compile(r"<(?:[\w.-]+:)?svg[\s/>]")
# Spaces, declarations, comments, and a doctype with or without rules.
_PROLOG = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL
)


def is_svg(data: bytes) -> bool:
    """Return whether this is SVG, in UTF-8 or UTF-16, compressed or not."""
    text = _decode(_decompress(data)[:_MAX_BYTES]).removeprefix("\ufeff")
    at = 0
    while prolog := _PROLOG.match(text, at):
        at = prolog.end()
    return _SVG.match(text, at) is not None


def _decompress(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):  # gzip
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, _MAX_BYTES)
    except zlib.error:
        return b""


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
