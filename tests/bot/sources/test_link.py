"""Links as people write and paste them."""

from pathlib import Path

import pytest

from bot.download.errors import RefusedLinkError
from bot.download.fetcher import Fetcher
from bot.sources.errors import MessageLinkError
from bot.sources.link import from_text
from bot.sources.source import from_link

REFUSED = Path(__file__).parents[1] / "download" / "refused_links.txt"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("example.org/a.png", "https://example.org/a.png"),
        ("  http://example.org/a.png\n", "http://example.org/a.png"),
        ("<https://example.org/a.png>", "https://example.org/a.png"),
        ("<example.org/a.png>.", "https://example.org/a.png"),
        ("https://example.org/a.png.", "https://example.org/a.png"),
        ("See https://example.org/a.png, please!", "https://example.org/a.png"),
        ("[x](https://example.org/a.png)", "https://example.org/a.png"),
        ("[x](example.org/a.png)", "https://example.org/a.png"),
        ("[x](<https://example.org/a_(1).png>)", "https://example.org/a_(1).png"),
        ('[https://other.org](https://example.org/a.png "title")', "https://example.org/a.png"),
        ("(https://example.org/a_(1).png)", "https://example.org/a_(1).png"),
        ("`https://example.org/a.png`", "https://example.org/a.png"),
        ("“example.org/a.png”", "https://example.org/a.png"),
        ("HTTPS://example.org/A.PNG", "HTTPS://example.org/A.PNG"),
        ("https://example.org/?a=1|2", "https://example.org/?a=1|2"),
        ("münchen.de/ä.png", "https://münchen.de/ä.png"),
    ],
)
def test_the_link_that_is_meant(text: str, url: str) -> None:
    source = from_text(text)
    assert source.url == url
    assert source.by_stranger
    assert not source.spoiler


@pytest.mark.parametrize(
    "text",
    ["||https://example.org/a.png||", " ||<example.org/a.png>||.", "||[x](example.org/a.png)||"],
)
def test_a_link_behind_a_spoiler(text: str) -> None:
    source = from_text(text)
    assert source.url.endswith("example.org/a.png")
    assert source.spoiler


@pytest.mark.parametrize(
    "text",
    [
        *(line for line in REFUSED.read_text("utf-8").splitlines() if not line.startswith("#")),
        *("cat", "127.0.0.1/a.png", "localhost/a.png", "user@example.org/a.png", "[x](//10.0.0.1)"),
        *("example.org:8080/a.png", "ftp://example.org/a.png", "||", "<>"),
    ],
)
async def test_what_is_no_public_link_is_still_refused(text: str) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(RefusedLinkError):
            async with fetcher.download(from_text(text).url, tenant=0, by_stranger=True):
                pass


@pytest.mark.parametrize(
    "link",
    [
        "https://discord.com/channels/1/2/3",
        "<https://canary.discord.com/channels/@me/2/3>",
        "discordapp.com/channels/1/2",
    ],
)
def test_a_link_to_a_message_is_none_to_an_image(link: str) -> None:
    with pytest.raises(MessageLinkError):
        from_text(link)


def test_a_file_of_discord_is_read_as_it_is_and_not_through_the_proxy() -> None:
    signed = "https://cdn.discordapp.com/attachments/1/2/a.heic?ex=1&is=2&hm=3"
    proxied = "https://media.discordapp.net/attachments/1/2/a.heic?ex=1&is=2&hm=3"
    for url, proxy in (
        (signed, proxied),
        (signed, None),
        (f"{proxied}&=&format=webp&quality=lossless&width=300", None),
        (proxied, proxied),
    ):
        source = from_link(url, proxy)
        assert (source.url, source.by_stranger, source.name) == (signed, False, "a.heic")


def test_what_only_the_proxy_has_is_read_there() -> None:
    sticker = "https://media.discordapp.net/stickers/1.gif"
    assert from_link(sticker).url == sticker
    copy = "https://images-ext-1.discordapp.net/external/x/https/example.org/a.png"
    assert from_link("https://example.org/a.png", copy).url == copy
