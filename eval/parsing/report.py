"""The figures of the reading, per organ and form, with the worst documents: `python -m eval.parsing`."""

from __future__ import annotations

import gc
import math
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.parsing.compare import Item, Tally, similarity
from eval.parsing.errata import ignored
from eval.parsing.printed import compare_printed
from eval.parsing.reference import Expected
from qa.errors import QAError
from qa.parsing import parse
from qa.parsing.openings import Opening, classify
from qa.reading import read
from qa.records import Kind, Resolution

_RUNS = 3


@dataclass(slots=True)
class Group:
    """One folder of one form: what came out of it."""

    name: str
    read: dict[str, Resolution] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    seconds: float = 0.0
    characters: int = 0
    verbatim_faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Compared:
    """A group against the reference."""

    numbered: Tally = field(default_factory=Tally)
    preambular: Tally = field(default_factory=Tally)
    facts: dict[str, Tally] = field(default_factory=lambda: {k: Tally() for k in ("title", "date", "symbol")})
    n_documents: int = 0
    n_recitals: int = 0
    recitals_as_acts: list[str] = field(default_factory=list)  # recitals of the reference that we call operative


def read_group(name: str, paths: Iterable[Path]) -> Group:
    """Read and parse the files; time is the processor's, of both steps, the least of some runs: others may be busy too."""
    group = Group(name)
    for path in sorted(paths):
        try:
            resolution, seconds = _timed(path)
        except QAError as error:
            group.refused.append(str(error))
            continue
        group.seconds += seconds
        group.characters += len(resolution.source.text)
        group.read[path.name] = resolution
        gc.freeze()  # what the report keeps is not looked through again and again while it reads on
        group.verbatim_faults.extend(f"{path.name} {label}" for label in verbatim_faults(resolution))
    return group


def _timed(path: Path) -> tuple[Resolution, float]:
    least = math.inf
    for _ in range(_RUNS):
        start = time.process_time()
        resolution = parse(next(read(path)))
        least = min(least, time.process_time() - start)
    return resolution, least


def verbatim_faults(resolution: Resolution) -> list[str]:
    """Labels of paragraphs that are not what their spans say, and places that no span and no reason covers."""
    text = resolution.source.text
    faults = [
        p.label
        for p in resolution.paragraphs
        if " ".join("".join(text[a:b] for a, b in p.spans).split()) != p.text or not p.text
    ]
    labels = Counter(p.label for p in resolution.paragraphs)
    faults.extend(f"{label} twice" for label, n in labels.items() if n > 1)
    at = 0
    for a, b in sorted([s for p in resolution.paragraphs for s in p.spans] + [s for s, _ in resolution.dropped]):
        if text[at:a].strip() or a < at:
            faults.append(f"uncovered or overlapping at {at}")
        at = max(at, b)
    if text[at:].strip():
        faults.append(f"uncovered at {at}")
    return faults


def numbered(resolution: Resolution, *, annexes: bool = True) -> list[Item]:
    """Paragraphs with a printed number of the first order."""
    return [
        Item(p.number, p.text)
        for p in resolution.paragraphs
        if p.number and p.number.isdigit() and p.level == 1 and (annexes or p.annex is None)
    ]


def _kept(items: list[Item], ignore: str | None) -> list[Item]:
    return [i for i in items if i.number != ignore]


def preambular(resolution: Resolution) -> list[Item]:
    """Recitals, without their sub-paragraphs."""
    return [Item("", p.text) for p in resolution.paragraphs if p.kind is Kind.PREAMBULAR and p.level == 1]


def compare_group(group: Group, reference: dict[str, Expected]) -> Compared:
    """Measure the documents that the reference has too."""
    result = Compared()
    for name, resolution in group.read.items():
        expected = reference.get(re.sub(r"\s", "", str(resolution.symbol)))
        if expected is None or not (expected.numbered or expected.preambular):
            continue
        ignore = ignored(str(resolution.symbol))
        if ignore == "document":
            continue
        result.n_documents += 1
        result.numbered.add(name, _kept(numbered(resolution, annexes=ignore != "annex"), ignore), expected.numbered)
        result.preambular.add(name, preambular(resolution), _without_annexes(expected, resolution))
        _facts(name, resolution, expected, result)
        operative = {Item("", p.text).key for p in resolution.paragraphs if p.kind is Kind.OPERATIVE and p.level == 1}
        recitals = [i for i in expected.preambular if classify(i.text) is Opening.RECITAL]
        result.n_recitals += len(recitals)
        result.recitals_as_acts.extend(f"{name}: {i.text}" for i in recitals if i.key in operative)
    return result


def _without_annexes(expected: Expected, resolution: Resolution) -> Sequence[Item]:
    """The reference calls unnumbered annex paragraphs preambular; those that we have in an annex are no recitals."""
    annexed = {Item("", p.text).key for p in resolution.paragraphs if p.annex is not None}
    return [i for i in expected.preambular if i.key not in annexed]


def _facts(name: str, resolution: Resolution, expected: Expected, result: Compared) -> None:
    if expected.title is not None:
        same = similarity(Item("", resolution.title).key, Item("", expected.title).key) >= 0.98
        _count(result.facts["title"], name, same, f"{resolution.title!r}, reference {expected.title!r}")
    if expected.adopted is not None:
        printed = f"{resolution.adopted:%-d %B %Y}" if resolution.adopted else None
        _count(result.facts["date"], name, printed == expected.adopted, f"{printed}, reference {expected.adopted}")
    stem = re.sub(r"\.\w+$", "", name).replace("_", "/")
    _count(result.facts["symbol"], name, str(resolution.symbol) == stem, f"{resolution.symbol}, file {stem}")


def _count(tally: Tally, name: str, right: bool, text: str) -> None:
    tally.found += 1
    tally.expected += 1
    tally.right += right
    if not right:
        tally.misses.append((name, "differs", text))


def compare_forms(pdf: Group, text: Group) -> Tally:
    """The same resolution from PDF and from page text: labels and texts."""
    tally = Tally()
    for name, resolution in pdf.read.items():
        other = text.read.get(re.sub(r"\.pdf$", ".txt", name))
        if other is not None:
            tally.add(
                name,
                [Item(p.label, p.text) for p in resolution.paragraphs],
                [Item(p.label, p.text) for p in other.paragraphs],
            )
    return tally


def compare_numbers(group: Group) -> Tally:
    """Numbered operative paragraphs against the figures printed at the heads of lines, in order."""
    tally = Tally()
    for name, resolution in group.read.items():
        if ignored(str(resolution.symbol)) == "printed":
            continue
        compare_printed(name, resolution, tally)
    return tally
