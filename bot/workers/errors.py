"""Why no worker can answer.

EngineError              no worker can answer (a PaletteError is an answer)
├── TimeLimitError       the job ran out of time
├── MemoryLimitError     the job needed more memory than allowed
└── WorkerDiedError      the worker process died, twice
"""


class EngineError(Exception):
    """No worker can answer."""


class TimeLimitError(EngineError):
    """The job was still running after ``seconds`` and was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class MemoryLimitError(EngineError):
    """The job needed more memory than a worker may use."""


class WorkerDiedError(EngineError):
    """The worker process crashed or was killed, during the job or while it started."""
