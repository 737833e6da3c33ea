"""What the commands share: where text goes, progress, and errors that end in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from qa.cli.terminal import EXIT_INTERRUPTED

EXIT_BELOW = 1
EXIT_ERROR = 2


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn every error that was raised on purpose into one line on stderr and exit code 2."""
    from embeddings.errors import EmbeddingsError
    from eval.errors import EvalError
    from qa.errors import QAError

    try:
        yield
    except (EvalError, QAError, EmbeddingsError) as error:
        typer.echo(f"qa-eval: {error}", err=True)
        raise typer.Exit(EXIT_ERROR) from None
    except BrokenPipeError:
        raise
    except FileNotFoundError as error:
        typer.echo(f"qa-eval: {error.filename}: no such file; check the path", err=True)
        raise typer.Exit(EXIT_ERROR) from None
    except OSError as error:
        typer.echo(
            f"qa-eval: {error.filename or 'a file'}: {error.strerror or error}; check path, rights and space", err=True
        )
        raise typer.Exit(EXIT_ERROR) from None
    except KeyboardInterrupt:
        typer.echo(
            "qa-eval: interrupted; a run that is not finished is not kept: the same command starts it again", err=True
        )
        raise typer.Exit(EXIT_INTERRUPTED) from None


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, silent where stderr is no terminal; call it with (done, total)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_json(value: object) -> None:
    """Print a value as indented JSON on stdout."""
    import msgspec

    encoded = msgspec.json.format(msgspec.json.encode(value), indent=2)
    sys.stdout.write(encoded.decode("utf-8") + "\n")
