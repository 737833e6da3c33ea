"""Tables of figures: their cells come as short lines and blocks of their own, and together they are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.parsing.blocks import NUMBERED_HEADING, Block, BlockRole
from qa.parsing.openings import Opening, classify
from qa.records import Span

_FIGURE = re.compile(r"\A(?:.*\s)?(?:[–—-]|(?:[A-Z]{1,2}-)?\d[\d .,/]{0,20}+%?[a-z]?)$")
_LONGEST_ROW = 90  # characters
_FEWEST_ROWS = 4
_FEWEST_FIGURES = 3  # rows that end in a figure or a dash
_SHARE = 0.25  # of the rows
_LONGEST_CELL = 40  # characters
_MOST = 0.5  # of the rows, where the notes to a table stand below it in lines of full length


def join_tables(source: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with those of a table joined into one; a table is never a recital, whatever word its first cell is."""
    out: list[Block] = []
    run: list[Block] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if (_may_be_cells(source, block) and not _titles_annex(before, block)) or _goes_on(source, run, block):
            run.append(block)
            continue
        if run:
            out.extend(_settled(source, run))
            run = []
        out.append(block)
    return out + _settled(source, run)


def _goes_on(source: str, run: Sequence[Block], block: Block) -> bool:
    """A block that opens with a figure, straight after a table: its last rows, with the notes to it."""
    if not run or block.role is not BlockRole.TEXT or block.number is not None or not block.pieces:
        return False
    start, end = block.pieces[0]
    if end - start > _LONGEST_CELL or not _ends_in_figure(source[start:end].strip()):
        return False
    return _is_table(source, [piece for one in run for piece in one.pieces])


def _titles_annex(before: Block | None, block: Block) -> bool:
    return before is not None and before.role is BlockRole.ANNEX and block.role is BlockRole.HEADING


def _may_be_cells(source: str, block: Block) -> bool:
    if block.role not in (BlockRole.TEXT, BlockRole.HEADING) or block.number is not None or not block.pieces:
        return False
    if any(end - start > _LONGEST_ROW for start, end in block.pieces):
        cells = [piece for piece in block.pieces if piece.end - piece.start <= _LONGEST_CELL]
        return len(cells) >= _FEWEST_ROWS and _n_figures(source, cells) > _MOST * len(block.pieces)
    if block.role is BlockRole.HEADING and NUMBERED_HEADING.match(block.text):
        return False
    if block.tail.endswith("."):
        return _is_table(source, block.pieces)
    return not (block.tail.endswith((",", ";", ":")) and classify(block.text) is not Opening.PLAIN)


def _settled(source: str, run: list[Block]) -> list[Block]:
    """The run as one block up to its last figures; what follows them is the heading of what comes next."""
    last = max((k for k, block in enumerate(run) if _n_figures(source, block.pieces)), default=-1)
    cells, rest = run[: last + 1], run[last + 1 :]
    pieces = [piece for block in cells for piece in block.pieces]
    if not _is_table(source, pieces):
        return run
    table = Block(BlockRole.TEXT, cells[0].text, pieces, n_lines=len(pieces), tail=cells[-1].tail, is_table=True)
    return [table, *rest]


def _is_table(source: str, rows: Sequence[Span]) -> bool:
    if len(rows) < _FEWEST_ROWS:
        return False
    return _n_figures(source, rows) >= max(_FEWEST_FIGURES, _SHARE * len(rows))


def _n_figures(source: str, rows: Sequence[Span]) -> int:
    return sum(_ends_in_figure(source[start:end].strip()) for start, end in rows)


def _ends_in_figure(row: str) -> bool:
    return not row[-3:].isalpha() and _FIGURE.match(row) is not None
