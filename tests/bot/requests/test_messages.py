"""Messages that are deleted or edited while the bot is at work on them."""

import logging
from collections.abc import Callable

import pytest

from tests.bot.colors import GREEN, RED, hex_codes
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("bulk", [False, True])
async def test_a_message_deleted_in_the_meantime_is_not_answered(
    world: World,
    flower: File,
    during_processing: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
    *,
    bulk: bool,
) -> None:
    caplog.set_level(logging.INFO, "bot")
    backend, channel = world.env.backend, world.channel

    async def delete() -> None:
        if bulk:
            await world.change(
                "raw_bulk_message_delete",
                lambda: backend.bulk_delete_messages(channel.id, [channel.last_message.id]),
            )
        else:
            await world.delete(channel.last_message)

    during_processing(delete)
    posted = await world.alice.send(channel, attachments=[flower])
    assert not channel.history()
    assert f"message {posted.id} was deleted in the meantime" in caplog.messages


@pytest.fixture
def edit_during_processing(
    world: World, during_processing: Callable[..., None]
) -> Callable[..., None]:
    """Return a function that has the newest message edited while the bot works on it.

    ``keep`` is how many of its attachments it keeps, the last ones.
    """

    def set_edit(*, content: str | None = None, keep: int | None = None) -> None:
        def edit() -> None:
            message = world.channel.last_message
            stored = world.env.backend.get_message(world.channel.id, message.id)
            changes: dict[str, object] = {} if content is None else {"content": content}
            if keep is not None:
                kept = len(stored.attachments) - keep
                changes["attachments"] = stored.attachments[kept:]
            world.env.backend.edit_message(world.channel.id, message.id, changes)

        during_processing(lambda: world.change("raw_message_edit", edit))

    return set_edit


async def test_an_image_removed_in_the_meantime_is_left_out(
    world: World, stripes: Callable[..., bytes], edit_during_processing: Callable[..., None]
) -> None:
    edit_during_processing(keep=1)
    reply = await world.post(("a.png", stripes(RED)), ("b.png", stripes(GREEN)))
    assert reply is not None
    assert reply.codes == hex_codes(GREEN)


async def test_a_message_without_any_of_its_images_is_not_answered(
    world: World, flower: File, edit_during_processing: Callable[..., None]
) -> None:
    edit_during_processing(keep=0, content="never mind")
    assert await world.post(flower) is None


async def test_an_edit_of_the_text_changes_nothing(
    world: World, flower: File, edit_during_processing: Callable[..., None]
) -> None:
    edit_during_processing(content="a flower")
    assert await world.post(flower) is not None
