"""When the garbage collector may look at everything: a full collection stops the event loop.

It takes about 0.4 µs an object: a tenth of a second for the modules alone, longer for what
discord.py knows of thousands of servers, and as long again for a burst of thousands of messages.
"""

import gc

FEW = 100  # pieces of work
_SELDOM = 100  # collections of the middle generation; Python's own figure is 10


def spare_what_stays(*, anew: bool = False) -> None:
    """Have no collection look at what is in memory now; ``anew`` at what was spared, once more."""
    if anew:
        gc.unfreeze()
        gc.collect()
    gc.freeze()


def leave_full_collections_to_quiet_moments() -> None:
    """Have Python make full collections seldom; :func:`collect_if_quiet` is to make the others."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _SELDOM)


def collect_if_quiet(at_work: int) -> bool:
    """Make a full collection if few are at work and there may be garbage; tell whether it was made.

    In a burst nearly everything is in use, so it would take long and bring nothing.
    """
    _, _, collections = gc.get_count()
    if not collections or at_work >= FEW:
        return False
    gc.collect()
    return True
