"""Verdicts to the review: weights, score, top gaps, tutorial clone, questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.repository.tree import Tree
from portfolio_check.review.model import (
    Criterion,
    Evidence,
    Kind,
    Question,
    Repository,
    Review,
    Skipped,
    Source,
    Tool,
)
from portfolio_check.review.tutorials import tutorial_clone
from portfolio_check.rules.deciding import Verdict
from portfolio_check.rules.model import Level
from portfolio_check.rules.packs import Packs

_WORTH = {Level.MET: 1.0, Level.PARTIAL: 0.5}
_TOP = 3


def assemble(
    *,
    tool: Tool,
    tree: Tree,
    corpus: Corpus,
    pieces: Mapping[str, Sequence[Struct]],
    kind: Kind,
    verdicts: Sequence[Verdict],
    packs: Packs,
    profile: str | None,
    read: int,
    skipped: Sequence[tuple[str, str]],
) -> Review:
    """The review of one repository, from the verdicts of its rules."""
    chosen = profile or packs.profile_of_kind.get(kind, "ml-engineer")
    weights = packs.profiles[chosen].weights
    levels = {verdict.rule.slug: verdict.level for verdict in verdicts}
    criteria = {
        verdict.rule.slug: _criterion(verdict, packs, weights.get(verdict.rule.slug, verdict.rule.weight))
        for verdict in verdicts
    }
    top = top_gaps(verdicts, weights, packs.urgency)
    return Review(
        tool=tool,
        repository=Repository(tree.name, tree.path, tree.commit, len(tree.files()), read),
        language=corpus.language,
        kind=kind,
        profile=chosen,
        score=score_of(levels, weights),
        tutorial_clone=tutorial_clone(corpus, levels),
        criteria=criteria,
        findings=(),
        top_gaps=top,
        questions=tuple(Question(slug, next(v.rule.asks for v in verdicts if v.rule.slug == slug)) for slug in top),
        skipped=tuple(Skipped(path, reason) for path, reason in skipped),
    )


def score_of(levels: Mapping[str, Level], weights: Mapping[str, int]) -> int:
    """0 to 100: the weighted share of what is shown, a partial counting half.

    Only criteria that the profile weighs count. What is `n/a` or `unsure` counts as not shown where it has a weight,
    so that declaring it never raises the score.
    """
    total = sum(weights.get(slug, 0) for slug in levels)
    shown = sum(weights.get(slug, 0) * _WORTH.get(level, 0.0) for slug, level in levels.items())
    return round(100 * shown / total) if total else 0


def top_gaps(
    verdicts: Sequence[Verdict], weights: Mapping[str, int], urgency: Mapping[str, tuple[float, float]]
) -> tuple[str, ...]:
    """The three gaps to close first: by how urgent the criterion is where it is missing or partial, then by weight.

    Only criteria that the profile weighs count. Where the urgency of a rule is not given, its weight stands for it.
    """

    def order(verdict: Verdict) -> tuple[float, int, str]:
        slug = verdict.rule.slug
        missing, partial = urgency.get(slug, (weights[slug] / 2, weights[slug] / 4))
        return (-(missing if verdict.level is Level.MISSING else partial), -weights[slug], verdict.rule.code)

    lacking = [v for v in verdicts if v.level in (Level.MISSING, Level.PARTIAL) and weights.get(v.rule.slug, 0)]
    return tuple(verdict.rule.slug for verdict in sorted(lacking, key=order)[:_TOP])


def _criterion(verdict: Verdict, packs: Packs, weight: int) -> Criterion:
    rule = verdict.rule
    cites = (packs.cites[reference] for reference in rule.sources)
    return Criterion(
        code=rule.code,
        title=rule.title,
        pack=rule.pack,
        level=verdict.level.value,
        weight=weight,
        evidence=tuple(
            Evidence(cited.place.path, cited.place.cell, cited.place.line, cited.quote, cited.place.output, cited.slot)
            for cited in verdict.cited
        ),
        gap=verdict.gap,
        fix=verdict.fix,
        sources=tuple(Source(c.title, c.section, c.url, c.guest, c.at) for c in cites),
        reason=verdict.reason,
    )
