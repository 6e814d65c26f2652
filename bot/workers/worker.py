"""What runs inside a worker process. It knows no Discord and no network."""

import os
import resource
import sys
from io import BytesIO

import pillow_heif
from PIL import AvifImagePlugin, Image

from bot.logs import log_to_stderr

from .job import Job, Result
from .jobs import Extraction

# A worker has one thread. To be in its environment before it loads numpy and scikit-learn.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

# What an extraction imports when it runs; a worker is to have it before.
SLOW_IMPORTS = ("scipy.ndimage", "sklearn.cluster")

_NICENESS = 5  # so that the event loop need not wait for a core that a worker has


def prepare(memory_limit: int) -> None:
    """Make this process a worker: ``memory_limit`` bytes of address space, nice, and warm."""
    os.nice(_NICENESS)
    _mute_libraries()
    AvifImagePlugin.DEFAULT_MAX_THREADS = pillow_heif.options.DECODE_THREADS = 1
    if sys.platform == "linux":  # elsewhere the kernel does not count address space
        resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    do(Extraction(_small_picture()))


def _mute_libraries() -> None:
    """Log as the bot does; what C libraries print about broken files goes nowhere."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    log_to_stderr("WARNING")


def do(job: Job[Result]) -> Result:
    """Do ``job``; raises :class:`palette.PaletteError`."""
    return job.run()


def _small_picture() -> bytes:
    """Return a PNG with many colours, so that every stage of an extraction has work to do."""
    ramp = Image.linear_gradient("L")
    turned = ramp.transpose(Image.Transpose.ROTATE_90)
    file = BytesIO()
    Image.merge("RGB", (ramp, turned, ramp)).save(file, "PNG")
    return file.getvalue()
