"""The whole way from a path to a review: tree, facts, evidence, levels, review."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from portfolio_check import __version__
from portfolio_check.evidence.collecting import collect
from portfolio_check.evidence.corpus import Corpus
from portfolio_check.facts import Entry, Fact, Facts, History, Place
from portfolio_check.readers.registry import reader_of
from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.repository.limits import Limits
from portfolio_check.repository.opening import open_tree
from portfolio_check.repository.skip import Skip, sift, summarise
from portfolio_check.repository.tree import Tree, TreeError
from portfolio_check.review.assembling import assemble
from portfolio_check.review.kinds import kind_of
from portfolio_check.review.model import Review, Tool
from portfolio_check.review.unread import with_unread
from portfolio_check.rules.deciding import decide
from portfolio_check.rules.packs import shipped_packs, with_rules

_DOCUMENTS = (".md", ".rst", ".txt", "readme", "license", "copying")


def check(
    path: str | os.PathLike[str],
    *,
    rev: str | None = None,
    name: str | None = None,
    profile: str | None = None,
    rules: Sequence[Path] = (),
    limits: Limits | None = None,
) -> Review:
    """Review one repository; nothing of it is run.

    Args:
        path: a directory with or without git, a folder inside a repository, or a bare git directory.
        rev: a branch, tag or commit to review instead of the files that lie there.
        name: the repository's name in the review, else the origin remote's or the folder's.
        profile: `ml-engineer`, `mlops` or `applied-research`; by the kind of repository unless given.
        rules: folders with further rules.
        limits: how much is read.

    Raises:
        OpenError: there is nothing to review at this path or revision.
        RuleError: a rule file cannot be used.
    """
    limits = limits or Limits()
    packs = shipped_packs()
    if rules:
        packs = with_rules(packs, rules)
        from portfolio_check.review.examples import require_examples

        require_examples(packs, rules)
    with open_tree(Path(path), rev=rev, name=name, limits=limits) as tree:
        facts, skipped, read = read_facts(tree, limits)
        corpus = Corpus(facts, packs.vocabulary())
        pieces = collect(corpus)
        kind = kind_of(corpus, pieces)
        verdicts = with_unread([decide(rule, pieces, kind) for rule in packs.rules], corpus)
        return assemble(
            tool=Tool("portfolio-check", __version__),
            tree=tree,
            corpus=corpus,
            pieces=pieces,
            kind=kind,
            verdicts=verdicts,
            packs=packs,
            profile=profile,
            read=read,
            skipped=summarise(skipped),
        )


def _history(tree: Tree, limits: Limits) -> History:
    from portfolio_check.repository.history import read_history

    return read_history(tree, limits)


def read_facts(tree: Tree, limits: Limits) -> tuple[Facts, list[Skip], int]:
    """Facts of every file that is read, what was passed over, and how many were read."""
    files = tree.files()
    outer = tree.root_files()
    if any(file.path.casefold().startswith("readme") for file in files):
        # A project with a README of its own is not told by the documents of the repository around it.
        outer = [file for file in outer if not file.path.casefold().endswith(_DOCUMENTS)]
    sifted = sift([*files, *outer], limits)
    skipped = list(sifted.skipped)
    kept = {file.path for file in sifted.kept}
    facts: list[Fact] = [Entry(Place(file.path), file.size, file.path in kept) for file in files]
    read = 0
    for file in sifted.kept:
        reader = reader_of(file.path)
        if reader is None:
            continue
        try:
            facts.extend(reader(Source(file.path, tree.read(file.path))))
            read += 1
        except (TreeError, UnreadableError) as error:
            reason = error.reason if isinstance(error, TreeError) else str(error)
            skipped.append(Skip(file.path, f"not read: {reason}"))
        except (RecursionError, MemoryError) as error:
            skipped.append(Skip(file.path, f"not read: too deep or too large ({type(error).__name__})"))
    return Facts(facts, lambda: _history(tree, limits)), skipped, read
