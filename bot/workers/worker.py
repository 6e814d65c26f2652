"""What runs inside a worker process, which knows neither Discord nor the network."""

import logging
import os
import resource
import sys
from io import BytesIO

import pillow_heif
from PIL import AvifImagePlugin, Image

from bot.logs import log_to_stderr

from .job import Job, Result
from .jobs import Extraction

# Must be in the environment before a worker loads numpy and scikit-learn.
SINGLE_THREAD_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

# palette imports them only when it needs them.
SLOW_IMPORTS = ("scipy.ndimage", "scipy.optimize", "sklearn.cluster")

_NICENESS = 5  # so that the event loop need not wait for a core that a worker is using


def become_worker(memory_limit: int) -> None:
    """Lower this process's priority, limit its address space (in bytes), and warm it up."""
    os.nice(_NICENESS)
    _silence_libraries()
    AvifImagePlugin.DEFAULT_MAX_THREADS = pillow_heif.options.DECODE_THREADS = 1
    if sys.platform == "linux":  # elsewhere the kernel does not limit address space
        resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    try:
        run_job(Extraction(_warm_up_image()))
    except MemoryError:
        logging.disable()  # the bot says in one sentence what pebble would log of each worker
        raise


def _silence_libraries() -> None:
    """Log as the bot does, but discard what C libraries print about broken files."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)
    log_to_stderr("WARNING")


def run_job(job: Job[Result]) -> Result:
    """Return the result of ``job``. Raises :class:`palette.PaletteError`."""
    return job.run()


def _warm_up_image() -> bytes:
    """Return a PNG with many colours, so that every stage of an extraction has work to do."""
    ramp = Image.linear_gradient("L")
    rotated = ramp.transpose(Image.Transpose.ROTATE_90)
    file = BytesIO()
    Image.merge("RGB", (ramp, rotated, ramp)).save(file, "PNG")
    return file.getvalue()
