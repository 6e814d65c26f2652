"""The link that somebody means, however they write it."""

import re
from dataclasses import replace

from .errors import MessageLinkError
from .source import Source, from_link

# What a Markdown link is called comes first, and may look like a link, too.
_MARKDOWN = re.compile(r"\]\(\s*<?(?P<target>[^\s<>]+)")
_ADDRESS = re.compile(r"https?://(?:(?!\|\|)[^\s<>])+", re.IGNORECASE)
_AFTER = ".,;:!?…`*\"'”»|]"
_AROUND = f"{_AFTER} \t\n<>[{{}}“„«"
_WITHOUT_SCHEME = re.compile(r"(?:\w[\w-]*\.)+[^\W\d][\w-]*(?::\d+)?(?:[/?#]\S*)?")
_MESSAGE = re.compile(
    r"https?://(?:\w+\.)?discord(?:app)?\.com/channels/\S+/\d+(?:/\d+)?/?", re.IGNORECASE
)


def from_text(text: str) -> Source:
    """Return what the link in a text leads to; behind a spoiler, if it is.

    Whatever is not a link stays as it is, to be refused like any other that cannot be opened.
    Raises :class:`MessageLinkError`.
    """
    address = _address_in(text)
    if _MESSAGE.fullmatch(address):
        raise MessageLinkError
    return replace(from_link(address), spoiler=text.count("||") > 1)


def _address_in(text: str) -> str:
    if markdown := _MARKDOWN.search(text):
        text = markdown["target"]
    if found := _ADDRESS.search(text):
        return _without_what_follows(found[0])
    address = _without_what_follows(text.strip(_AROUND).lstrip("("))
    return f"https://{address}" if _WITHOUT_SCHEME.fullmatch(address) else address


def _without_what_follows(text: str) -> str:
    """Return a link without the punctuation of the sentence that it is in."""
    while text and (text[-1] in _AFTER or (text[-1] == ")" and text.count(")") > text.count("("))):
        text = text[:-1]
    return text
