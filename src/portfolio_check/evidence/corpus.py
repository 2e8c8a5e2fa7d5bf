"""Facts made ready to argue from: sentences with the meanings found in them, calls with the lists their names are on.

Everything here is computed once for a review; the extractors beside this file only combine it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from portfolio_check.evidence.paths import is_told
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.weighing import Graded, Weights, weigh
from portfolio_check.facts import Call, Cell, Command, Definition, Entry, Facts, Import, Sentence
from portfolio_check.language.detecting import count_languages, languages_in
from portfolio_check.language.names import NameLists
from portfolio_check.language.terms import TermIndex, TermLists
from portfolio_check.language.tokens import cached_tokens, tokens

# What a template leaves to be filled in: `[describe the target]`, `| F1 | [value from notebook] |`, `{accuracy:.2f}`,
# lorem ipsum.
_PLACEHOLDER = re.compile(
    r"^\W*\[[^\]]{8,}\]\W*$|\[(insert|describe|value|your|add|to be|tbd|todo|fill|enter|write|placeholder|name"
    r"|date|link)\b[^\]]*\]|<(insert|your|describe)[^>]*>|lorem ipsum|\{\w+(:[^}]*)?\}\s*%?$",
    re.I,
)


class Vocabulary:
    """The term lists and name lists that evidence is read with, and the weights by which sentences are weighed."""

    def __init__(
        self, terms: Mapping[str, TermIndex], names: NameLists, weights: Mapping[str, Weights] | None = None
    ) -> None:
        """Term lists are by language, ISO 639-1."""
        self.terms = terms
        self.names = names
        self.weights = weights or {}


class Corpus:
    """All facts of a tree, read with a vocabulary."""

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.vocabulary = vocabulary
        self.spoken: Counter[str] = Counter()
        self._heading_sets: dict[tuple[str, ...], frozenset[str]] = {}
        self._lead_sets: dict[str, frozenset[str]] = {}

    # prose

    @cached_property
    def phrases(self) -> list[Phrase]:
        """Every sentence of prose and code, in order."""
        read: dict[str, bool] = {}
        told: list[tuple[Sentence, tuple[str, ...]]] = []
        for sentence in self.facts.of(Sentence):
            path = sentence.place.path
            if path not in read:
                read[path] = is_told(path)
            if not read[path] or _PLACEHOLDER.search(sentence.text):
                continue
            told.append((sentence, tokens(sentence.text)))
        self.spoken = count_languages(words for sentence, words in told if not sentence.code)
        hits = self.terms.hits
        nothing = frozenset[str]()
        return [
            Phrase(
                sentence,
                words,
                hits(words),
                self._headings(sentence.headings),
                self._lead(sentence.lead) if sentence.lead else nothing,
            )
            for sentence, words in told
        ]

    @cached_property
    def terms(self) -> TermLists:
        """The term lists of the languages that the prose is written in."""
        known = self.vocabulary.terms
        return TermLists(*(known[language] for language in languages_in(self.spoken) if language in known))

    @property
    def language(self) -> str:
        """The language that most of the prose is in, ISO 639-1; "en" where there is too little to tell."""
        _ = self.phrases
        return self.spoken.most_common(1)[0][0] if self.spoken else "en"

    @cached_property
    def prose(self) -> list[Phrase]:
        """Documents and notebook Markdown, without comments and strings of code, and without headings."""
        return [phrase for phrase in self.phrases if not phrase.sentence.code and phrase.sentence.role != "heading"]

    @cached_property
    def told(self) -> list[Phrase]:
        """Prose, and the docstrings, comments and strings of code; without headings."""
        return [phrase for phrase in self.phrases if phrase.sentence.role != "heading"]

    @cached_property
    def blocks(self) -> dict[tuple[str, int | None, int], list[Phrase]]:
        """Phrases of one paragraph, list or table, keyed by path, cell and block."""
        blocks: dict[tuple[str, int | None, int], list[Phrase]] = {}
        for phrase in self.phrases:
            place = phrase.sentence.place
            blocks.setdefault((place.path, place.cell, phrase.sentence.block), []).append(phrase)
        return blocks

    def block_of(self, phrase: Phrase) -> list[Phrase]:
        """The paragraph, list or table that a phrase belongs to."""
        place = phrase.sentence.place
        return self.blocks[place.path, place.cell, phrase.sentence.block]

    def _headings(self, headings: tuple[str, ...]) -> frozenset[str]:
        found = self._heading_sets.get(headings)
        if found is None:
            hits: set[str] = set()
            # The two nearest headings carry the meaning; the title of the document is about everything.
            for heading in headings[-2:]:
                hits.update(self.terms.hits(cached_tokens(heading)))
            found = self._heading_sets[headings] = frozenset(hits)
        return found

    def _lead(self, lead: str) -> frozenset[str]:
        found = self._lead_sets.get(lead)
        if found is None:
            found = self._lead_sets[lead] = frozenset(self.terms.hits(tokens(lead)))
        return found

    @cached_property
    def graded(self) -> dict[str, list[Graded]]:
        """Sentences that carry a criterion, or part of it, by criterion; the weightiest first."""
        return defaultdict(list, weigh(self.phrases, self.vocabulary.weights))

    # code

    @cached_property
    def calls(self) -> dict[str, list[Call]]:
        """Calls by the list their resolved name is on.

        A method of a variable counts as one of what the variable was made by.
        """
        found: dict[str, list[Call]] = {name: [] for name in self.vocabulary.names.names}
        for call in self.facts.of(Call):
            for name in self.vocabulary.names.lists_of(self.resolved(call)):
                found[name].append(call)
        return found

    @cached_property
    def imported(self) -> dict[str, list[Import]]:
        """Imports by the list their name, or anything below it, is on."""
        found: dict[str, list[Import]] = {name: [] for name in self.vocabulary.names.names}
        for fact in self.facts.of(Import):
            names = self.vocabulary.names.lists_of(fact.name) | self.vocabulary.names.lists_of(fact.name + ".x")
            for name in names:
                found[name].append(fact)
        return found

    @cached_property
    def _made_by(self) -> dict[tuple[str, str], str]:
        made: dict[tuple[str, str], str] = {}
        for call in self.facts.of(Call):
            for result in call.results:
                made[call.place.path, result] = call.name
        return made

    def resolved(self, call: Call) -> str:
        """The call's name; for a method of a variable, the name of what made the variable and the method."""
        if call.name.startswith(".") and call.receiver:
            maker = self._made_by.get((call.place.path, call.receiver), "")
            if maker and not maker.startswith("."):
                return maker + call.name
        return call.name

    def decorated(self, list_name: str) -> Iterator[tuple[Definition, str]]:
        """Definitions with a decorator whose name is on a list, and that name."""
        lists_of = self.vocabulary.names.lists_of
        for definition in self.facts.of(Definition):
            for decorator in definition.decorators:
                if list_name in lists_of(decorator) or list_name in lists_of(
                    self._decorator_maker(definition, decorator)
                ):
                    yield definition, decorator
                    break

    def _decorator_maker(self, definition: Definition, decorator: str) -> str:
        root, _, method = decorator.partition(".")
        maker = self._made_by.get((definition.place.path, root), "")
        return f"{maker}.{method}" if maker else decorator

    # files

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Files of the tree by path."""
        return {entry.place.path: entry for entry in self.facts.of(Entry)}

    @cached_property
    def folders(self) -> frozenset[str]:
        """Folders of the tree."""
        return frozenset(str(parent) for path in self.entries for parent in PurePosixPath(path).parents)

    @cached_property
    def base_names(self) -> dict[str, list[str]]:
        """Paths by file name."""
        names: dict[str, list[str]] = {}
        for path in self.entries:
            names.setdefault(path.rpartition("/")[2], []).append(path)
        return names

    @cached_property
    def commands(self) -> list[Command]:
        """Commands that documents show."""
        return self.facts.of(Command)

    @cached_property
    def ran_cells(self) -> frozenset[tuple[str, int]]:
        """Notebook code cells that have outputs."""
        return frozenset(
            (cell.place.path, cell.place.cell)
            for cell in self.facts.of(Cell)
            if cell.kind == "code" and cell.outputs and cell.place.cell is not None
        )

    def exists(self, path: str) -> bool:
        """Whether a path that somebody wrote is a file or folder of the tree, from the root or from any folder."""
        path = path.strip("./").rstrip("/")
        if not path:
            return True
        if path in self.entries or path in self.folders:
            return True
        name = path.rpartition("/")[2]
        suffix = "/" + path
        return any(known.endswith(suffix) for known in self.base_names.get(name, ())) or any(
            folder.endswith(suffix) for folder in self.folders
        )


_NO_MODEL = re.compile(
    r"Tokenizer|Config|Processor|Dataset|DMatrix|Pool$|Trainer|TrainingArguments|Arguments|FeatureExtractor"
    r"|Collator|Callback|^Reader$|^(Sequential|Model|Module|AutoModel\w*|Pipeline)$"
)


def model_kind(name: str) -> str:
    """What model a resolved name constructs, "" where it constructs none.

    `RandomForest` for the classifier and the regressor.
    """
    parts = name.split(".")
    if parts[-1] == "from_pretrained":
        parts.pop()
    last = parts[-1]
    if not last[:1].isupper():
        if len(parts) == 1:
            return ""
        return last if parts[-2:-1] == ["models"] and not last.startswith("_") and len(parts) > 2 else ""
    if _NO_MODEL.search(last):
        return ""
    return re.sub(r"(Classifier|Regressor|CV|ForSequenceClassification)$", "", last)
