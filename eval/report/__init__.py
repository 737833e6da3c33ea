"""Reports that people look at: one self-contained HTML page, and the same as text in the terminal."""

from __future__ import annotations

from pathlib import Path

from eval.folder import RunFolder


def write_report(found: RunFolder, path: Path | None = None) -> Path:
    """Write a run's page; where it went."""
    from eval.report.page import page_of

    target = path or found.path / "report.html"
    target.write_text(page_of(found), encoding="utf-8")
    return target
