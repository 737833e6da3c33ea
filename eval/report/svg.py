"""Small charts as inline SVG: no script, no font to fetch; colours come from the page's style sheet by class."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from eval.intervals import rate_of
from eval.wire import BinOut, CurveOut, Figure, LatencyOut, OutcomeOut

_ROW = 34
_WIDTH = 400  # near that of a phone: shrunk little, its letters stay legible


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, text: str, kind: str = "t", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" rx="2" class="{kind}"/>'


def _dot(x: float, y: float, radius: float, kind: str, tip: str = "") -> str:
    title = f"<title>{escape(tip)}</title>" if tip else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" class="{kind}">{title}</circle>'


def _whisker(low: float, high: float, y: float) -> str:
    caps = _line(low, y - 4, low, y + 4, "whisker") + _line(high, y - 4, high, y + 4, "whisker")
    return _line(low, y, high, y, "whisker") + caps


def measure_bars(rows: Sequence[tuple[str, Figure, Figure | None]], width: float = _WIDTH) -> str:
    """One bar a measure with its interval; a ring where the exact (unfolded) figure lies."""
    left, right = 118.0, width - 58
    height = _ROW * len(rows) + 26
    bottom = height - 22

    def x(value: float) -> float:
        return left + value * (right - left)

    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(_line(x(tick), 4, x(tick), bottom, "grid"))
        parts.append(_text(x(tick), height - 6, f"{tick:g}", "tick", "middle"))
    for place, (name, figure, exact) in enumerate(rows):
        middle = 4 + _ROW * place + _ROW / 2
        parts.append(_text(left - 10, middle + 4, name, "t", "end"))
        if figure.value is None:
            parts.append(_text(left + 6, middle + 4, "not defined", "tick"))
            continue
        parts.append(_rect(left, middle - 9, x(figure.value) - left, 18, "bar"))
        if figure.low is not None and figure.high is not None:
            parts.append(_whisker(x(figure.low), x(figure.high), middle))
        if exact is not None and exact.value is not None:
            parts.append(_dot(x(exact.value), middle, 4, "ring", f"exact: {exact.value:.3f}"))
        parts.append(_text(width - 4, middle + 4, f"{figure.value:.3f}", "value", "end"))
    return _svg(width, height, "Measures with 95% intervals", parts)


def cell_bar(figure: Figure | None, width: float = 132) -> str:
    """A bar small enough for a table cell."""
    height, top = 22.0, 11.0
    if figure is None or figure.value is None:
        return '<span class="undefined">not defined</span>'
    span = width - 44
    parts = [
        _rect(0, top - 6, span, 12, "track"),
        _rect(0, top - 6, span * figure.value, 12, "bar"),
        _text(width, top + 4, f"{figure.value:.2f}", "value", "end"),
    ]
    if figure.low is None or figure.high is None:
        return _svg(width, height, f"{figure.value:.3f}, no interval over {figure.n}", parts)
    parts.insert(2, _whisker(max(span * figure.low, 0.7), span * figure.high, top))
    return _svg(width, height, f"{figure.value:.3f}, interval {figure.low:.3f} to {figure.high:.3f}", parts)


def outcome_bar(one: OutcomeOut, width: float = 200) -> str:
    """Shares of a kind's questions: answered rightly, refused rightly, refused wrongly, answered wrongly."""
    parts, x = [], 0.0
    wrong = one.answered - one.answered_rightly
    shares = (
        (one.answered_rightly, "good"),
        (one.refused_rightly, "good2"),
        (one.refused - one.refused_rightly, "mute"),
        (wrong, "bad"),
    )
    for n, kind in shares:
        if n:
            parts.append(_rect(x, 4, width * n / one.n - 1, 13, kind))
            x += width * n / one.n
    return _svg(width, 21, f"{one.answered_rightly} answered rightly, {wrong} wrongly, {one.refused} refused", parts)


def _frame(size: float, left: float, top: float, x_name: str, y_name: str) -> list[str]:
    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = left + tick * size, top + (1 - tick) * size
        parts += [_line(left, y, left + size, y, "grid"), _line(x, top, x, top + size, "grid")]
        parts += [
            _text(left - 8, y + 4, f"{tick:g}", "tick", "end"),
            _text(x, top + size + 16, f"{tick:g}", "tick", "middle"),
        ]
    parts.append(_text(left + size / 2, top + size + 36, x_name, "axis", "middle"))
    parts.append(
        '<text class="axis" text-anchor="middle" '
        f'transform="translate({left - 40:.1f} {top + size / 2:.1f}) rotate(-90)">{escape(y_name)}</text>'
    )
    return parts


