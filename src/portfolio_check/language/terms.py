"""Term lists: named lists of phrases, matched on tokens in one pass over a text, however many lists there are.

A phrase is written as people write it. A word that ends in `*` stands for all words that begin so; `~` between two
words allows up to three other words between them. Matching never backtracks further than that, so no list, however
foolish, can make it slow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from portfolio_check.language.tokens import tokens

_GAP = 3
_CACHED_WORDS = 50_000


Phrases = dict[str, list[tuple[tuple[str, ...], str]]]
"""By first word: the words that must follow, and the name of the list."""


class Hits(dict[str, int]):
    """Names of the lists that were found in a text, each with the index of the token where its first hit begins."""


class TermIndex(Struct, frozen=True):
    """Term lists, indexed; made once, when rules are compiled."""

    exact: Phrases
    prefix: Phrases
    """By the beginning of the first word."""


def index_terms(lists: Mapping[str, Iterable[str]]) -> TermIndex:
    """Index named lists of phrases."""
    exact: Phrases = {}
    prefix: Phrases = {}
    for name, phrases in lists.items():
        for phrase in phrases:
            words = phrase_words(phrase)
            if not words:
                continue
            first = words[0]
            if first.endswith("*"):
                prefix.setdefault(first[:-1], []).append((words[1:], name))
            else:
                exact.setdefault(first, []).append((words[1:], name))
    return TermIndex(exact, prefix)


class TermLists:
    """Term lists of one or more languages; `hits(words)` tells which occur in a text."""

    def __init__(self, *indexes: TermIndex) -> None:
        self._exact = [index.exact for index in indexes]
        self._prefix = [(index.prefix, sorted({len(start) for start in index.prefix})) for index in indexes]
        self._seen: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}

    def _starting(self, word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Phrases that begin with a word; looked up once for each word."""
        found = [phrase for exact in self._exact for phrase in exact.get(word, ())]
        for prefix, lengths in self._prefix:
            for length in lengths:
                if length > len(word):
                    break
                found.extend(prefix.get(word[:length], ()))
        phrases = tuple(found)
        if len(self._seen) < _CACHED_WORDS:
            self._seen[word] = phrases
        return phrases

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
