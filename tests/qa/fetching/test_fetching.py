"""`qa.fetching` against a site that behaves and misbehaves: no network but the loopback, no waiting but where it is the point."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from qa.errors import FetchError, MissingTextError, SiteError, SymbolError
from qa.fetching.fetching import GAP, FetchReport, fetch, file_of
from qa.fetching.ledger import NAME, Ledger
from qa.fetching.polite import Manners, PoliteClient
from qa.fetching.site import Site, symbols_of_session
from qa.symbols import Symbol
from tests.qa.fetching.site import PDF, DocumentSite, body, cut, drip, hang_up, status

ONE = "A/RES/55/179"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[DocumentSite]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with DocumentSite() as running:
        yield running


class Clock:
    """Time that passes by sleeping only, and tells how long was slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def client(site: DocumentSite, clock: Clock | None = None, **manners: float | str) -> PoliteClient:
    clock = clock or Clock()
    return PoliteClient(Site(site.address), Manners(**{"every": 3.0, **manners}), clock.sleep, clock.now)  # type: ignore[arg-type]


def bring(site: DocumentSite, folder: Path, *symbols: str, clock: Clock | None = None) -> FetchReport:
    return fetch([Symbol.parse(one) for one in symbols], [], folder, client(site, clock), lambda *_: None)


