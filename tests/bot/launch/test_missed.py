"""What is posted while sessions end and processes are killed is answered, once."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import discord
import pytest
import pytest_asyncio

import bot.client
from bot.guilds.store import Store
from bot.posts.progress import Progress
from tests.bot.account import APPLICATION_ID
from tests.bot.local_discord import IDENTIFY, RESUME
from tests.bot.local_server import LocalServer
from tests.bot.processes import running_bot
from tests.bot.world import File

pytestmark = pytest.mark.asyncio(loop_scope="session")

Serving = Callable[[], AbstractAsyncContextManager[LocalServer]]


@pytest_asyncio.fixture(loop_scope="session")
async def local_discord(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[LocalServer]:
    """Run a Discord with a server, where discord.py waits for others only for a moment."""
    async with LocalServer().running() as here:
        monkeypatch.setattr(discord.http.Route, "BASE", here.api)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", here.gateway)
        wait_for_servers(0.1, monkeypatch)
        yield here


def wait_for_servers(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have discord.py wait that long for more servers."""
    waiting = property(lambda _: seconds, lambda *_: None)
    state = discord.state.ConnectionState
    monkeypatch.setattr(state, "guild_ready_timeout", waiting, raising=False)


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "a.png", stripes((255, 0, 0), (0, 255, 0))


@pytest_asyncio.fixture(loop_scope="session")
async def database(local_discord: LocalServer, image: File, tmp_path: Path) -> str:
    """Return the URL of a database in which an earlier process saved how far it had got."""
    url = f"sqlite:///{tmp_path}/choices"
    newest = await local_discord.post(image, is_missed=True, age=120)
    async with Store(url) as store:
        await store.save_progress(APPLICATION_ID, 1, {0: newest})
    return url


async def answered(here: LocalServer, *posts: int) -> None:
    """Wait until posts have replies."""
    await here.wait_until(lambda _: all(here.replies_to(post) for post in posts))


async def test_a_session_that_is_resumed_misses_nothing(serving: Serving, image: File) -> None:
    async with serving() as here:
        posts = [await here.post(image)]
        await answered(here, *posts)
        await here.drop()
        posts.append(await here.post(image))
        await answered(here, *posts)
    assert [start["op"] for start in here.starts] == [IDENTIFY, RESUME]
    assert not here.searches
    assert [here.replies_to(post) for post in posts] == [1, 1]


async def test_what_is_posted_between_two_sessions_is_answered_once(
    serving: Serving, image: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = Progress()
    monkeypatch.setattr(bot.client, "Progress", lambda: progress)
    async with serving() as here:
        posts = [await here.post(image, age=60)]
        await answered(here, *posts)
        while not progress.all_reached():  # noqa: ASYNC110, there is no event
            await asyncio.sleep(0.02)
        posts.append(await here.post(image, is_missed=True))
        await here.invalidate_session()
        await answered(here, *posts)
        posts.append(await here.post(image))
        await answered(here, *posts)
    assert [start["op"] for start in here.starts] == [IDENTIFY, IDENTIFY]
    assert [here.replies_to(post) for post in posts] == [1, 1, 1]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("ended", ["before the search", "during the search"])
async def test_what_a_process_had_no_time_to_find_is_found_by_the_next(
    serving: Serving,
    local_discord: LocalServer,
    image: File,
    monkeypatch: pytest.MonkeyPatch,
    ended: str,
) -> None:
    posts = [await local_discord.post(image, is_missed=True, age=60)]
    if ended == "before the search":
        wait_for_servers(60, monkeypatch)
    else:
        local_discord.history_is_there.clear()
    async with serving() as here:
        posts.append(await here.post(image))
        await answered(here, posts[1])
        await here.wait_until(lambda _: here.searches == (ended == "during the search"))
    assert not here.replies_to(posts[0])
    here.note_death()
    here.history_is_there.set()
    wait_for_servers(0.1, monkeypatch)
    async with serving() as here:
        await answered(here, *posts)
    assert [here.replies_to(post) for post in posts] == [1, 1]


async def test_what_a_killed_process_did_not_answer_is_answered_once(
    local_discord: LocalServer, image: File, database: str, tmp_path: Path
) -> None:
    here, downloads = local_discord, local_discord.faults["GET cdn/*"]
    async with running_bot(here, tmp_path, ends_with=-9, DATABASE_URL=database) as process:
        posts = [await here.post(image)]
        await answered(here, *posts)
        downloads += ["hangs"]
        posts.append(await here.post(("b.png", image[1])))  # of this one it only began the download
        await here.wait_until(lambda _: not downloads)
        process.kill()
    here.note_death()
    posts.append(await here.post(image, is_missed=True))
    async with running_bot(here, tmp_path, DATABASE_URL=database):
        await answered(here, *posts)
    assert [here.replies_to(post) for post in posts] == [1, 1, 1]
