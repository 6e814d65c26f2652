"""Servers as Discord describes them to a bot that has joined them: made up, of a usual size."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.bench.served import fast_json

ROLES, CATEGORIES, TEXTS, VOICES, THREADS, EMOJIS = 20, 5, 20, 5, 3, 30
CATEGORY, TEXT, VOICE, PUBLIC_THREAD = 4, 0, 2, 11  # types of channels
JOINED = "2026-01-01T00:00:00.000000+00:00"
EVERYTHING = str(2**50 - 1)  # permissions

Guilds = Callable[[int, int], Iterator[tuple[int, bytes]]]


def guilds(count: int, bot: dict[str, Any]) -> Guilds:
    """Return what yields, for a shard, the id and GUILD_CREATE of each of its servers."""

    def of_shard(shard: int, shards: int) -> Iterator[tuple[int, bytes]]:
        for number in range(shard, count, shards):
            yield guild_id(number), fast_json.dumps(_guild(guild_id(number), bot))

    return of_shard


def guild_id(number: int) -> int:
    """Return the id of a server, whose shard is ``number`` modulo how many there are."""
    return number << 22 | 1


def channel_id(number: int) -> int:
    """Return the id of a server's first text channel."""
    return guild_id(number) + ROLES + CATEGORIES


def _guild(first: int, bot: dict[str, Any]) -> dict[str, Any]:
    ids = iter(range(first, first + 2**22))
    roles = [_role(next(ids), position) for position in range(ROLES)]
    categories = [_channel(next(ids), CATEGORY, None, first) for _ in range(CATEGORIES)]
    kinds = [TEXT] * TEXTS + [VOICE] * VOICES
    channels = [
        _channel(next(ids), kind, categories[number % CATEGORIES]["id"], first)
        for number, kind in enumerate(kinds)
    ]
    member = {"user": bot, "roles": [str(first + 1)], "joined_at": JOINED, "flags": 0}
    return {
        "id": str(first),
        "name": f"A server of people who share pictures, number {first >> 22}",
        "icon": f"{first:032x}",
        "owner_id": str(first + 1000),
        "description": None,
        "features": ["COMMUNITY", "NEWS", "WELCOME_SCREEN_ENABLED"],
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 2,
        "mfa_level": 0,
        "premium_tier": 1,
        "premium_subscription_count": 3,
        "preferred_locale": "en-US",
        "system_channel_id": channels[0]["id"],
        "system_channel_flags": 0,
        "nsfw_level": 0,
        "max_members": 500_000,
        "member_count": 250,
        "large": False,
        "unavailable": False,
        "joined_at": JOINED,
        "roles": roles,
        "channels": [*categories, *channels],
        "threads": [_thread(next(ids), channels[0]["id"], first) for _ in range(THREADS)],
        "emojis": [_emoji(next(ids)) for _ in range(EMOJIS)],
        "members": [member | {"deaf": False, "mute": False}],
        "stickers": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def _role(role: int, position: int) -> dict[str, Any]:
    return {
        "id": str(role),
        "name": f"role {position}" if position else "@everyone",
        "permissions": EVERYTHING,
        "position": position,
        "color": 0x3498DB,
        "colors": {"primary_color": 0x3498DB, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": position == 1,
        "mentionable": False,
        "flags": 0,
    }


def _channel(channel: int, kind: int, parent: str | None, guild: int) -> dict[str, Any]:
    overwrites = [
        {"id": str(guild + role), "type": 0, "allow": "0", "deny": "0"} for role in (0, 2)
    ]
    return {
        "id": str(channel),
        "type": kind,
        "name": f"channel-{channel % 1000}",
        "topic": "What belongs here, in a sentence of the usual length." if kind == TEXT else None,
        "position": channel % 100,
        "parent_id": parent,
        "permission_overwrites": overwrites,
        "rate_limit_per_user": 0,
        "last_message_id": None if kind == CATEGORY else str(channel + 1),
        "nsfw": False,
        "flags": 0,
    } | ({"bitrate": 64_000, "user_limit": 0, "rtc_region": None} if kind == VOICE else {})


def _thread(thread: int, parent: str, guild: int) -> dict[str, Any]:
    return {
        "id": str(thread),
        "guild_id": str(guild),
        "type": PUBLIC_THREAD,
        "name": "a thread",
        "parent_id": parent,
        "owner_id": str(guild + 1000),
        "last_message_id": str(thread + 1),
        "message_count": 10,
        "member_count": 3,
        "rate_limit_per_user": 0,
        "flags": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": JOINED,
            "locked": False,
        },
    }


def _emoji(emoji: int) -> dict[str, Any]:
    return {
        "id": str(emoji),
        "name": f"emoji_{emoji % 1000}",
        "roles": [],
        "require_colons": True,
        "managed": False,
        "animated": False,
        "available": True,
    }
