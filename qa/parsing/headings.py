"""Which unnumbered blocks are headings, seen once the blocks around them are known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.parsing.blocks import QUOTES, Block, BlockRole, heading_like, is_stop
from qa.parsing.numbers import Style
from qa.parsing.openings import Opening, classify

_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Judge)\.? [A-Z]")

_LONGEST_TITLE = 55  # characters of a heading that ends in a stop; a longer one is an item of a list


def settle_headings(blocks: Sequence[Block]) -> None:
    """Call headings what stands like one: short, no number, no stop, a capital first, and a paragraph after it."""
    for k, block in enumerate(blocks):
        if block.role is BlockRole.HEADING and is_stop(block.tail) and len(block.text) > _LONGEST_TITLE:
            block.role = BlockRole.TEXT  # "I. Pumps of medium or large capacity ... and natural gas."
        if block.role is not BlockRole.TEXT or not heading_like(block) or not block.text or _PERSON.match(block.text):
            continue
        if not (block.text[0].isupper() or block.text[0] in '“‘"' or block.text[0].isdigit()):
            continue
        if classify(block.text) is not Opening.PLAIN and (block.text[0] in QUOTES or not _among_numbered(blocks, k)):
            continue
        if k + 1 < len(blocks) and block.n_lines <= 4 and not _listed(blocks, k):
            block.role = BlockRole.HEADING


def _among_numbered(blocks: Sequence[Block], k: int) -> bool:
    """Between numbered paragraphs no recital stands: "Financing for development" there is a heading."""
    near = [blocks[j] for j in (k - 1, k + 1) if 0 <= j < len(blocks)]
    return len(near) == 2 and all(b.number is not None and b.role is BlockRole.TEXT for b in near)


def _listed(blocks: Sequence[Block], k: int) -> bool:
    """What "(b) The panels will address the following themes:" announces, before (c), is a list and no headings."""
    before = next((blocks[j] for j in range(k - 1, -1, -1) if not _is_bare(blocks[j])), None)
    number = before.number if before is not None and before.tail.endswith(":") else None
    if number is None or number.style is Style.TOP:
        return False
    after = next((blocks[j].number for j in range(k + 1, len(blocks)) if not _is_bare(blocks[j])), None)
    return after is not None and after.style is number.style and after.value == number.value + 1


def _is_bare(block: Block) -> bool:
    return block.role is BlockRole.TEXT and heading_like(block)
