"""Fine-tunes an encoder or a pair scorer on (question, passage that answers, passages that do not) examples.

Knows nothing of where the examples come from: one JSON object a line, `query`, `positive`, `negatives` (strings).
Needs the full set-up (torch, sentence-transformers). Runs on two cores in an hour or so, on a GPU in minutes; the seed,
the order of examples and the settings are written beside the weights, so that a run can be repeated.

    python -m embeddings.training encoder --start FOLDER --examples FILE.jsonl --out FOLDER
    python -m embeddings.training pairs   --start FOLDER --examples FILE.jsonl --out FOLDER --layers 0,2,5
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModel, AutoModelForSequenceClassification, AutoTokenizer


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage that answers it, and passages that look alike but do not."""

    query: str
    positive: str
    negatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of one run; kept beside the weights."""

    start: str
    epochs: int = 3
    batch: int = 32
    negatives: int = 1
    learning_rate: float = 5e-5
    temperature: float = 0.05
    max_query: int = 48
    max_passage: int = 160
    seed: int = 20261123
    layers: tuple[int, ...] = ()
    freeze_words: bool = True


def read_examples(path: Path) -> list[Example]:
    """Examples in the file's order."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [Example(row["query"], row["positive"], tuple(row["negatives"])) for row in rows]


def batches(examples: list[Example], plan: Plan) -> Iterator[list[Example]]:
    """Shuffled batches for every epoch, without two examples of one positive in a batch (they would be false negatives)."""
    order = random.Random(plan.seed)
    for _ in range(plan.epochs):
        pending = examples[:]
        order.shuffle(pending)
        while pending:
            chosen: list[Example] = []
            seen: set[str] = set()
            rest: list[Example] = []
            for index, example in enumerate(pending):
                if len(chosen) == plan.batch:
                    rest += pending[index:]
                    break
                (rest if example.positive in seen else chosen).append(example)
                seen.add(example.positive)
            pending = rest
            if len(chosen) == plan.batch or not pending:
                yield chosen


def mean_pooled(model: Any, inputs: Any) -> torch.Tensor:
    """Normalised means of the token vectors, (n, dim)."""
    hidden = model(**inputs).last_hidden_state
    mask = inputs["attention_mask"].unsqueeze(-1).to(hidden.dtype)
    return nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def encoder_loss(model: Any, tokenizer: Any, batch: list[Example], plan: Plan, pick: random.Random) -> torch.Tensor:
    """Multiple-negatives ranking loss: every other passage of the batch, and the hard ones, are negatives.

    Source: Henderson et al. 2017, "Efficient Natural Language Response Suggestion for Smart Reply".
    """
    negatives = [n for e in batch for n in pick.sample(e.negatives, min(plan.negatives, len(e.negatives)))]
    passages = [e.positive for e in batch] + negatives
    device = next(model.parameters()).device

    def encode(texts: list[str], limit: int) -> Any:
        return tokenizer(texts, padding=True, truncation=True, max_length=limit, return_tensors="pt")

    queries = mean_pooled(model, encode([e.query for e in batch], plan.max_query).to(device))
    vectors = mean_pooled(model, encode(passages, plan.max_passage).to(device))
    scores = queries @ vectors.T / plan.temperature
    return nn.functional.cross_entropy(scores.float(), torch.arange(len(batch), device=device))


def pairs_loss(model: Any, tokenizer: Any, batch: list[Example], plan: Plan, pick: random.Random) -> torch.Tensor:
    """Listwise softmax loss over the positive and its own negatives, of one size for the whole batch."""
    n = min(plan.negatives, *(len(e.negatives) for e in batch))
    lists = [(e.positive, *pick.sample(e.negatives, n)) for e in batch]
    queries = [e.query for e, texts in zip(batch, lists, strict=True) for _ in texts]
    passages = [text for texts in lists for text in texts]
    inputs = tokenizer(
        queries, passages, padding=True, truncation="only_second", max_length=plan.max_passage, return_tensors="pt"
    )
    device = next(model.parameters()).device
    logits = model(**inputs.to(device)).logits.view(len(batch), n + 1)
    return nn.functional.cross_entropy(logits.float(), torch.zeros(len(batch), dtype=torch.long, device=device))


