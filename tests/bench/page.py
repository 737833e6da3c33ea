"""The results as `docs/benchmarks.md` with a plot of the growth; every figure comes from the run that is passed in."""

from __future__ import annotations

import math
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.machine import work_of
from tests.bench.systems import SYSTEMS

CLIENTS = ("1", "8", "64")
PEERS = tuple(one.name for one in SYSTEMS if not one.ours)
Result = dict[str, Any]


def write_page(results: Result, path: Path) -> str:
    """Write the page and its plot; gives the page."""
    figures = path.parent / "figures"
    figures.mkdir(exist_ok=True)
    sizes = [one for one in results["growth"] if "error" not in one]
    if sizes:
        (figures / "growth.svg").write_text(growth_plot(sizes), encoding="utf-8")
    text = "\n\n".join(
        [_head(results), _load(results), _ratios(results), _builds(results), _growth(sizes), _floors(results), _HOW]
    )
    path.write_text(text + "\n", encoding="utf-8")
    return text


def _head(results: Result) -> str:
    about, plan = results["about"], results["about"]["plan"]
    others = [one["others"] for one in _steps(results) if not math.isnan(one.get("others", math.nan))]
    times = sorted(one["at"] for one in _steps(results) if "at" in one)
    busy = f"median {median(others):.0%}, at most {max(others):.0%}" if others else "not known"
    note = "" if plan["name"] == "full" else " **This was a quick run: for a look, not to be quoted.**"
    if others and median(others) > 0.1:
        note += " **Other work ran on the machine: absolute figures are too low and the spread too wide.**"
    when = f"{times[0]} to {times[-1]} UTC" if times else "nothing was measured"
    return (
        f"# Benchmarks\n\nWritten by `make bench`; change nothing here by hand.{note}\n\n"
        f"{when}; {about['processor']}, {results['floors'].get('cores', math.nan):.0f} cores. Other work on the machine "
        f"just before the steps: {busy} of all cores.\nOurs: {about['versions']}. Peers: {about['peers']}.\n\n"
        f"The same {len(results['tokens']['paragraphs']):,} paragraphs (median "
        f"{median(results['tokens']['paragraphs']):.0f} tokens) in every system, the same {about['questions']} questions "
        f"(median {median(results['tokens']['questions']):.0f} tokens), the same model, all-MiniLM-L6-v2: ours in 8 bits, "
        "the peers in float32, as each comes (the whole answer uses our fine-tuned model of the same size and its own "
        f"index). {len(results['rounds'])} rounds, the systems in turns; {plan['seconds']:g} s a load. The load generator is a "
        "process pinned to one core; the servers may use all, that one included. Nothing is cached in ours: the memory of "
        "question vectors is off."
    )


def _steps(results: Result) -> list[Result]:
    rounds = [one for found in results["rounds"] for one in found.values()]
    return [results["floors"], *results["builds"].values(), *rounds, *results["growth"]]


def _of(results: Result, system: str, *keys: str) -> list[float]:
    """One figure of one system, round by round; rounds that failed are left out."""
    found = []
    for one in results["rounds"]:
        value: Any = one.get(system, {})
        for key in keys:
            value = value.get(key, {}) if isinstance(value, dict) else {}
        if isinstance(value, (int, float)) and not math.isnan(value):
            found.append(float(value))
    return found


def _shown(values: list[float], form: str = ".0f") -> str:
    """The median, with the least and the most."""
    if not values:
        return "-"
    low, high = f"{min(values):{form}}", f"{max(values):{form}}"
    return f"{median(values):{form}}" + (f" ({low}-{high})" if low != high else "")


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


def _load(results: Result) -> str:
    rows, notes = [], []
    for system in SYSTEMS:
        if system.name not in results["builds"]:
            continue
        rows.append(
            [system.title]
            + [_shown(_of(results, system.name, clients, "rps")) for clients in CLIENTS]
            + [
                f"{_shown(_of(results, system.name, clients, 'p50'), '.1f')} / "
                f"{_shown(_of(results, system.name, clients, 'p99'), '.1f')}"
                for clients in CLIENTS
            ]
            + [_shown(_of(results, system.name, "start"), ".1f"), _shown(_of(results, system.name, "memory"))]
            + [_shown(_of(results, system.name, "loaded"))]
        )
        failed = sum(sum(_of(results, system.name, clients, "failed")) for clients in CLIENTS)
        if failed:
            notes.append(f"{system.title}: {failed:.0f} requests failed; they are not counted as answered.")
        notes += [f"{system.title}: {one['error']}" for one in _failures(results, system.name)]
    head = ["", *(f"requests/s, {one}" for one in CLIENTS), *(f"p50 / p99 ms, {one}" for one in CLIENTS)]
    agreement = _agreement(results)
    return "\n\n".join(
        ["## Under load, by number of clients", _table([*head, "start s", "MB at start", "MB after"], rows)]
        + ["Median of the rounds, with the least and the most. Start: from the process's start to its first answer. Memory: "
           "shared pages divided among the processes that share them."]
        + ([agreement] if agreement else []) + notes
    )  # fmt: skip


