"""A review as rich as they come, built by hand: every level, a notebook's output, findings, hostile names."""

from __future__ import annotations

from portfolio_check.review.model import (
    Criterion,
    Evidence,
    Finding,
    Question,
    Repository,
    Review,
    Skipped,
    Source,
    Tool,
    TutorialClone,
)

WIKI = Source(
    title="Software Engineer to Machine Learning",
    section="Portfolio Proof",
    url="https://example.org/wiki/software-engineer-to-machine-learning/#portfolio-proof",
)
EPISODE = Source(
    title="From Software Engineering to Machine Learning",
    section="Portfolio Proof",
    url="https://example.org/watch?v=abc&t=2799",
    guest="Ada Beispiel",
    at="46:39",
)
HOSTILE = "\x1b[31m[bold red]gone[/] \x1b]8;;https://evil.example\x07 \u202e\u2066 \x9b2J\r\n\x00"


def criterion(level: str, **changes: object) -> Criterion:
    """A criterion at that level."""
    fields: dict[str, object] = {
        "code": "PC101",
        "title": "Data source",
        "pack": "end-to-end",
        "level": level,
        "weight": 2,
        "evidence": (),
        "gap": None,
        "fix": None,
        "sources": (WIKI,),
    }
    return Criterion(**(fields | changes))  # type: ignore[arg-type]


def review(**changes: object) -> Review:
    """The whole review, or one that differs in the named fields."""
    fields: dict[str, object] = {
        "tool": Tool(name="portfolio-check", version="0.1.0"),
        "repository": Repository(
            name="churn", path=".", commit="0123456789abcdef0123456789abcdef01234567", files=43, read=30
        ),
        "language": "en",
        "kind": "service",
        "profile": "ml-engineer",
        "score": 61,
        "tutorial_clone": TutorialClone(value=True, reasons=("stock data set", "no baseline of its own")),
        "criteria": criteria(),
        "findings": (
            Finding(
                code="PC501",
                slug="leakage-preprocessing",
                title="Scaler fitted before the split",
                severity="warning",
                message="StandardScaler is fitted on all rows, then the rows are split.",
                path="notebooks/train.ipynb",
                line=3,
                cell=14,
                sources=(WIKI,),
            ),
        ),
        "top_gaps": ("monitoring-plan", "error-analysis", "baseline"),
        "questions": (Question(about="baseline", ask="What would a model that always says no score here?"),),
        "skipped": tuple(Skipped(path=f"data/part{number}.csv", reason="data") for number in range(1, 6)),
    }
    return Review(**(fields | changes))  # type: ignore[arg-type]


def criteria() -> dict[str, Criterion]:
    """One criterion or more at every level, in three packs."""
    return {
        "data-source": criterion(
            "met",
            evidence=(
                Evidence(
                    path="README.md",
                    cell=None,
                    line=12,
                    quote="Data is the UCI Bank Marketing set",
                    slot="origin.exact",
                ),
                Evidence(path="src/data/download.py", cell=None, line=5, quote='urlretrieve(URL, "bank.csv")'),
            ),
        ),
        "baseline": criterion(
            "partial",
            code="PC104",
            title="Baseline",
            weight=3,
            evidence=(
                Evidence(
                    path="notebooks/train.ipynb", cell=14, line=3, quote="dummy = DummyClassifier()", slot="score.role"
                ),
                Evidence(path="notebooks/train.ipynb", cell=15, line=1, quote="0.61", output=True, slot="score.value"),
            ),
            gap="The dummy classifier is named as the baseline, but it is not scored with the F1 of the final model.",
            fix="Print the F1 of the dummy classifier beside that of the final model, in one table.",
            sources=(EPISODE, WIKI),
        ),
        "error-analysis": criterion(
            "missing",
            code="PC109",
            title="Error analysis",
            weight=3,
            gap="Nobody looked at where the model fails.",
            fix="Plot the confusion matrix, and write two sentences on the customers that it gets wrong.",
        ),
        "monitoring-plan": criterion(
            "missing",
            code="PC112",
            title="Monitoring plan",
            weight=3,
            gap="Say which input or prediction drift you would watch, at which threshold, and what you would do then.",
            fix="Add a section with one figure to watch, the value at which you act, and the action.",
            sources=(EPISODE,),
        ),
        "ci-cd": criterion(
            "partial",
            code="PC205",
            title="Continuous integration and delivery",
            pack="production-pipeline",
            evidence=(
                Evidence(
                    path="infrastructure/a/very/deep/folder/of/workflows/that/never/ends/greetings.yml",
                    cell=None,
                    line=101,
                    quote="uses: actions/first-interaction@v1 with a message that is longer than any terminal",
                ),
            ),
            gap="The workflow greets people; nothing checks the project.",
            fix="Run the tests in it.",
        ),
        "tests": criterion(
            "missing", code="PC204", title="Tests", pack="production-pipeline", weight=1, gap="There are no tests."
        ),
        "failure-modes": criterion(
            "unsure",
            code="PC303",
            title="Failure modes",
            pack="documentation",
            reason="docs/limits.png could not be read.",
        ),
        "ablation": criterion(
            "n/a", code="PC402", title="Ablation", pack="research", weight=0, reason="Asked of research projects only."
        ),
    }


def hostile() -> Review:
    """A review in which everything that came from the repository tries to act on the terminal."""
    place = Evidence(path=f"{HOSTILE}.md", cell=None, line=1, quote=HOSTILE)
    return review(
        repository=Repository(name=HOSTILE, path=HOSTILE, commit=None, files=1, read=1),
        tutorial_clone=TutorialClone(value=True, reasons=(HOSTILE,)),
        criteria={
            "baseline": criterion(
                "partial", evidence=(place,), gap=HOSTILE, fix=HOSTILE, reason=HOSTILE, sources=(hostile_source(),)
            )
        },
        top_gaps=("baseline",),
        findings=(
            Finding(code="PC501", slug="x", title=HOSTILE, severity="error", message=HOSTILE, path=HOSTILE, line=1),
        ),
        questions=(Question(about="baseline", ask=HOSTILE),),
        skipped=(Skipped(path=f"{HOSTILE}\udc80", reason=HOSTILE),),
    )


def hostile_source() -> Source:
    """A source of a third party's rule pack."""
    return Source(title=HOSTILE, section=HOSTILE, url=f"https://x/{HOSTILE}", guest=HOSTILE, at=HOSTILE)
