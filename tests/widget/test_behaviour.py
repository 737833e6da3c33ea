"""What the widget does: keyboard, focus, announcements, events, keeping, retrying."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.widget import corpus
from tests.widget.conftest import PHONE, ask
from tests.widget.stub import Site, Stub
from tests.widget.test_states import LANGUAGES, TEXTS, spoken

pytestmark = pytest.mark.browser
_FOCUS = "document.activeElement.shadowRoot?.activeElement?.className || document.activeElement.tagName"


def test_the_first_citation_shows_before_the_answer_is_whole(chat: Callable[..., Any]) -> None:
    page = chat()
    ask(page, "Go stepwise")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".wait")).to_be_visible()
    expect(page.locator(".card")).to_have_count(3)
    expect(page.locator(".wait")).to_be_hidden()


def test_screen_readers_hear_the_start_and_the_end_once(chat: Callable[..., Any]) -> None:
    page = chat()
    page.evaluate(
        """() => { window.heard = [];
        const live = document.querySelector('resolution-chat').shadowRoot.querySelector('[role=status]');
        new MutationObserver(() => window.heard.push(live.textContent)).observe(live, {childList: true}); }"""
    )
    ask(page, "Who must withdraw?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    first, last = page.evaluate("window.heard")
    assert first == "Searching…"
    assert "Paragraphs: \u20683\u2069" in last
    assert "General Assembly resolution 55/179, para. 19" in last


def test_a_limit_counts_down_keeps_the_question_and_asks_again(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat()
    ask(page, "A limited question")
    again = page.get_by_role("button", name="Ask again")
    expect(again).to_have_attribute("aria-disabled", "true")
    again.click(force=True)
    assert len(stub.asked) == 1, "nothing is sent before the time has come"
    expect(page.get_by_text("You can ask again now.").first).to_be_visible()
    again.click()
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    assert [each["question"] for each in stub.asked] == ["A limited question"] * 2
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.tagName") == "TEXTAREA"


@pytest.mark.parametrize("question", ["Please vanish", "Please cut it"])
def test_a_broken_answer_can_be_asked_again(question: str, chat: Callable[..., Any]) -> None:
    page = chat()
    ask(page, question)
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)


def test_a_question_asked_offline_is_asked_when_the_network_is_back(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat()
    page.context.set_offline(True)
    ask(page, "Who must withdraw?")
    expect(page.locator(".note")).to_contain_text("offline")
    page.context.set_offline(False)
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    assert len(stub.asked) == 1


def test_stop_ends_a_question(chat: Callable[..., Any]) -> None:
    page = chat()
    ask(page, "Something slow")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".note")).to_contain_text("Stopped")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_a_site_that_is_not_allowed_is_told_so(tab: Callable[..., Any], stub: Stub, site: Site) -> None:
    stub.allowed = set()
    page = tab(site.address(f'api="{stub.origin}"'))
    ask(page, "Who must withdraw?")
    expect(page.locator(".note")).to_contain_text("must first allow this site")
    expect(page.locator(".note")).to_contain_text(site.origin)
    expect(page.locator(".card")).to_have_count(0)
    assert stub.asked == []


def test_a_dead_service_is_not_mistaken_for_a_refusal(tab: Callable[..., Any], stub: Stub, site: Site) -> None:
    page = tab(site.address(f'api="{stub.origin}"'))
    stub.close()
    ask(page, "Who must withdraw?")
    expect(page.locator(".note")).to_contain_text("cannot be reached")


def test_follow_ups_carry_the_earlier_questions(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat()
    for question in ("First?", "Second?"):
        ask(page, question)
        expect(page.get_by_role("heading", name=question)).to_be_visible()
        expect(page.locator(".turn[aria-busy=true]")).to_have_count(0)
    assert [each["history"] for each in stub.asked] == [[], ["First?"]]
    page.get_by_role("button", name="New conversation").click()
    ask(page, "Third?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    assert stub.asked[-1]["history"] == []


def test_filters_go_with_the_question(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat('filters organ="Security Council" k="7"')
    page.locator("summary").click()
    page.get_by_label("From year").fill("1999")
    ask(page, "Who?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    assert stub.asked[0]["filters"] == {"organ": ["Security Council"], "year_from": 1999}
    assert stub.asked[0]["k"] == 7


def test_a_new_conversation_keeps_the_filters_and_shows_the_start(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat("filters")
    page.locator("summary").click()
    page.get_by_label("Organ").select_option("Security Council")
    ask(page, "Who?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_text("Answers are quotations")).to_be_visible()
    expect(page.get_by_role("button", name="New conversation")).to_be_hidden()
    assert page.get_by_label("Organ").input_value() == "Security Council"


def test_the_conversation_survives_a_reload_unless_switched_off(chat: Callable[..., Any]) -> None:
    kept, forgotten = chat(), chat('storage="off"')
    for page, cards in ((kept, 3), (forgotten, 0)):
        ask(page, "Who must withdraw?")
        expect(page.get_by_text("Very likely the answer")).to_be_visible()
        page.reload()
        expect(page.locator("textarea")).to_be_visible()
        expect(page.locator(".card")).to_have_count(cards)
    assert forgotten.evaluate("sessionStorage.length + localStorage.length") == 0
    kept.get_by_role("button", name="New conversation").click()
    kept.reload()
    expect(kept.locator(".card")).to_have_count(0)
    assert kept.context.cookies() == []


def test_a_question_that_a_reload_cut_off_is_kept(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat()
    ask(page, "Something slow")
    expect(page.locator(".wait")).to_be_visible()
    page.reload()
    expect(page.locator(".question")).to_have_text("Something slow")
    stub.seconds = 0
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".card")).to_have_count(3)
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize(("name", "verdict", "right"), [("up", "helpful", 1), ("down", "unhelpful", 0)])
def test_thumbs_are_sent_and_the_focus_stays(
    name: str, verdict: str, right: int, chat: Callable[..., Any], stub: Stub
) -> None:
    page = chat()
    ask(page, "Who must withdraw?")
    label = {"up": "This answers the question", "down": "This does not answer the question"}[name]
    page.get_by_role("button", name=label).first.click()
    expect(page.locator(".thumbs").first).to_contain_text("Thank you")
    (sent,) = stub.feedback
    cited = f"{corpus.SYMBOL}#OP19"
    assert sent == {
        "question": "Who must withdraw?",
        "verdict": verdict,
        "citations": [cited],
        "right": [cited] * right,
        "generation": corpus.GENERATION,
    }
    assert page.evaluate(_FOCUS) == "thumbs"


def test_the_citation_is_copied_with_its_address(chat: Callable[..., Any], site: Site) -> None:
    page = chat()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.origin)
    ask(page, "Who must withdraw?")
    page.get_by_role("button", name="Copy citation").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "General Assembly resolution 55/179, para. 19, https://docs.un.org/en/A/RES/55/179"


def test_a_long_paragraph_is_whole_on_demand(chat: Callable[..., Any]) -> None:
    page = chat()
    ask(page, "A long one")
    text = page.locator("blockquote p")
    whole = corpus.long_citation().text
    assert text.text_content() == whole, "what is folded away is still in the page"
    assert len(text.inner_text()) < 1000
    page.get_by_role("button", name="Whole paragraph").click()
    assert text.inner_text().strip() == whole.strip()


def test_all_events_reach_the_page(chat: Callable[..., Any]) -> None:
    page = chat()
    page.evaluate(
        """() => { window.told = [];
        const chat = document.querySelector('resolution-chat');
        for (const name of ['question', 'answer', 'citation-open', 'error'])
          (name == 'error' ? chat : document).addEventListener(name, (event) => {
            event.preventDefault(); window.told.push([name, event.detail]); }); }"""
    )
    ask(page, "Who must withdraw?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    page.get_by_role("link", name="General Assembly resolution 55/179, para. 19").click()
    ask(page, "Please fail")
    expect(page.locator(".note")).to_be_visible()
    told = page.evaluate("window.told")
    assert [name for name, _ in told] == ["question", "answer", "citation-open", "question", "error"]
    assert told[1][1]["citations"][0]["id"] == "A/RES/55/179#OP19"
    assert told[2][1]["citation"]["id"] == "A/RES/55/179#OP19"
    assert told[4][1]["problem"]["type"] == "/problems/internal"
    assert len(page.context.pages) == 1, "a cancelled citation-open opens nothing"


def test_pages_can_ask_and_clear(chat: Callable[..., Any]) -> None:
    page = chat()
    answer = page.evaluate("document.querySelector('resolution-chat').ask('Who must withdraw?')")
    assert answer["status"] == "answered"
    assert len(answer["citations"]) == 3
    failure = page.evaluate("document.querySelector('resolution-chat').ask('Please fail').catch((e) => e.kind)")
    assert failure == "failed"
    page.evaluate("document.querySelector('resolution-chat').clear()")
    expect(page.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize("viewport", [{"width": 1000, "height": 760}, PHONE])
def test_the_launcher_by_keyboard_alone(viewport: dict[str, int], chat: Callable[..., Any]) -> None:
    page = chat('mode="launcher"', viewport=viewport)
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUS) == "launcher"
    page.keyboard.press("Enter")
    expect(page.locator(".launcher")).to_have_attribute("aria-expanded", "true")
    page.keyboard.type("Who must withdraw?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    seen = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.tagName"))
    if viewport is PHONE:
        assert "A" not in seen, "the page behind a modal dialog cannot be reached"
    page.locator("textarea").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".launcher")).to_have_attribute("aria-expanded", "false")
    assert page.evaluate(_FOCUS) == "launcher"


def test_shift_enter_breaks_the_line(chat: Callable[..., Any], stub: Stub) -> None:
    page = chat()
    page.locator("textarea").focus()
    page.keyboard.type("One")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    assert stub.asked[0]["question"] == "One\ntwo?"


@pytest.mark.parametrize(("width", "mode"), [(320, ""), (320, 'mode="launcher"'), (500, "")])
def test_nothing_runs_out_of_a_narrow_or_zoomed_page(width: int, mode: str, chat: Callable[..., Any]) -> None:
    page = chat(f"filters {mode}", viewport={"width": width, "height": 560})
    if mode:
        page.locator(".launcher").click()
    page.locator("summary").click()
    ask(page, "What of " + "unbreakable" * 30)
    page.get_by_role("button", name="Paragraphs around it").first.click()
    expect(page.get_by_role("link", name="Read the whole resolution")).to_be_visible()
    wide = page.evaluate(
        """() => [...document.querySelector('resolution-chat').shadowRoot.querySelectorAll('*')]
        .filter((e) => !e.closest('.sr, svg') && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.className)"""
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(chat: Callable[..., Any]) -> None:
    page = chat("filters")
    ask(page, "Who must withdraw?")
    expect(page.get_by_text("Very likely the answer")).to_be_visible()
    small = page.evaluate(
        """() => [...document.querySelector('resolution-chat').shadowRoot.querySelectorAll('button, summary, input')]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 40).map((e) => e.outerHTML)"""
    )
    assert small == []


def test_reduced_motion_is_honoured(chat: Callable[..., Any]) -> None:
    page = chat(reduced_motion="reduce")
    ask(page, "Something slow")
    spin = page.locator(".wait").evaluate("e => getComputedStyle(e, '::before').animationName")
    assert spin == "none"


def test_a_move_in_the_page_keeps_the_conversation(chat: Callable[..., Any]) -> None:
    page = chat()
    ask(page, "Who must withdraw?")
    expect(page.locator(".card")).to_have_count(3)
    page.evaluate("document.body.append(document.querySelector('resolution-chat'))")
    expect(page.locator(".card")).to_have_count(3)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_interface_speaks_the_languages_of_the_organization(lang: str, chat: Callable[..., Any]) -> None:
    page = chat(lang=lang)
    t = spoken(lang)
    assert page.locator("h2").inner_text() == t("title")
    assert page.locator("textarea").get_attribute("placeholder") == t("place")
    assert page.locator(".box").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    ask(page, "Who must withdraw?")
    expect(page.locator(".sure")).to_contain_text(t("high"))
    expect(page.locator(".card .facts").first).to_contain_text(t("General Assembly"))


def test_the_table_of_texts_is_whole() -> None:
    """Six texts a row, with the same places to fill in, each in its own script; nothing left in English by oversight."""
    scripts = {"ru": "[а-яА-Я]", "zh": "[\u4e00-\u9fff]", "ar": "[\u0600-\u06ff]"}
    for name, row in TEXTS.items():
        assert len(row) == len(LANGUAGES), name
        assert len({tuple(sorted(re.findall(r"\{\w\}", text))) for text in row}) == 1, name
        assert "|" not in "".join(row), "the build parts the texts by it"
        for lang, text in zip(LANGUAGES, row, strict=True):
            assert re.search(scripts.get(lang, "[A-Za-z]"), text), (name, lang)
            assert text == text.strip(), (name, lang)
        french = row[LANGUAGES.index("fr")]
        assert not re.search(r"[^\u00a0][:;?!]", french), f"{name}: French sets a no-break space before these"


def test_a_chosen_question_does_not_lose_the_focus(chat: Callable[..., Any]) -> None:
    page = chat('questions="Who must withdraw?"')
    page.get_by_role("button", name="Who must withdraw?").focus()
    page.keyboard.press("Space")
    expect(page.locator(".sure")).to_be_visible()
    assert page.evaluate(_FOCUS) == "log"


def test_a_thumb_that_cannot_be_sent_says_so(chat: Callable[..., Any]) -> None:
    page = chat()
    ask(page, "Who must withdraw?")
    expect(page.locator(".sure")).to_be_visible()
    page.route("**/v1/feedback", lambda route: route.fulfill(status=500, body="no"))
    page.get_by_role("button", name="This answers the question").first.click()
    expect(page.locator(".thumbs").first).to_contain_text("That did not work.")
    expect(page.get_by_role("button", name="This answers the question")).to_have_count(3)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_enter_and_space_open_and_press(key: str, chat: Callable[..., Any]) -> None:
    page = chat('mode="launcher"')
    page.keyboard.press("Tab")
    page.keyboard.press(key)
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.type("Who must withdraw?")
    page.keyboard.press("Enter")
    expect(page.locator(".sure")).to_be_visible()
    page.get_by_role("button", name="Paragraphs around it").first.focus()
    page.keyboard.press(key)
    expect(page.get_by_role("link", name="Read the whole resolution")).to_be_visible()
    page.keyboard.press(key)
    expect(page.get_by_role("link", name="Read the whole resolution")).to_have_count(0)
