"""Expired links to files on Discord, at the wire: SimCord knows no new ones."""

from collections.abc import AsyncGenerator

import discord
import pytest
import pytest_asyncio

from bot.sources.errors import ExpiredLinkError
from bot.sources.link import from_text
from bot.sources.renewal import renewed
from tests.bot.local_discord import LocalDiscord

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("immediate_retries"),
]

FILE = "https://cdn.discordapp.com/attachments/1/2/a.png"
VALID, PAST = "7fffffff", "65d98d0a"
ENDPOINT = "POST attachments/refresh-urls"


@pytest_asyncio.fixture(loop_scope="session")
async def client(local_discord: LocalDiscord) -> AsyncGenerator[discord.Client]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(local_discord.token)
        yield client


@pytest.mark.parametrize(
    "link",
    [
        FILE,
        f"{FILE}?ex={PAST}&is=1&hm=2&",
        f"{FILE}?ex=nonsense",
        f"https://media.discordapp.net/attachments/1/2/a.png?ex={PAST}&format=webp&width=300",
        f"||{FILE}?ex={PAST}||",
    ],
)
async def test_an_expired_link_is_renewed(
    client: discord.Client, local_discord: LocalDiscord, link: str
) -> None:
    local_discord.faults[ENDPOINT] = ["fails/503", f"renews/{VALID}"]
    old = from_text(link)
    new = await renewed(old, client)
    assert new.url == f"{FILE}?ex={VALID}&is=1&hm=2&"
    assert (new.name, new.spoiler, new.key) == (old.name, old.spoiler, old.key)
    assert not local_discord.faults[ENDPOINT]


@pytest.mark.parametrize(
    "link",
    [
        f"{FILE}?ex={VALID}&is=1&hm=2&",
        "https://cdn.discordapp.com/emojis/1.png",
        "https://example.org/attachments/1/2/a.png",
    ],
)
async def test_other_links_stay_as_they_are(
    client: discord.Client, local_discord: LocalDiscord, link: str
) -> None:
    local_discord.faults[ENDPOINT] = ["refuses/not to be asked"]
    source = from_text(link)
    assert await renewed(source, client) is source


@pytest.mark.parametrize("answer", ["refuses/no", f"renews/{PAST}", "renews/nonsense"])
async def test_a_link_that_cannot_be_renewed_is_explained(
    client: discord.Client, local_discord: LocalDiscord, answer: str
) -> None:
    local_discord.faults[ENDPOINT] = [answer]
    with pytest.raises(ExpiredLinkError):
        await renewed(from_text(FILE), client)


async def test_an_answer_of_another_form_is_a_refusal(client: discord.Client) -> None:
    with pytest.raises(ExpiredLinkError):  # the local Discord answers with an empty list
        await renewed(from_text(FILE), client)
