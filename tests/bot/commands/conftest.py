"""People who may change the settings."""

import pytest
import simcord

from tests.bot.world import World


@pytest.fixture
def manager(world: World) -> simcord.MemberActor:
    return world.add_manager()