def train(
    model: Any, tokenizer: Any, examples: list[Example], plan: Plan, loss_of: Callable[..., torch.Tensor]
) -> None:
    """AdamW with linear warm-up and decay, in bfloat16 where the processor has it; progress on standard error."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device).train()
    schedule = list(batches(examples, plan))
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trainable, lr=plan.learning_rate, weight_decay=0.01)
    warm = max(1, len(schedule) // 10)

    def scale(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (len(schedule) - step) / max(1, len(schedule) - warm)))

    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, scale)
    pick = random.Random(plan.seed + 1)
    begun, running = time.monotonic(), math.nan
    for step, batch in enumerate(schedule, start=1):
        with torch.autocast(device.type, dtype=torch.bfloat16):
            loss = loss_of(model, tokenizer, batch, plan, pick)
        loss.backward()
        nn.utils.clip_grad_norm_(trainable, 1.0)
        optimiser.step()
        rate.step()
        optimiser.zero_grad()
        running = loss.item() if math.isnan(running) else 0.95 * running + 0.05 * loss.item()
        if step % 20 == 0 or step == len(schedule):
            left = (time.monotonic() - begun) / step * (len(schedule) - step)
            sys.stderr.write(f"step {step}/{len(schedule)} loss {running:.4f} left {left:.0f} s\n")
            sys.stderr.flush()


def keep_layers(model: Any, layers: tuple[int, ...]) -> None:
    """Leave only the named layers of the encoder, in that order: a smaller model that starts from trained ones."""
    stack = model.base_model.encoder
    stack.layer = nn.ModuleList(stack.layer[index] for index in layers)
    model.config.num_hidden_layers = len(layers)


def _copy_layout(start: Path, out: Path) -> None:
    """What makes a folder of weights a sentence-transformer: pooling, normalisation, limits."""
    for name in ("modules.json", "sentence_bert_config.json", "config_sentence_transformers.json"):
        if (start / name).is_file():
            shutil.copy(start / name, out / name)
    for folder in start.glob("[0-9]_*"):
        shutil.copytree(folder, out / folder.name, dirs_exist_ok=True)


def main() -> None:
    """Train as the command line says, and write weights (safetensors), tokenizer and plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("encoder", "pairs"))
    parser.add_argument("--start", required=True, help="folder of the weights to start from")
    parser.add_argument("--examples", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--negatives", type=int, default=1)
    parser.add_argument("--learning-rate", type=float, default=5e-5)
    parser.add_argument("--max-passage", type=int, default=160)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--layers", default="", help="layers to keep, such as 0,2,5 (default: all)")
    given = vars(parser.parse_args())
    what, out, source = given.pop("what"), given.pop("out"), given.pop("examples")
    given["layers"] = tuple(int(layer) for layer in given["layers"].split(",") if layer)
    plan = Plan(**given)
    torch.manual_seed(plan.seed)
    tokenizer = AutoTokenizer.from_pretrained(plan.start)
    if what == "encoder":
        model = AutoModel.from_pretrained(plan.start)
    else:
        model = AutoModelForSequenceClassification.from_pretrained(plan.start, num_labels=1)
    if plan.layers:
        keep_layers(model, plan.layers)
    if plan.freeze_words:
        model.base_model.embeddings.word_embeddings.weight.requires_grad_(False)
    train(model, tokenizer, read_examples(source), plan, encoder_loss if what == "encoder" else pairs_loss)
    out.mkdir(parents=True, exist_ok=True)
    model.float().cpu().save_pretrained(out, safe_serialization=True)
    tokenizer.save_pretrained(out)
    if what == "encoder":
        _copy_layout(Path(plan.start), out)
    (out / "plan.json").write_text(json.dumps(asdict(plan) | {"what": what}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
