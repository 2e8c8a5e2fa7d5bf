#!/usr/bin/env python3
"""Trains the weights of prose evidence, and reports how they hold on repositories that they have not seen.

    python benchmarks/prose/train.py SENTENCES.jsonl [--write]

SENTENCES.jsonl has one graded sentence a line: `repo`, `at` (`path:line` or `path#cell`), `heading`, `text` and
`grades` (criterion to `full`, `part` or `mention`). A third of the repositories, by a hash of their names, is kept
unseen: the figures are on it, beside those of a keyword baseline (any of the criterion's anchor lists). `--write` then
trains on all of it and writes `rules/weights/prose.json`. Needs numpy and scikit-learn.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.features import features
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.facts import Facts, Place, Sentence
from portfolio_check.rules.packs import packs_folder, shipped_packs

ANCHORS = {
    "baseline": ["baseline"],
    "data-assumptions": ["data property", "data strong", "data choice"],
    "data-source": ["data word", "source verb", "source host", "public data set", "synthetic"],
    "error-analysis": ["error display", "error talk"],
    "failure-modes": ["limit word", "limit heading", "error talk"],
    "label-definition": ["target word", "target strict", "predict verb"],
    "label-meaning": ["target strict", "predict verb", "motivation", "proxy", "window"],
    "metric-choice": ["metric name", "metric word", "imbalance"],
    "model-choice": ["model name", "choose"],
    "monitoring-plan": ["watch word", "drift word"],
    "product-decision": ["actor", "action"],
    "retraining-rollback": ["retrain", "rollback"],
}
OWN_WEIGHT = 0.5
STRENGTH = 0.2
"""Inverse of the L2 penalty; chosen by five folds over the seen repositories."""


def read(path: Path) -> Iterator[tuple[str, list[str], Phrase, dict[str, str]]]:
    """Repository, features, sentence and grades."""
    vocabulary = shipped_packs().vocabulary()
    rows: dict[str, list[dict]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows[row["repo"]].append(row)
    for repo, of_repo in rows.items():
        facts = []
        for row in of_repo:
            at = row["at"]
            name, _, number = at.rpartition("#" if "#" in at else ":")
            place = Place(name, 1, int(number)) if "#" in at else Place(name, int(number))
            text = row["text"].strip()
            role = "row" if text.startswith("|") else "item" if "list" in row else "paragraph"
            facts.append(Sentence(place, text, role, (row["heading"],) if row["heading"] else ()))
        before: Phrase | None = None
        number = -1
        # The corpus leaves out what nobody said of the project (licences, placeholders), so sentences are found again
        # by themselves.
        row_of = {id(fact): row for fact, row in zip(facts, of_repo, strict=True)}
        for phrase in Corpus(Facts(facts), vocabulary).phrases:
            row = row_of[id(phrase.sentence)]
            same = before is not None and before.place.path == phrase.place.path
            number = number + 1 if same else 0
            yield repo, features(phrase, before if same else None, number), phrase, row["grades"]
            before = phrase


def read_own(folder: Path) -> Iterator[tuple[str, list[str], Phrase, dict[str, str]]]:
    """Passages of our own, in the form of `read`; the "repository" is the passage, so that no fold parts one."""
    vocabulary = shipped_packs().vocabulary()
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            cell = 1 if passage["path"].endswith(".ipynb") else None
            facts = [
                Sentence(
                    Place(passage["path"], number + 1, cell),
                    one["text"],
                    one.get("role") or "paragraph",
                    (one["heading"],) if one.get("heading") else (),
                    block=1,
                )
                for number, one in enumerate(passage["sentences"])
            ]
            before = None
            one_of = {id(fact): one for fact, one in zip(facts, passage["sentences"], strict=True)}
            for phrase in Corpus(Facts(facts), vocabulary).phrases:
                one = one_of[id(phrase.sentence)]
                # Where a passage stands in its file is not told: the number past which "early" ends.
                yield f"own {file.stem} {passage['id']}", features(phrase, before, 99), phrase, one["grades"]
                before = phrase


def unseen(repo: str) -> bool:
    return int(hashlib.sha1(repo.encode(), usedforsecurity=False).hexdigest(), 16) % 3 == 0


def f1(hit: int, said: int, true: int) -> float:
    return 2 * hit / (said + true) if said + true else 0.0


def best_threshold(scores: np.ndarray, truth: np.ndarray) -> float:
    order = np.argsort(-scores)
    hits = np.cumsum(truth[order])
    figures = 2 * hits / (np.arange(1, len(truth) + 1) + truth.sum())
    return float(scores[order][figures.argmax()])


class Task(NamedTuple):
    """Sentences to learn one criterion from."""

    matrix: csr_matrix
    part: np.ndarray
    """Whether a sentence is some evidence."""
    full: np.ndarray
    """Whether it would carry the criterion."""
    groups: np.ndarray
    """The repository or passage it stands in."""
    real: np.ndarray
    """Whether it stands in a repository, not in a passage of our own."""

    def of(self, rows: np.ndarray) -> Task:
        return Task(*(values[rows] for values in self))


def fit(task: Task) -> tuple[np.ndarray, float]:
    """Weights and intercept: the sum of a model of `part` and one of `full`, so that one figure orders all sentences.

    Passages of our own hold far more evidence than real prose, so a sentence of theirs weighs less than a repository's.
    """
    sample = np.where(task.real, 1.0, OWN_WEIGHT)
    weights, intercept = np.zeros(task.matrix.shape[1]), 0.0
    for truth in (task.part, task.full):
        model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(task.matrix, truth, sample_weight=sample)
        weights, intercept = weights + model.coef_[0], intercept + float(model.intercept_[0])
    return weights, intercept


def score(weights: np.ndarray, intercept: float, matrix: csr_matrix) -> np.ndarray:
    return matrix @ weights + intercept


def thresholds(task: Task) -> tuple[float, float]:
    """Where `part` and `full` begin: best F1 on repositories' text, each scored by a fold that has not seen it."""
    scores = np.full(len(task.part), -99.0)
    for inside, outside in GroupKFold(5).split(task.matrix, task.part, task.groups):
        scores[outside] = score(*fit(task.of(inside)), task.matrix[outside])
    part = best_threshold(scores[task.real], task.part[task.real])
    return part, max(part, best_threshold(scores[task.real], task.full[task.real]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--without-own", action="store_true", help="leave the passages of our own out, to see what they bring"
    )
    args = parser.parse_args()
    rows = list(read(args.sentences))
    theirs = len(rows)
    if not args.without_own:
        rows += read_own(Path(__file__).parent / "own")
    print(
        f"{theirs} sentences of {len({row[0] for row in rows[:theirs]})} repositories, {len(rows) - theirs} of our own"
    )
    repos = np.array([repo for repo, *_ in rows])
    held = np.array([index < theirs and unseen(repo) for index, repo in enumerate(repos)])
    real = np.arange(len(rows)) < theirs
    seen_of = [dict.fromkeys(seen, 1.0) for _, seen, *_ in rows]
    models = {}
    print(f"{'criterion':22}{'unseen':>7} {'keyword F1':>11} {'part F1':>8} {'full F1':>8}   precision/recall of part")
    for criterion, anchors in ANCHORS.items():
        gate = np.array([phrase.about(*anchors) and len(phrase.words) > 2 for *_, phrase, _ in rows])
        part = np.array([grades.get(criterion) in ("full", "part") for *_, grades in rows])
        full = np.array([grades.get(criterion) == "full" for *_, grades in rows])
        inside = np.flatnonzero(gate)
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform([seen_of[i] for i in inside])
        task = Task(matrix, part[inside], full[inside], repos[inside], real[inside])
        known = ~held[inside]
        seen, new = task.of(known), task.of(~known)
        scores = score(*fit(seen), new.matrix)
        figures = []
        for truth, said in zip((part, full), (scores >= limit for limit in thresholds(seen)), strict=True):
            hit, true = int((said & truth[inside][~known]).sum()), int(truth[held].sum())
            figures.append((f1(hit, int(said.sum()), true), hit / max(1, said.sum()), hit / max(1, true)))
        keyword = f1(int((gate & part & held).sum()), int((gate & held).sum()), int((part & held).sum()))
        (a, p, r), (b, *_) = figures
        print(f"{criterion:22}{int(part[held].sum()):>7} {keyword:>11.2f} {a:>8.2f} {b:>8.2f}   {p:.2f}/{r:.2f}")
        if args.write:
            weights, intercept = fit(task)
            names = vectorizer.get_feature_names_out()
            kept = {n: round(float(w), 3) for n, w in zip(names, weights, strict=True) if abs(w) >= 0.03}
            part_from, full_from = thresholds(task)
            models[criterion] = {
                "anchors": anchors,
                "weights": {"": round(float(intercept), 3), **kept},
                "part_from": round(part_from, 3),
                "full_from": round(full_from, 3),
            }
    if args.write:
        target = packs_folder() / "weights" / "prose.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(models, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"written: {target.name}")


if __name__ == "__main__":
    main()
