"""The roles that a review can weigh its criteria for."""

from __future__ import annotations

PROFILES = ("ml-engineer", "mlops", "applied-research")
