"""portfolio-check: which proofs a machine-learning portfolio repository shows, where, and what is missing."""

__version__ = "0.1.0"
