"""Resolutions by year and organ as a picture: an SVG text that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from qa.store.stats import Stats

_COLOURS = ("#1b6ca8", "#d1662f", "#3f8f7a", "#8f6593", "#b08900", "#5a5a5a")
_LEFT, _RIGHT, _TOP, _BELOW = 56, 24, 56, 56
_WIDEST_BAR = 48.0
_LABEL = 44  # pixels that one year's label needs
_KEY = 280  # pixels that one organ's name needs
_TICKS = 5


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where years and counts lie on the paper."""

    first: int
    n_years: int
    top: int
    width: int
    height: int

    @property
    def step(self) -> float:
        return min((self.width - _LEFT - _RIGHT) / self.n_years, _WIDEST_BAR)

    @property
    def floor(self) -> float:
        return float(self.height - _BELOW)

    def x(self, year: int) -> float:
        return _LEFT + (year - self.first) * self.step

    def tall(self, count: float) -> float:
        return count * (self.floor - _TOP) / self.top


def plot_years(stats: Stats, width: int = 960, height: int = 360) -> str:
    """Resolutions a year as stacked bars, one colour an organ; each bar tells its number when pointed at."""
    known = {year: organs for year, organs in stats.years.items() if year}
    undated = sum(sum(organs.values()) for year, organs in stats.years.items() if not year)
    title = f"Resolutions by year of adoption and organ: {stats.resolutions:,} in all"
    title += f"; {undated:,} without a date are not drawn" if undated and known else ""
    if not known:
        return _svg(width, height, title, ['<text x="20" y="60">No year of adoption is known.</text>'])
    most = max(sum(organs.values()) for organs in known.values())
    unit = _unit(most)
    axes = _Axes(min(known), max(known) - min(known) + 1, -(-most // unit) * unit, width, height)
    colours = {organ: _COLOURS[at % len(_COLOURS)] for at, organ in enumerate(stats.organs)}
    rows = -(-len(colours) // ((width - _LEFT) // _KEY))
    parts = [*_counts(axes, unit), *_bars(axes, known, colours), *_years(axes), *_key(axes, stats.organs, colours)]
    return _svg(width, height + 18 * (rows - 1), title, parts)


def _unit(most: int) -> int:
    """The distance of two lines: 1, 2 or 5 times a power of ten, so that few lines suffice."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if most <= digit * power * _TICKS:
                return digit * power
        power *= 10


def _counts(axes: _Axes, unit: int) -> Iterator[str]:
    for count in range(0, axes.top + 1, unit):
        y = axes.floor - axes.tall(count)
        yield f'<path d="M{_LEFT} {y:.1f}H{axes.width - _RIGHT}" stroke="{"#e3e8ee" if count else "#8a97a5"}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#526070">{count:,}</text>'


def _bars(axes: _Axes, known: dict[int, dict[str, int]], colours: dict[str, str]) -> Iterator[str]:
    for year, counts in sorted(known.items()):
        y = axes.floor
        for organ in (one for one in colours if one in counts):
            tall = axes.tall(counts[organ])
            y -= tall
            yield (
                f'<rect x="{axes.x(year):.1f}" y="{y:.1f}" width="{max(axes.step - 1, 0.8):.1f}" height="{tall:.1f}" '
                f'fill="{colours[organ]}"><title>{year}, {escape(organ)}: {counts[organ]}</title></rect>'
            )


def _years(axes: _Axes) -> Iterator[str]:
    """The first and the last year, and round ones between them wherever there is room."""
    last = axes.first + axes.n_years - 1
    apart = next(one for one in (1, 2, 5, 10, 20, 50, 100, 1000) if one * axes.step >= _LABEL or one == 1000)
    shown = [axes.first]
    for year in [one for one in range(axes.first, last) if one % apart == 0] + [last]:
        room = (year - shown[-1]) * axes.step >= _LABEL and (year == last or (last - year) * axes.step >= _LABEL)
        if room:
            shown.append(year)
    for year in shown:
        at = axes.x(year) + axes.step / 2
        yield f'<text x="{at:.1f}" y="{axes.floor + 18:.1f}" text-anchor="middle" fill="#526070">{year}</text>'


def _key(axes: _Axes, organs: dict[str, int], colours: dict[str, str]) -> Iterator[str]:
    columns = (axes.width - _LEFT) // _KEY
    for at, (organ, colour) in enumerate(colours.items()):
        x, y = _LEFT + (at % columns) * _KEY, axes.height - 10 + 18 * (at // columns)
        yield f'<rect x="{x}" y="{y - 10}" width="11" height="11" rx="2" fill="{colour}"/>'
        yield f'<text x="{x + 18}" y="{y}">{escape(organ)} ({organs[organ]:,})</text>'


def _svg(width: int, height: int, title: str, parts: list[str]) -> str:
    label = escape(title)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{label}"'
            ' font-family="system-ui, sans-serif" font-size="12" fill="#17202a">',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            f'<text x="{_LEFT - 36}" y="28" font-size="16" font-weight="600">{label}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )
