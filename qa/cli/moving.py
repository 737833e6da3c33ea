"""Commands that move an index: export, import (one file), copy (folder or database); and a build on many machines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.encoding import existing
from qa.cli.options import AnyIndex, Index, Json, Model, Sources
from qa.cli.terminal import UNPUBLISHED, counted, fail, one_line_errors, print_json, progress_bar

if TYPE_CHECKING:
    from qa.store.manifest import Manifest


def export(
    file: Annotated[Path, typer.Argument(help="File to write, such as index.tar.")],
    index: Index,
    force: Annotated[bool, typer.Option("--force", help="Write over FILE where it is there already.")] = False,
    json: Json = False,
) -> None:
    """Write the current generation of an index to one file, with the checksums that guard it."""
    with one_line_errors():
        from qa.store.archive import export_index

        if file.is_dir() or not file.parent.is_dir():
            fail(f"{file}: {'is a folder' if file.is_dir() else 'its folder is not there'}; name a file to write")
        if file.exists() and not force:
            fail(f"{file}: is there already; name another file, or write over it with --force")
        with progress_bar() as progress:
            manifest = export_index(index, file, progress)
        _print("exported", manifest, file, json)


def import_index(
    file: Annotated[Path, typer.Argument(help="File that `qa export` wrote.")],
    index: Index,
    json: Json = False,
) -> None:
    """Take an exported index in and make it current; what was current stays beside it. Damaged files are refused."""
    with one_line_errors(lambda: UNPUBLISHED):
        from qa.store.archive import import_index as take_in

        if not file.is_file():
            fail(f"{file}: no such file; name the file that `qa export` wrote")
        with progress_bar() as progress:
            manifest = take_in(file, index, progress=progress)
        _print("imported", manifest, file, json)


def copy(
    source: Annotated[str, typer.Argument(help="Index folder, or the URL of a database: postgresql://...")],
    target: Annotated[str, typer.Argument(help="Where to, likewise; what is there serves on until all is copied.")],
    json: Json = False,
) -> None:
    """Copy the current generation of an index to another folder or database, either way; nothing is encoded anew."""
    with one_line_errors(lambda: UNPUBLISHED):
        from qa.copying import copy_index
        from qa.store.place import place_of

        with progress_bar() as progress:
            manifest = copy_index(place_of(source), place_of(target), progress)
        if json:
            print_json({"generation": manifest.id, "counts": manifest.counts})
            return
        counts = manifest.counts
        typer.echo(
            f"copied: generation {manifest.id} of {place_of(target)}: {counted(counts.resolutions, 'resolution')}, "
            f"{counted(counts.passages, 'passage')}, model {manifest.encoder.name}"
        )


def build_many(
    sources: Sources,
    index: AnyIndex,
    parts: Annotated[Path, typer.Option("--parts", help="Folder that all machines see; finished work is kept there.")],
    ray: Annotated[
        str, typer.Option("--ray", help="Address of a Ray cluster; local: the cores of this machine.")
    ] = "local",
    model: Model = None,
    json: Json = False,
) -> None:
    """Build an index on many machines with Ray; run again after a failure, and only what is missing is done."""
    with one_line_errors(lambda: UNPUBLISHED):
        from qa.many import StandardTools
        from qa.many import build_many as make
        from qa.store.place import place_of

        with progress_bar() as progress:
            report = make(existing(sources), place_of(index), parts, StandardTools(model), progress, ray)
        if json:
            print_json(report)
            return
        typer.echo(
            f"published generation {report.generation}: {counted(report.n_resolutions, 'resolution')}, "
            f"{counted(report.n_passages, 'passage')}; {counted(report.n_done, 'share')} done, {report.n_kept} kept; "
            f"{counted(report.n_sources, 'text')} read, {len(report.refused)} refused"
        )


def _print(done: str, manifest: Manifest, file: Path, json: bool) -> None:
    if json:
        print_json(
            {"generation": manifest.id, "file": str(file), "n_bytes": _size(manifest), "counts": manifest.counts}
        )
        return
    counts = manifest.counts
    typer.echo(
        f"{done} generation {manifest.id}: {counted(counts.resolutions, 'resolution')}, {counted(counts.passages, 'passage')}, "
        f"model {manifest.encoder.name}, {_size(manifest):,} bytes; {file}"
    )


def _size(manifest: Manifest) -> int:
    return sum(entry.size for entry in manifest.files.values())
