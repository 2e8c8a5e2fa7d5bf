"""Expressions: what each kind holds of calls, of variables read, and of strings that people read."""

from __future__ import annotations

import ast
from typing import Any

from portfolio_check.facts import Assignment
from portfolio_check.readers.python_calls import OWN, VISIT, bound, call, nothing, targets
from portfolio_check.readers.python_conditions import condition, settle
from portfolio_check.readers.python_flow import DEPTH, Flow
from portfolio_check.readers.python_lines import VALUE

__all__ = ["VISIT"]  # filled below


def _name(flow: Flow, node: ast.Name, depth: int) -> None:
    flow.reads.append(node.id)


def _constant(flow: Flow, node: ast.Constant, depth: int) -> None:
    value = node.value
    if type(value) is str and len(value) > 7:
        blanks = value.count(" ")
        if blanks > 2 or blanks + value.count("\n") > 2 or not value.isascii():
            flow.prose(value, node, "string")


def _attribute(flow: Flow, node: ast.Attribute, depth: int) -> None:
    value = node.value
    attribute = node.attr
    while type(value) is ast.Attribute:
        attribute = value.attr
        value = value.value
    if type(value) is ast.Name:
        name = value.id
        if name not in flow.names:
            flow.reads.append(f"{name}.{attribute}" if name in OWN else name)
    elif depth < DEPTH:
        VISIT[type(value)](flow, value, depth + 1)


def _walrus(flow: Flow, node: ast.NamedExpr, depth: int) -> None:
    if depth > DEPTH:
        return
    seat = flow.seat()
    place, text = flow.lines.mark(flow.fixed_line or node.lineno)
    names: list[str] = []
    mark = len(flow.reads)
    bound(flow, node.value, depth + 1, (node.target.id,))
    targets(flow, node.target, depth, names)
    flow.facts[seat] = Assignment(
        place, text, tuple(names), flow.source(node.value, VALUE), flow.uses(mark), flow.scope
    )


def _conditional(flow: Flow, node: ast.IfExp, depth: int) -> None:
    if depth > DEPTH:
        return
    pending = condition(flow, node.test, depth)
    begin = len(flow.effects)
    VISIT[type(node.body)](flow, node.body, depth + 1)
    middle = len(flow.effects)
    VISIT[type(node.orelse)](flow, node.orelse, depth + 1)
    settle(flow, pending, flow.consequence(begin, middle), flow.consequence(middle, len(flow.effects)))


def _fstring(flow: Flow, node: ast.JoinedStr, depth: int) -> None:
    if depth > DEPTH:
        return
    line = flow.fixed_line
    parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
    text = "".join(part for part in parts if isinstance(part, str))
    if len(text) > 7:
        flow.prose(text, node, "string")
    flow.fixed_line = line or node.lineno
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            VISIT[type(part.value)](flow, part.value, depth + 1)
            if isinstance(part.format_spec, ast.JoinedStr):
                for inner in part.format_spec.values:
                    if isinstance(inner, ast.FormattedValue):
                        VISIT[type(inner.value)](flow, inner.value, depth + 1)
    flow.fixed_line = line


def _binary(flow: Flow, node: ast.BinOp, depth: int) -> None:
    # `a + b + c + …` leans to the left, and may be long without being deep.
    rights: list[ast.expr] = []
    left: ast.expr = node
    while type(left) is ast.BinOp:
        rights.append(left.right)
        left = left.left
    if depth < DEPTH:
        VISIT[type(left)](flow, left, depth + 1)
        for right in reversed(rights):
            VISIT[type(right)](flow, right, depth + 1)


def _each(flow: Flow, nodes: list[Any], depth: int) -> None:
    if depth < DEPTH:
        depth += 1
        for node in nodes:
            VISIT[type(node)](flow, node, depth)


def _elements(flow: Flow, node: ast.List | ast.Tuple | ast.Set, depth: int) -> None:
    _each(flow, node.elts, depth)


def _dict(flow: Flow, node: ast.Dict, depth: int) -> None:
    if depth < DEPTH:
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None and type(key) is not ast.Constant:
                VISIT[type(key)](flow, key, depth + 1)
            VISIT[type(value)](flow, value, depth + 1)


def _subscript(flow: Flow, node: ast.Subscript, depth: int) -> None:
    if depth < DEPTH:
        value, index = node.value, node.slice
        VISIT[type(value)](flow, value, depth + 1)
        if type(index) is not ast.Constant:
            VISIT[type(index)](flow, index, depth + 1)


def _comprehension(flow: Flow, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, depth: int) -> None:
    if depth > DEPTH:
        return
    if isinstance(node, ast.DictComp):
        _each(flow, [node.key, node.value], depth)
    else:
        _each(flow, [node.elt], depth)
    for part in node.generators:
        names: list[str] = []
        scope = flow.names.enter()
        targets(flow, part.target, depth + 1, names)
        flow.names.leave(scope)
        bound(flow, part.iter, depth + 1, tuple(names))
        _each(flow, part.ifs, depth)


def _lambda(flow: Flow, node: ast.Lambda, depth: int) -> None:
    _each(flow, [default for default in [*node.args.defaults, *node.args.kw_defaults] if default], depth)
    _each(flow, [node.body], depth)


VISIT.update(
    {kind: nothing for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)}
    | {
        ast.Name: _name,
        ast.Constant: _constant,
        ast.Attribute: _attribute,
        ast.Call: call,
        ast.NamedExpr: _walrus,
        ast.IfExp: _conditional,
        ast.JoinedStr: _fstring,
        ast.BinOp: _binary,
        ast.BoolOp: lambda flow, node, depth: _each(flow, node.values, depth),
        ast.UnaryOp: lambda flow, node, depth: _each(flow, [node.operand], depth),
        ast.Compare: lambda flow, node, depth: _each(flow, [node.left, *node.comparators], depth),
        ast.List: _elements,
        ast.Tuple: _elements,
        ast.Set: _elements,
        ast.Dict: _dict,
        ast.Subscript: _subscript,
        ast.Slice: lambda flow, node, depth: _each(
            flow, [part for part in (node.lower, node.upper, node.step) if part], depth
        ),
        ast.Starred: lambda flow, node, depth: _each(flow, [node.value], depth),
        ast.Await: lambda flow, node, depth: _each(flow, [node.value], depth),
        ast.Yield: lambda flow, node, depth: _each(flow, [node.value] if node.value else [], depth),
        ast.YieldFrom: lambda flow, node, depth: _each(flow, [node.value], depth),
        ast.ListComp: _comprehension,
        ast.SetComp: _comprehension,
        ast.GeneratorExp: _comprehension,
        ast.DictComp: _comprehension,
        ast.Lambda: _lambda,
    }
)
