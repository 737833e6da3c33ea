"""Every state that real users meet: seen in a browser, photographed, and without a fault for axe-core."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.widget.conftest import DESKTOP, PHONE, SHOTS, SOURCE, ask, faults
from tests.widget.stub import Stub

pytestmark = pytest.mark.browser
LANGUAGES = ["en", "fr", "es", "ru", "zh", "ar"]
TEXTS = json.loads((SOURCE / "texts.json").read_text("utf-8"))
DEVICES = {"desktop": DESKTOP, "phone": PHONE}
# Every look where a browser is promised (CI); on a desk the two that differ in everything, for the sake of time.
LOOKS = (
    [(device, lang, ("light", "dark")) for device in DEVICES for lang in ("en", "ar")]
    if os.environ.get("BROWSER_REQUIRED") == "1"
    else [("desktop", "en", ("light",)), ("phone", "ar", ("dark",))]
)
QUESTIONS = 'filters questions="Who must withdraw troops from Moldova?|What does resolution 1244 say of return?"'
Words = Callable[[str], str]


def spoken(lang: str) -> Words:
    """A text of the interface in a language, as far as it is fixed."""
    return lambda name: TEXTS[name][LANGUAGES.index(lang)].partition("{")[0].strip()


def empty(page: Any, t: Words) -> None:
    expect(page.get_by_text(t("intro"))).to_be_visible()


def loading(page: Any, t: Words) -> None:
    ask(page, "Something slow")
    expect(page.locator(".wait")).to_have_text(t("search"))


def slow(page: Any, t: Words) -> None:
    ask(page, "Something slow")
    expect(page.locator(".wait")).to_have_text(t("slow"))


def answered(page: Any, t: Words) -> None:
    ask(page, "Who must withdraw from Moldova, and by when?")
    expect(page.locator(".sure")).to_contain_text(t("high"))
    expect(page.locator("mark").first).to_have_text(
        "Russian Federation to complete the withdrawal of its forces from the territory of the Republic of Moldova by "
        "the end of 2002"
    )
    expect(page.locator(".card").first).to_contain_text("2000")
    expect(page.locator(".card").first).to_contain_text(t("operative"))


def limited_scope(page: Any, t: Words) -> None:
    ask(page, "What did the council decide?")
    expect(page.get_by_text(t("read"))).to_contain_text(t("Security Council"))
    expect(page.get_by_text(t("also"))).to_contain_text("S/RES/1239(1999)")


def around(page: Any, t: Words) -> None:
    ask(page, "Who must withdraw?")
    page.get_by_role("button", name=t("around")).first.click()
    whole = page.get_by_role("link", name=t("whole"))
    expect(whole).to_have_attribute("href", re.compile("/resolutions/A/RES/55/179#OP19$"))
    whole.scroll_into_view_if_needed()


def alike(page: Any, t: Words) -> None:
    ask(page, "Who must withdraw?")
    page.get_by_role("button", name=t("like")).first.click()
    found = page.locator(".place .card")
    expect(found).to_contain_text("para. 7")
    found.scroll_into_view_if_needed()


def abstained(page: Any, t: Words) -> None:
    ask(page, "Is there nothing on bananas?")
    expect(page.locator(".note")).to_contain_text(t("none"))
    expect(page.locator(".note")).to_contain_text("best paragraph found says too little")
    expect(page.locator(".turn .chip").first).to_contain_text("A/RES/55/179")


def nearest(page: Any, t: Words) -> None:
    abstained(page, t)
    page.locator(".turn summary").click()
    expect(page.locator("details .card")).to_have_count(2)
    page.locator("details .card").first.scroll_into_view_if_needed()


def offline(page: Any, t: Words) -> None:
    page.context.set_offline(True)
    ask(page, "Who is there?")
    expect(page.locator(".note")).to_contain_text(t("offline"))


def limited(page: Any, t: Words) -> None:
    ask(page, "A limited question")
    expect(page.locator(".note")).to_contain_text(t("limited"))
    expect(page.get_by_role("button", name=t("again"))).to_have_attribute("aria-disabled", "true")


def gone(page: Any, t: Words) -> None:
    ask(page, "Please vanish")
    expect(page.locator(".note")).to_contain_text(t("gone"))


def cut(page: Any, t: Words) -> None:
    ask(page, "Please cut it short")
    expect(page.locator(".note")).to_contain_text(t("cut"))
    expect(page.locator(".question")).to_have_text("Please cut it short")
    expect(page.locator(".card")).to_have_count(1)


def failed(page: Any, t: Words) -> None:
    ask(page, "Please fail")
    expect(page.locator(".note")).to_contain_text("It went wrong.")


def long(page: Any, t: Words) -> None:
    ask(page, "A long one")
    expect(page.locator("mark")).to_be_in_viewport()


def whole_long(page: Any, t: Words) -> None:
    long(page, t)
    page.get_by_role("button", name=t("more")).click()
    expect(page.get_by_role("button", name=t("more"))).to_have_attribute("aria-expanded", "true")


def forty(page: Any, t: Words) -> None:
    ask(page, "Give me forty")
    expect(page.locator(".card")).to_have_count(5)
    page.get_by_role("button", name=t("all")).click()
    expect(page.locator(".card")).to_have_count(40)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.get_by_role("button", name=t("all"))).to_have_count(0)
    expect(page.get_by_role("region", name=t("log"))).to_be_focused()


def arabic(page: Any, t: Words) -> None:
    ask(page, "من يجب أن يسحب قواته من أراضي جمهورية مولدوفا، ومتى يجب أن يكتمل الانسحاب؟")
    expect(page.locator("mark").first).to_be_visible()


def follow_up(page: Any, t: Words) -> None:
    ask(page, "Who must withdraw from Moldova?")
    expect(page.locator(".sure")).to_be_visible()
    ask(page, "And for the council?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.get_by_text("S/RES/1239")).to_be_visible()
    expect(page.locator(".question").last).to_be_in_viewport(ratio=0.9)
    expect(page.locator(".sure").last).to_be_in_viewport(ratio=0.9)


def reloaded(page: Any, t: Words) -> None:
    answered(page, t)
    page.reload()
    expect(page.locator(".card")).to_have_count(3)


def thanked(page: Any, t: Words) -> None:
    ask(page, "Who must withdraw?")
    page.get_by_role("button", name=t("up")).first.click()
    expect(page.locator(".thumbs").first).to_have_text(t("thanks"))


def filtering(page: Any, t: Words) -> None:
    page.locator("summary").click()
    page.get_by_label(t("from")).fill("1999")


def launcher(page: Any, t: Words) -> None:
    expect(page.locator(".launcher")).to_be_visible()


def launched(page: Any, t: Words) -> None:
    page.locator(".launcher").click()
    ask(page, "Who must withdraw?")
    expect(page.locator(".sure")).to_be_visible()


STATES: dict[str, Callable[[Any, Words], None]] = {
    one.__name__: one
    for one in (
        empty, loading, slow, answered, limited_scope, around, alike, abstained, nearest, offline, limited, gone, cut,
        failed, long, whole_long, forty, arabic, follow_up, reloaded, thanked, filtering, launcher, launched,
    )
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_shown_and_accessible(state: str, chat: Callable[..., Any], stub: Stub) -> None:
    stub.seconds, stub.retry_after = 30.0, 42
    mode = 'mode="launcher"' if state.startswith("launche") else ""
    SHOTS.mkdir(parents=True, exist_ok=True)
    for device, lang, schemes in LOOKS:
        stub.asked.clear()  # what goes wrong goes wrong at the first time of asking
        page = chat(f"{QUESTIONS} {mode}", lang=lang, viewport=DEVICES[device])
        STATES[state](page, spoken(lang))
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
            page.screenshot(path=SHOTS / f"{state}-{device}-{scheme}-{lang}.png")
            assert faults(page) == [], (device, scheme, lang)
        page.context.set_offline(False)
        assert page.evaluate("window.violations") == []
        page.goto("about:blank")  # nothing of it runs beside the next
