"""Logs: one JSON object a line on standard error, without questions, addresses or messages that may quote them."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Protocol, TextIO

import structlog

from api.settings import Logs

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


class Log(Protocol):
    """The few verbs that are used."""

    def info(self, event: str, **values: object) -> object:
        """What happened."""

    def warning(self, event: str, **values: object) -> object:
        """What should be looked at."""

    def error(self, event: str, **values: object) -> object:
        """What failed."""


def open_log(settings: Logs, stream: TextIO | None = None) -> Log:
    """A log of its own: nothing global is configured."""
    log: Log = structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[settings.level]),
    )
    return log


def describe(error: BaseException) -> list[str]:
    """Where an error came from: types, files, lines and functions of the whole chain.

    Its message is left out on purpose: messages quote what people asked.
    """
    told: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(told) < 60:
        told.append(type(seen).__qualname__)
        told += [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(seen.__traceback__)[-12:]]
        seen = seen.__cause__ or seen.__context__
    return told


class Forward(logging.Handler):
    """Carries a library's log records (uvicorn's) into ours, without their tracebacks' messages."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Pass one record on."""
        values: dict[str, object] = {"logger": record.name}
        if record.exc_info and record.exc_info[1] is not None:
            values["error"] = describe(record.exc_info[1])
        verb = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        (verb if record.levelno >= logging.WARNING else self._log.info)(record.getMessage(), **values)
