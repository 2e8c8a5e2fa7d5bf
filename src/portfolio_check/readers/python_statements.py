"""Statements: imports, assignments, and what is done where a comparison holds."""

from __future__ import annotations

import ast
from typing import Any

from portfolio_check.facts import Assignment, Import
from portfolio_check.readers.python_calls import as_source, bound, call, nothing, targets
from portfolio_check.readers.python_conditions import condition, settle
from portfolio_check.readers.python_definitions import RUN, after_docstring, annotation, class_definition, function, run
from portfolio_check.readers.python_expressions import VISIT
from portfolio_check.readers.python_flow import Flow
from portfolio_check.readers.python_lines import ARGUMENT, VALUE
from portfolio_check.readers.python_names import NAME


def run_module(flow: Flow, tree: ast.Module, documented: bool) -> None:
    """Walks a file (`documented`: its first string is a docstring) or a cell."""
    run(flow, after_docstring(flow, tree.body) if documented else tree.body, 0)


def _import(flow: Flow, node: ast.Import, depth: int) -> None:
    place = flow.lines.mark(node.lineno)[0]
    for imported in node.names:
        name = imported.name[:NAME]
        if imported.asname:
            flow.names.bind(imported.asname, name)
        else:
            root = name.partition(".")[0]
            flow.names.bind(root, root)
        flow.facts.append(Import(place, name, imported.asname or name, flow.scope))


def _import_from(flow: Flow, node: ast.ImportFrom, depth: int) -> None:
    module = ("." * min(node.level, 8) + (node.module or ""))[:NAME]
    prefix = module if module.endswith(".") else module + "."
    for imported in node.names:
        name = prefix + imported.name[:NAME]
        alias = imported.asname or imported.name
        if alias != "*":
            flow.names.bind(alias, name)
        flow.facts.append(Import(flow.lines.mark(imported.lineno)[0], name, alias, flow.scope))


def _assign(flow: Flow, node: ast.Assign, depth: int) -> None:
    value = node.value
    place, text = flow.lines.mark(node.lineno)
    facts = flow.facts
    seat = len(facts)
    facts.append(None)
    mark = len(flow.reads)
    alias = flow.names.alias_of(value) if type(value) in (ast.Attribute, ast.Name) else None
    written: list[str] = []
    # The names to the left still mean what they meant while the right-hand side is walked.
    single = node.targets[0]
    if len(node.targets) == 1 and type(single) is ast.Name:
        written.append(single.id)
        if type(value) is ast.Call:
            call(flow, value, depth, (single.id,))
        else:
            bound(flow, value, depth, (single.id,))
        flow.names.unbind(single.id)
    elif isinstance(single, ast.Tuple) and isinstance(value, ast.Tuple) and _pairs(single, value):
        for target, part in zip(single.elts, value.elts, strict=True):
            bound(flow, part, depth, (flow.source(target, ARGUMENT),))
        targets(flow, single, depth, written)
    else:
        bound(flow, value, depth, as_source(flow, node.targets))
        for target in node.targets:
            targets(flow, target, depth, written)
    if alias is not None and len(written) == 1 and _is_alias(written[0], alias):
        flow.names.bind(written[0], alias)
    facts[seat] = Assignment(place, text, tuple(written), flow.source(value, VALUE), flow.uses(mark), flow.scope)


def _pairs(target: ast.Tuple, value: ast.Tuple) -> bool:
    return len(target.elts) == len(value.elts) and not any(
        isinstance(part, ast.Starred) for part in target.elts + value.elts
    )


def _is_alias(name: str, target: str) -> bool:
    """Whether `name = target` names a module or class (`layers = tf.keras.layers`), and takes no value from one."""
    last = target.rpartition(".")[2]
    return name == last or (last[:1].isupper() and not last.isupper())


def _augmented(flow: Flow, node: ast.AugAssign, depth: int) -> None:
    place, text = flow.lines.mark(node.lineno)
    seat = flow.seat()
    mark = len(flow.reads)
    if isinstance(node.target, ast.Name):
        flow.reads.append(node.target.id)
    VISIT[type(node.value)](flow, node.value, depth)
    written: list[str] = []
    targets(flow, node.target, depth, written)
    flow.facts[seat] = Assignment(
        place, text, tuple(written), flow.source(node.value, VALUE), flow.uses(mark), flow.scope
    )


def _annotated(flow: Flow, node: ast.AnnAssign, depth: int) -> None:
    annotation(flow, node.annotation, depth)
    if node.value is None:
        return
    place, text = flow.lines.mark(node.lineno)
    seat = flow.seat()
    mark = len(flow.reads)
    bound(flow, node.value, depth, as_source(flow, [node.target]))
    written: list[str] = []
    targets(flow, node.target, depth, written)
    flow.facts[seat] = Assignment(
        place, text, tuple(written), flow.source(node.value, VALUE), flow.uses(mark), flow.scope
    )


