"""Figures that must be reached before a change goes in: `nDCG@10=0.6`, `ECE<=0.05`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from eval.errors import GateError
from eval.wire import Figure, Measures


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure's name and what it must reach (`at_least`), or must not exceed."""

    name: str
    value: float
    at_least: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A bound and what was found; `found` None (not defined) fails: undefined is not zero, and is no pass."""

    bound: Bound
    found: float | None

    @property
    def passed(self) -> bool:
        """Whether the bound is kept."""
        if self.found is None or math.isnan(self.found):
            return False
        return self.found >= self.bound.value if self.bound.at_least else self.found <= self.bound.value


def parse_bound(text: str, *, at_least: bool) -> Bound:
    """Read `NAME=VALUE`.

    Raises:
        GateError: there is no name, or the value is no finite number.
    """
    name, equals, value = text.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not equals or not name.strip() or not math.isfinite(number):
        raise GateError(f"{text!r} is no bound: write NAME=VALUE, such as nDCG@10=0.6")
    return Bound(name.strip(), number, at_least)


def figures_of(measures: Measures) -> dict[str, Figure]:
    """Every figure that a gate can name; what was counted rather than sampled is its own interval.

    Ranking measures by their name (`nDCG@10`, folded) and as `exact:nDCG@10`; those of abstention (`auroc`, `ece`,
    `false_answers`, ...); `latency:STAGE:p95`; `citations:broken`; `errors`.
    """
    abstention = {name: getattr(measures.abstention, name) for name in measures.abstention.__struct_fields__}
    counted: dict[str, float | None] = {}
    for stage, spent in measures.latency.items():
        counted |= {f"latency:{stage}:p50": spent.p50, f"latency:{stage}:p95": spent.p95}
    counted["citations:broken"] = float(measures.citations.broken) if measures.citations.checked else None
    counted["errors"] = float(measures.counts.errors)
    return {
        **measures.folded,
        **{f"exact:{name}": figure for name, figure in measures.exact.items()},
        **{name: figure for name, figure in abstention.items() if isinstance(figure, Figure)},
        **{name: Figure(value, value, value, measures.counts.questions) for name, value in counted.items()},
    }


def check(measures: Measures, bounds: Sequence[Bound], *, low: bool = False) -> list[Verdict]:
    """A verdict on every bound, in order.

    Args:
        measures: What was measured.
        bounds: What it has to keep.
        low: Hold the worse end of each interval to its bound: the lower end to one to reach, the upper to one not to exceed.

    Raises:
        GateError: no bounds at all, or one that names no figure of this run (all such are named).
    """
    if not bounds:
        raise GateError("no bound given: a gate without one would pass anything; add --min nDCG@10=0.6")
    figures = figures_of(measures)
    unknown = [bound.name for bound in bounds if bound.name not in figures]
    if unknown:
        raise GateError(
            f"not measured in this run: {', '.join(unknown)} (a measure that looks deeper than the rankings are long, -k, is not); "
            f"measured: {', '.join(figures)}"
        )
    return [Verdict(bound, _held(figures[bound.name], bound, low)) for bound in bounds]


def _held(figure: Figure, bound: Bound, low: bool) -> float | None:
    """What is held to the bound: the figure, or the worse end of its interval."""
    if not low:
        return figure.value
    return figure.low if bound.at_least else figure.high
