"""Comparisons that something depends on, and what is done where they hold."""

from __future__ import annotations

import ast

from portfolio_check.facts import Comparison
from portfolio_check.readers.python_calls import VISIT
from portfolio_check.readers.python_flow import Flow
from portfolio_check.readers.python_lines import ARGUMENT

_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_PARTS = 64
"""Parts of one condition that are looked at."""

Pending = tuple[int, ast.Compare, int, bool]
"""A seat, the comparison and which part of it, and whether it is negated."""


def condition(flow: Flow, test: ast.expr, depth: int) -> list[Pending]:
    """Walks a test; keeps seats for its comparisons, each part of `and`, `or` and `not` by itself."""
    pending: list[Pending] = []
    todo = [(test, False)]
    while todo and len(pending) < _PARTS:
        node, negated = todo.pop()
        if type(node) is ast.Compare:
            pending.extend((flow.seat(), node, part, negated) for part in range(min(len(node.ops), _PARTS)))
        elif isinstance(node, ast.BoolOp):
            todo.extend((part, negated) for part in reversed(node.values[:_PARTS]))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            todo.append((node.operand, not negated))
    VISIT[type(test)](flow, test, depth + 1)
    return pending


def settle(flow: Flow, pending: list[Pending], holds: tuple[str, ...], fails: tuple[str, ...]) -> None:
    """Fills the seats of comparisons, once both branches were walked."""
    for seat, node, part, negated in pending:
        left = node.comparators[part - 1] if part else node.left
        place, text = flow.lines.mark(flow.fixed_line or left.lineno)
        flow.facts[seat] = Comparison(
            place,
            text,
            flow.source(left, ARGUMENT),
            _OPERATORS[type(node.ops[part])],
            flow.source(node.comparators[part], ARGUMENT),
            fails if negated else holds,
            flow.scope,
        )
