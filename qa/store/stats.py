"""What an index holds, in numbers, and a picture of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from qa.store.generation import Generation

_COLOURS = ("#1b6ca8", "#c8553d", "#588b8b", "#8f6593", "#b08900", "#5a5a5a")


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


def plot_years(stats: Stats, width: int = 900, height: int = 320) -> str:
    """Resolutions a year as stacked bars, one colour an organ, as an SVG text that needs nothing else."""
    known = {year: organs for year, organs in stats.years.items() if year}
    title = f"{stats.resolutions} resolutions by year of adoption and organ"
    if not known:
        return _svg(width, height, title, ['<text x="20" y="60">No year of adoption is known.</text>'])
    first, last = min(known), max(known)
    step = (width - 70) / (last - first + 1)
    top = max(sum(organs.values()) for organs in known.values())
    scale = (height - 110) / top
    organs = list(stats.organs)
    parts: list[str] = []
    for year, counts in sorted(known.items()):
        x, y = 50 + (year - first) * step, height - 60.0
        for organ in (one for one in organs if one in counts):
            tall = counts[organ] * scale
            y -= tall
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(step - 1, 1):.1f}" height="{tall:.1f}" '
                f'fill="{_colour(organs, organ)}"><title>{year}, {escape(organ)}: {counts[organ]}</title></rect>'
            )
    for year in sorted({first, last, *(year for year in known if year % 10 == 0)}):
        parts.append(f'<text x="{50 + (year - first) * step:.1f}" y="{height - 42}">{year}</text>')
    parts.append(f'<text x="44" y="{height - 60 - top * scale + 4:.1f}" text-anchor="end">{top}</text>')
    parts.append(f'<text x="44" y="{height - 60}" text-anchor="end">0</text>')
    for at, organ in enumerate(organs):
        x, y = 50 + (at % 3) * 280, height - 24 + 16 * (at // 3)
        parts.append(f'<rect x="{x}" y="{y - 10}" width="10" height="10" fill="{_colour(organs, organ)}"/>')
        parts.append(f'<text x="{x + 16}" y="{y}">{escape(organ)} ({stats.organs[organ]})</text>')
    return _svg(width, height + 16 * ((len(organs) - 1) // 3), title, parts)


def _colour(organs: list[str], organ: str) -> str:
    return _COLOURS[organs.index(organ) % len(_COLOURS)]


def _svg(width: int, height: int, title: str, parts: list[str]) -> str:
    label = escape(title)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{label}"'
            ' font-family="sans-serif" font-size="12">',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            f'<text x="50" y="24" font-size="15">{label}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )
