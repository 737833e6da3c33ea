"""Every state that real users meet: seen in a browser, photographed, and without a fault for axe-core."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.widget.conftest import DESKTOP, PHONE, SHOTS, ask, faults
from tests.widget.stub import Stub

pytestmark = pytest.mark.browser
_ALL = tuple(
    (f"{device}-{scheme}-{lang}", viewport, scheme, lang)
    for lang in ("en", "ar")
    for device, viewport in (("desktop", DESKTOP), ("phone", PHONE))
    for scheme in ("light", "dark")
)
# All eight where a browser is promised (CI); on a desk the two that differ in everything, for the sake of time.
VARIANTS = _ALL if os.environ.get("BROWSER_REQUIRED") == "1" else (_ALL[0], _ALL[-1])
QUESTIONS = 'filters questions="Who must withdraw troops from Moldova?|What does resolution 1244 say of return?"'


def empty(page: Any) -> None:
    expect(page.get_by_text("Answers are quotations")).to_be_visible()


def loading(page: Any) -> None:
    ask(page, "Something slow")
    expect(page.get_by_text("Searching…").first).to_be_visible()


def slow(page: Any) -> None:
    ask(page, "Something slow")
    expect(page.locator(".wait")).to_contain_text("slower than usual")


def answered(page: Any) -> None:
    ask(page, "Who must withdraw from Moldova, and by when?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    expect(page.locator("mark").first).to_have_text(
        "Russian Federation to complete the withdrawal of its forces from the territory of the Republic of Moldova by "
        "the end of 2002"
    )
    expect(page.locator(".card").first).to_contain_text("19 December 2000")
    expect(page.locator(".card").first).to_contain_text("Operative paragraph")


def limited_scope(page: Any) -> None:
    ask(page, "What did the council decide?")
    expect(page.get_by_text("Searched only")).to_contain_text("Security Council")
    expect(page.get_by_text("Nearly the same in")).to_contain_text("S/RES/1239(1999)")


def around(page: Any) -> None:
    ask(page, "Who must withdraw?")
    page.get_by_role("button", name="Paragraphs around it").first.click()
    expect(page.get_by_role("link", name="Read the whole resolution")).to_have_attribute(
        "href", re.compile("/resolutions/A/RES/55/179#OP19$")
    )


def alike(page: Any) -> None:
    ask(page, "Who must withdraw?")
    page.get_by_role("button", name="More like this").first.click()
    expect(page.locator(".place .card")).to_contain_text("para. 7")


def abstained(page: Any) -> None:
    ask(page, "Is there nothing on bananas?")
    expect(page.get_by_text("Resolutions searched")).to_contain_text("1,234")
    expect(page.get_by_role("button", name=re.compile("What does.+decide"))).to_be_visible()


def nearest(page: Any) -> None:
    abstained(page)
    page.get_by_text("Nearest paragraphs").click()
    expect(page.locator("details .card")).to_have_count(2)


def offline(page: Any) -> None:
    page.context.set_offline(True)
    ask(page, "Who is there?")
    expect(page.locator(".note")).to_contain_text("You are offline")


def limited(page: Any) -> None:
    ask(page, "A limited question")
    expect(page.locator(".note")).to_contain_text("ask again in")


def gone(page: Any) -> None:
    ask(page, "Please vanish")
    expect(page.locator(".note")).to_contain_text("cannot be reached")


def cut(page: Any) -> None:
    ask(page, "Please cut it short")
    expect(page.locator(".note")).to_contain_text("cut off")


def failed(page: Any) -> None:
    ask(page, "Please fail")
    expect(page.locator(".note")).to_contain_text("It went wrong.")


def long(page: Any) -> None:
    ask(page, "A long one")
    expect(page.locator("mark")).to_be_in_viewport()


def forty(page: Any) -> None:
    ask(page, "Give me forty")
    page.get_by_role("button", name="Show all paragraphs").click()
    expect(page.locator(".card")).to_have_count(40)


def arabic(page: Any) -> None:
    ask(page, "من يجب أن يسحب قواته؟")
    expect(page.locator("mark").first).to_be_visible()


def follow_up(page: Any) -> None:
    ask(page, "Who must withdraw from Moldova?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    ask(page, "And for the council?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.get_by_text("S/RES/1239")).to_be_visible()


def filtering(page: Any) -> None:
    page.locator("summary").click()
    page.get_by_label("From year").fill("1999")


def launcher(page: Any) -> None:
    expect(page.locator(".launcher")).to_be_visible()


def launched(page: Any) -> None:
    page.locator(".launcher").click()
    ask(page, "Who must withdraw?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()


STATES: dict[str, Callable[[Any], None]] = {
    one.__name__: one
    for one in (
        empty, loading, slow, answered, limited_scope, around, alike, abstained, nearest, offline, limited, gone, cut,
        failed, long, forty, arabic, follow_up, filtering, launcher, launched,
    )
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_shown_and_accessible(state: str, chat: Callable[..., Any], stub: Stub) -> None:
    stub.seconds = 30.0
    mode = 'mode="launcher"' if state.startswith("launche") else ""
    page = chat(f"{QUESTIONS} {mode}")
    STATES[state](page)
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name, viewport, scheme, lang in VARIANTS:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        page.evaluate("lang => document.querySelector('resolution-chat').setAttribute('lang', lang)", lang)
        if state == "filtering" and not page.locator("details.filters[open]").count():
            page.locator("details.filters summary").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
        page.screenshot(path=SHOTS / f"{state}-{name}.png")
        assert faults(page) == [], name
    page.context.set_offline(False)
