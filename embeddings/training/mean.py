"""`python -m embeddings.training.mean FOLDER FOLDER --out FOLDER`: the mean of the weights before and after a further training.

It keeps much of what was learned first and takes much of what was learned then. Source: Wortsman et al. 2022, "Robust
fine-tuning of zero-shot models".
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


def mean(before: Path, after: Path, out: Path) -> None:
    """Write the folder `before` with each tensor of its safetensors files halfway to that of `after`.

    Raises:
        ValueError: the folders hold tensors of other names or shapes.
    """
    shutil.copytree(before, out, dirs_exist_ok=True)
    for file in sorted(before.glob("*.safetensors")):
        one, other = load_file(file), load_file(after / file.name)
        learned = {name: value for name, value in one.items() if value.is_floating_point()}
        if {name: value.shape for name, value in learned.items()} != {
            name: value.shape for name, value in other.items() if value.is_floating_point()
        }:
            raise ValueError(f"{file} and {after / file.name} are not weights of the same model")
        halfway = {name: torch.lerp(value, other[name], 0.5).contiguous() for name, value in learned.items()}
        save_file(one | halfway, out / file.name, metadata={"format": "pt"})


def main() -> None:
    """As the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    given = parser.parse_args()
    mean(given.before, given.after, given.out)


if __name__ == "__main__":
    main()
