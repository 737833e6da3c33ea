"""Texts as token ids, made once and padded batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch


class Tokens:
    """Token ids of many texts without special tokens, cut at `limit`."""

    def __init__(self, tokenizer: Any, texts: Sequence[str], limit: int) -> None:
        found = tokenizer(list(texts), add_special_tokens=False, truncation=True, max_length=limit)
        self.ids: list[list[int]] = found["input_ids"]
        plain, pair = tokenizer("a")["input_ids"], tokenizer("a", "a")["input_ids"]
        self.first, self.last = plain[0], plain[-1]
        self.between = pair[2 : len(pair) - 2]  # one separator, or two
        self.pad = int(tokenizer.pad_token_id)

    def parts(self, rows: Sequence[int], size: int = 128) -> tuple[list[list[int]], list[int]]:
        """The rows in parts of like length, so that little is padded, and where each stands once the parts are joined."""
        order = sorted(range(len(rows)), key=lambda at: len(self.ids[rows[at]]))
        places = sorted(range(len(rows)), key=order.__getitem__)
        return [[rows[at] for at in order[start : start + size]] for start in range(0, len(order), size)], places

    def batch(self, rows: Sequence[int], device: torch.device) -> dict[str, torch.Tensor]:
        """Ids and mask (n, longest) of some texts, with special tokens."""
        return self._padded([[self.first, *self.ids[row], self.last] for row in rows], device)

    def pairs(
        self, rows: Sequence[int], others: Tokens, other_rows: Sequence[int], device: torch.device
    ) -> dict[str, torch.Tensor]:
        """Pairs (text here, text of `others`) with special tokens.

        `token_type_ids` is 1 over the second text, for the models that are told.
        """
        heads = [[self.first, *self.ids[row], *self.between] for row in rows]
        pairs = [[*head, *others.ids[other], self.last] for head, other in zip(heads, other_rows, strict=True)]
        fed = self._padded(pairs, device)
        places = torch.arange(fed["input_ids"].shape[1], device=device).unsqueeze(0)
        kinds = places >= torch.tensor([len(head) for head in heads], device=device).unsqueeze(1)
        return fed | {"token_type_ids": (kinds & fed["attention_mask"].bool()).long()}

    def _padded(self, lists: list[list[int]], device: torch.device) -> dict[str, torch.Tensor]:
        width = max(len(one) for one in lists)
        ids = torch.tensor([one + [self.pad] * (width - len(one)) for one in lists])
        mask = torch.tensor([[1] * len(one) + [0] * (width - len(one)) for one in lists])
        return {
            "input_ids": ids.to(device, non_blocking=True),
            "attention_mask": mask.to(device, non_blocking=True),
        }