def _failures(results: Result, name: str) -> list[Result]:
    found = [results["builds"].get(name, {}), *(one.get(name, {}) for one in results["rounds"])]
    return [one for one in found if "error" in one]


def _agreement(results: Result) -> str:
    """How far the dense searches find the same as the plain script, which compares everything in float32."""
    first: Result = results["rounds"][0] if results["rounds"] else {}
    wanted = first.get("plain", {}).get("rows")
    if not wanted:
        return ""
    shares = []
    for name in ("dense", *PEERS[1:]):
        rows = first.get(name, {}).get("rows")
        if rows:
            same = [len(set(a) & set(b)) / len(a) for a, b in zip(wanted, rows, strict=True)]
            shares.append(f"{name} {sum(same) / len(same):.2f}")
    return f"Share of the plain script's top ten found, over {len(wanted)} questions: {', '.join(shares)}."


def _ratios(results: Result) -> str:
    """Ours by the best peer of the same round, so that what slows the machine slows both."""
    rows = []
    for name, title in (("dense", "dense search"), ("full", "whole answer")):
        for key, label in (("rps", "requests/s, ours / best peer"), ("p50", "p50, ours / best peer")):
            rows.append(
                [f"{title}: {label}"] + [_shown(_paired(results, name, clients, key), ".2f") for clients in CLIENTS]
            )
    rest = []
    for key, title in (("start", "start"), ("memory", "memory at start")):
        for name in ("dense", "full"):
            found = _paired(results, name, key)
            rest.append(f"{title} of {name} / best peer {_shown(found, '.2f')}")
    return (
        "## Ratios\n\n" + _table(["", *(f"clients: {one}" for one in CLIENTS)], rows) + f"\n\n{'; '.join(rest)}.\n"
        "Round by round against the peer that was best in it; median, least and most. More is better for requests, less for "
        "the others."
    )


def _paired(results: Result, name: str, *keys: str) -> list[float]:
    found = []
    for one in results["rounds"]:
        single = {"rounds": [one]}
        ours = _of(single, name, *keys)
        peers = [value for peer in PEERS for value in _of(single, peer, *keys)]
        if ours and peers:
            best = max(peers) if keys[-1] == "rps" else min(peers)
            found.append(ours[0] / best)
    return found


def _builds(results: Result) -> str:
    n = len(results["tokens"]["paragraphs"])
    ours = results["builds"].get("dense", {}).get("build")
    rows = []
    for system in SYSTEMS:
        found = results["builds"].get(system.name)
        if found is None:
            continue
        if "error" in found:
            rows.append([system.title, "failed", "", ""])
            continue
        ratio = f"{found['build'] / ours:.1f}" if ours else ""
        rows.append([system.title, f"{found['build']:.1f}", f"{n / found['build']:.0f}", ratio])
    naive = results["builds"].get("plain", {}).get("naive_per_second")
    if naive:
        rows.append(["the naive loop: 32 at a time as they come", f"({n / naive:.0f})", f"{naive:.0f}",
                     f"{n / naive / ours:.1f}" if ours else ""])  # fmt: skip
    return (
        f"## Building an index of {n:,} paragraphs\n\n"
        + _table(["", "s", "paragraphs/s", "time / ours, dense"], rows)
        + "\n\nOnce each, without loading libraries and model. Our whole answer's includes reading, parsing, checking every "
        "quotation and publishing. The naive loop ran over a sample."
    )


def _growth(sizes: list[Result]) -> str:
    rows = [
        [f"{one['n']:,}", one["kind"], f"{one['p50']:.2f} / {one['p99']:.2f}", f"{one['recall']:.3f}", f"{one['bytes']:.0f}",
         f"{one['build']:.1f}", f"{one['lexical_p50']:.2f} / {one['lexical_p99']:.2f}"]
        for one in sizes
    ]  # fmt: skip
    head = ["paragraphs", "kind", "vector search p50 / p99 ms", "recall@10", "bytes a paragraph", "build s"]
    return (
        "## Growth\n\n![Time and memory of a search from a thousand to a million paragraphs](figures/growth.svg)\n\n"
        + _table([*head, "words search p50 / p99 ms"], rows)
        + "\n\nOne search on one core; the kind is the one chosen by number. The vectors are those of real paragraphs as long "
        "as there are enough of them (10,000 in the full run); beyond, these are repeated with noise (cosine to the original 0.94), "
        "so recall there is that of a made-up corpus. The lexical index is repeated exactly: its lists grow, its "
        "vocabulary does not. Recall is against comparing everything in float32."
    )


