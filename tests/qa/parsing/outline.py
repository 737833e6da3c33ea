"""A parse as lines that a person reads: label, kind, notes, text; headings, notes, and what was left out."""

from __future__ import annotations

from qa.records import Resolution


def outline(resolution: Resolution) -> str:
    """One line a fact, in the order of the text."""
    rows = [
        f"symbol: {resolution.symbol}" + (" (derived)" if "symbol" in resolution.derived else ""),
        f"title: {resolution.title or '-'}",
        f"adopted: {resolution.adopted or '-'} | {resolution.meeting or '-'}",
        f"vote: {resolution.vote.text if resolution.vote else '-'}",
        f"session: {resolution.session or '-'} | {resolution.agenda_item or '-'} | {resolution.origin or '-'}",
        "",
    ]
    headings = {h.before: [] for h in resolution.headings}
    for h in resolution.headings:
        headings[h.before].append(h.text)
    for p in resolution.paragraphs:
        rows.extend(f"== {text}" for text in headings.get(p.label, []))
        mark = "".join(f"[{n}]" for n in p.footnotes)
        under = f" < {p.parent}" if p.parent else ""
        rows.append(f"{p.label} {p.kind}{under}{' ' if mark else ''}{mark}: {p.text}")
    rows.append("")
    rows.extend(f"note {f.marker}: {f.text or f.reason}" for f in resolution.footnotes)
    text = resolution.source.text
    rows.extend(f"{why}: {' '.join(text[a:b].split())}" for (a, b), why in resolution.dropped)
    return "\n".join(rows) + "\n"
