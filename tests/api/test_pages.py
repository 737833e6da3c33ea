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
from api.pages.reader import render_resolution
from api.pages.wanted import Wanted
from api.settings import Rate, Settings
from qa.errors import FilterError, QuestionError
from qa.wire import AnswerOut, AskRequest, Filters, ReadingOut, SearchOut, Understood
from qa.wire_pages import ResolutionSummary
from tests.api.doubles import SYMBOL, SmallService, citation

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


class Reading(SmallService):
    """Reads a year, unless it is ignored."""

    def ask(self, request: AskRequest) -> AnswerOut:
        return msgspec.structs.replace(super().ask(request), understood=self._read(request))

    def search(self, request: AskRequest) -> SearchOut:
        return msgspec.structs.replace(super().search(request), understood=self._read(request))

    def _read(self, request: AskRequest) -> Understood:
        if "<1994>" in request.ignore:
            raise QuestionError("ignore", "'<1994>' does not stand in the question")
        read = [] if "2000" in request.ignore else [ReadingOut("2000", "preferred <b>")]
        return Understood(Filters(), notes=[f"{one.text!r}: {one.read_as}" for one in read], readings=read)


@pytest.mark.parametrize("place", ["/", "/search"])
def test_what_was_read_can_be_taken_off_and_brought_back(settings: Settings, place: str) -> None:
    with TestClient(create_app(settings, Reading())) as client:
        page = client.get(f"{place}?q=in+2000").text
        assert f'href="{place}?q=in+2000&amp;ignore=2000"' in page
        assert 'aria-label="Do not read so: “2000”: preferred &lt;b&gt;"' in page
        assert "&#x27;2000&#x27;: preferred" not in page  # the chip says what the note says
        off = client.get(f"{place}?q=in+2000&ignore=2000").text
        assert f'<a href="{place}?q=in+2000" class="chip" aria-label="Read again: “2000”: not read">' in off
        wrong = client.get(f"{place}?q=in+2000&ignore=%3C1994%3E")
        assert (wrong.status_code, "does not stand in the question" in wrong.text) == (422, True)
        assert 'aria-label="Read again: “&lt;1994&gt;”: not read"' in wrong.text
        many = client.get(f"{place}?q=in+2000" + "".join(f"&ignore={n}" for n in range(21))).text
        assert "ignore: 1 left out" in many
    assert 'name="ignore" value="2000"' in off or place == "/"  # the form for years keeps it


class Filtering(SmallService):
    """Keeps the filters, and knows one organ."""

    seen: Filters | None = None

    def search(self, request: AskRequest) -> SearchOut:
        self._look(request.filters)
        return super().search(request)

    def resolutions(self, offset: int, limit: int, filters: Filters) -> tuple[int, list[ResolutionSummary]]:
        self._look(filters)
        return super().resolutions(offset, limit, filters)

    def _look(self, filters: Filters) -> None:
        if set(filters.organ) - {"General Assembly"}:
            raise FilterError(
                "filters.organ", "the corpus has no organ 'Senate'; it has, for instance, General Assembly"
            )
        self.seen = filters


@pytest.mark.parametrize("place", ["/search?q=forces&", "/resolutions?"])
@pytest.mark.parametrize(
    ("given", "told", "kept"),
    [
        ("year_from=abc&year_to=1999", "from year: &#x27;abc&#x27; is no year and was left out", Filters(year_to=1999)),
        ("year_from=1900", "write a number from 1945 to 2100", Filters()),
        ("year_from=2010&year_to=2000", "from year 2010 is after to year 2000", Filters()),
        ("page=abc&year_to=1999", "page: &#x27;abc&#x27; is no page", Filters(year_to=1999)),
        ("organs=x&year_to=1999", "did you mean &#x27;organ&#x27;?", Filters(year_to=1999)),
        ("offset=5", "&#x27;offset&#x27; is no field of this page", Filters()),
        (
            "organ=Senate&session=55",
            "organ was left out: the corpus has no organ &#x27;Senate&#x27;",
            Filters(session=["55"]),
        ),
    ],
)
def test_a_page_says_what_it_cannot_use_and_keeps_the_rest(
    settings: Settings, place: str, given: str, told: str, kept: Filters
) -> None:
    service = Filtering()
    with TestClient(create_app(settings, service)) as client:
        page = client.get(place + given)
    assert page.status_code == 200
    assert told in page.text
    assert 'role="alert"' in page.text
    assert service.seen == kept


