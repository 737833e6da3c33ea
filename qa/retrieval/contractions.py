"""Function words written without their apostrophe: "whos paying for it" is "who is paying for it", "didnt" is "didn't".

Everything after this reads a question by its function words: what is asked for, and whether it asks anything of its own.
"""

from __future__ import annotations

import re

from qa.retrieval.quoting import QUOTED

_TOGETHER = re.compile(
    r"(?<![\w'’-])(?:(?P<asking>who|what|where|when|why|how|that|there)s(?P<been>(?= (?:been|got|had|become)\b))?"
    r"|(?P<doing>did|do|does|is|are|was|were|has|have|had|could|would|should|must|ca|wo)nt)(?![\w'’-])",
    re.I,
)


def apart(question: str) -> str:
    """The question with such words as they are meant; what stands in quotation marks, and the plural of letters, as they are."""
    if not _TOGETHER.search(question):
        return question
    quoted = [match.span() for match in QUOTED.finditer(question)]

    def meant(match: re.Match[str]) -> str:
        letters = match["asking"] is not None and match["asking"].isupper() and not question.isupper()
        if letters or any(start <= match.start() < end for start, end in quoted):
            return match[0]
        if match["asking"]:
            return f"{match['asking']} {'is' if match['been'] is None else 'has'}"
        return f"{match['doing']}n't"

    return _TOGETHER.sub(meant, question)
