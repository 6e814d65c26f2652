"""Logs on standard error: one JSON object per line, or readable lines in a terminal.

Every module logs through the standard library, as the libraries do; structlog renders it all.
Values bound with :func:`structlog.contextvars.bind_contextvars` are on every line of their task.
"""

import logging
import sys
from collections.abc import Collection
from types import TracebackType

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

_log = logging.getLogger(__name__)


def log_to_stderr(level: str, *, secrets: Collection[str] = ()) -> None:
    """Log records of ``level`` and above, and uncaught errors; hide ``secrets`` in all of them."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(secrets))
    logging.basicConfig(level=level, handlers=[handler])
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught


def _log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    _log.critical("exiting because of an unexpected error", exc_info=(kind, error, traceback))


class _Formatter(ProcessorFormatter):
    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.ExtraAdder(),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso"),
            ],
            processors=[ProcessorFormatter.remove_processors_meta, *_renderers()],
        )
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line


def _renderers() -> list[Processor]:
    # structlog's other tracebacks show local variables: what users wrote, and secrets.
    if sys.stderr.isatty():
        plain_traceback = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(exception_formatter=plain_traceback)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
