"""Which language most of the prose is in."""

from __future__ import annotations

from collections import Counter

from portfolio_check.evidence.corpus import Corpus

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
_MOST = 3000


def language_of(corpus: Corpus) -> str:
    """ISO 639-1 code; "en" where there is too little prose to tell."""
    counts: Counter[str] = Counter()
    seen = 0
    for phrase in corpus.prose:
        for word in phrase.words:
            seen += 1
            if word in _OF_WORD:
                for language in _OF_WORD[word]:
                    counts[language] += 1
            elif "\u4e00" <= word[0] <= "\u9fff":
                counts["zh"] += 1
            elif "\uac00" <= word[0] <= "\ud7af":
                counts["ko"] += 2
            elif "\u0400" <= word[0] <= "\u04ff":
                counts["ru"] += 1
            elif "\u3040" <= word[0] <= "\u30ff":
                counts["ja"] += 1
        if seen > _MOST:
            break
    return counts.most_common(1)[0][0] if counts else "en"
