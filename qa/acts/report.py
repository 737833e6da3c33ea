"""How well acts are found, against a sample marked by hand: `python -m qa.acts.report SAMPLE REFERENCE`.

SAMPLE is `tests/qa/acts_sample.jsonl`; REFERENCE is `reference/paragraphs.jsonl.gz` of the development data, which
holds the texts (the sample names a paragraph by symbol, number and the hash of its text). The bundled resolution is
read from the package.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from qa.acts.splitting import split_acts
from qa.records import Act
from qa.symbols import Symbol

_NUMBERED = re.compile(r"^[^\S\n]*(\d{1,3})\.\s+", re.MULTILINE)
_SEED = "A/RES/55/179"
_SEED_FOOTNOTE = re.compile(r"\n {20,}\n4 See [^\n]*\n")


class MarkedAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act as a person marked it; `deadline` holds session, date, year or, where none can be told, the words."""

    verb: str
    addressee: str | None = None
    deadline: dict[str, str | int] | None = None


class MarkedParagraph(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paragraph of the sample: where it stands, the hash of its text, and what it does."""

    symbol: str
    number: str
    acts: list[MarkedAct]
    sha256: str | None = None


@dataclass(slots=True)
class Score:
    """Counts of agreement; `misses` and `extras` list the rest."""

    right: int = 0
    missed: int = 0
    extra: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; nan where there is nothing to find and nothing was found."""
        total = 2 * self.right + self.missed + self.extra
        return 2 * self.right / total if total else float("nan")

    def add(self, where: str, wanted: Counter[str], got: Counter[str]) -> None:
        """Count one paragraph."""
        self.right += sum((wanted & got).values())
        self.missed += sum((wanted - got).values())
        self.extra += sum((got - wanted).values())
        self.differences += [f"{where} missed {item}" for item in (wanted - got).elements()]
        self.differences += [f"{where} extra  {item}" for item in (got - wanted).elements()]


def read_sample(path: Path) -> list[MarkedParagraph]:
    """The marked paragraphs, in file order."""
    return [msgspec.json.decode(line, type=MarkedParagraph) for line in path.read_bytes().splitlines()]


def sample_texts(sample: list[MarkedParagraph], reference: Path) -> Iterator[tuple[MarkedParagraph, str]]:
    """Each marked paragraph with its text; one whose text is not found is left out."""
    wanted = {marked.sha256: marked for marked in sample if marked.sha256}
    names = {marked.symbol for marked in sample}
    with gzip.open(reference, "rb") as lines:
        for line in lines:
            record = msgspec.json.decode(line)
            if record["symbol"] not in names:
                continue
            for paragraph in record["paragraphs"]:
                text = re.sub(r"^\d+\.\s+", "", paragraph["text"])
                marked = wanted.pop(hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12], None)
                if marked is not None:
                    yield marked, text
    seed = _seed_paragraphs()
    yield from ((marked, seed[marked.number]) for marked in sample if marked.symbol == _SEED)


def _seed_paragraphs() -> dict[str, str]:
    source = (Path(__file__).parent.parent / "sample" / "A_RES_55_179.txt").read_text(encoding="utf-8")
    pieces = _NUMBERED.split(_SEED_FOOTNOTE.sub("\n", source).split("86th plenary")[0])
    return {number: " ".join(text.split()) for number, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def measure(pairs: Iterator[tuple[MarkedParagraph, str]]) -> tuple[Score, Score, int]:
    """Scores of (paragraph, verb, addressee) and of (paragraph, verb, deadline), and the number of paragraphs."""
    acts, deadlines, count = Score(), Score(), 0
    for marked, text in pairs:
        count += 1
        symbol = Symbol.parse(marked.symbol)
        found = split_acts(text, symbol.year, symbol.organ)
        where = f"{marked.symbol} {marked.number}"
        wanted = Counter(f"{act.verb} | {_plain(act.addressee)}" for act in marked.acts)
        acts.add(where, wanted, Counter(f"{act.verb} | {_plain(act.addressee)}" for act in found))
        due = Counter(f"{act.verb} | {_marked_due(act)}" for act in marked.acts if act.deadline)
        deadlines.add(where, due, Counter(f"{act.verb} | {_found_due(act)}" for act in found if act.deadline))
    return acts, deadlines, count


def _plain(addressee: str | None) -> str:
    return re.sub(r"^the ", "", " ".join((addressee or "-").lower().split()))


def _marked_due(act: MarkedAct) -> str:
    return " ".join(f"{name} {value}" for name, value in (act.deadline or {}).items())


def _found_due(act: Act) -> str:
    due = act.deadline
    if due is None:
        return "-"
    if due.session is not None:
        return f"session {due.session}"
    if due.date is not None:
        return f"date {due.date.isoformat()}"
    return f"year {due.year}" if due.year is not None else f"text {due.text}"


def main(arguments: list[str]) -> int:
    """Print the figures and every difference; 1 where a figure is below 0.90."""
    sample = read_sample(Path(arguments[0]))
    acts, deadlines, count = measure(sample_texts(sample, Path(arguments[1])))
    lines = [f"paragraphs {count} of {len(sample)}"]
    for name, score in (("acts", acts), ("deadlines", deadlines)):
        lines.append(f"{name}: F1 {score.f1:.3f} right {score.right} missed {score.missed} extra {score.extra}")
        lines += [f"  {line}" for line in score.differences]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(not (acts.f1 >= 0.9 and deadlines.f1 >= 0.9))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
