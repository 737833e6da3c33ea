"""The settings of one run, kept beside the weights so that it can be repeated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings of a run. Lengths count tokens; rates and temperatures as in the literature."""

    start: str
    epochs: int = 4
    rounds: int = 2  # the look-alikes are mined anew at the beginning of each
    batch: int = 128
    negatives: int = 3  # look-alikes a question in each batch
    depth: int = 30  # drawn from so many of the nearest
    learning_rate: float = 1e-4
    temperature: float = 0.05
    token_temperature: float = 0.025
    token_dim: int = 0
    token_weight: float = 1.0
    teacher_weight: float = 1.0
    max_query: int = 48
    max_passage: int = 160
    seed: int = 20261126
    freeze_words: bool = True
    dropout: float | None = None  # None: as in `start`; at 0 a step takes two thirds of the time on a processor
    layers: tuple[int, ...] = ()  # keep only these layers; empty: all
