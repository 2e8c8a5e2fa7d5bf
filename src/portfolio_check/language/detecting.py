"""Which languages a text is written in, by its most frequent words and its letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_WORDS = {
    "en": "the of and to is in for with this that are on as be we it by an from",
    "es": "el la los las de que en y un una por para con del se es como al más este",
    "pt": "o os as de que em e um uma por para com do da não é como mais dos ao",
    "de": "der die das und ist nicht ein eine mit für auf den von zu wird im des dem sich werden",
    "fr": "le la les des et est un une pour dans que qui sur avec du au ce par pas sont",
    "it": "il lo gli di che è un una per con del della sono nel non si le i da più",
    "id": "yang dan di ini untuk dengan dari pada adalah dalam tidak akan atau data oleh ke sebagai model juga dapat",
    "vi": "và của là cho các được trong với không một những để khi này từ có đến theo như về",
}
_OF_WORD: dict[str, list[str]] = {}
for _language, _text in _WORDS.items():
    for _word in _text.split():
        _OF_WORD.setdefault(_word, []).append(_language)
_SCRIPTS = (
    ("\u0400", "\u04ff", "ru"),
    ("\u3040", "\u30ff", "ja"),
    ("\u4e00", "\u9fff", "zh"),
    ("\uac00", "\ud7a3", "ko"),
)
_MOST = 30_000
_SHARE = 0.02
_TOO_FEW = 40
ALL = ("en", "es", "pt", "de", "fr", "it", "id", "vi", "ru", "zh", "ko")


def count_languages(texts: Iterable[tuple[str, ...]]) -> Counter[str]:
    """How many words speak for each language, over at most the first 30,000 words.

    Args:
        texts: the words of each text, case-folded.
    """
    counts: Counter[str] = Counter()
    seen = 0
    of_word = _OF_WORD
    for words in texts:
        seen += len(words)
        for word in words:
            if word in of_word:
                counts.update(of_word[word])
            elif word > "\u0400":
                for first, last, language in _SCRIPTS:
                    if first <= word[0] <= last:
                        counts[language] += 1
                        break
        if seen > _MOST:
            break
    return counts


def languages_in(counts: Counter[str]) -> list[str]:
    """The languages that are there to more than a trace, ISO 639-1, the most spoken first.

    English always, and all of them where there are too few words to tell.
    """
    total = sum(counts.values())
    if total < _TOO_FEW:
        return list(ALL)
    found = [language for language, count in counts.most_common() if count > _SHARE * total or count > 60]
    return found if "en" in found else [*found, "en"]
