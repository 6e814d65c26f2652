"""Discord on this machine, with one channel of one server, in which Alice posts."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import discord
from aiohttp import web

from tests.bot.discord_faults import answer
from tests.bot.local_discord import (
    ALICE,
    APPLICATION,
    CDN,
    CHANNEL,
    IDENTIFY,
    LocalDiscord,
    message_data,
)
from tests.bot.world import File

SERVER = 123456789012345678
_MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}
_EVERYTHING = str(discord.Permissions.all().value)


class LocalServer(LocalDiscord):
    """Keeps what is posted in the channel, also what the bot is not told."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self.searches = 0
        self.history_is_there = asyncio.Event()
        self.history_is_there.set()

    def replies_to(self, post: int) -> int:
        """Return how often the bot has replied to a message, also where Discord knew the nonce."""
        references = [message.get("message_reference") for message in self.messages]
        return sum(bool(each) and int(each["message_id"]) == post for each in references)

    async def post(self, *files: File, is_missed: bool = False, age: float = 0) -> int:
        """Post a file as Alice and tell the bot of it, unless it is to miss that; return its id.

        It looks as if it had been posted ``age`` seconds ago.
        """
        ((name, data),) = files
        message = _message(ALICE, "alice", age)
        url = f"https://{CDN}/{message['id']}/{name}"
        self.files[f"{message['id']}/{name}"] = data
        message["attachments"] = [
            {"id": message["id"], "filename": name, "size": len(data), "url": url}
            | {"proxy_url": url, "content_type": "image/png"}
        ]
        self.messages.append(message)
        if not is_missed:
            await self._dispatch(
                "MESSAGE_CREATE", message | {"guild_id": str(SERVER), "member": _MEMBER}
            )
        return int(message["id"])

    def note_death(self) -> None:
        """Forget the connection and the session of a bot that was killed."""
        self.connected.clear()
        self._sockets.clear()

    async def _begin(self, socket: web.WebSocketResponse, start: dict[str, Any]) -> None:
        await super()._begin(socket, start)
        if start["op"] == IDENTIFY:
            await self._dispatch("GUILD_CREATE", self._server())

    async def _api(self, request: web.Request, endpoint: str) -> web.Response:
        if endpoint != f"GET channels/{CHANNEL}/messages":
            return await super()._api(request, endpoint)
        self.searches += 1
        await self._notify()
        await self.history_is_there.wait()
        before = int(request.query.get("before", 2**63))
        known = [message for message in self.messages if int(message["id"]) < before]
        return answer(known[: -int(request.query["limit"]) - 1 : -1])

    async def _accept(self, request: web.Request, channel: str) -> dict[str, Any]:
        await super()._accept(request, channel)
        payload = self.sent[-1].payload
        message = _message(APPLICATION, "HueHarvest")
        self.messages.append(message | {"message_reference": payload["message_reference"]})
        return self.messages[-1]

    def _server(self) -> dict[str, Any]:
        newest = self.messages[-1]["id"] if self.messages else None
        everyone = {"id": str(SERVER), "name": "@everyone", "permissions": _EVERYTHING}
        channel = {"id": CHANNEL, "name": "photos", "type": 0, "position": 0}
        return {
            "id": str(SERVER),
            "name": "server",
            "owner_id": ALICE,
            "unavailable": False,
            "member_count": 2,
            "roles": [everyone | {"color": 0, "hoist": False, "position": 0, "mentionable": False}],
            "channels": [channel | {"permission_overwrites": [], "last_message_id": newest}],
            "members": [{"user": _message(APPLICATION, "HueHarvest")["author"]} | _MEMBER],
            "threads": [],
            "features": [],
            "preferred_locale": "en-GB",
        }


def _message(author_id: str, name: str, age: float = 0) -> dict[str, Any]:
    """Return a message that was posted ``age`` seconds ago, with an id as Discord would give it."""
    posted_at = discord.utils.utcnow() - timedelta(seconds=age)
    return message_data(author_id, name, "") | {
        "id": str(discord.utils.time_snowflake(posted_at) + time.monotonic_ns() % 2**22),
        "timestamp": posted_at.isoformat(),
    }
