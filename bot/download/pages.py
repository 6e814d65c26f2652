"""Telling web pages from images, by how they begin."""

import re

MAX_PAGE_BYTES = 512 * 2**10  # what is read of a page; what names its picture comes early
_BEGINNING = 1024  # bytes

_TYPES = {"text/html", "application/xhtml+xml"}
# Before the first tag, there may be comments and an XML declaration. SVG can begin with them, too.
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>(?:\s|<\?xml[^>]*>|<!--.*?-->)*)"
    rb"<(?:!doctype\s+html|html|head|title|meta|link|script|style|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_page(data: bytes | bytearray, content_type: str) -> bool:
    """Return whether a file is a web page; its content type alone does not make it one."""
    beginning = bytes(data[:_BEGINNING])
    # Files of images have a zero byte early, and some servers call everything a page.
    is_called_page = content_type.lower() in _TYPES and b"\0" not in beginning
    return is_called_page or _PAGE.match(beginning) is not None
