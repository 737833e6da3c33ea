"""Source text in, `Resolution` out: paragraphs with numbers, kinds and places, and a reason for all that was left.

`parse` is the way in; one module a step, in the order of `parser.parse`.
"""

from qa.parsing.parser import PARSER, parse

__all__ = ["PARSER", "parse"]
