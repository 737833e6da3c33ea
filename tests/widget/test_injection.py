"""Two hundred scripts in disguise, in every place that text can come from: none runs, each is shown as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from qa.wire import AnswerOut
from tests.widget import corpus
from tests.widget.payloads import ADDRESSES, PAYLOADS
from tests.widget.stub import Site, Stub

pytestmark = pytest.mark.browser


def poisoned(question: str) -> AnswerOut:
    """Every text of an answer is the payload that the question is."""
    number = PAYLOADS.index(question) if question in PAYLOADS else 0
    cited = corpus.citation(
        1, question, (0, len(question) // 2), title=question, citation=question, organ=question, kind=question,
        adopted=question, chapeau=question, symbol=question, also=[question], url=ADDRESSES[number % len(ADDRESSES)],
    )  # fmt: skip
    if number % 4 == 3:
        return corpus.answer(question, [], 0.1, status="abstained", reason=question, nearest=[cited])
    understood = msgspec.structs.replace(corpus.answer("", []).understood, notes=[question])
    return corpus.answer(question, [cited], understood=understood)


_ASK_ALL = """async (payloads) => {
  const chat = document.querySelector("resolution-chat"), shadow = chat.shadowRoot, wrong = [];
  for (const payload of payloads) {
    chat.clear();
    await chat.ask(payload);
    shadow.querySelectorAll("details").forEach((each) => (each.open = true));
    await new Promise((done) => setTimeout(done));
    const texts = [".question", "blockquote p", ".title"].map((each) => shadow.querySelector(each).textContent);
    if (texts.some((each) => each != payload)) wrong.push([payload, texts]);
    const named = [...shadow.querySelectorAll("script, img, iframe, object, embed, video, audio, math, style, link, base")];
    if (named.length || shadow.querySelector(".card a")) wrong.push([payload, "became an element or a link"]);
  }
  return wrong;
}"""


@pytest.mark.parametrize("path", ["/", "/unguarded"])
def test_no_payload_runs_in_the_widget(path: str, tab: Callable[..., Any], stub: Stub, site: Site) -> None:
    assert len(set(PAYLOADS)) == 200
    stub.answer = poisoned
    page = tab(site.address(f'api="{stub.origin}" storage="off"', path=path))
    page.on("dialog", lambda dialog: dialog.dismiss())
    assert page.evaluate(_ASK_ALL, list(PAYLOADS)) == []
    assert page.evaluate("window.executed") == []
    assert site.reports == []


def test_no_payload_runs_in_the_pages(tab: Callable[..., Any], served: Any) -> None:
    """The pages made by the server: 200 questions, no script of theirs, the question shown as it stands."""
    page = tab(served.base + "/search")
    wrong = page.evaluate(
        """async (payloads) => { const wrong = [];
        for (const payload of payloads) for (const path of ["/?q=", "/search?q="]) {
          const text = await (await fetch(path + encodeURIComponent(payload))).text();
          if (payload.includes("<") && text.includes(payload)) wrong.push([path, payload]);
        } return wrong; }""",
        list(PAYLOADS),
    )
    assert wrong == []
    for payload in PAYLOADS[::20]:
        page.goto(served.base + "/search?q=" + quote(payload))
        assert page.locator("#words").input_value() == re.sub("[\r\n]", "", payload)
        assert page.evaluate("window.executed") == []
        assert page.evaluate("window.violations") == []
