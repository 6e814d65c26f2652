"""The job that finds the picture of a web page, which a stranger wrote like any image."""

from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from .job import ImageJob

_NAMES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_PIECE = 2**16  # characters
_MAX_ADDRESS = 4096  # characters


@dataclass(frozen=True, slots=True)
class PictureSearch(ImageJob[str]):
    """Find the picture that a page names for previews (https://ogp.me, or X's cards).

    ``data`` is the beginning of the page, ``url`` the address that it came from.
    """

    url: str

    def run(self) -> str:
        """Return the address of the picture, which is http(s); empty if the page names none."""
        tags = _Tags()
        # The names and addresses are ASCII, and so the same bytes in nearly every charset.
        text = self.data.decode("utf-8", "replace")
        with suppress(AssertionError):  # what the parser raises for a declaration it cannot read
            for start in range(0, len(text), _PIECE):
                tags.feed(text[start : start + _PIECE])
                if _NAMES[0] in tags.addresses:
                    break
        named = (tags.addresses[name] for name in _NAMES if name in tags.addresses)
        return next(filter(None, (_absolute(self.url, address) for address in named)), "")


class _Tags(HTMLParser):
    """Collects what the ``<meta>`` tags of a page say about its picture, the first of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read a tag; pages name the property in either of two attributes."""
        if tag != "meta":
            return
        said = {name: (value or "").strip() for name, value in reversed(attrs)}
        for name in (said.get("property", ""), said.get("name", "")):
            if name.lower() in _NAMES and (address := said.get("content")):
                self.addresses.setdefault(name.lower(), address)


def _absolute(base: str, address: str) -> str:
    """Return the address that is meant on the page at ``base``; empty if it is not http(s)."""
    if len(address) > _MAX_ADDRESS:  # data: URLs, mostly
        return ""
    try:
        absolute = urljoin(base, address)
        scheme = urlsplit(absolute).scheme
    except ValueError:  # an IPv6 address that is none
        return ""
    return absolute if scheme in {"http", "https"} else ""
