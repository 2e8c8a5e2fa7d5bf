"""The baseline: a plain search for words. What a tool gains over it is what reading gains over searching.

A criterion whose words stand in two files is met, in one file partial, in none missing. Words are looked for anywhere
in a file or its path, in any case, so `models` also finds `submodels`; the first files in the order of paths are cited.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from benchmarks.accuracy.answers import CITED, Answer, Verdict
from benchmarks.accuracy.labels import CRITERIA, RANK, Spot
from portfolio_check.repository.opening import open_tree
from portfolio_check.repository.tree import TreeError

WORDS: dict[str, tuple[str, ...]] = {
    "data-source": ("kaggle", "uci.edu", "dataset", "download", "https://"),
    "label-definition": ("target", "label"),
    "label-meaning": ("predict",),
    "baseline": ("baseline", "dummyclassifier", "dummyregressor"),
    "model-choice": ("compare", "comparison", "best model", "models"),
    "metric": ("accuracy", "f1", "auc", "rmse", "mae", "precision", "recall"),
    "metric-choice": ("imbalance", "metric"),
    "validation": ("train_test_split", "cross_val", "kfold", "validation"),
    "error-analysis": ("confusion", "residual", "error analysis", "misclassified"),
    "inference-path": ("predict", "flask", "fastapi", "streamlit", "gradio"),
    "deployment": ("docker", "deploy", "kubernetes", "heroku"),
    "monitoring-plan": ("monitor", "drift", "evidently", "prometheus", "grafana"),
    "experiment-tracking": ("mlflow", "wandb", "neptune", "tensorboard", "clearml"),
    "environment": ("requirements", "pipfile", "poetry", "conda", "environment.yml"),
    "artifacts": (".pkl", "joblib", "pickle", "dvc", "registry", ".h5", ".pt"),
    "tests": ("pytest", "unittest", "test_"),
    "ci-cd": (".github/workflows", "github actions", "ci/cd", "gitlab-ci", "jenkins"),
    "orchestration": ("airflow", "prefect", "dagster", "mage", "kubeflow", "cron"),
    "retraining-rollback": ("retrain", "rollback", "roll back"),
    "product-decision": ("business", "customer", "user"),
    "data-assumptions": ("missing values", "null", "outlier", "assum"),
    "failure-modes": ("limitation", "fail"),
    "reproduction": ("paper", "arxiv"),
    "ablation": ("ablation",),
    "engineering-notes": ("gpu", "hardware"),
}
STOCK = ("iris", "titanic", "mnist", "wine quality", "boston housing", "tutorial")
KINDS = (
    ("pipeline", ("airflow", "prefect", "dagster", "kubeflow")),
    ("service", ("flask", "fastapi", "streamlit", "docker")),
    ("research", ("arxiv",)),
)
_READ = (".md", ".rst", ".txt", ".py", ".ipynb", ".yml", ".yaml", ".toml", ".cfg", ".sh")
_NAMES = ("dockerfile", "makefile", "pipfile", "jenkinsfile")
_LONGEST = 300_000
"""Bytes of a file that are searched."""
_MOST = 2_000
"""Files that are searched."""


def keyword_search(path: Path, commit: str | None) -> Answer:
    """The answer of the search on one repository; its score is the sum of its levels."""
    texts = dict(_texts(path, commit))
    found = {slug: [name for name, text in texts.items() if _says(text, words)] for slug, words in WORDS.items()}
    levels = {slug: ("missing", "partial", "met")[min(2, len(names))] for slug, names in found.items()}
    return Answer(
        kind=next((kind for kind, words in KINDS if any(_says(text, words) for text in texts.values())), "notebook"),
        tutorial_clone=any(_says(text, STOCK) for text in texts.values()),
        score=sum(RANK[level] for level in levels.values()),
        top_gaps=tuple(slug for slug in CRITERIA if levels[slug] == "missing")[:3],
        criteria={
            slug: Verdict(levels[slug], tuple(_first(name, texts[name], words) for name in found[slug][:CITED]))
            for slug, words in WORDS.items()
        },
    )


def _texts(path: Path, commit: str | None) -> Iterator[tuple[str, str]]:
    """Path and text of each file that is searched, in lower case; the path stands above the text."""
    with open_tree(path, rev=commit) as tree:
        read = 0
        for file in tree.files():
            name = PurePosixPath(file.path.lower())
            if file.unread or read == _MOST or not (name.suffix in _READ or name.name.startswith(_NAMES)):
                continue
            try:
                text = tree.read(file.path)[:_LONGEST].decode("utf-8", "replace")
            except TreeError:
                continue
            read += 1
            yield file.path, f"{name}\n{text}".lower()


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _first(name: str, text: str, words: tuple[str, ...]) -> Spot:
    """The first line with one of the words; cells of a notebook cannot be told in its raw text."""
    if name.endswith(".ipynb"):
        return Spot(name)
    at = min(at for word in words if (at := text.find(word)) >= 0)
    return Spot(name, line=max(1, text.count("\n", 0, at)))
