"""The service's own pages in a browser: with and without scripts, on a desktop and a phone, without a fault for axe-core."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.api.serving import Served, serving
from tests.widget.conftest import DESKTOP, PHONE, ROOT, SHOTS, ask, faults
from tests.widget.stub import Server, Site, send

pytestmark = pytest.mark.browser
PAGES = {
    "front": "/",
    "front-answer": "/?q=Who+must+withdraw",
    "front-silent": "/?q=nothing",
    "search": "/search",
    "search-results": "/search?q=withdrawal&organ=General+Assembly&year_from=1990",
    "list": "/resolutions",
    "reader": "/resolutions/A/RES/55/179#OP19",
    "reader-missing": "/resolutions/A/RES/99/1",
    "docs": "/docs",
    "problems": "/problems",
    "framed": "/widget",
    "list-faults": "/resolutions?year_from=abc&session=55",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(name: str, tab: Callable[..., Any], served: Served) -> None:
    page = tab(served.base + PAGES[name])
    SHOTS.mkdir(parents=True, exist_ok=True)
    for variant, viewport, scheme in (("desktop-light", DESKTOP, "light"), ("phone-dark", PHONE, "dark")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), variant
        page.screenshot(path=SHOTS / f"page-{name}-{variant}.png")
        assert faults(page) == [], variant


def test_the_widget_on_the_front_page_answers(tab: Callable[..., Any], served: Served) -> None:
    page = tab(served.base)
    expect(page.locator("#q")).to_be_hidden()
    ask(page, "Who must withdraw?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    page.get_by_role("button", name="Paragraphs around it").first.click()
    expect(page.locator(".place [aria-current]")).to_contain_text("Welcomes the commitment")
    page.get_by_role("button", name="This answers the question").first.click()
    expect(page.locator(".thumbs").first).to_contain_text("Thank you")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (740, 360)])
def test_on_a_phone_the_answer_has_the_screen(width: int, height: int, tab: Callable[..., Any], served: Served) -> None:
    page = tab(served.base, viewport={"width": width, "height": height})
    for question in ("Who must withdraw?", "And by when?"):
        ask(page, question)
        expect(page.locator(".turn[aria-busy=true]")).to_have_count(0)
        asked = page.get_by_role("heading", name=question)
        expect(asked).to_be_in_viewport(ratio=1)
        assert asked.bounding_box()["y"] < 60, "the new answer is scrolled to its start"
    assert page.locator(".log").evaluate("e => e.scrollHeight <= e.clientHeight"), "the page scrolls, no box in it"
    field = page.locator("form[part=form]").bounding_box()
    assert height - 4 <= field["y"] + field["height"] <= height, "the field stays below"
    assert field["y"] > 0.75 * height
    expect(page.locator("textarea")).not_to_be_focused()
    page.locator("[part=summary]").click()
    expect(page.get_by_label("From year")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_one_can_ask_search_and_read(tab: Callable[..., Any], browser: Any, served: Served) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(served.base)
    page.get_by_label("Your question").fill("Who must withdraw?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("mark").first).to_have_text("Welcomes")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Words or a symbol").fill("withdrawal")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Paragraphs 1 to 1")).to_be_visible()
    page.get_by_role("spinbutton", name="From year").fill("1999")
    page.get_by_role("button", name="Set years").click()
    page.get_by_role("link", name="Remove the filter from 1999").click()
    expect(page.get_by_text("Filtered by")).to_have_count(0)
    page.locator(".card h3 a").click()
    assert page.url.endswith("/resolutions/A/RES/55/179#OP19")
    target = page.locator(".paragraph:target")
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text("Welcomes the commitment")
    page.context.close()


def test_a_symbol_leads_to_its_resolution(served: Served) -> None:
    found = httpx.get(served.base + "/resolutions", params={"symbol": "A/RES/55/179"})
    assert (found.status_code, found.headers["location"]) == (303, "/resolutions/A/RES/55/179")
    missing = httpx.get(served.base + "/resolutions/A/RES/99/1")
    assert missing.status_code == 404
    assert 'href="https://docs.un.org/en/A/RES/99/1"' in missing.text


def test_the_widgets_file_can_be_pinned_and_comes_compressed(served: Served) -> None:
    newest = httpx.get(served.base + "/widget.js", headers={"Origin": "https://anyone.org"})
    assert newest.headers["access-control-allow-origin"] == "*"
    assert newest.headers["cross-origin-resource-policy"] == "cross-origin"
    assert newest.headers["content-type"] == "text/javascript; charset=utf-8"
    version = re.match(r"/\* resolution-chat (\S+),", newest.text)[1]  # type: ignore[index]
    for coding in ("identity", "gzip", "br"):
        pinned = httpx.get(f"{served.base}/widget/{version}.js", headers={"Accept-Encoding": coding})
        assert pinned.text == newest.text
        assert pinned.headers.get("content-encoding", "identity") == coding
        assert "immutable" in pinned.headers["cache-control"]
        again = httpx.get(
            f"{served.base}/widget/{version}.js",
            headers={"Accept-Encoding": coding, "If-None-Match": pinned.headers["etag"]},
        )
        assert (again.status_code, again.content) == (304, b"")
    for name in ("0.0.0.js", "1.0.0", "..%2Fapp.py", "widget-1.0.0.js"):
        assert httpx.get(f"{served.base}/widget/{name}").status_code == 404, name


def test_pages_spend_from_the_rate_limit(tmp_path: Path) -> None:
    with serving(tmp_path, rate={"per_minute": 1, "burst": 2}) as limited:
        answers = [httpx.get(limited.base + "/?q=who").status_code for _ in range(3)]
        assert answers == [200, 200, 429]
        assert httpx.get(limited.base + "/").status_code == 200, "a page without a question costs nothing"


@pytest.mark.parametrize("allowed", [True, False])
def test_a_foreign_site_embeds_the_real_service_only_where_it_is_allowed(
    allowed: bool, tab: Callable[..., Any], tmp_path: Path
) -> None:
    site = Site("http://127.0.0.1:1")
    with serving(tmp_path, cors={"origins": [site.origin if allowed else "https://other.example"]}) as service:
        site.api = service.base
        page = tab(site.address(f'api="{service.base}"'))
        ask(page, "Who must withdraw?")
        if allowed:
            expect(page.get_by_text("Very likely the answer")).to_be_visible()
            page.get_by_role("button", name="More like this").first.click()
            expect(page.locator(".place .card")).to_have_count(1)
        else:
            expect(page.locator(".note")).to_contain_text("must first allow this site")
            expect(page.locator(".card")).to_have_count(0)
    site.close()


@pytest.mark.parametrize("allowed", [True, False])
def test_the_chat_stands_in_a_frame_of_sites_that_are_named(
    allowed: bool, tab: Callable[..., Any], tmp_path: Path
) -> None:
    def show(request: Any) -> None:
        text = f'<!doctype html><title>A site</title><iframe src="{service.base}/widget" width="400" height="500"></iframe>'
        send(request, 200, text.encode(), "text/html; charset=utf-8")

    site = Server(show)
    named = [site.origin if allowed else "https://other.example"]
    with serving(tmp_path, widget={"frame_ancestors": named}) as service:
        page = tab(site.origin)
        inside = page.frame_locator("iframe")
        if allowed:
            inside.locator("textarea").fill("Who must withdraw?")
            page.keyboard.press("Enter")
            expect(inside.get_by_text("Very likely the answer")).to_be_visible()
        else:
            expect(inside.locator("resolution-chat")).to_have_count(0)
    site.close()


def test_the_demonstration_in_the_manual_works(tab: Callable[..., Any], tmp_path: Path) -> None:
    """The page as it is in docs/, on one port, with the service on another."""

    def show(request: Any) -> None:
        send(request, 200, text.encode(), "text/html; charset=utf-8")

    demo = Server(show)
    with serving(tmp_path, cors={"origins": [demo.origin]}) as service:
        text = (ROOT / "docs" / "widget-demo.html").read_text("utf-8").replace("http://127.0.0.1:8000", service.base)
        page = tab(demo.origin)
        inline, corner = page.locator("#inline"), page.locator("#corner")
        inline.get_by_role("button", name="Who must pull their troops").click()
        expect(inline.get_by_text("Very likely the answer")).to_be_visible()
        corner.get_by_role("button", name="Ask the UN resolutions").click()
        corner.locator("textarea").fill("Who must withdraw?")
        page.keyboard.press("Enter")
        expect(corner.locator(".card")).to_have_count(3)
        expect(inline.locator(".turn")).to_have_count(1)
    demo.close()
