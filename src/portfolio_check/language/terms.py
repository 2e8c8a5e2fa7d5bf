"""Term lists: named lists of phrases, matched on tokens in one pass over a text, however many lists there are.

A phrase is written as people write it. A word that ends in `*` stands for all words that begin so; `~` between two words allows up to
three other words between them. Matching never backtracks further than that, so no list, however foolish, can make it slow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from portfolio_check.language.tokens import tokens

_GAP = 3
_CACHED_WORDS = 50_000


class _Phrase(NamedTuple):
    rest: tuple[str, ...]
    list_name: str


class Hits(dict[str, int]):
    """Names of the lists that were found in a text, each with the index of the token where its first hit begins."""


class TermLists:
    """Compiled term lists; `hits(words)` tells which occur in a text."""

    def __init__(self, lists: Mapping[str, Iterable[str | tuple[str, ...]]]) -> None:
        """Phrases are texts, or words as `phrase_words` gives them."""
        self.names = tuple(lists)
        self._exact: dict[str, list[_Phrase]] = {}
        self._prefix: dict[str, list[_Phrase]] = {}
        self._seen: dict[str, tuple[_Phrase, ...]] = {}
        for name, phrases in lists.items():
            for phrase in phrases:
                words = phrase_words(phrase) if isinstance(phrase, str) else phrase
                if not words:
                    continue
                first = words[0]
                entry = _Phrase(words[1:], name)
                if first.endswith("*"):
                    self._prefix.setdefault(first[:-1], []).append(entry)
                else:
                    self._exact.setdefault(first, []).append(entry)
        self._lengths = sorted({len(prefix) for prefix in self._prefix})

    def _starting(self, word: str) -> tuple[_Phrase, ...]:
        found = self._seen.get(word)
        if found is None:
            phrases = list(self._exact.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                phrases.extend(self._prefix.get(word[:length], ()))
            found = tuple(phrases)
            if len(self._seen) < _CACHED_WORDS:
                self._seen[word] = found
        return found

    def hits(self, words: tuple[str, ...]) -> Hits:
        """Which lists occur in these words, each with the index of its first hit."""
        found = Hits()
        seen = self._seen
        for index, word in enumerate(words):
            phrases = seen.get(word)
            if phrases is None:
                phrases = self._starting(word)
            for rest, name in phrases:
                if name not in found and (not rest or _follows(words, index + 1, rest)):
                    found[name] = index
        return found


def phrase_words(phrase: str) -> tuple[str, ...]:
    """A phrase of a term list as the words and marks (`word`, `begin*`, `~`) that are matched."""
    words: list[str] = []
    for part in phrase.split():
        if part == "~":
            words.append(part)
            continue
        pieces = tokens(part)
        words.extend(pieces)
        if part.endswith("*") and pieces:
            words[-1] += "*"
    return tuple(words)


def _follows(words: tuple[str, ...], start: int, rest: tuple[str, ...]) -> bool:
    at = start
    skip = 0
    for wanted in rest:
        if wanted == "~":
            skip = _GAP
            continue
        stop = min(len(words), at + skip + 1)
        while at < stop and not _is(words[at], wanted):
            at += 1
        if at >= stop:
            return False
        at += 1
        skip = 0
    return True


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
