"""The page on which a person asks, rendered here so that it works without JavaScript. Every value is escaped."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template

from api.problems import Problem
from qa.wire import AnswerOut, CitationOut


def template(name: str) -> Template:
    """A page's template, from the package."""
    return Template((files("api") / "assets" / name).read_text("utf-8"))


def render_ask(question: str, answer: AnswerOut | None, problem: Problem | None) -> str:
    """The page, with an answer or a problem where there is one."""
    if problem is not None:
        shown = (
            f'<p class="note" role="alert">{escape(problem.title)}: {escape(problem.detail)} {escape(problem.mend)}</p>'
        )
    elif answer is not None:
        shown = _answer(answer)
    else:
        shown = ""
    return template("ask.html").substitute(question=escape(question, quote=True), answer=shown)


def _answer(answer: AnswerOut) -> str:
    if answer.status == "answered":
        return "".join(_citation(each) for each in answer.citations)
    reason = f'<p class="note">The resolutions held here do not answer this: {escape(answer.reason or "")}</p>'
    near = "".join(_citation(each) for each in answer.nearest)
    return reason + (f"<h2>Nearest paragraphs</h2>{near}" if near else "")


def _citation(citation: CitationOut) -> str:
    text = citation.text
    if citation.highlight is not None:
        start, end = citation.highlight
        quoted = f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
    else:
        quoted = escape(text)
    link = citation.url if citation.url.startswith("https://") else ""
    return (
        f'<figure><blockquote cite="{escape(link)}"><p>{quoted}</p></blockquote><figcaption>'
        f'<a href="{escape(link)}" rel="noopener">{escape(citation.citation)}</a> {escape(citation.title)}'
        "</figcaption></figure>"
    )
