"""The HTTP reference as Markdown, from the OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def render_reference(document: Json) -> str:
    """One section a route, one a shape."""
    lines = [
        "# HTTP reference",
        "",
        "Made from the OpenAPI document, which every server gives at `/openapi.json`; [the guide](http.md) says the rest.",
        "",
    ]
    for path, item in document["paths"].items():
        for method, operation in item.items():
            lines += _operation(path, method, operation)
    lines += ["## Shapes", ""]
    for name, schema in sorted(document["components"]["schemas"].items()):
        lines += _shape(name, schema)
    return "\n".join(lines)


def _operation(path: str, method: str, operation: Json) -> Iterator[str]:
    yield from (f"## {method.upper()} `{path}`", "", f"**{operation['summary']}.** {operation['description']}", "")
    parameters = operation.get("parameters", [])
    if parameters:
        yield from ("| parameter | in | type | what |", "|---|---|---|---|")
        for one in parameters:
            needed = " (needed)" if one.get("required") else ""
            yield f"| `{one['name']}`{needed} | {one['in']} | {_type(one['schema'])} | {_cell(one.get('description', ''))} |"
        yield ""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        yield from (f"Body: {_type(body['schema'])}", "")
        for example in list(body.get("examples", {}).values())[:1]:
            yield from ("```json", json.dumps(example["value"], indent=2, ensure_ascii=False), "```", "")
    yield from ("| status | what | shape |", "|---|---|---|")
    for status, answer in operation["responses"].items():
        shapes = ", ".join(f"{_type(one['schema'])} (`{kind}`)" for kind, one in answer.get("content", {}).items())
        yield f"| {status} | {_cell(answer['description'])} | {shapes} |"
    yield ""


def _shape(name: str, schema: Json) -> Iterator[str]:
    yield from (f"### {name}", "", schema.get("description", ""), "")
    if schema.get("properties"):
        needed = set(schema.get("required", ()))
        yield from ("| field | type | default |", "|---|---|---|")
        for field, one in schema["properties"].items():
            default = "needed" if field in needed else f"`{json.dumps(one.get('default'))}`"
            yield f"| `{field}` | {_type(one)} | {default} |"
    yield ""


def _type(schema: Json) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}" if schema.get("items") else "list"
    bounds = ", ".join(
        f"{key} {schema[key]}" for key in ("minimum", "maximum", "minLength", "maxLength") if key in schema
    )
    shown = " or ".join(f"`{one}`" for one in schema["enum"]) if "enum" in schema else str(schema.get("type", "any"))
    return f"{shown} ({bounds})" if bounds else shown


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
