"""When full garbage collections happen: each one stops the event loop.

It takes about 0.4 µs per object: a tenth of a second for the modules alone, longer for what
discord.py knows about thousands of servers, and as long again in a burst of thousands of messages.
"""

import gc

MAX_RUNNING_WHEN_IDLE = 100  # messages and interactions
_FULL_COLLECTION_INTERVAL = 100  # collections of the middle generation; Python's default is 10


def freeze_long_lived_objects(*, refreeze: bool = False) -> None:
    """Exclude everything now in memory from collections.

    With ``refreeze``, first collect what was excluded before and is no longer in use.
    """
    if refreeze:
        gc.unfreeze()
        gc.collect()
    gc.freeze()


def defer_full_collections() -> None:
    """Make automatic full collections rare; leave them to :func:`collect_if_idle`."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _FULL_COLLECTION_INTERVAL)


def collect_if_idle(running: int) -> bool:
    """Collect all garbage if there may be any and little is running; return whether it did.

    ``running`` is the number of messages and interactions being answered. In a burst nearly
    everything is in use, so a collection would take long and free nothing.
    """
    _, _, collections = gc.get_count()
    if not collections or running >= MAX_RUNNING_WHEN_IDLE:
        return False
    gc.collect()
    return True