def test_a_text_comes_with_its_provenance(site: DocumentSite, tmp_path: Path) -> None:
    site.script["/doc/n0056255.pdf"] = [body(Last_Modified="Thu, 01 Mar 2001 00:00:00 GMT", ETag='"x"')]
    site.script[ONE] = [status(302, Location="/doc/n0056255.pdf")]
    report = bring(site, tmp_path, ONE)
    assert (report.fetched, report.refused, report.ended) == ([ONE], {}, None)
    assert (tmp_path / "A_RES_55_179.pdf").read_bytes() == PDF
    told = json.loads((tmp_path / NAME).read_text())
    assert told["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert told["asked"] == f"{site.address}/api/symbol/access?s=A/RES/55/179&l=en&t=pdf"
    assert told["address"] == f"{site.address}/doc/n0056255.pdf"
    assert (told["symbol"], told["file"], told["n_bytes"]) == (ONE, "A_RES_55_179.pdf", len(PDF))
    assert (told["last_modified"], told["etag"]) == ("Thu, 01 Mar 2001 00:00:00 GMT", '"x"')
    assert datetime.fromisoformat(told["fetched"]).tzinfo is not None
    assert {agent for _, agent, _ in site.visits} == {told["user_agent"]}
    assert told["user_agent"].startswith("un-resolution-qa/")


@pytest.mark.parametrize("text", ["A/RES/1514(XV)", "S/RES/1244(1999)", "A/HRC/RES/53/1", "UNEP/EA.5/RES.14"])
def test_every_form_of_symbol_has_an_address_and_a_file_from_which_it_can_be_read(text: str) -> None:
    symbol = Symbol.parse(text)
    assert Site().text_of(symbol) == f"https://documents.un.org/api/symbol/access?s={text}&l=en&t=pdf"
    assert Symbol.from_file_name(file_of(symbol)) == symbol


def test_what_is_there_is_not_asked_for_again(site: DocumentSite, tmp_path: Path) -> None:
    site.script[ONE] = [body()]
    bring(site, tmp_path, ONE)
    n = len(site.visits)
    assert bring(site, tmp_path, ONE).there == [ONE]
    assert len(site.visits) == n


def test_a_file_of_the_users_own_is_left_alone(site: DocumentSite, tmp_path: Path) -> None:
    site.script[ONE] = [body()]
    mine = tmp_path / "A_RES_55_179.pdf"
    mine.write_bytes(b"mine")
    assert "is left alone" in bring(site, tmp_path, ONE).refused[ONE]
    assert mine.read_bytes() == b"mine"
    assert site.visits == []


def test_a_death_in_mid_write_leaves_no_half_file_and_a_ledger_that_goes_on(site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {ONE: [body()], "A/RES/55/180": [body()]}
    bring(site, tmp_path, ONE)
    with (tmp_path / NAME).open("ab") as lines:
        lines.write(b'{"symbol":"A/RES/55/18')
    (tmp_path / ".A_RES_55_180.pdf.part").write_bytes(PDF[:9])
    report = bring(site, tmp_path, ONE, "A/RES/55/180")
    assert (report.there, report.fetched) == ([ONE], ["A/RES/55/180"])
    assert Ledger(tmp_path).has("A_RES_55_180.pdf")


def test_a_spoilt_ledger_is_refused_with_its_line(site: DocumentSite, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("nonsense\n")
    with pytest.raises(FetchError, match="line 1 cannot be read"):
        bring(site, tmp_path, ONE)


def test_missing_and_refused_do_not_end_the_work(site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {
        "A/RES/55/1": [status(404)],
        "A/RES/55/2": [body(b"<html>Please wait</html>", "text/html")],
        "A/RES/55/3": [status(403)],
        "A/RES/55/4": [body()],
    }
    report = bring(site, tmp_path, "A/RES/55/1", "A/RES/55/2", "A/RES/55/3", "A/RES/55/4")
    assert (report.missing, report.fetched, report.ended) == (["A/RES/55/1"], ["A/RES/55/4"], None)
    assert "text/html, no PDF" in report.refused["A/RES/55/2"]
    assert "answered 403" in report.refused["A/RES/55/3"]
    assert site.asked() == ["A/RES/55/1", "A/RES/55/2", "A/RES/55/3", "A/RES/55/4"]  # each once
    assert sorted(one.name for one in tmp_path.iterdir()) == [NAME, "A_RES_55_4.pdf"]


def test_requests_keep_their_distance(site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {f"A/RES/55/{n}": [body()] for n in range(1, 4)}
    clock = Clock()
    bring(site, tmp_path, "A/RES/55/1", "A/RES/55/2", "A/RES/55/3", clock=clock)
    assert clock.slept == [3.0, 3.0, 3.0]  # robots.txt first, at once


def test_a_longer_crawl_delay_is_kept(site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {"/robots.txt": [body(b"User-agent: *\nCrawl-delay: 7\n", "text/plain")], ONE: [body()]}
    clock = Clock()
    bring(site, tmp_path, ONE, clock=clock)
    assert clock.slept == [7.0]


@pytest.mark.parametrize("rule", ["/api/", "/*?s=", "/"])
def test_robots_that_keep_us_away_are_obeyed(rule: str, site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {"/robots.txt": [body(f"User-agent: *\nDisallow: {rule}\n".encode(), "text/plain")], ONE: [body()]}
    assert "robots.txt" in bring(site, tmp_path, ONE).refused[ONE]
    assert site.asked() == []


def test_robots_that_cannot_be_read_keep_us_away_too(site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {"/robots.txt": [status(500)], ONE: [body()]}
    report = bring(site, tmp_path, ONE)
    assert report.ended is not None
    assert "robots.txt" in report.ended
    assert site.asked() == []


def test_429_waits_as_long_as_it_is_asked_to(site: DocumentSite, tmp_path: Path) -> None:
    site.script[ONE] = [status(429, Retry_After="42"), body()]
    clock = Clock()
    assert bring(site, tmp_path, ONE, clock=clock).fetched == [ONE]
    assert clock.slept == [3.0, 42.0]


def test_a_date_in_retry_after_is_understood(site: DocumentSite, tmp_path: Path) -> None:
    site.script[ONE] = [
        status(503, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)),
        body(),
    ]
    clock = Clock()
    assert bring(site, tmp_path, ONE, clock=clock).fetched == [ONE]
    assert clock.slept[1] == pytest.approx(90, abs=5)


def test_one_who_asks_for_an_hour_is_left_in_peace(site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {ONE: [status(429, Retry_After="3600")], "A/RES/55/180": [body()]}
    report = bring(site, tmp_path, ONE, "A/RES/55/180")
    assert report.ended is not None
    assert "come back in 3600 seconds" in report.ended
    assert site.asked() == [ONE]


@pytest.mark.parametrize("bad", [status(500), status(502), cut(30), hang_up])
def test_what_may_pass_is_tried_again_with_growing_pauses(bad: object, site: DocumentSite, tmp_path: Path) -> None:
    site.script[ONE] = [bad, bad, body()]  # type: ignore[list-item]
    clock = Clock()
    assert bring(site, tmp_path, ONE, clock=clock).fetched == [ONE]
    assert (tmp_path / "A_RES_55_179.pdf").read_bytes() == PDF
    assert clock.slept == [3.0, 6.0, 12.0]


@pytest.mark.parametrize(("bad", "why"), [(status(500), "answered 500"), (cut(30), "ended after 30 of"), (hang_up, "")])
def test_what_does_not_pass_ends_the_work(bad: object, why: str, site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {ONE: [bad], "A/RES/55/180": [body()]}  # type: ignore[dict-item]
    report = bring(site, tmp_path, ONE, "A/RES/55/180")
    assert report.ended is not None
    assert why in report.ended
    assert "4 times" in report.ended
    assert site.asked() == [ONE] * 4
    assert not (tmp_path / "A_RES_55_179.pdf").exists()


def test_a_text_that_drips_is_given_up(site: DocumentSite) -> None:
    site.script[ONE] = [drip]
    patient = PoliteClient(Site(site.address), Manners(every=0.01, tries=1, whole=0.2))
    with pytest.raises(SiteError, match="took longer than"):
        patient.get(Site(site.address).text_of(Symbol.parse(ONE)))


def test_a_text_without_end_is_given_up(site: DocumentSite, tmp_path: Path) -> None:
    site.script[ONE] = [body()]
    with pytest.raises(FetchError, match="more than 100 bytes"):
        client(site, most_bytes=100).get(Site(site.address).text_of(Symbol.parse(ONE)))


@pytest.mark.parametrize(
    "elsewhere", ["http://localhost:{port}/x.pdf", "https://127.0.0.1:{port}/x.pdf", "file:///etc/passwd"]
)
def test_a_redirect_to_elsewhere_is_refused(elsewhere: str, site: DocumentSite, tmp_path: Path) -> None:
    site.script[ONE] = [status(302, Location=elsewhere.format(port=site.server_address[1]))]
    assert ONE in bring(site, tmp_path, ONE).refused
    assert site.asked() == [ONE]


def test_a_circle_of_redirects_ends(site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {ONE: [status(302, Location="/a")], "/a": [status(302, Location="/a")]}
    assert "answered 302" in bring(site, tmp_path, ONE).refused[ONE]


def test_nobody_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with DocumentSite() as gone:
        address = gone.address
    clock = Clock()
    with pytest.raises(SiteError, match="did not answer"):
        PoliteClient(Site(address), Manners(), clock.sleep, clock.now).get(f"{address}/x")


def test_a_session_is_counted_up_to_its_end(site: DocumentSite, tmp_path: Path) -> None:
    there = [1, 2, 4, 5 + GAP - 2]
    site.script |= {f"A/RES/55/{n}": [body()] for n in there}
    report = fetch([], ["55"], tmp_path, client(site), lambda *_: None)
    assert report.fetched == [f"A/RES/55/{n}" for n in there]
    assert report.missing == ["A/RES/55/3", *(f"A/RES/55/{n}" for n in range(5, 5 + GAP - 2))]
    assert site.asked()[-1] == f"A/RES/55/{there[-1] + GAP}"


def test_special_sessions_have_symbols_and_early_ones_are_refused() -> None:
    assert str(next(symbols_of_session("s-27"))) == "A/RES/S-27/1"
    with pytest.raises(SymbolError, match="name the symbols"):
        symbols_of_session("15")
    with pytest.raises(SymbolError):
        symbols_of_session("fifty")


@pytest.mark.parametrize("address", ["documents.un.org", "ftp://documents.un.org", "https://a@b", "file:///etc"])
def test_an_address_of_no_site_is_refused(address: str) -> None:
    with pytest.raises(FetchError, match="no address of a site"):
        Site(address)


def test_drafts_are_not_fetched() -> None:
    with pytest.raises(SymbolError, match="not an adopted text"):
        Site().text_of(Symbol.parse("A/80/L.12"))


def test_missing_is_an_error_of_its_own(site: DocumentSite) -> None:
    with pytest.raises(MissingTextError):
        client(site).get(f"{site.address}/nothing")


def qa(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa.cli", "fetch", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)


def test_the_command(site: DocumentSite, tmp_path: Path) -> None:
    site.script |= {ONE: [body()], "/robots.txt": [body(b"", "text/plain")]}
    done = qa(
        "resolution 55/179",
        "A/RES/55/500",
        "--site",
        site.address,
        "--out",
        tmp_path / "t",
        "--every",
        "1",
        "--contact",
        "me@x.org",
    )
    assert done.returncode == 1
    assert "1 fetched, 0 there already, 1 missing" in done.stdout
    assert (tmp_path / "t" / "A_RES_55_179.pdf").read_bytes() == PDF
    assert site.visits[0][1].endswith("(+me@x.org)")
    again = json.loads(qa(ONE, "--site", site.address, "--out", tmp_path / "t", "--json").stdout)
    assert (again["there"], again["ended"]) == ([ONE], None)


@pytest.mark.parametrize(
    ("arguments", "hint"), [((), "--session 55"), (("53/1",), "may be"), (("A/RES/55/1", "--site", "x"), "no address")]
)
def test_the_command_refuses_in_one_line(arguments: tuple[str, ...], hint: str) -> None:
    done = qa(*arguments)
    assert done.returncode in {1, 2}
    assert hint in done.stderr
    assert "Traceback" not in done.stderr
