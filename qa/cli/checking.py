"""Commands that check: verify (an index), verify-citation (an answer)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.encoding import existing
from qa.cli.options import Index, Json
from qa.cli.terminal import counted, fail, one_line_errors, print_json, progress_bar

if TYPE_CHECKING:
    from qa.collect import Line
    from qa.progress import Progress
    from qa.records import SourceText
    from qa.store.verify import Verification
    from qa.verify import Checked


def verify(index: Index, json: Json = False) -> None:
    """Check every byte of an index, and every paragraph in it against its source. Exit code 1: something is wrong."""
    with one_line_errors():
        from qa.store.verify import verify as check

        with progress_bar() as progress:
            found = check(index, progress)
        if json:
            print_json(found)
        else:
            _print(found)
        if found.findings:
            fail(_mend(index, found))


def _print(found: Verification) -> None:
    for one in found.findings:
        typer.echo(f"{one.path}: {one.why}")
    typer.echo(
        f"{'sound' if not found.findings else 'looked at'}: {counted(found.n_files, 'file')}, {counted(found.n_bytes, 'byte')}, "
        f"{counted(found.n_paragraphs, 'paragraph')} against their sources, in {counted(len(found.generations), 'generation')}; "
        f"current: {found.current or 'none'}"
    )


def _mend(index: Path, found: Verification) -> str:
    """What to do, which depends on whether the generation that is served is hit."""
    wrong = f"{index}: {counted(len(found.findings), 'thing')} wrong"
    served = index / (found.current or "")
    if found.current and not any(Path(one.path).is_relative_to(served) for one in found.findings):
        return f"{wrong}, none in {found.current}, which is served; remove the folder named, or let later builds do it"
    return f"{wrong}; bring the index back from a copy, or build it again with: qa build SOURCE... --index {index}"


def verify_citation(
    answer: Annotated[Path, typer.Argument(help="Answer as `qa ask --json` or the HTTP API gave it; - reads it here.")],
    source: Annotated[
        list[Path], typer.Option("--source", "-s", help="File or folder that the answer quotes; may be repeated.")
    ],
    json: Json = False,
) -> None:
    """Check an answer's quotations against their files, without the index. Exit code 1: one does not hold."""
    with one_line_errors():
        from qa.collect import standard_line
        from qa.verify import verify_answer

        existing(source)
        path = Path("/dev/stdin") if str(answer) == "-" else answer
        with progress_bar() as progress, standard_line() as line:
            checked = verify_answer(path, source, _counting(line, source, progress))
        if json:
            print_json(checked)
        else:
            for one in checked:
                typer.echo(f"{one.id} {'verified' if one.why is None else f'NOT VERIFIED: {one.why}'}")
            _print_fields(checked)
        _judge(answer, checked)


def _print_fields(checked: list[Checked]) -> None:
    """Which fields of the citations that hold were held against the files, and which no file tells."""
    looked_at = sorted({name for one in checked for name in one.checked})
    untold = sorted({name for one in checked for name in one.not_checked})
    if looked_at:
        typer.echo(f"checked: {', '.join(looked_at)}")
        typer.echo(f"not checked: {', '.join([*untold, 'what the answer says beside its citations'])}")


def _counting(line: Line, sources: list[Path], progress: Progress) -> Line:
    """The same line, telling which file it is at."""
    from qa.collect import list_files

    total, done = sum(1 for _ in list_files(sources)), 0

    def read(path: Path) -> Iterator[SourceText]:
        nonlocal done
        yield from line.read(path)
        done += 1
        progress("read", done, total)

    return replace(line, read=read)


def _judge(answer: Path, checked: list[Checked]) -> None:
    wrong = [one for one in checked if one.why is not None]
    if not checked:
        fail(f"{answer}: quotes nothing, so there is nothing to verify; give an answer with citations")
    if wrong:
        sys.stdout.flush()
        fail(
            f"{answer}: {len(wrong)} of {counted(len(checked), 'citation')} not verified; "
            "give the very file quoted with --source, and do not rely on what still fails"
        )
