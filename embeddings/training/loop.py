"""The loop that every kind of training shares: AdamW, linear warm-up and decay, a line of progress."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import torch
from torch import nn

Batch = TypeVar("Batch")


def half_where_faster(device: torch.device) -> torch.autocast:
    """Products in bfloat16 where they are faster so: on a GPU, and on a processor that has instructions for them.

    On an AMD EPYC with avx512_bf16 a step of a reader takes 0.45 of its time in float32; without, it takes longer.
    """
    fast = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=fast)


def run_steps(
    model: Any, steps: Iterator[Batch], n_steps: int, rate: float, loss_of: Callable[[Batch], torch.Tensor]
) -> None:
    """Take `n_steps` steps of AdamW over the batches; the learning rate warms up for a tenth of them, then falls to 0."""
    device = next(model.parameters()).device
    model.train()
    trainable = [one for one in model.parameters() if one.requires_grad]
    optimiser = torch.optim.AdamW(trainable, lr=rate, weight_decay=0.01)
    warm = max(1, n_steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (n_steps - step) / max(1, n_steps - warm)))
    )
    begun, running = time.monotonic(), math.nan
    for step, batch in enumerate(steps, start=1):
        with half_where_faster(device):
            loss = loss_of(batch)
        loss.backward()
        nn.utils.clip_grad_norm_(trainable, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        if step % 50 == 0 or step == n_steps or step == 1:
            running = loss.item()
            spent = time.monotonic() - begun
            sys.stderr.write(f"step {step}/{n_steps} loss {running:.4f} {spent:.0f} s\n")
            sys.stderr.flush()


def keep_layers(model: Any, layers: Sequence[int]) -> None:
    """Leave only the named layers of a BERT, in that order: a smaller model that starts from trained ones."""
    stack = model.base_model.encoder
    stack.layer = nn.ModuleList(stack.layer[index] for index in layers)
    model.config.num_hidden_layers = len(layers)


def freeze_words(model: Any) -> None:
    """Leave the table of words as it is: it is half of a small model's weights, and questions touch few of its rows."""
    model.base_model.embeddings.word_embeddings.weight.requires_grad_(False)
