"""A browser can search us: the page names the description, and the description's address answers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from lxml import etree

from api.app import create_app
from api.settings import Server, Settings
from tests.api.doubles import SmallService

NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def templates(answer: bytes) -> list[str]:
    return [str(one) for one in etree.fromstring(answer).xpath("o:Url/@template", namespaces=NAMES)]


def test_every_page_leads_to_it_and_it_leads_to_an_answer(client: TestClient[Litestar]) -> None:
    for path in ("/", "/search", "/resolutions", "/docs"):
        assert re.search(r'<link rel="search"[^>]* href="/opensearch.xml"', client.get(path).text), path
    told = client.get("/opensearch.xml", headers={"Host": "resolutions.example.org:8080"})
    assert told.headers["content-type"] == "application/opensearchdescription+xml"
    search, own = templates(told.content)
    assert own == "http://resolutions.example.org:8080/opensearch.xml"
    assert search == "http://resolutions.example.org:8080/?q={searchTerms}"
    parts = urlsplit(search.replace("{searchTerms}", "who+must+leave"))
    assert "withdraw" in client.get(f"{parts.path}?{parts.query}").text


def test_behind_https_it_says_so() -> None:
    with TestClient(create_app(Settings(server=Server(https=True)), SmallService())) as client:
        assert templates(client.get("/opensearch.xml").content)[0].startswith("https://")


@pytest.mark.parametrize(("host", "status"), [('a"><x>', 400), ("a/../b", 400), ("a&b", 200)])
def test_a_strange_host_is_refused_or_stays_text(client: TestClient[Litestar], host: str, status: int) -> None:
    told = client.get("/opensearch.xml", headers={"Host": host})
    assert told.status_code == status
    if status == 200:
        assert templates(told.content)[0] == f"http://{host}/?q={{searchTerms}}"
