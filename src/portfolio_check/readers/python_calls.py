"""Calls: what is called, with what, as part of what, and which names its value gets."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from portfolio_check.facts import Call
from portfolio_check.readers.python_flow import DEPTH, Flow
from portfolio_check.readers.python_lines import ARGUMENT
from portfolio_check.readers.python_names import NAME

OWN = frozenset({"self", "cls"})
_SHOWS_MARKDOWN = frozenset({"md", "markdown", "Markdown", "write"})

Visit = Callable[[Flow, Any, int], None]
VISIT: dict[type[ast.AST], Visit] = {}
"""What to do with each kind of expression; kinds that hold nothing of interest are visited by `nothing`."""


def nothing(flow: Flow, node: ast.AST, depth: int) -> None:
    """There is nothing below this node."""


def _callee(flow: Flow, node: ast.Call, depth: int) -> tuple[str, str, int]:
    """Name, receiver and line of a call; walks what stands before the dot."""
    func = node.func
    if type(func) is ast.Name:
        return flow.names.get(func.id, func.id), "", func.lineno
    if type(func) is not ast.Attribute:
        VISIT[type(func)](flow, func, depth + 1)
        return ".__call__", "" if isinstance(func, ast.Call) else flow.source(func, ARGUMENT), node.lineno
    value = func.value
    method = func.attr
    # A chain over several lines: each call stands where its method is written.
    line = func.end_lineno or func.lineno
    if type(value) is ast.Name:
        name = value.id
        known = flow.names.get(name)
        if known is not None:
            return f"{known}.{method}", "", line
        flow.reads.append(name)
        return "." + method, name, line
    if type(value) is not ast.Attribute:
        VISIT[type(value)](flow, value, depth + 1)
        return "." + method, "" if type(value) is ast.Call else flow.source(value, ARGUMENT), line
    parts = [value.attr]
    root = value.value
    while type(root) is ast.Attribute:
        parts.append(root.attr)
        root = root.value
    if type(root) is not ast.Name:
        VISIT[type(root)](flow, root, depth + 1)
        return "." + method, flow.source(value, ARGUMENT), line
    parts.append(root.id)
    parts.reverse()
    known = flow.names.get(root.id)
    if known is not None:
        parts[0] = known
        parts.append(method)
        return ".".join(parts), "", line
    flow.reads.append(f"{root.id}.{parts[1]}" if root.id in OWN else root.id)
    return "." + method, ".".join(parts)[:ARGUMENT], line


def call(flow: Flow, node: ast.Call, depth: int, results: tuple[str, ...] = (), decorates: str = "") -> None:
    """A call, after what it is a method of and before the calls in its arguments."""
    if depth > DEPTH:
        return
    name, receiver, line = _callee(flow, node, depth)
    if len(name) > NAME:
        name = name[:NAME]
    facts, reads, within = flow.facts, flow.reads, flow.within
    seat = len(facts)
    facts.append(None)
    flow.effects.append(receiver + name if receiver else name)
    mark = len(reads)
    arguments: tuple[str, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()
    if node.args or node.keywords:
        flow.within = name
        markdown = flow.markdown
        if not markdown and name.rpartition(".")[2] in _SHOWS_MARKDOWN:
            flow.markdown = True
        cut = flow.source if flow.fixed_line else flow.lines.cut
        depth += 1
        if node.args:
            arguments = tuple([cut(argument, ARGUMENT) for argument in node.args])
            for argument in node.args:
                VISIT[type(argument)](flow, argument, depth)
        if node.keywords:
            keywords = tuple([(keyword.arg or "**", cut(keyword.value, ARGUMENT)) for keyword in node.keywords])
            for keyword in node.keywords:
                VISIT[type(keyword.value)](flow, keyword.value, depth)
        flow.within = within
        flow.markdown = markdown
    place, text = flow.lines.mark(flow.fixed_line or line)
    uses = flow.uses(mark)
    facts[seat] = Call(place, text, name, receiver, arguments, keywords, uses, results, flow.scope, decorates, within)


def bound(flow: Flow, value: ast.expr, depth: int, results: tuple[str, ...]) -> None:
    """An expression whose value gets names: where it is one call (perhaps awaited), they are the call's results."""
    while isinstance(value, ast.Await):
        value = value.value
    if type(value) is ast.Call:
        call(flow, value, depth, results)
    else:
        VISIT[type(value)](flow, value, depth)


def targets(flow: Flow, node: ast.expr, depth: int, into: list[str]) -> None:
    """Adds what is assigned to, as source; walks subscripts; what was an import is one no more."""
    kind = type(node)
    if kind is ast.Name:
        name: str = node.id  # type: ignore[attr-defined]
        flow.names.unbind(name)
        into.append(name)
    elif isinstance(node, ast.Tuple | ast.List):
        if depth < DEPTH:
            for part in node.elts:
                targets(flow, part, depth + 1, into)
    elif isinstance(node, ast.Starred):
        targets(flow, node.value, depth + 1, into)
    else:
        into.append(flow.source(node, ARGUMENT))
        if isinstance(node, ast.Subscript):
            VISIT[type(node.slice)](flow, node.slice, depth + 1)
            node = node.value
        elif isinstance(node, ast.Attribute):
            node = node.value
        if not isinstance(node, ast.Name):
            mark = len(flow.reads)
            VISIT[type(node)](flow, node, depth + 1)
            del flow.reads[mark:]


def as_source(flow: Flow, nodes: list[ast.expr]) -> tuple[str, ...]:
    """Targets as source, tuples taken apart."""
    names: list[str] = []
    todo = nodes[::-1]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Tuple | ast.List):
            todo.extend(reversed(node.elts))
        elif isinstance(node, ast.Starred):
            todo.append(node.value)
        else:
            names.append(node.id if isinstance(node, ast.Name) else flow.source(node, ARGUMENT))
    return tuple(names)