def _expression(flow: Flow, node: ast.Expr, depth: int) -> None:
    value = node.value
    if type(value) is ast.Call:
        call(flow, value, depth)
    elif type(value) is ast.Constant:
        if type(value.value) is str:
            flow.prose(value.value, value, "comment")
    else:
        VISIT[type(value)](flow, value, depth)


def _if(flow: Flow, node: ast.If, depth: int) -> None:
    # A ladder of `elif` may be long without being deep: each rung settles its own comparisons when all is walked.
    rungs = []
    while True:
        pending = condition(flow, node.test, depth)
        begin = len(flow.effects)
        run(flow, node.body, depth)
        rungs.append((pending, begin, len(flow.effects)))
        if len(node.orelse) == 1 and type(node.orelse[0]) is ast.If:
            node = node.orelse[0]
        else:
            break
    run(flow, node.orelse, depth)
    end = len(flow.effects)
    for pending, begin, middle in rungs:
        if pending:
            settle(flow, pending, flow.consequence(begin, middle), flow.consequence(middle, end))


def _while(flow: Flow, node: ast.While, depth: int) -> None:
    pending = condition(flow, node.test, depth)
    begin = len(flow.effects)
    run(flow, node.body, depth)
    middle = len(flow.effects)
    run(flow, node.orelse, depth)
    settle(flow, pending, flow.consequence(begin, middle), flow.consequence(middle, len(flow.effects)))


def _assert(flow: Flow, node: ast.Assert, depth: int) -> None:
    settle(flow, condition(flow, node.test, depth), ("assert",), ("assert",))
    if node.msg:
        VISIT[type(node.msg)](flow, node.msg, depth)


def _for(flow: Flow, node: ast.For | ast.AsyncFor, depth: int) -> None:
    bound(flow, node.iter, depth, as_source(flow, [node.target]))
    targets(flow, node.target, depth, [])
    run(flow, node.body, depth)
    run(flow, node.orelse, depth)


def _with(flow: Flow, node: ast.With | ast.AsyncWith, depth: int) -> None:
    for item in node.items:
        if item.optional_vars is None:
            bound(flow, item.context_expr, depth, ())
        else:
            bound(flow, item.context_expr, depth, as_source(flow, [item.optional_vars]))
            targets(flow, item.optional_vars, depth, [])
    run(flow, node.body, depth)


def _try(flow: Flow, node: Any, depth: int) -> None:
    run(flow, node.body, depth)
    fallback = flow.names.fallback
    for handler in node.handlers:
        flow.names.fallback = True
        run(flow, handler.body, depth)
        flow.names.fallback = fallback
    run(flow, node.orelse, depth)
    run(flow, node.finalbody, depth)


def _raise(flow: Flow, node: ast.Raise, depth: int) -> None:
    mark = len(flow.effects)
    name = ""
    if node.exc is not None:
        name = flow.names.dotted(node.exc) or ""
        VISIT[type(node.exc)](flow, node.exc, depth)
        del flow.effects[mark:]
    if node.cause is not None:
        VISIT[type(node.cause)](flow, node.cause, depth)
    flow.effects.append(f"raise {name}".rstrip())


def _return(flow: Flow, node: ast.Return, depth: int) -> None:
    if node.value is not None:
        VISIT[type(node.value)](flow, node.value, depth)
    flow.effects.append("return")


def _match(flow: Flow, node: ast.Match, depth: int) -> None:
    VISIT[type(node.subject)](flow, node.subject, depth)
    for case in node.cases:
        if case.guard is not None:
            VISIT[type(case.guard)](flow, case.guard, depth)
        run(flow, case.body, depth)


RUN.update(
    {kind: nothing for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.stmt)}
    | {
        ast.Import: _import,
        ast.ImportFrom: _import_from,
        ast.FunctionDef: function,
        ast.AsyncFunctionDef: function,
        ast.ClassDef: class_definition,
        ast.Assign: _assign,
        ast.AugAssign: _augmented,
        ast.AnnAssign: _annotated,
        ast.Expr: _expression,
        ast.If: _if,
        ast.While: _while,
        ast.Assert: _assert,
        ast.For: _for,
        ast.AsyncFor: _for,
        ast.With: _with,
        ast.AsyncWith: _with,
        ast.Try: _try,
        ast.TryStar: _try,
        ast.Raise: _raise,
        ast.Return: _return,
        ast.Match: _match,
    }
)
