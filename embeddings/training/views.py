"""One forward pass, two views of a text: a single vector, and a short vector for each of its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from embeddings.training.loop import half_where_faster
from embeddings.training.tokens import Tokens


class TwoViews(nn.Module):  # type: ignore[misc]  # torch is not type-checked here
    """A transformer with mean pooling, and a linear map of its token vectors into `token_dim` dimensions (0: none)."""

    def __init__(self, model: Any, token_dim: int) -> None:
        super().__init__()
        self.model = model
        self.project = nn.Linear(model.config.hidden_size, token_dim, bias=False) if token_dim else None

    def forward(self, fed: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor | None]:
        """The normalised mean (n, dim), and normalised token vectors (n, longest, token_dim)."""
        hidden = self.model(**fed).last_hidden_state
        mask = fed["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        pooled = nn.functional.normalize(((hidden * mask).sum(1) / mask.sum(1)).float(), dim=-1)
        tokens = nn.functional.normalize(self.project(hidden), dim=-1) if self.project is not None else None
        return pooled, tokens


def inner(mask: torch.Tensor) -> torch.Tensor:
    """The mask without the first and the last token of each text: the special ones."""
    kept = mask.clone()
    kept[:, 0] = 0
    kept[torch.arange(len(mask), device=mask.device), mask.sum(1) - 1] = 0
    return kept


def max_sim(
    queries: torch.Tensor, query_mask: torch.Tensor, passages: torch.Tensor, passage_mask: torch.Tensor
) -> torch.Tensor:
    """For every query and passage the mean over the query's tokens of the best cosine among the passage's, (q, p).

    Source: Khattab and Zaharia 2020, "ColBERT"; the mean instead of the sum, so that long questions weigh no more.
    """
    cosines = torch.einsum("qad,pbd->qpab", queries, passages)
    cosines = cosines.masked_fill(passage_mask[None, :, None, :] == 0, -1.0)
    best = cosines.amax(-1).float()
    weights = query_mask.float()[:, None, :]
    return (best * weights).sum(-1) / weights.sum(-1).clamp(min=1.0)


def encode_all(views: TwoViews, tokens: Tokens, size: int = 512) -> torch.Tensor:
    """The single vectors of all texts, float32 (n, dim), on the model's device."""
    views.eval()
    device = next(views.parameters()).device
    order: Sequence[int] = sorted(range(len(tokens.ids)), key=lambda row: len(tokens.ids[row]))
    out = torch.zeros(len(order), views.model.config.hidden_size, device=device)
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        with torch.no_grad(), half_where_faster(device):
            out[torch.tensor(rows, device=device)] = views(tokens.batch(rows, device))[0]
    return out
