"""Telling Discord which commands there are, once for each change of them."""

import asyncio
import hashlib
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

from discord.app_commands import AppCommand

from bot.delivery import DISCORD_ERRORS, deliver
from bot.errors import report
from bot.guilds.database import StoreError
from bot.guilds.store import Store

from .tree import Commands

SYNC_PATIENCE = 5.0  # seconds; Discord may put a sync off for minutes

_PAUSES = (0.0, 10.0, 60.0, 600.0)  # seconds; by the last, another process has sent them

_log = logging.getLogger(__name__)


class CommandSync:
    """Sends Discord the commands of ``tree``, or follows those that another process sends.

    It notes how each is mentioned. The bot serves without it, too.
    """

    def __init__(self, tree: Commands) -> None:
        self._tree = tree
        self._services = tree.client.services
        self._task: asyncio.Task[None] | None = None

    async def begin(self, *, sends: bool) -> None:
        """Begin; if this process ``sends`` them, wait for that, up to :data:`SYNC_PATIENCE`."""
        self._task = asyncio.create_task(self._run(sends=sends))
        if sends:
            await asyncio.wait({self._task}, timeout=SYNC_PATIENCE)

    def stop(self) -> None:
        """Leave it at what Discord has."""
        if self._task:
            self._task.cancel()

    async def _run(self, *, sends: bool) -> None:
        tree, store = self._tree, self._services.store
        try:
            if sends:
                self._mention(await _sync_if_changed(tree, store))
            else:
                async for commands in _follow(tree, store):
                    self._mention(commands)
        except DISCORD_ERRORS as error:
            _log.warning(
                "the commands could not be sent, or asked for; Discord has the earlier ones: %s",
                error,
            )
        except Exception as error:  # noqa: BLE001, nobody else would see it
            report(error)

    def _mention(self, commands: Sequence[AppCommand]) -> None:
        self._services.command_mentions.update(
            (command.name, command.mention) for command in commands
        )


async def _sync_if_changed(tree: Commands, store: Store) -> Sequence[AppCommand]:
    """Send Discord the commands, translations included, unless it has them; return what it has.

    While the database is unavailable, they are sent. Raises one of
    :data:`~bot.delivery.DISCORD_ERRORS` if Discord refuses them.
    """
    # Their content alone would not tell that a command was deleted at Discord; and what Discord has
    # cannot be compared with what was sent, as it adds defaults and leaves out what is empty.
    present = await deliver(tree.fetch_commands)
    payload = await _payload(tree)
    if await _last_digest(tree, store) == _digest(payload, present):
        return present
    synced = await deliver(tree.sync)
    _log.info("sent Discord %d commands", len(synced))
    try:
        await store.save_commands(_bot_id(tree), _digest(payload, synced))
    except StoreError as error:
        _log.warning("the next start will send the commands again: %s", error)
    return synced


async def _follow(tree: Commands, store: Store) -> AsyncIterator[Sequence[AppCommand]]:
    """Yield what Discord has of the commands, which another process sends it.

    That is at once and again later, until Discord has what this process would send. Raises one of
    :data:`~bot.delivery.DISCORD_ERRORS`.
    """
    payload = await _payload(tree)
    for pause in _PAUSES:
        await asyncio.sleep(pause)
        present = await deliver(tree.fetch_commands)
        yield present
        with suppress(StoreError):
            if await store.commands(_bot_id(tree)) == _digest(payload, present):
                return


async def _payload(tree: Commands) -> list[dict[str, Any]]:
    """Return what a sync sends."""
    assert tree.translator is not None  # noqa: S101, the client sets it before
    return [
        await command.get_translated_payload(tree, tree.translator)
        for command in tree.get_commands()
    ]


async def _last_digest(tree: Commands, store: Store) -> str | None:
    try:
        return await store.commands(_bot_id(tree))
    except StoreError as error:
        _log.warning("sending the commands, which may be unchanged: %s", error)
        return None


def _digest(payload: Sequence[dict[str, Any]], commands: Sequence[AppCommand]) -> str:
    """Return a digest of what was sent and of the ids that Discord gave it."""
    content = payload, sorted(command.id for command in commands)
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _bot_id(tree: Commands) -> int:
    return tree.client.application_id or 0
