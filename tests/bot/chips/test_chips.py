"""Making the chips of colours, and what stops it."""

import asyncio
from collections.abc import AsyncGenerator, Callable

import discord
import pytest
import pytest_asyncio

from bot.chips.chips import MAX_WANTED, Chips
from bot.chips.grid import grid, nearest
from palette import RGB, hex_code
from tests.bot.local_discord import LocalDiscord

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("immediate_retries"),
]

RED, BLUE = (255, 0, 0), (0, 0, 255)
CREATE, LIST = "POST applications/*/emojis", "GET applications/*/emojis"


@pytest_asyncio.fixture(loop_scope="session")
async def chips(local_discord: LocalDiscord) -> AsyncGenerator[Chips]:
    """Return the chips of a bot that has logged in."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(local_discord.token)
        yield (chips := Chips(client))
        chips.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110, nothing tells when a chip is there
            await asyncio.sleep(0.01)


async def settled(chips: Chips, *colors: RGB) -> None:
    """Return when all of some colours have their chips."""
    await until(lambda: len(chips.of(colors)) == len(colors))


async def test_colors_get_their_chips_once_while_nobody_waits(
    chips: Chips, local_discord: LocalDiscord
) -> None:
    assert not chips.of([RED])
    await local_discord.wait_until(lambda discord: bool(discord.listed))
    colors = [RED, BLUE, (254, 0, 0)]
    for _ in range(3):
        chips.of(colors)
    await settled(chips, *colors)
    assert local_discord.uploads == ["hue_ff0000", "hue_0000ff"]
    found = chips.of(colors)
    assert found[RED] == found[254, 0, 0] != found[BLUE]
    assert {str(chip.id) for chip in found.values()} == {e["id"] for e in local_discord.emojis}
    assert local_discord.listed == 1


async def test_chips_of_earlier_are_found_and_other_emoji_left_alone(
    chips: Chips, local_discord: LocalDiscord
) -> None:
    local_discord.emojis += [{"id": "1", "name": "hue_ff0000"}, {"id": "2", "name": "hue_party"}]
    chips.load()
    await settled(chips, RED)
    assert chips.of([RED]) == {RED: discord.PartialEmoji(name="hue_ff0000", id=1)}
    assert not local_discord.uploads


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (CREATE, "fails/403"),
        (CREATE, "refuses/Maximum number of emojis reached (2000)"),
        (LIST, "fails/403"),
        (LIST, "fails/501"),  # by a proxy that does not know it
    ],
)
async def test_a_refusal_ends_it_with_one_line(
    chips: Chips,
    local_discord: LocalDiscord,
    caplog: pytest.LogCaptureFixture,
    pattern: str,
    fault: str,
) -> None:
    if pattern == CREATE:
        await settled(chips, BLUE)
    known = dict(chips.of([BLUE])) if pattern == CREATE else {}
    local_discord.faults[pattern] += [fault] * 9
    chips.of([RED])
    await until(lambda: "refuses chips" in caplog.text)
    left = len(local_discord.faults[pattern])
    for _ in range(20):
        assert chips.of([BLUE, RED]) == known
        chips.load()
        await asyncio.sleep(0.01)
    assert len(local_discord.faults[pattern]) == left
    assert caplog.text.count("refuses chips") == 1
    assert "hue_ff0000" not in [emoji["name"] for emoji in local_discord.emojis]


@pytest.mark.parametrize("pattern", [CREATE, LIST])
@pytest.mark.parametrize("fault", ["fails/503", "hangs_up", "limits/0.01"])
async def test_a_passing_fault_delays_a_chip(
    chips: Chips, local_discord: LocalDiscord, pattern: str, fault: str
) -> None:
    local_discord.faults[pattern] += [fault] * 3
    await settled(chips, RED)
    assert local_discord.uploads == ["hue_ff0000"]


async def test_after_a_long_fault_a_chip_is_made_when_it_is_shown_again(
    chips: Chips, local_discord: LocalDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    await settled(chips, BLUE)
    local_discord.faults[CREATE] += ["fails/503"] * 8  # as often as it is tried
    chips.of([RED])
    await until(lambda: "wait until they are shown again" in caplog.text)
    assert not chips.of([RED])
    await settled(chips, RED)


async def test_a_chip_whose_answer_was_lost_is_not_refused(
    chips: Chips, local_discord: LocalDiscord
) -> None:
    local_discord.faults[CREATE] += ["adds_and_hangs_up"] * 2
    await settled(chips, RED, BLUE)
    assert [emoji["name"] for emoji in local_discord.emojis] == ["hue_ff0000", "hue_0000ff"]


async def test_what_was_forgotten_is_asked_for_again(
    chips: Chips, local_discord: LocalDiscord
) -> None:
    await settled(chips, RED)
    local_discord.emojis.clear()
    chips.forget()
    assert not chips.of([RED])
    await settled(chips, RED)
    assert local_discord.uploads == ["hue_ff0000"] * 2


async def test_only_so_many_wait(chips: Chips, local_discord: LocalDiscord) -> None:
    await settled(chips, RED)
    colors = [rgb for rgb in nearest(grid()[:300]) if rgb not in {RED, BLUE}]
    chips.of(colors)
    await settled(chips, *colors[:MAX_WANTED])
    await settled(chips, BLUE)
    made = [RED, *colors[:MAX_WANTED], BLUE]
    assert local_discord.uploads == [f"hue_{hex_code(rgb)[1:]}" for rgb in made]


async def test_once_stopped_no_more_are_made(chips: Chips, local_discord: LocalDiscord) -> None:
    await settled(chips, RED)
    local_discord.faults[CREATE] += ["hangs"]
    chips.of([BLUE])
    await until(lambda: not local_discord.faults[CREATE])
    chips.stop()
    for _ in range(20):
        assert chips.of([RED, BLUE]).keys() == {RED}
        await asyncio.sleep(0.01)
    assert local_discord.uploads == ["hue_ff0000"]
    assert not [task for task in asyncio.all_tasks() if "Chips" in repr(task.get_coro())]


async def test_two_processes_make_each_chip_once(chips: Chips, local_discord: LocalDiscord) -> None:
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(local_discord.token)
        others = Chips(client)
        for each in (chips, others):
            each.load()
        await local_discord.wait_until(lambda here: here.listed == 2)
        await settled(chips, RED, BLUE)
        await settled(others, RED, BLUE)
        others.stop()
    assert chips.of([RED, BLUE]) == others.of([RED, BLUE])
    assert sorted(emoji["name"] for emoji in local_discord.emojis) == ["hue_0000ff", "hue_ff0000"]
    assert len(local_discord.uploads) == 3  # one was refused
