"""txtai, behind its own HTTP API."""

import os
import sys
from pathlib import Path

from shell import Search, Stopwatch, main


def build(paragraphs: list[str], folder: Path) -> dict[str, float]:
    watch = Stopwatch()
    from txtai import Embeddings
    from weights import MODEL

    embeddings = Embeddings(path=MODEL, method="sentence-transformers", gpu=False)
    opened = watch.lap()
    embeddings.index(enumerate(paragraphs))
    embeddings.save(str(folder / "index"))
    return {"open": opened, "build": watch.lap()}


def open_search(folder: Path) -> Search:
    raise NotImplementedError(f"{folder}: served by txtai itself")


def serve(folder: Path, port: int) -> None:
    """`uvicorn txtai.api:app`, as its documentation says."""
    from weights import MODEL

    config = folder / "api.yml"
    config.write_text(f"path: {folder / 'index'}\nwritable: false\nembeddings:\n  path: {MODEL}\n", encoding="utf-8")
    os.environ["CONFIG"] = str(config)
    import uvicorn

    uvicorn.run("txtai.api:app", host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main(build, open_search, threads=2)
