"""Text of a candidate made safe to print: nothing in it can move a cursor, colour a line, or turn its direction."""

from __future__ import annotations

import re

SUBSTITUTE = "\N{REPLACEMENT CHARACTER}"

# C0 and C1 controls (ESC and CSI among them), line and paragraph separators, direction overrides and isolates,
# marks of zero width that hide text, and lone surrogates, which no encoder takes.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """One line of text: white space runs become one space, what a terminal would act on becomes U+FFFD."""
    return _UNPRINTABLE.sub(SUBSTITUTE, " ".join(text.split()))


def encodable(text: str) -> str:
    """The text without lone surrogates, which stand for bytes of a file name that are not UTF-8."""
    return _SURROGATE.sub(SUBSTITUTE, text)
