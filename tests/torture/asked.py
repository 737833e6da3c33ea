"""What the Secretary-General, and what Member States, are asked to do about the titles of resolutions: who is asked by what is cited?

python -m tests.torture.asked INDEX [N]   prints one line of JSON; N titles of the Assembly's, drawn at random (130)
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter

from eval.opening import open_service, settings_with
from qa.service import QAService
from qa.store.place import folder_of
from qa.wire import AskRequest, Filters, ParagraphOut

WHO = {"is the Secretary-General": r"Secretary-General\Z", "are Member States": r"(?:Member )?States|Governments"}
FORMS = ("What should {who} do about {title}?", "What {be} {who} asked to do on {title}?")
_LONGEST = 110  # code points of a title that somebody would type


def asks(paragraph: ParagraphOut, who: str) -> bool:
    """Whether an act of a paragraph is addressed to them."""
    return any(one.addressee and re.search(WHO[who], one.addressee) for one in paragraph.acts)


def ask(service: QAService, symbol: str, counts: Counter[str]) -> None:
    """Ask both forms of all that the resolution asks something of."""
    whole = service.resolution(symbol)
    paragraphs = {f"{symbol}#{one.label}": one for one in whole.paragraphs}
    title = whole.title[:1].lower() + whole.title[1:]
    for who in WHO:
        asked_of = [name for name, one in paragraphs.items() if asks(one, who)]
        if not asked_of:
            continue
        be, _, name = who.partition(" ")
        for form in FORMS:
            answer = service.ask(AskRequest(form.format(who=name, be=be, title=title), k=10))
            counts["asked"] += 1
            counts[answer.status] += 1
            if answer.status == "answered":
                own = [one.id for one in answer.citations if one.id in paragraphs]
                counts["answered, the first asks them"] += answer.citations[0].id in asked_of
                counts["answered, the first is of that title"] += answer.citations[0].id in paragraphs
                counts["cited of that title"] += len(own)
                counts["cited of that title, ask them"] += len(set(own) & set(asked_of))
                counts["that ask them"] += len(asked_of)


def main() -> None:
    """Draw titles, ask, print counts."""
    index, *n = sys.argv[1:]
    counts = Counter[str]()
    with open_service(folder_of(index), settings_with(None, {})) as service:
        _, held = service.resolutions(0, 1_000_000, Filters())
        symbols = [one.symbol for one in held if one.symbol.startswith("A/RES/")]
        for symbol in random.Random(3).sample(symbols, min(len(symbols), int(n[0]) if n else 130)):
            if 0 < len(service.resolution(symbol).title) <= _LONGEST:
                ask(service, symbol, counts)
    print(json.dumps(dict(sorted(counts.items()))))


if __name__ == "__main__":
    main()
