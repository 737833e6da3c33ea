"""Everything that is wrong with an index folder: all damage, not the first; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.errors import QAError
from qa.passages import passage_input
from qa.progress import Progress, quiet
from qa.store.current import CURRENT_NAME, check_folder, list_generations, read_current, sequence_of
from qa.store.draft import corpus_sha256
from qa.store.errors import NoIndexError
from qa.store.generation import Generation, find_damage
from qa.store.manifest import MANIFEST_NAME, read_manifest
from qa.store.probe import probe
from qa.verbatim import check_resolution


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with one file."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at and what was found; `current` is the generation served, None where `CURRENT` names none."""

    current: str | None
    generations: tuple[str, ...]
    n_files: int
    n_bytes: int
    n_paragraphs: int
    findings: tuple[Finding, ...]


def verify(index: Path, progress: Progress = quiet) -> Verification:
    """Check every file of every generation, and of those that are whole every paragraph against its source.

    Raises:
        NoIndexError: nothing there to verify.
    """
    folders = list_generations(index)
    if not folders:
        check_folder(index)
        raise NoIndexError(index, "no index there" if index.is_dir() else "no such folder")
    current = read_current(index)
    findings: list[Finding] = []
    if current is None or not (index / current).is_dir():
        findings.append(Finding(str(index / CURRENT_NAME), "names no generation"))
        current = None
    n_files = n_bytes = n_paragraphs = 0
    for folder in folders:
        found = list(_damage(folder, progress))
        findings.extend(found)
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        n_files, n_bytes = n_files + len(sizes), n_bytes + sum(sizes)
        if not found:
            n_paragraphs += _check_contents(folder, findings, progress)
    return Verification(
        current, tuple(folder.name for folder in folders), n_files, n_bytes, n_paragraphs, tuple(findings)
    )


def _damage(folder: Path, progress: Progress) -> Iterator[Finding]:
    """Files that are not as the manifest says, and files that it does not know."""
    try:
        manifest = read_manifest(folder)
    except QAError as error:
        yield Finding(str(folder / MANIFEST_NAME), str(error))
        return
    if f"gen-{manifest.id}" != folder.name:
        yield Finding(str(folder), f"holds generation {manifest.id}: the folder was renamed")
    for done, (name, entry) in enumerate(manifest.files.items(), start=1):
        why = find_damage(folder / name, entry)
        progress(_stage("files", folder), done, len(manifest.files))
        if why:
            yield Finding(str(folder / name), why)
    known = {MANIFEST_NAME, *manifest.files}
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and path.relative_to(folder).as_posix() not in known:
            yield Finding(str(path), "is not of this generation")


def _stage(what: str, folder: Path) -> str:
    return f"{what} {sequence_of(folder.name)}"


def _check_contents(folder: Path, findings: list[Finding], progress: Progress) -> int:
    """Open a generation whose files are whole, and compare its parts with each other; gives the paragraphs checked."""
    n_paragraphs = 0
    try:
        with Generation(folder, check=False) as generation:
            probe(generation)
            if corpus_sha256(generation.listed) != generation.manifest.corpus_sha256:
                findings.append(
                    Finding(str(folder / "resolutions.json"), "is of another corpus than the manifest says")
                )
            for number in range(len(generation.symbols)):
                n_paragraphs += _check_resolution(generation, number, findings)
                progress(_stage("texts", folder), number + 1, len(generation.symbols))
    except Exception as error:
        findings.append(Finding(str(folder), str(error)))
    return n_paragraphs


def _check_resolution(generation: Generation, number: int, findings: list[Finding]) -> int:
    resolution = generation.resolution_at(number)
    try:
        check_resolution(resolution)
    except QAError as error:
        findings.append(Finding(str(generation.folder / "resolutions.blob"), str(error)))
    texts = {paragraph.label: paragraph.text for paragraph in resolution.paragraphs}
    for row in generation.columns.rows_of_resolution(number).tolist():
        passage = generation.passage(row)
        if passage.text not in texts.get(passage.label, ""):
            why = f"row {row} is no slice of paragraph {passage.id}: {passage_input(passage)[:60]!r}"
            findings.append(Finding(str(generation.folder / "passages.blob"), why))
    return len(resolution.paragraphs)
