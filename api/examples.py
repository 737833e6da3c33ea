"""Examples for the OpenAPI document and the docs page; the tests send every one of them."""

from __future__ import annotations

from typing import Any

_ASK = "Who must pull their troops out of Moldova, and by when?"
BODIES: dict[str, dict[str, Any]] = {
    "POST /v1/ask": {
        "plain": {"question": _ASK},
        "filtered": {
            "question": "How often must the Secretary-General report?",
            "k": 3,
            "filters": {"organ": ["General Assembly"], "year_from": 1999, "kind": ["operative"], "verb": ["requests"]},
        },
        "follow-up": {"question": "And for Georgia?", "history": [_ASK]},
    },
    "POST /v1/ask/stream": {"plain": {"question": _ASK}},
    "POST /v1/search": {"plain": {"question": "withdrawal of foreign forces", "k": 10}},
    "POST /v1/ask/batch": {
        "two": {"questions": [{"question": _ASK}, {"question": "Who pays for the mission?", "k": 1}]}
    },
    "POST /v1/feedback": {
        "wrong": {
            "question": _ASK,
            "verdict": "unhelpful",
            "citations": ["A/RES/55/179#OP18"],
            "right": ["A/RES/55/179#OP19"],
            "note": "The paragraph after it says by when.",
        }
    },
}
# By parameter name: one that works for every route that has it.
EXAMPLES: dict[str, Any] = {
    "q": _ASK,
    "k": 5,
    "symbol": "A/RES/55/179",
    "paragraph_id": "A/RES/55/179/OP19",
    "organ": ["General Assembly"],
    "session": ["55"],
    "year_from": 1999,
    "year_to": 2001,
    "kind": ["operative"],
    "verb": ["requests"],
    "offset": 0,
    "limit": 20,
    "name": "0123456789abcdef0123456789abcdef",
}
