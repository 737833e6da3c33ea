"""The instructions of a container file, as far as ours uses them."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

CONTAINERFILE = ROOT / "deploy" / "Containerfile"


@dataclass(frozen=True)
class Instruction:
    """One instruction: RUN, COPY, ...; what follows it; the stage it stands in, from 0."""

    name: str
    rest: str
    stage: int

    def words(self) -> list[str]:
        """What follows, in exec form or as a shell would split it, options left out."""
        text = self.rest[self.rest.index("[") :] if re.search(r"(^|CMD )\[", self.rest) else ""
        return list(json.loads(text)) if text else [one for one in shlex.split(self.rest) if not one.startswith("--")]


def read(path: Path = CONTAINERFILE) -> list[Instruction]:
    """All instructions in order."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE))
    found, stage = [], -1
    for line in filter(None, text.splitlines()):
        name, _, rest = line.partition(" ")
        stage += name == "FROM"
        found.append(Instruction(name, rest.strip(), stage))
    return found