def test_a_kind_that_is_none_is_left_out_with_those_there_are(settings: Settings) -> None:
    service = Filtering()
    with TestClient(create_app(settings, service)) as client:
        page = client.get("/search?q=forces&kind=meh&kind=operative")
    assert "kind may not be &#x27;meh&#x27; and was left out; write one of preambular, operative, annex" in page.text
    assert service.seen == Filters(kind=["operative"])


def test_names_that_other_sites_add_are_passed_over(settings: Settings) -> None:
    with TestClient(create_app(settings, SmallService())) as client:
        for place in ("/?", "/search?q=a&", "/resolutions?"):
            assert 'role="alert"' not in client.get(place + "utm_source=a&fbclid=b&ref=c&organ=").text
        assert "did you mean &#x27;q&#x27;?" in client.get("/?question=who").text


def test_a_list_takes_filters_and_keeps_them_from_page_to_page(settings: Settings) -> None:
    service = Filtering()
    with TestClient(create_app(settings, service)) as client:
        page = client.get("/resolutions?organ=General+Assembly&session=55")
    assert service.seen == Filters(organ=["General Assembly"], session=["55"])
    assert "Resolutions that pass the filters: 45" in page.text
    assert 'href="/resolutions?session=55"' in page.text
    assert "Remove the filter session 55" in page.text


@pytest.mark.parametrize(
    ("place", "last"), [("/search?q=forces&", "/search?q=forces"), ("/resolutions?", "/resolutions")]
)
def test_beyond_the_last_page_there_is_a_link_to_it(client: TestClient[Litestar], place: str, last: str) -> None:
    page = client.get(place + "page=99").text
    assert f'There is no page 99. <a href="{last}">Page 1</a> is the last.' in page
    assert "Nothing found" not in page


def test_what_is_no_symbol_is_told_once_with_the_field_to_try_again(client: TestClient[Litestar]) -> None:
    page = client.get("/resolutions?symbol=garbage")
    assert page.status_code == 422
    assert page.text.lower().count("write it like") == 1
    assert '<input id="symbol" name="symbol" value="garbage"' in page.text


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
    assert "$nonsense ${x}" in render_answer(Wanted("$nonsense ${x}"), None, None)


def test_the_front_page_asks_about_what_is_held(client: TestClient[Litestar]) -> None:
    page = client.get("/").text
    assert "Who must pull their troops out of Moldova, and by when?" in page
    assert "journalists" not in page, "that resolution is not held"


def test_the_front_page_counts_paragraphs_and_not_passages(client: TestClient[Litestar]) -> None:
    assert "1 held here, in 3 paragraphs." in client.get("/").text


def test_a_recital_is_called_by_the_name_that_it_is_cited_by() -> None:
    found = SmallService().resolution(SYMBOL)
    unnumbered = [msgspec.structs.replace(each, number=None) for each in found.paragraphs]
    page = render_resolution(msgspec.structs.replace(found, paragraphs=unnumbered), [])
    assert 'aria-label="first preambular paragraph: link to this paragraph">Recital 1</a>' in page
    assert 'aria-label="para. 19: link to this paragraph">¶</a>' in page


READER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("address", ["/nowhere", "/resolution/A/RES/55/179", "/assets/none.css"])
def test_an_address_without_a_page_leads_a_reader_back(client: TestClient[Litestar], address: str) -> None:
    page = client.get(address, headers=READER)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is nothing at this address" in page.text
    for field in ('id="q"', 'id="words"', 'id="symbol"'):
        assert field in page.text
    assert client.get(address).headers["content-type"] == "application/problem+json"


def test_a_reader_is_told_of_other_faults_on_a_page_too(client: TestClient[Litestar]) -> None:
    page = client.post("/search", headers=READER)
    assert (page.status_code, page.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert page.text.startswith("<!doctype html>")
    for address in ("/v1/nowhere", "/health/none", "/v1/ask"):
        assert client.get(address, headers=READER).headers["content-type"] == "application/problem+json"


def test_browsers_and_crawlers_find_what_they_ask_for(client: TestClient[Litestar]) -> None:
    icon = client.get("/favicon.ico")
    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")
    robots = client.get("/robots.txt")
    assert robots.headers["content-type"] == "text/plain; charset=utf-8"
    assert robots.text.splitlines() == ["User-agent: *", "Disallow: /v1/", "Disallow: /search", "Disallow: /*?q="]


def test_a_twin_is_linked_at_its_paragraph() -> None:
    shown = card(msgspec.structs.replace(citation(), also=["A/RES/54/117#OP17", "S/RES/1239(1999)"]))
    assert '<a href="/resolutions/A/RES/54/117#OP17">A/RES/54/117, para. 17</a>' in shown
    assert '<a href="/resolutions/S/RES/1239(1999)">S/RES/1239(1999)</a>' in shown
