"""What can go wrong with a request."""

import asyncio
import json

from aiohttp import web


def answer(data: object, status: int = 200, **headers: str) -> web.Response:
    # With a charset in its type, discord.py would not take it for JSON.
    kind = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(data), status=status, headers=kind | headers)


def too_many(seconds: float, *, of_all: bool, **headers: str) -> web.Response:
    """Answer with Discord's own rate limit; Cloudflare's has no header ``Via``."""
    data = {"message": "slow down", "retry_after": seconds, "global": of_all}
    return answer(data, 429, Via="1.1", **{"Retry-After": f"{seconds:.3f}"}, **headers)


class Faults:
    """Bad answers to a request: ``method/argument`` names a method and its argument."""

    async def fails(self, _: web.Request, status: str) -> web.StreamResponse:
        return answer("no", int(status))

    async def refuses(self, _: web.Request, message: str) -> web.StreamResponse:
        return answer({"code": 0, "message": message}, 400)

    async def bans(self, _: web.Request, seconds: str) -> web.StreamResponse:
        """Answer as Cloudflare, in front of Discord, does to an address that it bans."""
        return web.Response(text="error code: 1015", status=429, headers={"Retry-After": seconds})

    async def limits(self, _: web.Request, seconds: str) -> web.StreamResponse:
        return too_many(float(seconds), of_all=False)

    async def defers(self, _: web.Request, seconds: str) -> web.StreamResponse:
        """Answer as nirn-proxy does when it could not ask Discord."""
        data = {"message": "slow down", "retry_after": float(seconds), "global": False}
        headers = {"generated-by-proxy": "true", "x-ratelimit-scope": "user"}
        return answer(data, 429, **headers, **{"retry-after": seconds})

    async def renews(self, request: web.Request, expiry: str) -> web.StreamResponse:
        """Give a new link for one that has expired, valid until a time in hexadecimal digits."""
        (link,) = (await request.json())["attachment_urls"]
        new = f"{link.partition('?')[0]}?ex={expiry}&is=1&hm=2&"
        return answer({"refreshed_urls": [{"original": link, "refreshed": new}]})

    async def hangs_up(self, request: web.Request, _: str) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def hangs(self, _: web.Request, __: str) -> web.StreamResponse:
        """Never answer."""
        await asyncio.Event().wait()
        raise AssertionError

    async def babbles(self, request: web.Request, _: str) -> web.StreamResponse:
        """Answer with something that is not HTTP."""
        assert request.transport is not None
        request.transport.write(b"HTTP/1.1 200 OK\r\nno header\r\n\r\n")
        return await self.hangs_up(request, "")

    async def breaks_off(self, request: web.Request, _: str) -> web.StreamResponse:
        """Drop the connection in the middle of the body."""
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"\x89PNG")
        return await self.hangs_up(request, "")

    async def closes(self, request: web.Request, _: str) -> web.StreamResponse:
        """Accept a gateway connection, and close it at once."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.close()
        return socket
