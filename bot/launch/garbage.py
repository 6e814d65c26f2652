"""When the garbage collector may look at everything: a full collection stops the event loop.

It takes about 0.4 µs an object: a tenth of a second for the modules alone, longer for what
discord.py knows of thousands of servers, and as long again for a burst of thousands of messages.
"""

import gc

MAX_RUNNING_WHEN_IDLE = 100  # messages and interactions
_FULL_COLLECTION_INTERVAL = 100  # collections of the middle generation; Python's own figure is 10


def freeze_long_lived_objects(*, refreeze: bool = False) -> None:
    """Exclude everything now in memory from collections.

    ``refreeze`` first collects what was excluded before and is no longer in use.
    """
    if refreeze:
        gc.unfreeze()
        gc.collect()
    gc.freeze()


def defer_full_collections() -> None:
    """Make full collections rare; :func:`collect_if_idle` is to make the others."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _FULL_COLLECTION_INTERVAL)


def collect_if_idle(running: int) -> bool:
    """Make a full collection if little is running and there may be garbage; return whether it did.

    In a burst nearly everything is in use, so it would take long and free nothing.
    """
    _, _, collections = gc.get_count()
    if not collections or running >= MAX_RUNNING_WHEN_IDLE:
        return False
    gc.collect()
    return True
