"""The report page as a browser lays it out on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from eval.report import write_report
from eval.wire import ExpectedLine, HitLine
from qa.wire import Stage
from tests.eval.test_comparing import run_of
from tests.widget.conftest import PHONE


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Any:
    """A finished run with failures of long texts, all unfolded."""
    found = run_of("a", {1, 2})
    stages = [Stage("dense", 2, 0.5, 0.5), Stage("ranker", 1, 0.3, 0.75)]
    for one in found.questions:
        found.hits[one.id].hits.append(HitLine("A/RES/9/9#OP1", "Requests all of them to report; " * 40, 1.25, stages))
        found.hits[one.id].expected.append(ExpectedLine(one.paragraphs[0], 2, "Decides.", 2, stages))
    long = {f"a kind with a long name {n}": next(iter(found.measures.outcomes.values())) for n in range(2)}
    found = type(found)(
        found.path, found.questions, found.run, found.answers, found.hits, found.each,
        msgspec.structs.replace(found.measures, outcomes=long), found.conditions,
    )  # fmt: skip
    opened = browser.new_page(viewport=PHONE)
    opened.goto(write_report(found, tmp_path / "report.html").as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    yield opened
    opened.close()


@pytest.mark.browser
def test_nothing_is_cut_and_everything_is_legible_on_a_phone(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    cut = "[...document.querySelectorAll('table')].filter((one) => one.scrollWidth > one.parentElement.clientWidth"
    assert page.evaluate(f"{cut} && getComputedStyle(one.parentElement).overflowX !== 'auto').length") == 0
    bars = page.evaluate("[...document.querySelectorAll('td svg')].map((one) => one.getBoundingClientRect().width)")
    assert min(bars) > 100
    scale = (
        "(one) => parseFloat(getComputedStyle(one).fontSize) * Math.hypot(one.getScreenCTM().a, one.getScreenCTM().b)"
    )
    assert min(page.evaluate(f"[...document.querySelectorAll('svg text')].map({scale})")) > 8.5


@pytest.mark.browser
def test_a_long_text_ends_in_an_ellipsis_until_it_is_pointed_at(page: Any) -> None:
    text = page.locator(".para p", has_text="Requests all").first
    clamped = text.evaluate("(one) => [getComputedStyle(one).webkitLineClamp, one.scrollHeight > one.clientHeight]")
    assert clamped == ["7", True]
    text.focus()
    assert text.evaluate("(one) => one.scrollHeight > one.clientHeight") is False


@pytest.mark.browser
def test_what_each_stage_adds_stands_under_a_paragraph(page: Any) -> None:
    assert page.locator(".stages").nth(1).inner_text().split("\n") == [
        "score 1.250",
        "dense +0.500 #2",
        "ranker +0.750 #1",
    ]
