"""Downloads from servers that fail, lie and stall."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import pytest
import stamina

from bot.demo.cdn import LocalCdn
from bot.download.errors import (
    DownloadFailedError,
    NotFoundError,
    RefusedLinkError,
    TooBigError,
    TooSlowError,
    UnknownHostError,
    WebPageError,
)
from bot.download.fetcher import Fetcher, FetchLimits
from bot.download.pages import MAX_PAGE_BYTES, is_page
from bot.errors import report
from tests.bot.download.hostile_server import PAGE, HostileServer

HERE = Path(__file__).parent
LIMITS = FetchLimits(max_bytes=200_000)
REFUSED = [
    line
    for line in (HERE / "refused_links.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
SENTENCE = "I can't open that link. Use a public https:// address."


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with HostileServer().running() as server:
        yield server


@pytest.fixture(autouse=True)
def _immediate_retries() -> Iterator[None]:
    """Try as often as ever, but without waiting."""
    with stamina.set_testing(True, attempts=LIMITS.attempts):
        yield


async def body(fetcher: Fetcher, url: str, *, by_stranger: bool = True) -> bytes:
    async with fetcher.download(url, tenant=0, by_stranger=by_stranger) as data:
        return data


async def read(server: HostileServer, path: str, limits: FetchLimits = LIMITS) -> bytes:
    async with Fetcher(
        limits, is_allowed=server.is_allowed, middlewares=[server.middleware]
    ) as fetcher:
        return await body(fetcher, f"http://hostile.test/{path}")


@pytest.mark.parametrize("link", REFUSED)
async def test_a_link_that_is_not_public_is_refused_with_always_the_same_sentence(
    link: str,
) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(RefusedLinkError) as error:
            await body(fetcher, link)
    assert report(error.value) == SENTENCE


def test_there_are_many_refused_links() -> None:
    assert len(set(REFUSED)) == len(REFUSED) >= 60


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.2/",
        "//10.0.0.1/",
        "https://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
        "http://user@hostile.test/good",
        "http://hostile.test:8080/good",
        "file:///etc/passwd",
        "http://[/",
    ],
)
async def test_a_redirect_is_refused_like_a_link(server: HostileServer, link: str) -> None:
    with pytest.raises(RefusedLinkError) as error:
        await read(server, f"to/{quote(link, safe='')}")
    assert report(error.value) == SENTENCE
    assert server.requests_of.total() == 1


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0177.0.0.1", "0x7f000001", "127.0.0.1."])
async def test_an_odd_address_is_refused_before_it_is_resolved(host: str) -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(RefusedLinkError) as error:
            await body(fetcher, f"http://{host}/")
    assert not isinstance(error.value, UnknownHostError)


async def test_a_name_without_an_address_is_refused_with_the_same_sentence() -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(UnknownHostError) as error:
            await body(fetcher, "http://hueharvest.invalid/")
    assert report(error.value) == SENTENCE


async def test_when_discords_own_host_has_no_address_the_download_failed() -> None:
    async with Fetcher() as fetcher:
        with pytest.raises(DownloadFailedError):
            await body(fetcher, "https://cdn.hueharvest.invalid/", by_stranger=False)


async def test_a_good_file_arrives(server: HostileServer) -> None:
    assert await read(server, "good") == b"image"


async def test_three_redirects_are_followed_and_not_four(server: HostileServer) -> None:
    assert await read(server, "hops/3") == b"image"
    for path in ("hops/4", "loop"):
        with pytest.raises(RefusedLinkError):
            await read(server, path)
    assert server.requests_of["loop"] == 4


@pytest.mark.parametrize("status", [204, 206, 300, 304, 400, 401, 403, 404, 410, 418])
async def test_what_is_not_there_is_requested_once(server: HostileServer, status: int) -> None:
    with pytest.raises(NotFoundError):
        await read(server, f"status/{status}")
    assert server.requests_of.total() == 1


@pytest.mark.parametrize("path", ["fails/500", "fails/503", "fails/429", "drops/2"])
async def test_a_download_that_fails_for_a_moment_is_repeated(
    server: HostileServer, path: str
) -> None:
    assert await read(server, path) == b"image"
    assert server.requests_of[path] == 3


@pytest.mark.parametrize("path", ["status/502", "drops/99", "announces/3", "announces/6", "babble"])
async def test_a_download_that_keeps_failing_is_given_up(server: HostileServer, path: str) -> None:
    with pytest.raises(DownloadFailedError):
        await read(server, path)
    assert server.requests_of[path] == LIMITS.attempts


async def test_endless_headers_are_given_up(server: HostileServer) -> None:
    with pytest.raises(DownloadFailedError):
        await read(server, "endless_headers")


@pytest.mark.parametrize("path", ["endless", "announces/200001", "bomb/gzip", "bomb/deflate"])
async def test_a_body_that_is_too_long_is_cut_off(server: HostileServer, path: str) -> None:
    with pytest.raises(TooBigError) as error:
        await read(server, path)
    assert report(error.value) == "This file is too big: the most I download is 0.190735 MiB."
    assert server.requests_of[path] == 1


async def test_a_compressed_body_is_decompressed(server: HostileServer) -> None:
    assert await read(server, "compressed") == b"image"


@pytest.mark.parametrize(
    "kind", ["text/html", "TEXT/HTML; charset=nonsense", "image/png", "application/octet-stream"]
)
async def test_a_page_is_one_whatever_it_calls_itself_and_requested_once(
    server: HostileServer, kind: str
) -> None:
    with pytest.raises(WebPageError) as error:
        await read(server, f"page/{quote(kind, safe='')}")
    assert error.value.html == PAGE
    assert server.requests_of.total() == 1


async def test_a_page_comes_from_where_the_redirects_end(server: HostileServer) -> None:
    with pytest.raises(WebPageError) as error:
        await read(server, f"to/{quote('/page/text%2Fhtml', safe='')}")
    assert error.value.url == "http://hostile.test/page/text%2Fhtml"


async def test_an_image_that_calls_itself_a_page_is_an_image(server: HostileServer) -> None:
    assert (await read(server, "called_page")).startswith(b"GIF89a")


async def test_of_a_page_no_more_than_half_a_mebibyte_is_read(server: HostileServer) -> None:
    with pytest.raises(WebPageError) as error:
        await read(server, "endless_page", FetchLimits())
    assert len(error.value.html) == MAX_PAGE_BYTES
    with pytest.raises(TooBigError):
        await read(server, "endless_page", replace(LIMITS, max_bytes=MAX_PAGE_BYTES - 1))


@pytest.mark.parametrize(
    "data",
    [
        b"<html lang=en>",
        b"\xef\xbb\xbf \n<!doctype HTML>",
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
        b"<!-- one --><!-- two --><head>",
        b"<meta charset=utf-8>",
    ],
)
def test_a_page_is_known_by_how_it_begins(data: bytes) -> None:
    assert is_page(data, "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",
        b"<!-- drawn --><svg/>",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>',
        b"<!--" + b"<!-- -->" * 200,
        b"words about <html>",
        b"<metadata>",
    ],
)
def test_other_text_is_no_page(data: bytes) -> None:
    assert not is_page(data, "")


@pytest.mark.parametrize("path", ["silent", "silent_body"])
async def test_a_silent_server_is_too_slow(server: HostileServer, path: str) -> None:
    with pytest.raises(TooSlowError):
        await read(server, path, replace(LIMITS, idle_seconds=0.1))


async def test_a_slow_drip_is_too_slow(server: HostileServer) -> None:
    with pytest.raises(TooSlowError):
        await read(server, "drip", replace(LIMITS, total_seconds=0.3))


async def test_requests_reveal_no_secrets_and_cookies_are_forgotten(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.2:9")
    async with Fetcher(is_allowed=server.is_allowed, middlewares=[server.middleware]) as fetcher:
        await body(fetcher, "http://hostile.test/cookie")
        await body(fetcher, "http://hostile.test/cookie")
    sent = {line.partition(":")[0] for request in server.requests for line in request.split("\r\n")}
    assert sent == {"GET /cookie HTTP/1.1", "Host", "Accept", "Accept-Encoding", "User-Agent", ""}


async def test_the_local_cdn_serves_its_files_and_nothing_else() -> None:
    url = "https://cdn.simcord.invalid/attachments/1/2/my photo ü.png?ex=1&hm=2"
    async with (
        LocalCdn({url: b"image"}.get) as cdn,
        Fetcher(is_allowed=cdn.is_allowed, middlewares=[cdn.middleware]) as fetcher,
    ):
        assert await body(fetcher, url) == b"image"
        with pytest.raises(NotFoundError):
            await body(fetcher, "https://cdn.simcord.invalid/attachments/1/2/other.png")
        with pytest.raises(RefusedLinkError):
            await body(fetcher, "http://[::1]/")
    assert not cdn.is_allowed(ip_address("1.1.1.1"))
