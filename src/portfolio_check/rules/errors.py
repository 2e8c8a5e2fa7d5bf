"""What goes wrong with rules and their sources."""

from __future__ import annotations


class RuleError(Exception):
    """A rule, profile or source that cannot be used; the message is one line that names it and the way out."""
