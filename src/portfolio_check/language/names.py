"""Lists of dotted names of code: which lists a resolved name is on.

`a.b.*` is all below `a.b`, `a.b.C*` all that begin so, `*.fit` anything whose last part is `fit`, `a.*.load` anything
below `a` whose last part is `load`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import translate
from re import compile as compile_pattern

_EMPTY: frozenset[str] = frozenset()


class NameLists:
    """Compiled lists of dotted names; `lists_of(name)` tells on which a name is."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self.names = tuple(lists)
        self._exact: dict[str, set[str]] = {}
        self._last: dict[str, set[str]] = {}
        self._starts: list[tuple[str, str]] = []
        self._globs: list[tuple[str, str]] = []
        for list_name, patterns in lists.items():
            for pattern in patterns:
                if "*" not in pattern:
                    self._exact.setdefault(pattern, set()).add(list_name)
                elif pattern.startswith("*.") and "*" not in pattern[2:]:
                    self._last.setdefault(pattern[2:].rpartition(".")[2], set()).add(list_name)
                elif pattern.index("*") == len(pattern) - 1:
                    self._starts.append((pattern[:-1], list_name))
                else:
                    self._globs.append((translate(pattern), list_name))
        self._roots = {start.partition(".")[0] for start, _ in self._starts}
        self._compiled = [(compile_pattern(glob), list_name) for glob, list_name in self._globs]
        self._seen: dict[str, frozenset[str]] = {}

    def lists_of(self, name: str) -> frozenset[str]:
        """Names of the lists that a resolved name is on."""
        found = self._seen.get(name)
        if found is None:
            found = self._seen[name] = self._find(name)
        return found

    def _find(self, name: str) -> frozenset[str]:
        lists = set(self._exact.get(name, _EMPTY))
        root, dot, _ = name.partition(".")
        if dot:
            lists |= self._last.get(name.rpartition(".")[2], _EMPTY)
        if dot and root:
            if root in self._roots:
                lists.update(list_name for start, list_name in self._starts if name.startswith(start))
            lists.update(list_name for glob, list_name in self._compiled if glob.match(name))
        return frozenset(lists) if lists else _EMPTY
