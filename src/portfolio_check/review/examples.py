"""Runs a rule's examples: tiny repositories, each with the level that the rule must give it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from portfolio_check.evidence.collecting import collect
from portfolio_check.evidence.corpus import Corpus, Vocabulary
from portfolio_check.facts import Entry, Fact, Facts, Place
from portfolio_check.readers.registry import reader_of
from portfolio_check.readers.source import Source
from portfolio_check.review.kinds import kind_of
from portfolio_check.rules.deciding import Verdict, decide
from portfolio_check.rules.errors import RuleError
from portfolio_check.rules.loading import load_rules
from portfolio_check.rules.model import Example, Level, Rule
from portfolio_check.rules.packs import Packs


class Failed(Struct, frozen=True):
    """An example that got another level."""

    rule: Rule
    number: int
    """Counted from 1."""
    example: Example
    verdict: Verdict

    def __str__(self) -> str:
        return (
            f"{self.rule.slug}: example {self.number} ({self.example.why or 'without a reason'}): "
            f"must be {self.example.level.value}, is {self.verdict.level.value}"
        )


def failing_examples(rule: Rule, vocabulary: Vocabulary) -> Iterator[Failed]:
    """The examples of a rule that do not get their level."""
    for number, example in enumerate(rule.examples, 1):
        verdict = verdict_on(rule, example, vocabulary)
        if verdict.level is not example.level:
            yield Failed(rule, number, example, verdict)


def require_examples(packs: Packs, folders: Sequence[Path]) -> None:
    """Run the examples of further rules: a rule that does not do what it says is not used.

    Raises:
        RuleError: an example gets another level.
    """
    vocabulary = packs.vocabulary()
    for folder in folders:
        for rule in load_rules(folder):
            for failed in failing_examples(rule, vocabulary):
                raise RuleError(f"{folder}: {failed}; correct the rule or the example")


def verdict_on(rule: Rule, example: Example, vocabulary: Vocabulary) -> Verdict:
    """What a rule says of an example."""
    corpus = Corpus(facts_of(example.files), vocabulary)
    pieces = collect(corpus)
    applies = rule.kinds and example.level is not Level.NOT_APPLICABLE
    return decide(rule, pieces, rule.kinds[0] if applies else kind_of(corpus, pieces))


def facts_of(files: Mapping[str, str]) -> Facts:
    """The facts of files given as text; a notebook may be given in the light form that `Example.files` describes."""
    facts: list[Fact] = []
    for path, text in sorted(files.items()):
        data = notebook_of(text) if path.endswith(".ipynb") and not text.lstrip().startswith("{") else text.encode()
        reader = reader_of(path)
        facts.append(Entry(Place(path), len(data), reader is not None))
        if reader is not None:
            facts.extend(reader(Source(path, data)))
    return Facts(facts)


@lru_cache(maxsize=512)
def notebook_of(text: str) -> bytes:
    """A notebook of format 4 from its light form.

    `# %%` begins a code cell, `# %% [markdown]` a Markdown cell, and `# >>> ` is output.
    """
    cells: list[dict[str, object]] = []
    count = 0
    for part in ("\n" + text).split("\n# %%")[1:] or ["\n" + text]:
        head, _, body = part.partition("\n")
        lines = body.split("\n")
        shown = [line.removeprefix("# >>>").removeprefix(" ") for line in lines if line.startswith("# >>>")]
        source = "\n".join(line for line in lines if not line.startswith("# >>>")).strip("\n")
        if "[markdown]" in head:
            cells.append({"cell_type": "markdown", "metadata": {}, "source": source})
            continue
        count += 1
        outputs = [{"output_type": "stream", "name": "stdout", "text": "\n".join(shown) + "\n"}] if shown else []
        cells.append(
            {
                "cell_type": "code",
                "metadata": {},
                "execution_count": count if shown else None,
                "outputs": outputs,
                "source": source,
            }
        )
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
