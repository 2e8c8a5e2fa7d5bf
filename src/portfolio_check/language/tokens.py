"""Words of a text, in a form that terms of any language can be matched on."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

# A number keeps its decimals; an ideograph is a word of its own, since Chinese and Japanese write none between them;
# Hangul parts from Latin letters, since Korean particles follow foreign words without a space; hyphens and underscores
# part words, so that "hold-out", "hold out" and `hold_out` are the same two.
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*%?|[\u3040-\u30ff\u3400-\u9fff]|[\uac00-\ud7a3]+|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
)
_NUMBER = re.compile(r"(?<![\w.])[-+]?[$€£]?\d+(?:[.,]\d+)*\s?%?")


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, case-folded and composed, in order."""
    if not text.isascii():
        text = normalize("NFC", text)
    return tuple(_TOKEN.findall(text.casefold()))


@lru_cache(maxsize=4096)
def cached_tokens(text: str) -> tuple[str, ...]:
    """`tokens` for texts that come again and again, such as headings."""
    return tokens(text)


def numbers(text: str) -> tuple[str, ...]:
    """Numbers of a text as written, with their percent sign; parts of names such as F1 are none."""
    return tuple(match.strip() for match in _NUMBER.findall(text))
