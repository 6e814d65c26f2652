"""A server has to prove that it is the one in the link."""

import asyncio
import ssl
from ipaddress import ip_address

import pytest
import stamina
import trustme
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse
from yarl import URL

from bot.download.errors import DownloadFailedError
from bot.download.fetcher import Fetcher
from bot.errors import report


async def test_an_untrusted_certificate_is_refused_before_anything_is_requested() -> None:
    requests: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.readline())
        writer.close()

    async def at_localhost(request: ClientRequest, _: ClientHandlerType) -> ClientResponse:
        port = server.sockets[0].getsockname()[1]
        return await request.session.get(URL(f"https://localhost:{port}"), middlewares=())

    certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("localhost").configure_cert(certificate)
    async with (
        await asyncio.start_server(serve, "127.0.0.1", 0, ssl=certificate) as server,
        Fetcher(
            is_allowed=lambda address: address == ip_address("127.0.0.1"),
            middlewares=[at_localhost],
        ) as fetcher,
    ):
        with stamina.set_testing(True, attempts=2), pytest.raises(DownloadFailedError) as error:
            async with fetcher.download("https://localhost/image.png", tenant=1):
                pass
        assert isinstance(error.value.__cause__, ssl.SSLCertVerificationError)
    assert requests == []
    assert report(error.value) == "The download failed. Please try again later."
