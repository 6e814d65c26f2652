"""A web server on this machine that answers as badly as a server can."""

import asyncio
import gzip
import zlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from urllib.parse import unquote

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse
from yarl import URL

from bot.download.ssrf import IPAddress
from tests.bot.loopback import LOOPBACK

PAGE = b"<!-- a page -->\n<!DOCTYPE html><html><head><title>A page</title>"


def headers(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", "Connection: close", *lines, "", "")).encode()


def file(body: bytes, *lines: str) -> bytes:
    return headers(f"Content-Length: {len(body)}", *lines) + body


def redirect(location: str) -> bytes:
    return headers(f"Location: {location}", "Content-Length: 0", status="302 Found")


class HostileServer:
    """Serves ``http://hostile.test/<name>`` as the method of that name does."""

    def __init__(self) -> None:
        self.requests_of: Counter[str] = Counter()
        self.requests: list[str] = []
        self._connections: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def running(self) -> AsyncIterator["HostileServer"]:
        server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.port: int = server.sockets[0].getsockname()[1]
        async with server:
            yield self
        await asyncio.gather(*self._connections)

    def is_allowed(self, address: IPAddress) -> bool:
        return address == ip_address(LOOPBACK)

    async def middleware(self, request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        """Stand in for a DNS entry that makes ``hostile.test`` the same as ``localhost``."""
        if request.url.host != "hostile.test":
            return await send(request)
        here = URL(f"http://localhost:{self.port}{request.url.raw_path_qs}", encoded=True)
        return await request.session.get(here, allow_redirects=False, middlewares=())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            self._connections.append(task)
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = request.split()[1].removeprefix("/")
        self.requests.append(request)
        self.requests_of[path] += 1
        name, _, argument = path.partition("/")
        answer = asyncio.create_task(getattr(self, name)(writer, argument))
        client_leaves = asyncio.create_task(reader.read())
        await asyncio.wait({answer, client_leaves}, return_when="FIRST_COMPLETED")
        for task in (answer, client_leaves):
            task.cancel()
        await asyncio.gather(answer, client_leaves, return_exceptions=True)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def good(self, writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(file(b"image"))

    async def cookie(self, writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(file(b"image", "Set-Cookie: known=1"))

    async def status(self, writer: asyncio.StreamWriter, code: str) -> None:
        writer.write(headers("Content-Length: 0", status=f"{code} Any"))

    async def drip(self, writer: asyncio.StreamWriter, _: str) -> None:
        """Send a byte now and then, never idle for long, never finished."""
        writer.write(headers("Content-Length: 100000"))
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def silent(self, _: asyncio.StreamWriter, __: str) -> None:
        await asyncio.sleep(3600)

    async def silent_body(self, writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(headers("Content-Length: 10") + b"12345")
        await asyncio.sleep(3600)

    async def endless(self, writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(headers())
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async def page(self, writer: asyncio.StreamWriter, kind: str) -> None:
        """Send a page that calls itself something."""
        writer.write(file(PAGE, f"Content-Type: {unquote(kind)}"))

    async def called_page(self, writer: asyncio.StreamWriter, _: str) -> None:
        """Send an image that calls itself a page."""
        writer.write(file(b"GIF89a\1\0\1\0", "Content-Type: text/html; charset=utf-8"))

    async def endless_page(self, writer: asyncio.StreamWriter, _: str) -> None:
        """Send a page whose head does not end."""
        writer.write(headers("Content-Type: text/html") + PAGE)
        while True:
            writer.write(b"<meta>" * 10_000)
            await writer.drain()

    async def endless_headers(self, writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-More: " + b"x" * 1000 + b"\r\n")
            await writer.drain()

    async def announces(self, writer: asyncio.StreamWriter, length: str) -> None:
        """Announce a length and send five bytes."""
        writer.write(headers(f"Content-Length: {length}") + b"image")

    async def drops(self, writer: asyncio.StreamWriter, times: str) -> None:
        """Drop the connection in the middle of the body that many times."""
        if self.requests_of[f"drops/{times}"] <= int(times):
            writer.write(headers("Content-Length: 5") + b"ima")
        else:
            writer.write(file(b"image"))

    async def fails(self, writer: asyncio.StreamWriter, code: str) -> None:
        """Answer with the status twice, then well."""
        if self.requests_of[f"fails/{code}"] <= 2:
            await self.status(writer, code)
        else:
            writer.write(file(b"image"))

    async def compressed(self, writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(file(gzip.compress(b"image"), "Content-Encoding: gzip"))

    async def bomb(self, writer: asyncio.StreamWriter, encoding: str) -> None:
        """Send a hundred megabytes in a tenth of one."""
        packer = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
        zeros = bytes(2**20)
        body = b"".join(packer.compress(zeros) for _ in range(100)) + packer.flush()
        writer.write(file(body, f"Content-Encoding: {encoding}"))

    async def babble(self, writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")

    async def hops(self, writer: asyncio.StreamWriter, count: str) -> None:
        """Redirect that many times, then answer well."""
        left = int(count) - 1
        writer.write(redirect(f"/hops/{left}" if left else "/good"))

    async def loop(self, writer: asyncio.StreamWriter, _: str) -> None:
        writer.write(redirect("/loop"))

    async def to(self, writer: asyncio.StreamWriter, location: str) -> None:
        writer.write(redirect(unquote(location)))
