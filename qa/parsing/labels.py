"""Labels: `[PART "."] [SECTION "."] ("PP" n | "OP" n) sub*`, `"A" annex "." [SECTION "."] (n | "u" n) sub*`.

A section stands before a label only where numbers start again; without a number of its own it is `S` and its place.
In an article, rule or the like (`qa.symbols.units`) paragraphs count anew, whatever their kind: `A1.Art5.3(a)`, `A1.Rule2.u1`;
the only paragraph of a rule that numbers none, and the chapeau of one that does, is the rule itself: `A1.Rule57`.
An unnumbered paragraph after OP3 of a numbered text is `OP3+1`. Where a text prints one label twice, the later ones end
in `~2`, `~3`; but lists that begin anew in the sections inside one paragraph bear these: `A1.32~A(a)`, `A1.32~B(a)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from qa.parsing.blocks import Block
from qa.parsing.openings import Opening, classify
from qa.records import Kind


@dataclass(slots=True)
class Node:
    """A paragraph in the making: its block, and its place in the text's order."""

    block: Block
    kind: Kind
    number: str | None
    level: int
    scope: int  # where numbers run on: a part, an annex, a section in which they start again
    label: str = ""
    parent: Node | None = None
    section: tuple[str, ...] = ()
    part: str | None = None
    annex: int | None = None
    stray_of: Node | None = None
    sign: str = ""
    inside: str = ""  # the section that has opened since the last paragraph of the first order


@dataclass(slots=True)
class Scope:
    """A stretch in which labels are counted together."""

    part: str | None
    annex: int | None
    section: str | None
    nodes: list[Node] = field(default_factory=list)
    unit: str | None = None  # the article or rule


def label_scope(scope: Scope) -> None:
    """Labels without part and section prefix, unique inside the scope."""
    (_label_unit if scope.unit else _label_text)(scope.nodes)


def _label_text(nodes: Sequence[Node]) -> None:
    numbered = any(n.number and n.level == 1 for n in nodes if n.kind is not Kind.PREAMBULAR)
    seen: set[str] = set()
    counts = {"PP": 0, "u": 0, "+": 0, "OP": 0}
    last = "OP0"
    for node, section in zip(nodes, _sections_inside(nodes), strict=True):
        if node.parent is not None:
            label = node.parent.label + node.sign
        elif node.kind is Kind.PREAMBULAR:
            if node.level > 1:
                label = f"PP{counts['PP']}{node.sign}"
            else:
                counts["PP"] += 1
                label = f"PP{counts['PP']}"
        elif node.kind is Kind.ANNEX:
            if node.level > 1:
                label = f"{last if last != 'OP0' else '0'}{section}{node.sign}"
            elif node.number:
                label = last = node.sign
            else:
                counts["u"] += 1
                label = last = f"u{counts['u']}"
        elif node.level > 1:
            label = f"{last}{section}{node.sign}"
        elif node.number:
            label = last = f"OP{node.sign}"
            counts["+"] = 0
        elif numbered:
            counts["+"] += 1
            label = f"{last}+{counts['+']}"
        elif last == "OP0" or classify(node.block.text) is Opening.ACT:
            counts["OP"] += 1
            counts["+"] = 0
            label = last = f"OP{counts['OP']}"
        else:
            counts["+"] += 1
            label = f"{last}+{counts['+']}"
        node.label = _unique(label, seen)


def _sections_inside(nodes: Sequence[Node]) -> list[str]:
    """For each node "~B", where it heads a list in section B of a paragraph in whose sections lists begin anew; or ""."""
    if not any(node.inside for node in nodes):
        return [""] * len(nodes)
    paragraphs = list(accumulate(int(node.level == 1) for node in nodes))
    heads = [(at, node.sign) for at, node in zip(paragraphs, nodes, strict=True) if node.inside and node.parent is None]
    anew = {at for (at, _), times in Counter(heads).items() if times > 1}
    return [f"~{node.inside}" if node.inside and at in anew else "" for at, node in zip(paragraphs, nodes, strict=True)]


def _label_unit(nodes: Sequence[Node]) -> None:
    """Labels inside an article or rule; empty for an unnumbered paragraph that opens it and is its only one."""
    alone = sum(node.number is None for node in nodes) == 1
    seen: set[str] = set()
    last = ""
    unnumbered = 0
    for k, node in enumerate(nodes):
        if node.parent is not None:
            label = node.parent.label + node.sign
        elif node.level > 1:
            label = last + node.sign
        elif node.number:
            label = last = node.sign
        else:
            unnumbered += 1
            label = last = "" if alone and k == 0 else f"u{unnumbered}"
        node.label = _unique(label, seen)


def _unique(label: str, seen: set[str]) -> str:
    candidate, k = label, 1
    while candidate in seen:
        k += 1
        candidate = f"{label}~{k}"
    seen.add(candidate)
    return candidate


def settle_prefixes(scopes: Sequence[Scope]) -> None:
    """Put the part, the annex and, where numbers start again, the section before the labels."""
    groups: dict[tuple[str | None, int | None], list[Scope]] = {}
    for scope in scopes:
        if scope.nodes:
            groups.setdefault((scope.part, scope.annex), []).append(scope)
    for (part, annex), members in groups.items():
        prefixes: set[str] = set()
        several = sum(scope.unit is None for scope in members) > 1
        k = 0
        for scope in members:
            k += scope.unit is None
            several = several or scope.unit is not None
            prefix = ""
            if scope.unit:
                prefix = _unique(scope.unit, prefixes)
            elif several and (k > 1 or scope.section):
                prefix = scope.section or f"S{k}"
                if prefix in prefixes:
                    prefix = f"S{k}"
                prefixes.add(prefix)
            head = (f"{part}." if part else "") + (f"A{annex}." if annex else "") + prefix
            for node in scope.nodes:
                node.label = head + ("." if prefix and node.label[:1] not in ("", "(") else "") + node.label
