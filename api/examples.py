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
        "taken off": {"question": "Which forces were to leave by 2002?", "ignore": ["2002"]},
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
# By place and name of the parameter: one that works for every route that has it.
EXAMPLES: dict[str, Any] = {
    "query q": _ASK,
    "query k": 5,
    "query organ": ["General Assembly"],
    "query session": ["55"],
    "query year_from": 1999,
    "query year_to": 2001,
    "query symbol": ["A/RES/55/179"],
    "query judged": True,
    "query kind": ["operative"],
    "query verb": ["requests"],
    "query history": ["Who keeps the peace in Moldova?"],
    "query ignore": ["Moldova"],
    "query offset": 0,
    "query limit": 20,
    "path symbol": "A/RES/55/179",
    "path paragraph_id": "A/RES/55/179/OP19",
    "path name": "0123456789abcdef0123456789abcdef",
}
