"""What the names of a file stand for: imports and their aliases, in the order of the source and within their scope."""

from __future__ import annotations

import ast

NAME = 200
"""Characters kept of a name; longer ones are hostile."""


class Names(dict[str, str]):
    """Local name to full dotted name, for names that an import (or an alias of one) gave.

    A function's own names are undone when it ends. In an `except` branch names are only added: it holds the fallback.
    """

    __slots__ = ("_log", "fallback")

    def __init__(self) -> None:
        super().__init__()
        self._log: list[tuple[str, str | None]] = []
        self.fallback = False

    def bind(self, name: str, target: str) -> None:
        """From here on `name` is `target`."""
        if self.fallback and name in self:
            return
        self._log.append((name, self.get(name)))
        self[name] = target

    def unbind(self, name: str) -> None:
        """From here on `name` is a variable, a parameter or a definition of this file."""
        if name in self and not self.fallback:
            self._log.append((name, self.pop(name)))

    def enter(self) -> int:
        """Begins a scope; the mark ends it."""
        return len(self._log)

    def leave(self, mark: int) -> None:
        """Ends the scope that began at `mark`."""
        for name, target in reversed(self._log[mark:]):
            if target is None:
                self.pop(name, None)
            else:
                self[name] = target
        del self._log[mark:]

    def dotted(self, node: ast.expr) -> str | None:
        """The resolved name of `a.b.c`, called, subscripted or not; as written where `a` is no import; else None."""
        parts: list[str] = []
        while True:
            if isinstance(node, ast.Attribute):
                parts.append(node.attr)
                node = node.value
            elif isinstance(node, ast.Call):
                node = node.func
            elif isinstance(node, ast.Subscript):
                node = node.value
            elif isinstance(node, ast.Name):
                parts.append(self.get(node.id, node.id))
                return ".".join(reversed(parts))[:NAME]
            else:
                return None

    def alias_of(self, node: ast.expr) -> str | None:
        """The import that a plain right-hand side like `tf.keras.layers` or `layers.Dense` stands for, else None."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        root = self.get(node.id)
        return None if root is None else ".".join([root, *reversed(parts)])[:NAME]
