"""Answers of a running server, every citation checked against the files; and the same citations, each changed a little.

python -m tests.torture.answers FOLDER INDEX ANSWERS TAMPERED SOURCE...   prints one line of JSON

What is asked: stretches of paragraphs drawn from the index, and paragraphs by their number. Answers and abstentions
count alike, for an abstention shows its nearest paragraphs as citations too.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from pathlib import Path

from qa.store.current import open_current
from qa.store.generation import Generation
from qa.verify import verify_answer
from tests.api.load import Pool
from tests.api.serving import Served, post
from tests.torture.swaps import served
from tests.torture.tampering import Citation, tamper

N_CLIENTS = 2
PLAN = ("What is said about {}?", "Who must {}?", "{}")


def questions(generation: Generation, n: int, rng: random.Random) -> list[str]:
    """`n` questions that the index can bring paragraphs for."""
    asked = []
    while len(asked) < n:
        passage = generation.passage(rng.randrange(generation.n_passages))
        words = passage.text.split()
        if rng.random() < 0.1:
            asked.append(f"para {passage.label} of {passage.symbol}".replace("para OP", "para "))
        elif len(words) > 3:
            at = rng.randrange(len(words) - 3)
            asked.append(rng.choice(PLAN).format(" ".join(words[at : at + rng.randint(3, 14)])))
    return asked


async def ask_all(server: Served, asked: list[str]) -> tuple[Counter[str], list[Citation]]:
    """Ask each once; how answers ended, and all citations."""
    ends: Counter[str] = Counter()
    citations: list[Citation] = []
    left = iter(asked)

    async def client() -> None:
        pool = Pool(server)
        for one in left:
            status, _, body = await pool.ask(post("/v1/ask", json.dumps({"question": one, "k": 3}).encode()))
            told = json.loads(body)
            ends[told["status"] if status == 200 else str(status)] += 1
            ends["withheld"] += told.get("withheld", 0)
            citations.extend((*told.get("citations", ()), *told.get("nearest", ())))
        pool.close()

    await asyncio.gather(*(client() for _ in range(N_CLIENTS)))
    return ends, citations


def check(file: Path, citations: list[Citation], sources: list[Path]) -> list[str | None]:
    """Why each citation is not true, in the order given; None where it is."""
    file.write_text(json.dumps({"citations": citations}), encoding="utf-8")
    return [one.why for one in verify_answer(file, sources)]


def main(folder: Path, index: Path, n: int, n_tampered: int, sources: list[Path]) -> dict[str, object]:
    rng = random.Random(17)
    with open_current(index).generation as generation:
        asked = questions(generation, n, rng)
    with served(index, folder / "server") as server:
        ends, citations = asyncio.run(ask_all(server, asked))
    changed = tamper(citations, n_tampered, rng)
    whys = check(folder / "answers.json", [*citations, *(one for _, one in changed)], sources)
    false = [why for why in whys[: len(citations)] if why is not None]
    accepted = [way for (way, _), why in zip(changed, whys[len(citations) :], strict=True) if why is None]
    for line in (*false[:5], *accepted[:5]):
        print(line, file=sys.stderr)
    return {
        "answers": len(asked),
        "ends": dict(ends),
        "citations": len(citations),
        "paragraphs": len({one["id"] for one in citations}),
        "not verified": len(false),
        "tampered": len(changed),
        "ways": len({way for way, _ in changed}),
        "tampered and accepted": len(accepted),
    }


if __name__ == "__main__":
    place, built, answers, changes, *given = sys.argv[1:]
    print(json.dumps(main(Path(place), Path(built), int(answers), int(changes), [Path(one) for one in given])))
