"""What a body rests on: "the legal basis for the mandate of UNIIMOG" is the decision that established it.

No paragraph says that it is a basis, and "mandate" is said of every body; what is decided is that one is established.
"""

from __future__ import annotations

import re

# A body is told by its letters; what else a thing may have a basis for is no body: "the legal basis for stopping tankers".
_BASIS = re.compile(
    r"\b(?:the )?(?:(?<!on the )basis|(?<!on the )legal basis) (?:for|of|behind) (?:the )?"
    r"(?:(?:(?:initial |original )?mandate|establishment|existence|presence|deployment|creation) of )?(?:the )?"
    r"(?P<body>(?!UNSC|UNGA|UNSCR|SCR)[A-Z]{4,10}(?: (?:II|III))?)(?![\w/-])(?:['’]s (?:mandate|establishment|existence|presence|deployment))?"
)


def founded(question: str) -> tuple[str, str]:
    """The question for the decision that established a body, and a note of it; as it is, and "", where no basis is asked for."""
    found = _BASIS.search(question) if "basis" in question else None
    if found is None:
        return question, ""
    text = f"{question[: found.start()]}decision to establish {found['body']}{question[found.end() :]}"
    return text, f"{found[0]!r} is read as what established {found['body']}"
