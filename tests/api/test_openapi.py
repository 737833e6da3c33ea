"""The OpenAPI document: complete, valid, and true: its examples are sent and its schemas held against the answers."""

from __future__ import annotations

import jsonschema_rs
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from api.examples import BODIES, EXAMPLES


def resolver(document: dict[str, object]):  # type: ignore[no-untyped-def]
    def check(schema: dict[str, object], value: object) -> None:
        jsonschema_rs.Draft202012Validator({**schema, "components": document["components"]}).validate(value)

    return check


def test_every_route_that_is_not_a_page_is_documented(client: TestClient[Litestar]) -> None:
    document = client.get("/openapi.json").json()
    pages = {
        "/",
        "/docs",
        "/openapi.json",
        "/problems",
        "/problems/{slug}",
        "/assets/{name}",
        "/search",
        "/resolutions",
    }
    pages |= {
        "/resolutions/{symbol}",
        "/opensearch.xml",
        "/widget",
        "/widget.js",
        "/widget/{name}",
        "/favicon.ico",
        "/robots.txt",
    }
    known = {(path, method.upper()) for path, item in document["paths"].items() for method in item}
    for route in client.app.routes:
        if isinstance(route, HTTPRoute) and route.path_format not in pages:
            for method in set(route.route_handler_map) - {"OPTIONS"}:
                assert (route.path_format, method) in known
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names)) >= 17


def test_the_document_is_valid_openapi_by_its_own_rules(client: TestClient[Litestar]) -> None:
    import schemathesis

    document = client.get("/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    schema.validate()
    for component in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate({**component, "components": document["components"]})


def test_every_route_has_an_example_that_works_and_its_answer_fits(client: TestClient[Litestar]) -> None:
    document = client.get("/openapi.json").json()
    check = resolver(document)
    tried = 0
    for path, item in document["paths"].items():
        for method, operation in item.items():
            answers = operation["responses"]
            requests = []
            if method == "post":
                content = operation["requestBody"]["content"]["application/json"]
                assert content["examples"], f"{path} has no example"
                for example in content["examples"].values():
                    check(content["schema"], example["value"])
                    requests.append(client.post(path, json=example["value"]))
            else:
                address, query = path, {}
                for parameter in operation.get("parameters", []):
                    assert "example" in parameter, f"{path}: {parameter['name']} has no example"
                    check(parameter["schema"], parameter["example"])
                    if parameter["in"] == "path":
                        address = address.replace(f"{{{parameter['name']}}}", parameter["example"])
                    else:
                        query[parameter["name"]] = parameter["example"]
                requests.append(client.request(method, address, params=query))
            for answer in requests:
                tried += 1
                assert str(answer.status_code) in answers, (path, answer.status_code)
                assert answer.status_code < 400 or "/admin/" in path, (path, answer.text)
                kind = answer.headers.get("content-type", "").partition(";")[0]
                assert kind in answers[str(answer.status_code)].get("content", {kind: 1})
                if kind.endswith("json"):
                    check(answers[str(answer.status_code)]["content"][kind]["schema"], answer.json())
    assert tried >= 20
    assert {key.partition(" ")[2] for key in BODIES} <= set(document["paths"])
    assert EXAMPLES


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/resolutions/{symbol}", "/health/ready"])
def test_refusals_are_documented_as_problems(client: TestClient[Litestar], path: str) -> None:
    document = client.get("/openapi.json").json()
    for operation in document["paths"][path].values():
        for status in ("400", "414", "422", "429", "431", "503"):
            assert "application/problem+json" in operation["responses"][status]["content"]
