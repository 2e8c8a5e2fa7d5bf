"""A sentence with what is found in it."""

from __future__ import annotations

from portfolio_check.evidence.model import Slot
from portfolio_check.evidence.slots import QUOTE
from portfolio_check.facts import Place, Sentence
from portfolio_check.language.mood import mood_of
from portfolio_check.language.tokens import numbers


class Phrase:
    """A sentence with the meanings found in it, in its headings and in its lead-in."""

    __slots__ = ("_numbers", "headings", "lead", "mood", "sentence", "terms", "words")

    def __init__(
        self,
        sentence: Sentence,
        words: tuple[str, ...],
        terms: dict[str, int],
        headings: frozenset[str],
        lead: frozenset[str],
    ) -> None:
        self.sentence = sentence
        self.words = words
        self.terms = terms
        self.headings = headings
        self.lead = lead
        self.mood = mood_of(sentence.text, terms, headings, sentence.task)
        self._numbers: tuple[str, ...] | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Numbers in the sentence, as written."""
        if self._numbers is None:
            self._numbers = numbers(self.sentence.text)
        return self._numbers

    @property
    def place(self) -> Place:
        """Where the sentence stands."""
        return self.sentence.place

    def has(self, *lists: str) -> bool:
        """Whether each of these lists was found in the sentence itself."""
        terms = self.terms
        return all(name in terms for name in lists)

    def any(self, *lists: str) -> bool:
        """Whether one of these lists was found in the sentence itself."""
        terms = self.terms
        return any(name in terms for name in lists)

    def about(self, *lists: str) -> bool:
        """Whether one of these lists was found in the sentence, its lead-in or its headings."""
        return any(name in self.terms or name in self.lead or name in self.headings for name in lists)

    def slot(self, value: str = "") -> Slot:
        """A slot filled by this sentence."""
        text = self.sentence.text
        if self.sentence.code and "{}" in text:
            # What stands between the fields of an f-string is there to the letter; the whole is not.
            text = max(text.split("{}"), key=len).strip()
        return Slot(value or text[:QUOTE], self.sentence.place, text[:QUOTE])
