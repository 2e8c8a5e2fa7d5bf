"""A candidate's tree, however it is opened: a directory, a folder, a commit. Nothing in it is run or followed."""

from __future__ import annotations

from portfolio_check.repository.limits import Limits
from portfolio_check.repository.opening import OpenError, open_tree
from portfolio_check.repository.skip import Sifted, Skip, sift, skip_reason, summarise
from portfolio_check.repository.tree import Tree, TreeError, TreeFile

__all__ = [
    "Limits",
    "OpenError",
    "Sifted",
    "Skip",
    "Tree",
    "TreeError",
    "TreeFile",
    "open_tree",
    "sift",
    "skip_reason",
    "summarise",
]
