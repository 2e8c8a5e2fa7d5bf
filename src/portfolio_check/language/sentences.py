"""Sentences of a text, quickly and simply: where a full stop ends one, and where it belongs to a number or name."""

from __future__ import annotations

import re
from collections.abc import Sequence

LINE_BREAK = "\u2028"
"""Stands where the author broke the line on purpose (`<br>`, two spaces at its end): a sentence never runs over it."""

_PICTOGRAPHS = "\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_BREAK = re.compile(
    # A stop counts only before white space, so train.py, 0.87 and v1.2 stay whole; ideographic stops need none.
    r"(?<![.!?\u2026])[.!?\u2026\u0964]++[\"'»”’)\]*_]*+(?=\s)"
    r"|[。！？｡]++[」』）”’\"')\]]*+"
    # A line that begins like an entry of a list is one, even where the markup made it part of a paragraph.
    rf"|\n(?=[ \t]*+(?:[-*+•●▪◦‣·–]\s|\d{{1,2}}[.)]\s|[{_PICTOGRAPHS}]))"
    rf"|\n(?=[ \t]*+\n)|{LINE_BREAK}"
)
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«]+$")
_LONGEST_WORD = 24

_BEFORE_ANYTHING = """
e.g i.e eg ie vs cf fig figs eq eqs ref tab app approx ca circa dr mr mrs ms prof st est avg std dev incl excl resp dept
z.b bzw d.h u.a s.o s.u o.ä vgl ggf inkl exkl zzgl abb sog evtl mind
p.ej ej pág sr sra dra aprox p.ex ex c.-à-d m mme т.е рис см напр стр dst yg
"""
_BEFORE_NUMBERS = "no nos nr n° núm num sec sect ch chap vol p pp max min val acc ver v № гл"
_LAST_OR_NOT = "etc usw al inc jr env obs т.д т.п др dll dsb"

_never_last = frozenset(_BEFORE_ANYTHING.split())
_last_unless_number = frozenset(_BEFORE_NUMBERS.split())
_maybe_last = frozenset(_LAST_OR_NOT.split())


def split_sentences(text: str, whole: Sequence[tuple[int, int]] = ()) -> list[tuple[str, int]]:
    """The sentences of a text, each with its white space made single, and the offset in `text` at which it starts.

    A sentence ends at a stop, question or exclamation mark, at an empty line, at `LINE_BREAK`, and before a line that
    begins like an entry of a list; never inside the spans `whole`, such as code, which stand in order. Linear in the
    length of the text.
    """
    sentences: list[tuple[str, int]] = []
    start = span = 0
    for found in _BREAK.finditer(text):
        mark = found[0]
        while span < len(whole) and whole[span][1] <= found.start():
            span += 1
        if span < len(whole) and whole[span][0] <= found.start():
            continue
        if mark[0] in ".…" and not _stop_ends(text, start, found.start(), found.end(), mark):
            continue
        if mark[0] in "!?" and _next_character(text, found.end()).islower():
            continue
        _keep(sentences, text, start, found.end())
        start = found.end()
    _keep(sentences, text, start, len(text))
    return sentences


def _keep(sentences: list[tuple[str, int]], text: str, start: int, end: int) -> None:
    stripped = text[start:end].lstrip()
    if stripped:
        sentences.append((" ".join(stripped.split()), end - len(stripped)))


def _next_character(text: str, at: int) -> str:
    for character in text[at : at + _LONGEST_WORD]:
        if not (character.isspace() or character in "\"'«“‘([*_"):
            return character
    return ""


def _stop_ends(text: str, start: int, at: int, end: int, mark: str) -> bool:
    """Whether the stop at `at`, in the sentence that began at `start`, ends it."""
    following = _next_character(text, end)
    if mark.startswith(("..", "…")):
        return not following.islower()
    nearest = max(start, at - _LONGEST_WORD)
    last = _LAST_WORD.search(text, nearest, at)
    if last is None:
        return True
    word = last[0].lower()
    if word.isdigit() and nearest == start and not text[start : last.start()].strip():
        return False  # the number of a list entry
    if word in _never_last:
        return False
    if word in _last_unless_number:
        return not following.isdigit() and not following.islower()
    if word in _maybe_last:
        return not following.islower()
    if len(word) == 1 and word.isalpha() and last[0].isupper():
        return False  # an initial
    if following.islower():
        # People who write no capitals still end sentences; short unknown words are more often abbreviations.
        return len(word) > 3 or not word.isascii()
    return True
