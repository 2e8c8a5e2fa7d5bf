"""Functions and classes: names, parameters, bases, decorators and bodies, each in its scope."""

from __future__ import annotations

import ast
from typing import Literal

from portfolio_check.facts import Definition
from portfolio_check.readers.python_calls import Visit, call
from portfolio_check.readers.python_expressions import VISIT
from portfolio_check.readers.python_flow import DEPTH, Flow
from portfolio_check.readers.python_lines import ARGUMENT
from portfolio_check.readers.python_names import NAME

RUN: dict[type[ast.AST], Visit] = {}
"""What to do with each kind of statement."""


def run(flow: Flow, body: list[ast.stmt], depth: int) -> None:
    """Walks statements in order."""
    if depth < DEPTH:
        depth += 1
        for statement in body:
            RUN[type(statement)](flow, statement, depth)


def after_docstring(flow: Flow, body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements after the docstring, which becomes sentences."""
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        flow.prose(first.value.value, first.value, "docstring")
        return body[1:]
    return body


def _decorators(flow: Flow, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, depth: int) -> tuple[str, ...]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call):
            call(flow, decorator, depth, (), node.name)
    return tuple(flow.names.dotted(decorator) or flow.source(decorator, ARGUMENT) for decorator in node.decorator_list)


def _is_empty(body: list[ast.stmt]) -> bool:
    return all(
        isinstance(statement, ast.Pass)
        or (
            isinstance(statement, ast.Expr)
            and isinstance(statement.value, ast.Constant)
            and (statement.value.value is ... or isinstance(statement.value.value, str))
        )
        for statement in body
    )


def _define(
    flow: Flow,
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    depth: int,
    parameters: tuple[str, ...],
    bases: tuple[str, ...],
) -> None:
    """A definition and its body; calls in its decorators stand before it, calls in its signature and body after it."""
    decorators = _decorators(flow, node, depth)
    place, text = flow.lines.mark(node.lineno)
    name = node.name[:NAME]
    kind: Literal["function", "class"] = "class" if isinstance(node, ast.ClassDef) else "function"
    empty = _is_empty(node.body)
    flow.facts.append(Definition(place, text, name, kind, flow.scope, parameters, bases, decorators, empty))
    flow.names.unbind(name)
    outer = flow.scope
    fallback, flow.names.fallback = flow.names.fallback, False
    mark = flow.names.enter()
    if isinstance(node, ast.ClassDef):
        for part in [*node.bases, *(keyword.value for keyword in node.keywords)]:
            VISIT[type(part)](flow, part, depth)
    else:
        _signature(flow, node, depth)
    flow.scope = f"{outer}.{name}"[:NAME] if outer else name
    for parameter in parameters:
        flow.names.unbind(parameter)
    run(flow, after_docstring(flow, node.body), depth)
    flow.scope = outer
    flow.names.leave(mark)
    flow.names.fallback = fallback


def _signature(flow: Flow, node: ast.FunctionDef | ast.AsyncFunctionDef, depth: int) -> None:
    arguments = node.args
    for default in arguments.defaults:
        VISIT[type(default)](flow, default, depth)
    for keyword_default in arguments.kw_defaults:
        if keyword_default is not None:
            VISIT[type(keyword_default)](flow, keyword_default, depth)
    for parameter in arguments.posonlyargs + arguments.args + arguments.kwonlyargs:
        annotation(flow, parameter.annotation, depth)
    annotation(flow, node.returns, depth)


def annotation(flow: Flow, node: ast.expr | None, depth: int) -> None:
    """Walks calls in an annotation (`Annotated[int, Query(ge=0)]`); most are plain names."""
    if isinstance(node, ast.Subscript | ast.Call):
        VISIT[type(node)](flow, node, depth)


def function(flow: Flow, node: ast.FunctionDef | ast.AsyncFunctionDef, depth: int) -> None:
    """A function, async or not; its parameters by their plain names."""
    signature = node.args
    parameters = [parameter.arg for parameter in signature.posonlyargs + signature.args]
    if signature.vararg:
        parameters.append(signature.vararg.arg)
    parameters.extend(parameter.arg for parameter in signature.kwonlyargs)
    if signature.kwarg:
        parameters.append(signature.kwarg.arg)
    _define(flow, node, depth, tuple(parameters), ())


def class_definition(flow: Flow, node: ast.ClassDef, depth: int) -> None:
    """A class and its bases."""
    bases = tuple(flow.names.dotted(base) or flow.source(base, ARGUMENT) for base in node.bases)
    _define(flow, node, depth, (), bases)
