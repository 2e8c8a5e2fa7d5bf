"""portfolio-check: which proofs a machine-learning portfolio repository shows, where, and what is missing.

`check(path)` gives the `Review` that every report is made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio_check.review.check import check
    from portfolio_check.review.model import Review

__version__ = "0.1.0"
__all__ = ["Review", "__version__", "check"]

if not TYPE_CHECKING:
    # At first use, since the floors cost far more than `--version` does; out of the type checker's sight, which would
    # otherwise take every misspelt name for one that may come from here.
    def __getattr__(name: str) -> object:
        from importlib import import_module

        homes = {"check": "portfolio_check.review.check", "Review": "portfolio_check.review.model"}
        if name not in homes:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(homes[name]), name)
        return found
