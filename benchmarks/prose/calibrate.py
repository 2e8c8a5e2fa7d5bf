#!/usr/bin/env python3
"""Calibrates where a sentence's weight counts as part of the evidence and as all of it, on labelled repositories.

    python benchmarks/prose/calibrate.py LABELS REPOS [--write]

A sentence's weight orders sentences well, but how much weight it takes depends on how much prose a repository holds,
which graded sentences cannot tell. So two figures a criterion are chosen for the best agreement (kappa, averaged with
neighbouring figures so that no spike wins) over the labelled repositories: LABELS holds their label files, REPOS their
git directories as `owner+name/repo`. The figure printed last is that of five folds, each scored with thresholds chosen
on the other four. `--write` keeps them in `rules/weights/prose.json`.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from statistics import median_low

import msgspec
import yaml

from portfolio_check.evidence.collecting import collect
from portfolio_check.evidence.corpus import Corpus
from portfolio_check.repository.limits import Limits
from portfolio_check.repository.opening import open_tree
from portfolio_check.review.check import read_facts
from portfolio_check.rules.deciding import decide
from portfolio_check.rules.packs import packs_folder, shipped_packs

RULES = (
    "label-definition",
    "label-meaning",
    "model-choice",
    "metric-choice",
    "error-analysis",
    "monitoring-plan",
    "retraining-rollback",
    "product-decision",
    "data-assumptions",
    "failure-modes",
)
PART = (-2.5, -1.5, -0.75, 0.0, 0.75, 1.5, 2.5)
FULL = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.5)
DRAWS = 25
HELD = {
    "label-definition": (-3.2, -2.5),
    "metric-choice": (-4.8, -0.4),
    "error-analysis": (-1.3, -1.2),
    "label-meaning": (-4.5, -2.6),
    "product-decision": (-4.5, -2.0),
    "data-assumptions": (-4.0, -0.9),
    "failure-modes": (-4.0, -1.8),
}
"""Thresholds set by hand where the calibrated ones would break a rule's examples; agreement hardly depends on them."""
RANK = {"missing": 0, "partial": 1, "met": 2}


def kappa(pairs: list[tuple[int, int]]) -> float:
    """Cohen's kappa with quadratic weights over 0 < 1 < 2."""
    n = len(pairs)
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    observed = sum((a - b) ** 2 for a, b in pairs) / n
    expected = sum((a - b) ** 2 * left.count(a) * right.count(b) for a in range(3) for b in range(3)) / n**2
    return 1 - observed / expected if expected else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("repos", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    packs = shipped_packs()
    vocabulary = packs.vocabulary()
    trained = dict(packs.weights)
    rules = [rule for rule in packs.rules if rule.slug in RULES]
    labels, corpora = {}, {}
    for file in sorted(args.labels.glob("*.yaml")):
        label = yaml.safe_load(file.read_text(encoding="utf-8"))
        with open_tree(args.repos / label["repo"].replace("/", "+") / "repo") as tree:
            facts, *_ = read_facts(tree, Limits())
        labels[label["repo"]] = label["criteria"]
        corpora[label["repo"]] = Corpus(facts, vocabulary)
    levels = {}
    for part in PART:
        for full in FULL:
            vocabulary.weights = {
                name: msgspec.structs.replace(
                    model,
                    part_from=model.part_from + part,
                    full_from=max(model.part_from + part, model.full_from + full),
                )
                for name, model in trained.items()
            }
            for repo, corpus in corpora.items():
                corpus.__dict__.pop("graded", None)
                pieces = collect(corpus)
                for rule in rules:
                    levels[part, full, rule.slug, repo] = str(decide(rule, pieces).level)

    def pair(part: float, full: float, slug: str, repo: str) -> tuple[int, int] | None:
        wanted, got = labels[repo][slug], levels[part, full, slug, repo]
        if wanted["level"] not in RANK:
            return None
        level = got if wanted.get("also") == got else wanted["level"]
        return RANK[level], RANK.get(got, 0)

    def agreement(part: float, full: float, slug: str, repos: list[str]) -> float:
        return kappa([found for repo in repos if (found := pair(part, full, slug, repo))])

    def smooth(part: float, full: float, slug: str, repos: list[str]) -> float:
        i, j = PART.index(part), FULL.index(full)
        near = [(a, b) for a in PART[max(0, i - 1) : i + 2] for b in FULL[max(0, j - 1) : j + 2]]
        return sum(agreement(a, b, slug, repos) for a, b in (*near, (part, full))) / (len(near) + 1)

    def best(slug: str, repos: list[str]) -> tuple[float, float]:
        """The median of what random draws of the repositories would choose: one odd one must not move a threshold."""
        chance = random.Random(slug)
        grid = [(a, b) for a in PART for b in FULL]
        chosen = [
            max(grid, key=lambda at: smooth(*at, slug, drawn))
            for drawn in (chance.choices(repos, k=len(repos)) for _ in range(DRAWS))
        ]
        return median_low([a for a, _ in chosen]), median_low([b for _, b in chosen])

    names = sorted(labels)
    weights = packs_folder() / "weights" / "prose.json"
    models = json.loads(weights.read_text(encoding="utf-8"))
    for slug in RULES:
        part, full = best(slug, names)
        folded = []
        for fold in range(5):
            at = best(slug, [name for i, name in enumerate(names) if i % 5 != fold])
            folded += [p for i, name in enumerate(names) if i % 5 == fold and (p := pair(*at, slug, name))]
        before, after = agreement(0, 0, slug, names), agreement(part, full, slug, names)
        print(
            f"{slug:22} as trained {before:5.2f}   calibrated {after:5.2f}"
            f" (part {part:+}, full {full:+})   five folds {kappa(folded):5.2f}",
            flush=True,
        )
        model = trained[slug]
        low, high = HELD.get(slug, (model.part_from + part, max(model.part_from + part, model.full_from + full)))
        models[slug]["part_from"], models[slug]["full_from"] = round(low, 3), round(high, 3)
    if args.write:
        weights.write_text(json.dumps(models, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
