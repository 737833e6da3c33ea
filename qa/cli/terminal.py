"""What the commands share: errors in one line, progress on standard error, JSON alone on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

EXIT_FAILED = 1
EXIT_ABSTAINED = 3
EXIT_INTERRUPTED = 130  # as a shell tells of a program that Ctrl-C ended
UNPUBLISHED = "nothing of it was published: the same command starts it again"


@contextmanager
def one_line_errors(interrupted: Callable[[], str] = lambda: "") -> Iterator[None]:
    """An error raised on purpose becomes one line on standard error and exit code 1; no traceback.

    Ctrl-C too, with exit code 130; `interrupted` says what there is to know of what was not done.

    Source: every error of `qa` and `embeddings` names its mend; what is none of theirs is a defect and stays visible.
    """
    from embeddings.errors import EmbeddingsError
    from qa.errors import QAError
    from qa.settings import SettingsError

    try:
        yield
    except (QAError, EmbeddingsError, SettingsError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or ''}: {error.strerror or error}")
    except KeyboardInterrupt:
        known = interrupted()
        sys.stderr.write(f"interrupted{f'; {known}' if known else ''}\n")
        raise SystemExit(EXIT_INTERRUPTED) from None


def fail(message: str) -> NoReturn:
    """One line, and out."""
    sys.stderr.write(f"error: {' '.join(message.split())}\n")
    raise SystemExit(EXIT_FAILED)


def counted(n: int, noun: str) -> str:
    """So many of something: "1 paragraph", "2,300 paragraphs"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def warn(notes: Iterable[str | None]) -> None:
    """What is not as it should be although the command goes on, a line each, on standard error."""
    for note in notes:
        if note:
            sys.stderr.write(f"warning: {' '.join(note.split())}\n")


def print_json(value: Any) -> None:
    """One JSON document on standard output; what JSON does not know, as paths, in its words."""
    import msgspec

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2).decode() + "\n")


def write_text(path: Path, text: str) -> None:
    """A file for people, whole or an error that names the mend."""
    try:
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
    except OSError as error:
        fail(f"{path}: cannot be written ({error.strerror or error}); name a file in a folder where you may write")


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress function for long work: stage, done, of how many; a bar a stage, on standard error."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show
