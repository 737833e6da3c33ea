"""Pages: work without JavaScript, hold nothing from elsewhere, show every text literally."""

from __future__ import annotations

import re

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.pages.cards import card
from api.pages.front import render_answer
from api.settings import Rate, Settings
from qa.wire import AnswerOut, AskRequest, Filters, SearchOut, Understood
from tests.api.doubles import SmallService, citation

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</blockquote><script>alert(1)</script>",
    "javascript:alert(1)",
    "${question}",
    "$answer",
    "{{7*7}}",
    "&lt;script&gt;",
    "\u202ereversed\u0000",
]


def test_the_page_answers_without_javascript(client: TestClient[Litestar]) -> None:
    page = client.get("/", params={"q": "who?"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-store"
    assert "General Assembly resolution 55/179, para. 1" in page.text
    assert "<mark>Welcomes</mark>" in page.text
    assert "&lt;b&gt;forces&lt;/b&gt;" in page.text
    assert 'value="who?"' in page.text
    silent = client.get("/", params={"q": "nothing"})
    assert "No paragraph held here surely answers this" in silent.text
    assert "Nearest paragraphs" in silent.text


def test_a_page_says_how_a_question_was_read(settings: Settings) -> None:
    class Noting(SmallService):
        def search(self, request: AskRequest) -> SearchOut:
            found = super().search(request)
            return msgspec.structs.replace(
                found, understood=Understood(Filters(), notes=["no text has a word of <zzzz>"])
            )

        def ask(self, request: AskRequest) -> AnswerOut:
            answer = super().ask(request)
            return msgspec.structs.replace(answer, understood=Understood(Filters(), notes=["read as <b>"]))

    with TestClient(create_app(settings, Noting())) as client:
        assert "no text has a word of &lt;zzzz&gt;" in client.get("/search?q=zzzz").text
        assert "read as &lt;b&gt;" in client.get("/?q=who").text
        assert "read as &lt;b&gt;" in client.get("/?q=nothing").text


def test_a_problem_is_told_on_the_page_with_its_status(settings: Settings) -> None:
    with TestClient(create_app(settings, SmallService(failure=RuntimeError("x")))) as client:
        page = client.get("/?q=who")
    assert page.status_code == 500
    assert page.headers["content-type"].startswith(("text/html", "application/problem+json"))


def test_a_page_that_is_refused_for_load_says_when_to_come_back(settings: Settings) -> None:
    limited = msgspec.structs.replace(settings, rate=Rate(per_minute=1, burst=1))
    with TestClient(create_app(limited, SmallService())) as client:
        assert client.get("/?q=who").status_code == 200
        page = client.get("/?q=who")
    assert (page.status_code, page.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert 1 <= int(page.headers["retry-after"]) <= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_are_shown_literally(settings: Settings, payload: str) -> None:
    class Hostile(SmallService):
        def ask(self, request: AskRequest) -> AnswerOut:
            answer = super().ask(request)
            cited = msgspec.structs.replace(
                citation(),
                text=payload,
                title=payload,
                citation=payload,
                url=payload,
                highlight=(0, min(3, len(payload))),
            )
            return msgspec.structs.replace(answer, citations=[cited], question=payload)

    with TestClient(create_app(settings, Hostile())) as client:
        page = client.get("/", params={"q": payload}).text
    tags = {name.lower() for name in re.findall(r"<\s*([a-zA-Z][a-zA-Z0-9]*)", page)}
    assert tags <= {
        "html", "head", "meta", "title", "link", "body", "header", "nav", "main", "h1", "h2", "h3", "form", "label", "input",
        "button", "div", "article", "blockquote", "p", "mark", "span", "a", "footer",
    }  # fmt: skip
    for link in re.findall(r'(?:href|src|cite)="([^"]*)"', page):
        assert link.startswith(("/", "#main", "https://docs.un.org/")), link


def test_no_page_asks_for_anything_from_elsewhere(client: TestClient[Litestar]) -> None:
    for address in ("/", "/docs", "/problems"):
        text = client.get(address).text
        for link in re.findall(r'(?:src|href)="([^"]+)"', text):
            assert link.startswith(("/", "#", "https://docs.un.org/")), (address, link)
            if link.startswith("/assets/"):
                assert client.get(link).status_code == 200
        assert "style=" not in text
        assert not re.search(r"\son\w+=", text)


def test_assets_come_from_the_package_and_from_nowhere_else(client: TestClient[Litestar]) -> None:
    assert client.get("/assets/pages.css").headers["content-type"].startswith("text/css")
    for name in (
        "nothing.html",
        "..%2Fapp.py",
        "%2Fetc%2Fpasswd",
        "....//app.py",
        "none.css",
        "%00",
        "pages.css%00.css",
    ):
        assert client.get(f"/assets/{name}").status_code == 404, name


def test_the_docs_page_names_every_route(client: TestClient[Litestar]) -> None:
    page = client.get("/docs").text
    document = client.get("/openapi.json").json()
    for path, item in document["paths"].items():
        for method in item:
            assert f"<code>{method.upper()} {path}</code>" in page
    assert "Who must pull their troops out of Moldova" in page


def test_rendering_takes_a_dollar_for_a_dollar() -> None:
    assert "$nonsense ${x}" in render_answer("$nonsense ${x}", None, None)


def test_the_front_page_asks_about_what_is_held(client: TestClient[Litestar]) -> None:
    page = client.get("/").text
    assert "Who must pull their troops out of Moldova, and by when?" in page
    assert "journalists" not in page, "that resolution is not held"


def test_the_front_page_counts_paragraphs_and_not_passages(client: TestClient[Litestar]) -> None:
    assert "1 held here, in 3 paragraphs." in client.get("/").text


def test_a_twin_is_linked_at_its_paragraph() -> None:
    shown = card(msgspec.structs.replace(citation(), also=["A/RES/54/117#OP17", "S/RES/1239(1999)"]))
    assert '<a href="/resolutions/A/RES/54/117#OP17">A/RES/54/117, para. 17</a>' in shown
    assert '<a href="/resolutions/S/RES/1239(1999)">S/RES/1239(1999)</a>' in shown
