"""What can go wrong in `eval`. Every error carries its values and names the mend.

EvalError
├── QuestionFileError   a line of a question file that is no question
├── TrecFormatError     a line of a TREC topics, qrels or run file that is none
├── UnreadableError     a file that is no UTF-8, or a gzip file that is cut
├── JudgementError      judgements of other questions than those asked, or none at all
├── MeasureError        names that are no measures: all of them, at once
├── GateError           a gate that cannot be read, or asks for what the run does not measure
├── RunFolderError      a folder that holds no finished run, or two that cannot be compared
├── SweepError          a list of configurations that cannot be used
├── TuneError           questions that nothing can be learnt from
├── BeirError           a folder that is no collection in BEIR layout
└── OpenError           the index folder cannot be asked
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class EvalError(Exception):
    """Root of every error that `eval` raises on purpose; its text is one line and names the mend."""


class QuestionFileError(EvalError):
    """A line of a question file that is no question."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")
        self.path = path
        self.line = line
        self.why = why


class TrecFormatError(EvalError):
    """A line of a TREC file that does not have the fields it needs."""

    def __init__(self, path: Path, line: int, expected: str, found: str) -> None:
        super().__init__(f"{path}:{line}: expected {expected}, found {found!r}")
        self.path = path
        self.line = line
        self.expected = expected
        self.found = found


class UnreadableError(EvalError):
    """A file whose text cannot be read."""

    def __init__(self, path: Path, why: str, mend: str) -> None:
        super().__init__(f"{path}: {why}; {mend}")
        self.path = path
        self.why = why


class JudgementError(EvalError):
    """Judgements that fit no question, or questions that nothing judges: nothing could be measured."""

    def __init__(self, path: Path, why: str, mend: str) -> None:
        super().__init__(f"{path}: {why}; {mend}")
        self.path = path
        self.why = why


class MeasureError(EvalError):
    """Names that are no measures."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"no such measure: {', '.join(names)}; write them as ir-measures does: nDCG@10, R@100, RR@10")
        self.names = tuple(names)


class GateError(EvalError):
    """A gate that cannot be read or applied."""


class RunFolderError(EvalError):
    """A folder that holds no finished run, or two runs that cannot be compared."""

    def __init__(self, folder: Path, why: str, mend: str) -> None:
        super().__init__(f"{folder}: {why}; {mend}")
        self.folder = folder
        self.why = why


class SweepError(EvalError):
    """A list of configurations that cannot be used."""


class TuneError(EvalError):
    """Questions that nothing can be learnt from."""


class BeirError(EvalError):
    """A folder that is no collection in BEIR layout."""

    def __init__(self, folder: Path, why: str, mend: str = "") -> None:
        super().__init__(
            f"{folder}: {why}; {mend or 'expected corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv, .gz or not'}"
        )
        self.folder = folder
        self.why = why


class OpenError(EvalError):
    """The index folder cannot be asked."""
