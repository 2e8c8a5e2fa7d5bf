"""What is seen of a sentence when it is weighed: form, mood, and meanings in it, its headings and the one before.

No word as such is a feature, only the term lists that words are on, so that what was learnt on English holds for every
vocabulary.
"""

from __future__ import annotations

from portfolio_check.evidence.paths import is_readme
from portfolio_check.evidence.patterns import FORMS
from portfolio_check.evidence.phrases import Phrase

_EARLY = 12
_LENGTHS = ((5, "under 5"), (10, "under 10"), (20, "under 20"), (35, "under 35"))


def features(phrase: Phrase, before: Phrase | None, number: int = 0) -> list[str]:
    """Names of the features that a sentence has; each is there or not.

    Args:
        phrase: the sentence.
        before: the sentence before it in the same file, None for the first.
        number: how many sentences of the file stand before it.
    """
    sentence, terms = phrase.sentence, phrase.terms
    found = [f"in {name}" for name in terms]
    found += [f"under {name}" for name in phrase.headings]
    if before is not None:
        found += [f"after {name}" for name in before.terms]
    place = sentence.place
    if place.cell is not None:
        found.append("in a notebook")
    elif is_readme(place.path):
        found.append("in a README" if "/" not in place.path else "in an inner README")
    else:
        found.append("in another document")
    if number < _EARLY:
        found.append("early in its file")
    found.append(f"role {sentence.role}")
    found.append(f"mood {phrase.mood}")
    words = len(phrase.words)
    found.append("length " + next((name for most, name in _LENGTHS if words < most), "over 35"))
    found.append(f"numbers {min(len(phrase.numbers), 3)}")
    text = sentence.text
    if "%" in text:
        found.append("has a percentage")
    found += [f"has {name}" for name, pattern in FORMS if pattern.search(text)]
    if text.endswith(":"):
        found.append("leads in")
    if "because" in terms:
        found += [f"because and {name}" for name in terms if name != "because"]
    return found
