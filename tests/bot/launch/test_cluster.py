"""A whole cluster on this machine, of which a bot is killed: ``tests.bench.cluster`` in small."""

import asyncio
from pathlib import Path

import psycopg

from tests.bench.cluster.cluster import running
from tests.bench.served.files import File
from tests.bench.served.people import People
from tests.palette.images import photo_file

PICTURES = 20


async def _wait_for_progress(url: str, shards: int) -> None:
    """Return once all bots have saved how far they have got."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        saved = 0
        while saved < shards:
            await asyncio.sleep(0.1)
            found = await connection.execute("SELECT count(*) FROM shard_progress")
            ((saved,),) = await found.fetchall()


async def test_a_killed_bot_loses_no_picture_and_answers_none_twice(tmp_path: Path) -> None:
    picture = File(photo_file("china.jpg"), hostile=False)
    people = People(servers=4, shards=2, max_concurrency=2)
    async with (
        asyncio.timeout(120),
        people.discord.running() as discord,
        running(discord.address, tmp_path, bots=2, workers=1, pause=0.1) as cluster,
    ):
        await discord.gateway.wait_for([0, 1])
        posts = [people.post(number, picture) for number in range(2)]
        await people.wait_for(posts)
        await _wait_for_progress(cluster.url, shards=2)
        posts += [people.post(number, picture) for number in range(PICTURES)]
        await people.wait_for(posts, enough=PICTURES // 4)
        cluster.bots[0].kill()
        await discord.gateway.wait_for_loss(0)
        posts += [people.post(number, picture) for number in range(4)]  # while it is away
        await people.wait_for(posts, silence=30)
    # The bots have finished what they had begun.
    assert [post.replies for post in posts] == [1] * len(posts)
    assert all(post.palette for post in posts)
