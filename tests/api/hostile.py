# ruff: noqa: E501 - tables of bytes read best one to a line
"""Hostile requests, made from tables: bytes as they go over the wire, and which answers are right."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote_from_bytes

from tests.api.serving import post

HEAD_LIMIT, URL_LIMIT, BODY_LIMIT = 16_384, 8_192, 65_536
REFUSED = frozenset({400, 401, 403, 404, 405, 408, 413, 414, 415, 422, 429, 431, 499})
FINE = REFUSED | {200, 201, 204, 304}


class Hostile(NamedTuple):
    """A name, the bytes, and the statuses that are right; 0 is a connection closed without an answer."""

    name: str
    request: bytes
    right: frozenset[int]


TEXTS = [
    "", " ", "\t\n", "\u0000", "a\u0000b", "\u202e abc", "\u200b\u200b", "\ufeff", "\ufffe", "\U0010ffff", "e\u0301" * 500,
    "\u0301" * 1999, "👩‍👩‍👧‍👦" * 50, "ﷺ" * 100, "ß" * 2000, "a" * 2000, "a" * 2001, "'; DROP TABLE passages; --", '"', "\\", "%00",
    "NEAR(a b, 5)", "a OR 1=1", "title:x AND *", "(((((", "^$.*+?{}[]|\\b", "(a+)+$", "<script>alert(1)</script>",
    "../../etc/passwd", "file:///etc/passwd", "http://169.254.169.254/", "{{7*7}}", "${jndi:ldap://x}", "A/RES/55/179" * 100,
    "🇺🇳", "שלום", "مرحبا", "\u2028\u2029", "nan", "null", "true", "-1", "1e999", "0x41", "…", "a\r\nSet-Cookie: x=1",
]  # fmt: skip
BODIES: list[bytes] = [
    b"", b" ", b"{", b"}", b"[", b"]", b"{}", b"[]", b'""', b"0", b"null", b"true", b"NaN", b"Infinity", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf{}", b'{"question"}', b'{"question":}', b'{"question":"a",}', b"{'question':'a'}", b'{"question":"\xff"}',
    b'{"question":"\\ud800"}', b'{"question":"\\udc00\\ud800"}', b'{"question":"\xed\xa0\x80"}', b'{"question":"\xc0\xaf"}',
    b'{"question":"a"}{"question":"b"}', b'{"question":"a"} x', b'{"question":null}', b'{"question":1}', b'{"question":[]}',
    b'{"question":{}}', b'{"question":"a","k":-1}', b'{"question":"a","k":1e400}', b'{"question":"a","k":1.5}',
    b'{"question":"a","k":99999999999999999999999}', b'{"question":"a","k":null}', b'{"question":"a","filters":null}',
    b'{"question":"a","filters":[]}', b'{"question":"a","filters":{"year_from":"2000"}}', b'{"question":"a","filters":{"year_from":-5}}',
    b'{"question":"a","filters":{"organ":"x"}}', b'{"question":"a","filters":{"organ":[""]}}', b'{"question":"a","filters":{"organ":[null]}}',
    b'{"question":"a","history":["", "b"]}', b'{"question":"a","history":[1]}', b'{"question":"a","explain":1}',
    b'{"__proto__":{},"question":"a"}', b'{"question":"a","question":1}', b"[" * 60_000, b'{"a":' * 12_000, b'{"question":' + b"[" * 50_000,
    b'{"question":"a","history":[' + b'"x",' * 9 + b'"x","y"]}', b'{"question":"' + b"a" * 60_000 + b'"}', b"question=a", b"<a/>",
    b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--", b'{"question":"\x01"}', b'{"question":"a\nb"}', b'{"\\u0000":1}',
]  # fmt: skip
PATHS: list[bytes] = [
    b"//", b"/./", b"/../", b"/..%2f..%2fetc/passwd", b"/%00", b"/%ff", b"/%", b"/%zz", b"/%c0%af", b"/v1/", b"/v1//ask", b"/v1/ask/",
    b"/v1/ask?", b"/v1/ask?q", b"/v1/ask?q=", b"/v1/ask?q=%00", b"/v1/ask?q=%ff%fe", b"/v1/ask?q=a&q=b", b"/v1/ask?q=a&k=", b"/v1/ask?q=a&k=1&k=2",
    b"/v1/ask?q=a&k=1e1", b"/v1/ask?q=a&k=0x10", b"/v1/ask?q=a&k=%EF%BC%95", b"/v1/ask?q=a&year_from=99999999999999999999", b"/v1/ask?q=a;k=1",
    b"/v1/ask?q=a&organ=", b"/v1/ask?q=a" + b"&organ=x" * 30, b"/v1/ask?q[]=a", b"/v1/ask?&&&&", b"/v1/ask?=a", b"/v1/ask?q=a&__class__=1",
    b"/v1/resolutions/", b"/v1/resolutions/%2e%2e/%2e%2e", b"/v1/resolutions/..%2f..%2f", b"/v1/resolutions/A/RES/%00", b"/v1/resolutions/%ff",
    b"/v1/resolutions/" + b"A/" * 200, b"/v1/resolutions/" + b"%41" * 150, b"/v1/resolutions?offset=-1", b"/v1/resolutions?limit=1e9",
    b"/v1/resolutions?offset=9999999999999999999999", b"/v1/paragraphs/", b"/v1/paragraphs/%23", b"/v1/paragraphs/A/RES/55/179%23", b"/v1/paragraphs/%23OP1",
    b"/v1/paragraphs/A/RES/55/179%23OP1%23OP2", b"/v1/similar/A/RES/55/179/OP19?k=0", b"/v1/similar/x", b"/v1/cites/", b"/v1/cited-by/%0d%0aX:%20y",
    b"/v1/suggest?q=" + b"%F0%9F%91%A9" * 30, b"/v1/suggest?q=%E2%80%AE", b"/assets/", b"/assets/..", b"/assets/%2e%2e%2fapp.py", b"/assets/ask.html",
    b"/problems/%3Cscript%3E", b"/v1/admin/feedback?key=x", b"/v1/admin/", b"/metrics/x", b"/health", b"/health/ready/", b"/?q=%00", b"/?q=%3Cscript%3E", b"/?x=1",
    b"/?q=" + b"%C3%A4" * 700, b"*", b"http://other.example/v1/ask?q=a", b"ask", b"/\x7f", b"/\xc3\xa4", b"/a b",
]  # fmt: skip
RAW: list[tuple[str, bytes]] = [
    ("empty lines", b"\r\n\r\n\r\n"),
    ("http 0.9", b"GET /\r\n\r\n"),
    ("http 1.0", b"GET /version HTTP/1.0\r\n\r\n"),
    ("http 1.9", b"GET / HTTP/1.9\r\nHost: x\r\n\r\n"),
    ("http 2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ("http 3", b"GET / HTTP/3\r\nHost: x\r\n\r\n"),
    ("tls hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100 + b"\r\n\r\n"),
    ("no host", b"GET / HTTP/1.1\r\n\r\n"),
    ("two hosts", b"GET /version HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    ("odd host", b"GET /version HTTP/1.1\r\nHost: <script>\r\n\r\n"),
    ("lower-case method", b"get / HTTP/1.1\r\nHost: x\r\n\r\n"),
    ("unknown method", b"BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n"),
    ("connect", b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"),
    ("trace", b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"),
    ("long method", b"A" * 5000 + b" / HTTP/1.1\r\nHost: x\r\n\r\n"),
    ("folded field", b"GET /version HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n"),
    ("space before colon", b"GET / HTTP/1.1\r\nHost: x\r\nX-A : a\r\n\r\n"),
    ("field without colon", b"GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n"),
    ("nul in field", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n"),
    ("latin-1 in field", b"GET /version HTTP/1.1\r\nHost: x\r\nX-A: \xe4\xff\r\n\r\n"),
    ("bare lf", b"GET /version HTTP/1.1\nHost: x\n\n"),
    ("bare cr", b"GET /version HTTP/1.1\rHost: x\r\r\n\r\n"),
    ("many fields", b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(5000)) + b"\r\n"),
    ("one long field", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 5_000_000 + b"\r\n\r\n"),
    ("endless line", b"GET /" + b"a" * 2_000_000),
    (
        "length and chunked",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ),
    (
        "two lengths",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    ),
    (
        "length twice the same",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2, 2\r\n\r\n{}",
    ),
    (
        "negative length",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
    ),
    (
        "length with sign",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: +2\r\n\r\n{}",
    ),
    (
        "length in words",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: two\r\n\r\n{}",
    ),
    (
        "huge length",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
    ),
    (
        "gigabyte announced",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n{}",
    ),
    (
        "bad chunk",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ),
    (
        "huge chunk",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    ),
    (
        "negative chunk",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
    ),
    (
        "chunk extension",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2;"
        + b"a" * 30_000
        + b"\r\n{}\r\n0\r\n\r\n",
    ),
    (
        "many tiny chunks",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"1\r\n \r\n" * 70_000
        + b"0\r\n\r\n",
    ),
    (
        "unknown coding",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip\r\n\r\n{}",
    ),
    (
        "obfuscated coding",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    ),
    (
        "coding with tab",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n",
    ),
    ("gzip body", post("/v1/ask", b"\x1f\x8b\x08\x00" + b"\x00" * 30, b"Content-Encoding: gzip")),
    (
        "websocket",
        b"GET /v1/ask HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n",
    ),
    (
        "h2c upgrade",
        b"GET /version HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
    ),
    ("expect nonsense", post("/v1/ask", b'{"question":"a"}', b"Expect: the-unexpected")),
    ("cookies", b"GET /version HTTP/1.1\r\nHost: x\r\nCookie: a=b; c=\xff; \x22\r\n\r\n"),
    ("key in cookie", b"GET /v1/admin/feedback HTTP/1.1\r\nHost: x\r\nCookie: key=admin\r\n\r\n"),
    ("odd authorization", b"GET /v1/admin/feedback HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\n\r\n"),
    (
        "long authorization",
        b"GET /v1/admin/feedback HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + b"a" * 9000 + b"\r\n\r\n",
    ),
    ("odd accept", b"GET /version HTTP/1.1\r\nHost: x\r\nAccept: ;q=,,,;;\r\n\r\n"),
    ("odd if-none-match", b"GET /v1/ask?q=a HTTP/1.1\r\nHost: x\r\nIf-None-Match: W/,,\x22\x22,*\r\n\r\n"),
    ("odd range", b"GET /version HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1,-0\r\n\r\n"),
    ("odd type", post("/v1/ask", b'{"question":"a"}', b"Content-Type: ;;;charset=\xff")),
    (
        "utf-16 type",
        post("/v1/ask", '{"question":"a"}'.encode("utf-16"), b"Content-Type: application/json; charset=utf-16"),
    ),
    ("pipelined nonsense", b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n\x00\x01\x02garbage\r\n\r\n"),
    ("smuggled second", post("/v1/ask", b"0\r\n\r\nGET /v1/admin/feedback HTTP/1.1\r\nHost: x\r\n\r\n")),
]


def hostile_requests() -> list[Hostile]:
    """All of them; every one is a valid opening to something that should not happen."""
    return list(itertools.chain(_questions(), _bodies(), _paths(), _raw(), _limits()))


def _questions() -> Iterator[Hostile]:
    for number, text in enumerate(TEXTS):
        body = json.dumps({"question": text}).encode("utf-8", "surrogatepass")
        right = frozenset({200} if 1 <= len(text) <= 2000 and text.strip() else {422}) | {422}
        yield Hostile(f"question {number}", post("/v1/ask", body), right)
        yield Hostile(f"search {number}", post("/v1/search", body), right)
        address = b"/v1/ask?q=" + quote_from_bytes(text.encode("utf-8", "surrogatepass")).encode()
        yield Hostile(f"address {number}", b"GET " + address + b" HTTP/1.1\r\nHost: x\r\n\r\n", right | {414, 431})


def _bodies() -> Iterator[Hostile]:
    for number, body in enumerate(BODIES):
        for path in ("/v1/ask", "/v1/ask/stream", "/v1/ask/batch", "/v1/feedback"):
            yield Hostile(f"body {number} to {path}", post(path, body), frozenset({200, 201, 400, 413, 422}))


def _paths() -> Iterator[Hostile]:
    for number, path in enumerate(PATHS):
        for method in (b"GET", b"DELETE"):
            yield Hostile(
                f"path {number} {method.decode()}", method + b" " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n", FINE
            )


def _raw() -> Iterator[Hostile]:
    for name, request in RAW:
        yield Hostile(name, request, FINE | {0, 501})


def _limits() -> Iterator[Hostile]:
    """Each limit at one below, exactly, and one beyond."""
    host = len("host") + len("x") + 4
    for extra in (-1, 0, 1):
        beyond = extra > 0
        pad = b"a" * (HEAD_LIMIT - host - len("x-pad") - 4 + extra)
        head = b"GET /version HTTP/1.1\r\nHost: x\r\nX-Pad: " + pad + b"\r\n\r\n"
        yield Hostile(f"head {extra:+}", head, frozenset({431 if beyond else 200}))
        address = b"/v1/suggest?q=a&q=" + b"b" * (URL_LIMIT - 18 + extra)
        line = b"GET " + address + b" HTTP/1.1\r\nHost: x\r\n\r\n"
        yield Hostile(f"address {extra:+}", line, frozenset({414 if beyond else 422}))
        body = b'{"question":"a"' + b" " * (BODY_LIMIT - 16 + extra) + b"}"
        assert len(body) == BODY_LIMIT + extra
        yield Hostile(f"body {extra:+}", post("/v1/ask", body), frozenset({413 if beyond else 200}))
        chunked = (
            b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:1], body[1:40_000], body[40_000:]))
        )
        yield Hostile(f"chunked {extra:+}", chunked + b"0\r\n\r\n", frozenset({413 if beyond else 200}))
        for path in ("/v1/ask", "/v1/search", "/v1/ask/stream"):
            question = json.dumps({"question": "q" * (2000 + extra)}).encode()
            yield Hostile(f"question {extra:+} to {path}", post(path, question), frozenset({422 if beyond else 200}))
        batch = json.dumps({"questions": [{"question": "q" * (2000 + extra)}]}).encode()
        yield Hostile(f"batched question {extra:+}", post("/v1/ask/batch", batch), frozenset({422 if beyond else 200}))
        get = b"GET /v1/ask?q=" + b"q" * (2000 + extra) + b" HTTP/1.1\r\nHost: x\r\n\r\n"
        yield Hostile(f"question in the address {extra:+}", get, frozenset({422 if beyond else 200}))