def coverage_curve(curve: Sequence[CurveOut], coverage: Figure, accuracy: Figure, size: float = 300) -> str:
    """Accuracy among the answered as the threshold falls and more is answered; the dot is where the service stands."""
    left, top = 56.0, 12.0
    parts = _frame(size, left, top, "coverage: share of questions answered", "accuracy of what is answered")
    points = [(left + one.coverage * size, top + (1 - one.accuracy) * size) for one in curve]
    if points:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        area = f"{points[0][0]:.1f},{top + size:.1f} {path} {points[-1][0]:.1f},{top + size:.1f}"
        parts.append(f'<polygon points="{area}" class="area"/><polyline points="{path}" class="curve"/>')
    if coverage.value is not None and accuracy.value is not None:
        x, y = left + coverage.value * size, top + (1 - accuracy.value) * size
        parts.append(_dot(x, y, 6, "here", f"as served: coverage {coverage.value:.2f}, accuracy {accuracy.value:.2f}"))
        low = accuracy.value < 0.15
        parts.append(_text(x - 9, y + (-12 if low else 20), "as served", "note", "end" if x > left + 80 else "start"))
    return _svg(left + size + 16, top + size + 46, "Coverage against accuracy", parts)


def reliability(bins: Sequence[BinOut], size: float = 300) -> str:
    """Stated against observed, with Wilson's intervals; beneath, how many questions each bin holds."""
    left, top, strip = 56.0, 12.0, 46.0
    parts = _frame(size, left, top, "stated probability", "observed share answered rightly")
    parts.append(_line(left, top + size, left + size, top, "diagonal"))
    most = max((one.n for one in bins), default=0)
    base = top + size + 46 + strip
    for one in bins:
        slot = left + one.low * size
        wide = (one.high - one.low) * size
        if one.n and most:
            tall = strip * one.n / most
            parts.append(_rect(slot + 1, base - tall, wide - 2, tall, "count"))
            parts.append(_text(slot + wide / 2, base + 13, str(one.n), "tick", "middle"))
        if one.stated is None or one.observed is None:
            continue
        x, y = left + one.stated * size, top + (1 - one.observed) * size
        interval = rate_of(round(one.observed * one.n), one.n)
        if interval.low is not None and interval.high is not None:
            parts.append(_line(x, top + (1 - interval.low) * size, x, top + (1 - interval.high) * size, "whisker"))
        parts.append(
            _dot(x, y, 4.5, "here", f"{one.n} questions: stated {one.stated:.2f}, observed {one.observed:.2f}")
        )
    parts.append(_text(left - 8, base - strip / 2 + 4, "n", "tick", "end"))
    return _svg(left + size + 16, base + 20, "Reliability of the stated probability", parts)


def latency_bars(latency: Sequence[tuple[str, LatencyOut]], width: float = _WIDTH) -> str:
    """Median (dark) and 95th percentile (light) per stage, in milliseconds."""
    left, right = 92.0, width - 120
    most = max((spent.p95 for _, spent in latency), default=0.0) or 1.0
    parts = []
    for place, (stage, spent) in enumerate(latency):
        middle = 4 + 28 * place + 14
        parts.append(_text(left - 10, middle + 4, stage, "t", "end"))
        parts.append(_rect(left, middle - 7, (right - left) * spent.p95 / most, 14, "track2"))
        parts.append(_rect(left, middle - 7, max((right - left) * spent.p50 / most, 1), 14, "bar"))
        parts.append(_text(width - 4, middle + 4, f"{spent.p50:.1f} / {spent.p95:.1f} ms", "value", "end"))
    return _svg(width, 28 * len(latency) + 10, "Latency per stage, median and 95th percentile", parts)


def count_bars(counts: Sequence[tuple[str, int]], width: float = _WIDTH) -> str:
    """One bar a count."""
    left, right = 230.0, width - 40
    most = max((n for _, n in counts), default=0) or 1
    parts = []
    for place, (name, n) in enumerate(counts):
        middle = 4 + 28 * place + 14
        parts.append(_text(left - 10, middle + 4, name, "t", "end"))
        parts.append(_rect(left, middle - 8, (right - left) * n / most, 16, "bad"))
        parts.append(_text(left + (right - left) * n / most + 8, middle + 4, str(n), "value"))
    return _svg(width, 28 * len(counts) + 8, "Failures by reason", parts)