def _floors(results: Result) -> str:
    floor = results["floors"]
    if "error" in floor:
        return f"## Floors\n\nNot measured: {floor['error']}"
    tokens, rates = results["tokens"], (floor["int8"], floor["fp32"])
    rows = []
    built = results["builds"].get("dense", {}).get("build")
    if built:
        work = work_of(tokens["paragraphs"])
        for what, least in (
            ("building, each product in the precision that it is done in (all cores)", work.least(*rates)),
            ("building, were attention in 8 bits too (all cores)", work.least(floor["int8"], floor["int8"])),
        ):
            rows.append([what, f"{least:.2f} s", f"{built:.2f} s", f"{least / built:.0%}"])
    p50 = _of(results, "dense", "1", "p50")
    if p50:
        least = 1000 * work_of([int(median(tokens["questions"]))]).least(*rates) * floor["cores"]
        rows.append(["one question over HTTP (one core)", f"{least:.2f} ms", f"{median(p50):.2f} ms",
                     f"{least / median(p50):.0%}"])  # fmt: skip
    rate = _of(results, "dense", "64", "rps")
    if rate:
        most = len(tokens["questions"]) / work_of(tokens["questions"]).least(*rates)
        rows.append(["questions a second, 64 clients (all cores)", f"{most:.0f}", f"{median(rate):.0f}",
                     f"{median(rate) / most:.0%}"])  # fmt: skip
    for one in results["growth"]:
        if one.get("kind") == "exact":
            least = one["n"] * 768 / floor["bandwidth"] / 1e6
            rows.append([f"exact search of {one['n']:,} (memory)", f"{least:.3f} ms", f"{one['p50']:.3f} ms",
                         f"{least / one['p50']:.0%}"])  # fmt: skip
    return (
        "## How near to what the machine can do\n\n"
        + _table(["", "floor", "reached", "share of the floor"], rows)
        + f"\n\nThe machine's best, measured in the same run: {floor['fp32']:.0f} GFLOP/s in float32 and {floor['int8']:.0f} "
        f"GOP/s in 8 bits on all cores (one large product), {floor['bandwidth']:.0f} GB/s read by one core. The floor counts "
        "the model's matrix products alone, those with weights in 8 bits and those of attention in float32, as they are done: no "
        "normalisation, no softmax, no tokens. A small index lies in the cache and can be faster than memory."
    )


_HOW = """## How to repeat it

`make bench` (about twelve minutes on two quiet cores after the peers' environment is installed), `make bench QUICK=1` (three). A run
that is stopped goes on where it was; `make bench FRESH=1` measures all anew; figures of another state of the code are never mixed
in. Peers are installed into an environment of their own from `requirements/bench.lock`, hash-locked; each stands behind the same small
HTTP server (`tests/bench/peers/shell.py`) in two threads, txtai behind its own API. Ours is the package `embeddings` behind the same
server, called with one question at a time as they are, which it works on together where they come together (`embeddings/sharing.py`),
and `qa serve` with the settings that ship but for: no rate limit, a queue for all clients, one process a core.
The peers do dense search only; the whole answer is hybrid, filtered, highlighted, verified and cited."""


def growth_plot(sizes: list[Result]) -> str:
    """Search time (vectors and words, p50) and build time by number of paragraphs; both axes logarithmic."""
    width, height, left, bottom = 640, 320, 60, 270
    series = [("vectors, p50 ms", "p50", "#1b6ca8"), ("words, p50 ms", "lexical_p50", "#c0562f"),
              ("vectors, build s", "build", "#6a8f3c")]  # fmt: skip
    values = [max(one[key], 1e-3) for one in sizes for _, key, _ in series]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(sizes[0]["n"]), max(math.log10(sizes[-1]["n"]), math.log10(sizes[0]["n"]) + 1)

    def x(n: float) -> float:
        return left + (math.log10(n) - first) / (last - first) * (width - left - 150)

    def y(value: float) -> float:
        return bottom - (math.log10(max(value, 1e-3)) - low) / max(1, high - low) * (bottom - 20)

    parts = [
        f'<line x1="{left}" y1="{y(10**tick):.1f}" x2="{width - 150}" y2="{y(10**tick):.1f}" stroke="#ddd"/>'
        f'<text x="{left - 8}" y="{y(10**tick) + 4:.1f}" text-anchor="end">{10.0**tick:g}</text>'
        for tick in range(low, high + 1)
    ]
    parts += [
        f'<text x="{x(one["n"]):.1f}" y="{bottom + 20}" text-anchor="middle">{one["n"]:,}</text>' for one in sizes
    ]
    for place, (title, key, colour) in enumerate(series):
        points = " ".join(f"{x(one['n']):.1f},{y(one[key]):.1f}" for one in sizes)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(one["n"]):.1f}" cy="{y(one[key]):.1f}" r="3" fill="{colour}"/>' for one in sizes]
        parts.append(f'<text x="{width - 140}" y="{40 + 20 * place}" fill="{colour}">{title}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="white"/><title>Search and build by number of paragraphs</title>'
        f'{"".join(parts)}<text x="{left}" y="{height - 8}">paragraphs</text></svg>\n'
    )
