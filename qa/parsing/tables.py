"""Tables of figures: their cells come as short lines and blocks of their own, and together they are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.parsing.blocks import NUMBERED_HEADING, Block, Role
from qa.parsing.openings import Opening, classify
from qa.records import Span

_FIGURE = re.compile(r"(?:\A|.*\s)(?:[–—-]|(?:[A-Z]{1,2}-)?\d[\d .,/]*%?[a-z]?)$")
_LONGEST_ROW = 90  # characters
_FEWEST_ROWS = 4
_FEWEST_FIGURES = 3  # rows that end in a figure or a dash
_SHARE = 0.25  # of the rows


def join_tables(source: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with those of a table joined into one; a table is never a recital, whatever word its first cell is."""
    out: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if _may_be_cells(source, block):
            run.append(block)
            continue
        out.extend(_settled(source, run))
        run = []
        out.append(block)
    return out + _settled(source, run)


def _may_be_cells(source: str, block: Block) -> bool:
    if block.role not in (Role.TEXT, Role.HEADING) or block.number is not None or not block.pieces:
        return False
    if any(end - start > _LONGEST_ROW for start, end in block.pieces):
        return False
    if block.role is Role.HEADING and NUMBERED_HEADING.match(block.text):
        return False
    if block.tail.endswith("."):
        return _is_table(source, block.pieces)
    return not (block.tail.endswith((",", ";", ":")) and classify(block.text) is not Opening.PLAIN)


def _settled(source: str, run: list[Block]) -> list[Block]:
    pieces = [piece for block in run for piece in block.pieces]
    if not _is_table(source, pieces):
        return run
    return [Block(Role.TEXT, run[0].text, pieces, n_lines=len(pieces), tail=run[-1].tail, is_table=True)]


def _is_table(source: str, rows: Sequence[Span]) -> bool:
    if len(rows) < _FEWEST_ROWS:
        return False
    figures = sum(bool(_FIGURE.match(source[start:end].strip())) for start, end in rows)
    return figures >= max(_FEWEST_FIGURES, _SHARE * len(rows))
