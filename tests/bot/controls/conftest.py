"""Replies with controls, and people who press them."""

from collections.abc import Callable
from typing import Any

import discord
import numpy as np
import pytest
import simcord
from simcord.backend import serializers
from simcord.components import walk_components

from tests.bot.colors import BLUE, GREEN, RED
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.world import File, World
from tests.palette.images import encode


@pytest.fixture(autouse=True)
def _attachments_as_discord_lists_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out of a message's attachments, as Discord does, those that its components show."""
    message_payload = serializers.message_payload

    def unshown_only(*arguments: object, **keywords: object) -> dict[str, Any]:
        payload = dict(message_payload(*arguments, **keywords))
        shown = {
            str(media["attachment_id"])
            for component in walk_components(payload.get("components") or [])
            for holder in (component, *component.get("items", []))
            for media in (holder.get("media"), holder.get("file"))
            if media and "attachment_id" in media
        }
        payload["attachments"] = [
            attachment
            for attachment in payload["attachments"]
            if str(attachment["id"]) not in shown
        ]
        return payload

    monkeypatch.setattr(serializers, "message_payload", unshown_only)


@pytest.fixture
def slash(world: World) -> Ask:
    """Return a function that uses ``/palette`` as Alice."""

    async def use(
        image: File, *, where: simcord.ChannelHandle | None = None, **options: object
    ) -> Pressed:
        channel = where or world.channel
        result = await world.alice.slash(channel, "palette", image=image, **options)
        assert result.response is not None
        return Pressed(world.env, world.alice, result.response.message, result)

    return use


@pytest.fixture
def post(world: World) -> Ask:
    """Return a function that posts images as Alice."""

    async def post_images(*images: File, where: simcord.ChannelHandle | None = None) -> Pressed:
        reply = await world.post(*images, where=where)
        assert reply is not None
        return Pressed(world.env, world.alice, reply.message)

    return post_images


@pytest.fixture
def flag(stripes: Callable[..., bytes]) -> File:
    """Return an image of three colours."""
    return "flag.png", stripes(RED, GREEN, BLUE)


@pytest.fixture
def shades() -> File:
    """Return an image of shades so similar that few have a name."""
    down, across = np.mgrid[0:200, 0:300]
    pixels = np.stack([150 + across / 6, 110 + down / 8, 90 + across / 20], axis=-1)
    return "shades.png", encode(pixels.astype(np.uint8))


@pytest.fixture
def bob(world: World) -> simcord.MemberActor:
    """Return somebody who has asked for nothing."""
    return world.add_member("bob")


@pytest.fixture
def moderator(world: World) -> simcord.MemberActor:
    """Return somebody who may manage messages."""
    role = world.env.guild.create_role(
        "moderators", permissions=discord.Permissions(manage_messages=True)
    )
    return world.add_member("mod", roles=[role])
