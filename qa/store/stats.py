"""What an index holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qa.store.generation import Generation


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over one generation; `years` is year -> organ -> resolutions, year 0 where it is not known."""

    generation: str
    parent: str | None
    created: str
    model: str
    dim: int
    vectors: str
    resolutions: int
    paragraphs: int
    passages: int
    terms: int
    n_bytes: int
    organs: dict[str, int]
    years: dict[int, dict[str, int]]
    kinds: dict[str, int]
    verbs: dict[str, int]
    formats: dict[str, int]
    parsers: dict[str, int]
    windows: int


def measure(generation: Generation) -> Stats:
    """The numbers of one generation; verbs are those of paragraphs, the most frequent first."""
    manifest, listed = generation.manifest, generation.listed
    years: dict[int, dict[str, int]] = {}
    for one in sorted(listed, key=lambda it: it.year or 0):
        in_year = years.setdefault(one.year or 0, {})
        in_year[one.organ] = in_year.get(one.organ, 0) + 1
    paragraphs = [paragraph for one in listed for paragraph in one.paragraphs]
    return Stats(
        generation=manifest.id,
        parent=manifest.parent,
        created=manifest.created,
        model=manifest.encoder.name,
        dim=manifest.encoder.dim,
        vectors=manifest.vectors,
        resolutions=manifest.counts.resolutions,
        paragraphs=manifest.counts.paragraphs,
        passages=manifest.counts.passages,
        terms=len(generation.lexical.vocabulary),
        n_bytes=sum(entry.size for entry in manifest.files.values()),
        organs=_ranked(one.organ for one in listed),
        years=years,
        kinds=_ranked(kind for _, kind, _ in paragraphs),
        verbs=_ranked(verb for _, _, verbs in paragraphs for verb in verbs),
        formats=_ranked(one.format for one in listed),
        parsers=_ranked(one.parser for one in listed),
        windows=manifest.counts.passages - manifest.counts.paragraphs,
    )


def _ranked(words: Iterable[str]) -> dict[str, int]:
    counted = Counter(words)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
