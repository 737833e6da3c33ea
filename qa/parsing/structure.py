"""From blocks to labelled paragraphs: kinds, nesting, sections, parts, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.parsing.blocks import NAMED, Block, BlockRole
from qa.parsing.labels import Node, Scope, label_scope, settle_prefixes
from qa.parsing.numbers import Number, Style, as_roman
from qa.parsing.openings import Opening, classify
from qa.records import Kind
from qa.symbols.units import read_unit

_PART = re.compile(r"\A[A-Z]\.?$")
_SECTION_ID = re.compile(r"\A([IVXL]{1,6}|[A-Z])(?:\.?$|\. )")
_TITLED_UNIT = re.compile(r"\A\S++ \S++\s++\S")  # "Rule 22. International cooperation"
_CONTENTS = 2  # so many headings of articles with their titles, and no paragraph between, are a table of contents


@dataclass(slots=True)
class HeadingNode:
    """A heading with the paragraph that follows it."""

    block: Block
    level: int
    before: Node | None = None


@dataclass(slots=True)
class _State:
    part: str | None = None
    annex: int | None = None
    sections: list[str] = field(default_factory=list)
    section_id: str | None = None
    unit: str | None = None  # the article or rule
    turned: bool = False  # a unit has opened or ended, and no paragraph stands after that yet
    last_top: int = 0
    stack: list[tuple[Style, int, Node]] = field(default_factory=list)
    held: list[tuple[Style, int, Node]] = field(default_factory=list)  # the list in which a heading stands
    operative: bool = False  # in the section
    acted: bool = False  # in the text or part
    fresh: bool = False  # a section has opened, and no paragraph stands in it yet
    inside: str = ""  # the section that has opened since the last paragraph of the first order
    next_top: int = 0  # the next number of the first order, 0 where none comes


def build(blocks: Sequence[Block], *, recites: bool = True) -> tuple[list[Node], list[HeadingNode]]:
    """The paragraphs in order, labelled, and the headings. Decisions and statements recite nothing."""
    scopes: list[Scope] = [Scope(None, None, None)]
    headings: list[HeadingNode] = []
    pending: list[HeadingNode] = []
    state = _State(acted=not recites)
    nodes: list[Node] = []
    ahead = _numbers_ahead(blocks)
    for k, block in enumerate(blocks):
        state.next_top = ahead[k]
        if block.role is BlockRole.CLOSING:
            state.stack.clear()
            continue
        if block.role is BlockRole.ENACTING:
            _enter_text(state, scopes, pending)
            continue
        if block.role is BlockRole.ANNEX:
            _enter_annex(block, state, scopes)
        if block.role in (BlockRole.HEADING, BlockRole.ANNEX):
            heading = HeadingNode(block, 1 if block.role is BlockRole.ANNEX else 2)
            headings.append(heading)
            pending.append(heading)
            _enter_section(block, state, pending)
            continue
        node = _place(block, state, scopes)
        for heading in pending:
            heading.before = node
        pending.clear()
        nodes.append(node)
    for scope in scopes:
        label_scope(scope)
    settle_prefixes(scopes)
    return nodes, headings


def _numbers_ahead(blocks: Sequence[Block]) -> list[int]:
    """For each block the next number of the first order, its own included."""
    ahead: list[int] = []
    following = 0
    for block in reversed(blocks):
        if block.number is not None and block.number.style is Style.TOP:
            following = block.number.value
        ahead.append(following)
    return ahead[::-1]


def _enter_text(state: _State, scopes: list[Scope], pending: Sequence[HeadingNode]) -> None:
    part = next((h.block.text.rstrip(".") for h in reversed(pending) if _PART.match(h.block.text)), None)
    state.stack.clear()
    state.operative = state.acted = False
    if part:
        state.part = part
        state.sections, state.section_id = [], None
    elif all(node.kind is Kind.PREAMBULAR for node in scopes[-1].nodes):
        return
    scopes.append(Scope(state.part, None, state.section_id))
    state.annex = state.unit = None
    state.last_top = 0


def _enter_annex(block: Block, state: _State, scopes: list[Scope]) -> None:
    state.annex = (state.annex or 0) + 1
    if state.annex == 1:
        state.annex = 1 + max((s.annex or 0 for s in scopes), default=0)
    state.sections, state.section_id, state.inside = [], None, ""
    state.unit, state.turned = None, False
    state.stack.clear()
    state.last_top = 0
    state.operative = False
    scopes.append(Scope(state.part, state.annex, None))


def _enter_section(block: Block, state: _State, pending: Sequence[HeadingNode]) -> None:
    state.held, state.stack = state.held or state.stack, []
    lead = block.lead or block.text
    match, unit = _SECTION_ID.match(lead), read_unit(lead)
    if block.role is BlockRole.ANNEX or match or unit or NAMED.match(lead):
        state.held = []
        state.turned = state.turned or unit != state.unit
        state.unit = unit
    elif state.unit and sum(_is_titled_unit(h.block) for h in pending) >= _CONTENTS:
        state.unit, state.turned = None, True
    if block.role is BlockRole.ANNEX:
        return
    if match:
        state.section_id = state.inside = match.group(1)
        state.operative = False
        state.fresh = True
    state.sections = [h.block.text for h in pending if h.block.role is BlockRole.HEADING]


def _is_titled_unit(block: Block) -> bool:
    return _TITLED_UNIT.match(block.text) is not None and read_unit(block.lead or block.text) is not None


def _place(block: Block, state: _State, scopes: list[Scope]) -> Node:
    number = block.number
    if number is not None and number.style is not Style.TOP and not state.stack:
        state.stack = state.held
    state.held = []
    scope = scopes[-1]
    restarts = number is not None and number.style is Style.TOP and number.value <= state.last_top
    left = scope.section is not None and scope.section != state.section_id
    counts_anew = state.next_top == 1 or (left and state.next_top == 0)
    recites_anew = state.fresh and number is None and counts_anew and (state.last_top > 0 or left)
    state.fresh = False
    scope.unit = state.unit if not scope.nodes else scope.unit
    if (restarts or recites_anew or state.turned) and scope.nodes:
        scope = Scope(state.part, state.annex, state.section_id, unit=state.unit)
        scopes.append(scope)
        state.last_top = 0
    elif number is not None and number.style is Style.TOP and state.last_top == 0 and scope.section is None:
        scope.section = state.section_id
    state.turned = False
    node = Node(
        block,
        _kind(block, state),
        number.printed if number else None,
        1,
        len(scopes) - 1,
        section=tuple(state.sections),
        part=state.part,
        annex=state.annex,
        sign=number.sign if number else "",
    )
    if number is None or number.style is Style.TOP:
        state.inside = ""
    node.inside = state.inside
    if node.kind is Kind.OPERATIVE:
        state.operative = state.acted = True
    if number is None:
        state.stack = state.stack[:1] if state.stack else []
    elif number.style is Style.TOP:
        state.last_top = number.value
        state.stack = [(Style.TOP, number.value, node)]
    else:
        _nest(node, number, state)
    if number is None and node.kind is not Kind.PREAMBULAR:
        state.stack = [(Style.NONE, 0, node)] if not state.stack or state.stack[0][0] is Style.NONE else state.stack
        if state.stack[0][2] is not node:
            node.stray_of = state.stack[0][2]
    elif number is None:
        state.stack = [(Style.NONE, 0, node)]
    scope.nodes.append(node)
    return node


def _kind(block: Block, state: _State) -> Kind:
    if block.kind is not None:
        return block.kind
    if state.annex is not None:
        return Kind.ANNEX
    if state.unit is not None:
        return Kind.OPERATIVE
    if block.number is not None and block.number.style is Style.TOP:
        return Kind.OPERATIVE
    if block.number is not None:
        acts = state.operative or classify(block.text) is Opening.ACT
        return state.stack[0][2].kind if state.stack else (Kind.OPERATIVE if acts else Kind.PREAMBULAR)
    if block.is_table:
        return Kind.OPERATIVE
    opening = classify(block.text)
    if state.operative and block.text[0] in "“\"‘'":
        return Kind.OPERATIVE  # a quotation goes on with the paragraph before
    if opening is Opening.RECITAL:
        return Kind.PREAMBULAR
    if opening is Opening.ACT:
        return Kind.OPERATIVE
    return Kind.OPERATIVE if state.acted else Kind.PREAMBULAR


def _nest(node: Node, number: Number, state: _State) -> None:
    """Find the list that a sub-paragraph goes on with, or open one under the paragraph before."""
    stack = state.stack
    number = _unslip(_letter_or_roman(number, stack), stack)
    node.number, node.sign = number.printed, number.sign
    for depth in range(len(stack) - 1, -1, -1):
        style, value, _ = stack[depth]
        if style is number.style and number.value > value:
            del stack[depth:]
            break
    else:
        if number.value != 1:
            depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d][0] is number.style), -1)
            if depth >= 0:
                del stack[depth:]
    node.parent = stack[-1][2] if stack else None
    node.level = (node.parent.level + 1) if node.parent else 2
    stack.append((number.style, number.value, node))


def _letter_or_roman(number: Number, stack: Sequence[tuple[Style, int, Node]]) -> Number:
    if number.style is not Style.LETTER or len(number.printed) != 3:
        return number
    other = as_roman(number)
    if other is None:
        return number
    open_roman = next((value for style, value, _ in reversed(stack) if style is Style.ROMAN), None)
    open_letter = next((value for style, value, _ in reversed(stack) if style is Style.LETTER), None)
    if open_roman is not None and other.value == open_roman + 1:
        return other
    if open_letter is not None and number.value == open_letter + 1:
        chapeau = stack[-1][2].block.tail.rstrip()
        return other if other.value == 1 and stack[-1][0] is Style.LETTER and chapeau.endswith(":") else number
    return other if other.value == 1 else number


def _unslip(number: Number, stack: Sequence[tuple[Style, int, Node]]) -> Number:
    """A letter that does not go on with its row, where no list opens, is one that OCR misread: (5) after (a) is (b)."""
    if not stack or stack[-1][2].block.tail.rstrip().endswith(":"):
        return number
    style, value, _ = stack[-1]
    if style is not Style.LETTER or number.style not in (Style.LETTER, Style.DIGIT):
        return number
    if (number.style is Style.LETTER and number.value <= value) or (number.style is Style.DIGIT and number.value != 1):
        return Number(number.printed, value + 1, Style.LETTER, number.width)
    return number
