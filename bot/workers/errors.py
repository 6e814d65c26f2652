"""Why a job has no result.

EngineError              no worker could finish the job (a PaletteError is a result)
├── TimeLimitError       it ran out of time
├── MemoryLimitError     it needed more memory than allowed
└── WorkerDiedError      the worker process died, also on the second try
"""


class EngineError(Exception):
    """No worker could finish the job."""


class TimeLimitError(EngineError):
    """The job was still running after ``seconds`` and was killed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class MemoryLimitError(EngineError):
    """The job needed more memory than a worker may use."""


class WorkerDiedError(EngineError):
    """The worker process crashed or was killed, during the job or at its start."""
