"""Pages that explain the HTTP interface, made from the OpenAPI document: no script, nothing from elsewhere."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from api.pages.layout import page
from api.pages.markup import Markup
from api.problems import Row


def render_docs(schema: dict[str, Any]) -> str:
    """Every route with its parameters, an example, and a form to try it where it reads only."""
    parts = [f"<p>{escape(schema['info'].get('description', ''))}</p>"]
    for path, item in schema["paths"].items():
        parts += [_operation(path, method, operation, schema) for method, operation in item.items()]
    return _page(schema["info"]["title"], "\n".join(parts))


def render_problems(rows: list[Row], slug: str | None) -> str:
    """What each problem `type` means and what to do about it."""
    shown = [row for row in rows if slug is None or row.slug == slug]
    body = "".join(
        f'<section id="{row.slug}"><h2>{escape(row.title)} <small>{row.status}</small></h2>'
        f"<p><code>/problems/{row.slug}</code></p><p>{escape(row.mend)}</p></section>"
        for row in {row.slug: row for row in shown}.values()
    )
    return _page("Problems", body or "<p>There is no such problem type.</p>")


def _page(title: str, body: str) -> str:
    places = '<p><a href="/problems">Problems</a> <a href="/openapi.json">OpenAPI</a></p>'
    return page(title, Markup(f"<h1>{escape(title)}</h1>{places}{body}"), here="/docs")


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    rows = "".join(_parameter(each) for each in parameters)
    table = f"<table><tr><th>Parameter</th><th>In</th><th>What</th></tr>{rows}</table>" if rows else ""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    example = _example(body, schema)
    shown = f"<p>Body</p><pre tabindex='0'>{escape(example)}</pre>" if example else ""
    answers = ", ".join(operation.get("responses", {}))
    name = escape(f"{method.upper()} {path}")
    form = "" if "security" in operation else _form(path, method, parameters)  # a form can send no key
    return (
        f"<section><h2><code>{name}</code></h2><p><b>{escape(operation.get('summary', ''))}.</b> "
        f"{escape(operation.get('description', ''))}</p>{table}{shown}{form}"
        f"<p>Answers: {escape(answers)}</p></section>"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    need = "" if not parameter.get("required") else " (needed)"
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code>{need}</td><td>{escape(parameter['in'])}</td>"
        f"<td>{escape(parameter.get('description', ''))}</td></tr>"
    )


def _example(body: dict[str, Any], schema: dict[str, Any]) -> str:
    examples = body.get("examples") or {}
    for each in examples.values():
        return json.dumps(each.get("value"), indent=2, ensure_ascii=False)
    return ""


def _form(path: str, method: str, parameters: list[dict[str, Any]]) -> str:
    if method != "get" or "{" in path:
        return ""
    fields = "".join(
        f'<label>{escape(each["name"])} <input name="{escape(each["name"])}"></label> '
        for each in parameters
        if each["in"] == "query" and each.get("required")
    )
    return f'<form action="{escape(path)}" method="get">{fields}<button>Try it</button></form>'
