"""Turns of the widget: offered questions, follow-ups asked alone, refusals, errors of a server, feedback over a reload."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from playwright.sync_api import expect

from qa.wire import Filters, Understood
from tests.widget import corpus
from tests.widget.conftest import ask
from tests.widget.stub import Stub

pytestmark = pytest.mark.browser
_FOCUS = "document.activeElement.shadowRoot?.activeElement?.className || document.activeElement.tagName"


pytestmark = pytest.mark.browser


def test_offered_questions_go_on_from_nothing(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat('questions="How can journalists be protected?"')
    ask(page, "Is there nothing on bananas?")
    page.get_by_role("button", name="What does A/RES/55/179 say?").click()
    expect(page.locator(".sure")).to_have_count(1)
    ask(page, "Is there nothing on pears?")
    page.get_by_role("button", name="How can journalists be protected?").last.click()
    expect(page.locator(".sure")).to_have_count(2)
    bananas, pears = "Is there nothing on bananas?", "Is there nothing on pears?"
    asked = [(each["question"], each["history"]) for each in stub.asked]
    assert asked[0] == (bananas, [])
    assert asked[1] == ("What does A/RES/55/179 say?", [])
    assert asked[2] == (pears, [bananas, "What does A/RES/55/179 say?"])
    assert asked[3] == ("How can journalists be protected?", [])


@pytest.mark.parametrize(
    ("note", "offered"),
    [
        ("read as 'and in June 1986?'", True),
        ("read after 'troops in Moldova'", True),
        ("'who?' is read after 'Cyprus'", True),
        ("read on its own, not after the questions before it", False),
        ("'Yom Kippur war' is read as 'the situation in the Middle East'", False),
        ("'recieve' was read as 'receive'; in quotation marks it is searched as it is", False),
    ],
)
def test_what_was_read_as_going_on_can_be_asked_alone(
    note: str, offered: bool, chat: Callable[..., Any], stub: Stub
) -> None:
    given = corpus.answer_to
    stub.answer = lambda question: msgspec.structs.replace(
        given(question), understood=Understood(Filters(), notes=[note])
    )
    page = chat()
    alone = page.get_by_role("button", name="Ask it alone")
    ask(page, "First?")
    expect(page.locator(".sure")).to_have_count(1)
    expect(alone).to_have_count(0)
    ask(page, "And then?")
    expect(page.locator(".sure")).to_have_count(2)
    expect(alone).to_have_count(int(offered))
    if offered:
        alone.click()
        expect(alone).to_have_count(0)
        expect(page.locator(".sure")).to_have_count(2)
        assert [each["history"] for each in stub.asked] == [[], ["First?"], []]
        assert stub.asked[-1]["question"] == "And then?"


@pytest.mark.parametrize(
    ("searched", "shown"),
    [("A/RES/79/316", 0), ("859 resolutions", 1), ("what passes the filters, of 859 resolutions", 1)],
)
def test_a_refusal_says_once_what_was_searched(searched: str, shown: int, chat: Callable[..., Any], stub: Stub) -> None:
    stub.answer = lambda question: corpus.answer(
        question,
        [],
        0.0,
        status="abstained",
        reason=f"no paragraph has 'zebras'; searched: {searched}",
        understood=Understood(Filters(symbol=["A/RES/79/316"])),
    )
    page = chat()
    ask(page, "Zebras?")
    expect(page.locator(".note")).to_contain_text(f"searched: {searched}")
    expect(page.get_by_text("Searched only")).to_have_count(shown)
    expect(page.get_by_text("Resolutions searched")).to_have_count(0)


def test_an_error_of_a_server_is_told_apart_from_a_service_that_is_gone(chat: Callable[..., Any]) -> None:
    page = chat()
    page.route("**/v1/ask/stream", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    ask(page, "Who?")
    expect(page.locator(".note")).to_contain_text("That did not work.")
    expect(page.locator(".note")).to_contain_text("The service answered 502.")
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()


def test_feedback_is_given_once_also_over_a_reload(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat()
    ask(page, "Who must withdraw?")
    page.get_by_role("button", name="This answers the question").first.click()
    expect(page.locator(".thumbs").first).to_have_text("Thank you")
    page.reload()
    expect(page.locator(".thumbs").first).to_have_text("Thank you")
    expect(page.get_by_role("button", name="This answers the question")).to_have_count(2)
    assert len(stub.feedback) == 1
