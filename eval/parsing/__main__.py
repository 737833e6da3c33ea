"""`python -m eval.parsing [FOLDER]`: print the figures; FOLDER holds text/, pdf/ and reference/."""

from __future__ import annotations

import math
import os
import sys
from collections import Counter
from pathlib import Path

from eval.parsing.compare import Tally
from eval.parsing.errata import errata
from eval.parsing.reference import read_reference
from eval.parsing.report import Compared, Group, compare_forms, compare_group, compare_numbers, read_group

_WORST = 12


def main(arguments: list[str]) -> int:
    """Measure and print; 0 when every figure is reached, 1 when one is not, 2 without data."""
    folder = Path(arguments[0] if arguments else os.environ.get("SHARED_DATA", "../shared/data"))
    if not folder.is_dir():
        print(f"no data at {folder}: give its folder, or set SHARED_DATA", file=sys.stderr)  # noqa: T201
        return 2
    reference = {e.symbol.replace(" ", ""): e for e in read_reference(folder / "reference" / "paragraphs.jsonl.gz")}
    assembly = read_group("General Assembly, page text", (folder / "text" / "ga").glob("*.txt"))
    council = read_group("Security Council, OCR text", (folder / "text" / "sc").glob("*.txt"))
    pdf = read_group("General Assembly, PDF", (folder / "pdf").glob("*.pdf"))
    ok = True
    for group in (assembly, council, pdf):
        ok &= _show_group(group)
    for group in (assembly, pdf, council):
        ok &= _show_compared(group, compare_group(group, reference), strict=group is not council)
    ok &= _show("PDF against page text: label and text", compare_forms(pdf, assembly), 0.995)
    ok &= _show("Security Council: numbers found against numbers printed", compare_numbers(council), 1.0)
    _say(f"\nleft out as errors of the reference or of the OCR (eval/parsing/errata.toml): {len(errata())}")
    for erratum in errata().values():
        _say(f"  {erratum.symbol}: {erratum.why}")
    return 0 if ok else 1


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _show_group(group: Group) -> bool:
    n = len(group.read)
    rate = n / group.seconds if group.seconds else math.inf
    _say(
        f"\n{group.name}: {n} read, {len(group.refused)} refused, {rate:.0f} a second, {group.characters:,} characters"
    )
    for line in group.refused[:_WORST]:
        _say(f"  refused {line}")
    _say(f"  verbatim law and cover: {len(group.verbatim_faults)} exceptions")
    for line in group.verbatim_faults[:_WORST]:
        _say(f"  fault {line}")
    return not group.verbatim_faults


def _show_compared(group: Group, compared: Compared, *, strict: bool) -> bool:
    _say(f"\n== {group.name} against the reference: {compared.n_documents} documents")
    if compared.n_documents == 0:
        _say("  none of these is in the reference: not measured")
        return True
    ok = _show("numbered operative paragraphs", compared.numbered, 0.995)
    ok &= _show("preambular paragraphs", compared.preambular, 0.99)
    for fact, tally in compared.facts.items():
        ok &= _show(fact, tally, 0.995)
    n, wrong = compared.n_recitals, compared.recitals_as_acts
    verdict = "reached" if len(wrong) * 1000 <= n else "ABOVE 1 in 1000"
    _say(f"  recitals called operative: {len(wrong)} of {n} {verdict}")
    for line in wrong[:_WORST]:
        _say(f"    {line[:110]}")
    ok &= len(wrong) * 1000 <= n
    return ok or not strict


def _show(what: str, tally: Tally, floor: float) -> bool:
    reached = not (tally.recall < floor or tally.precision < floor)
    verdict = "reached" if reached else f"BELOW {floor}"
    _say(
        f"  {what}: recall {tally.recall:.4f}, precision {tally.precision:.4f}"
        f" ({tally.right} right, {tally.expected} expected, {tally.found} found) {verdict}"
    )
    worst = Counter(name for name, _, _ in tally.misses)
    for name, n in worst.most_common(_WORST):
        _say(f"    {name}: {n}")
        for _, kind, text in [m for m in tally.misses if m[0] == name][:3]:
            _say(f"       {kind}: {text[:110]}")
    return reached


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
