"""The whole way, from a real repository to a review: the same input, the same bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import nbformat
import pytest

from portfolio_check import Review, check
from portfolio_check.reports.json import to_json
from portfolio_check.reports.schema import SHIPPED
from portfolio_check.repository.limits import Limits
from portfolio_check.repository.opening import OpenError
from tests.repository.making import commit, git, repository, write
from tests.rules.making import TEXT

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAMES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
SCHEMA = jsonschema.Draft202012Validator(json.loads(SHIPPED.read_bytes()))
TRAIN = """\
from sklearn.dummy import DummyClassifier
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=1)
baseline = DummyClassifier().fit(X_train, y_train)
print("baseline F1", f1_score(y_test, baseline.predict(X_test)))
"""
README = """\
# Churn

The data is the [Telco set](https://example.org/telco.csv). We predict `churn`, 1 when a customer leaves within 30 days.

## Results

| model | F1, test |
|---|---|
| baseline: always stays | 0.21 |
| random forest | 0.58 |

## Next steps

- [ ] Add monitoring
"""


def bytes_of(path: Path, rev: str | None = None) -> bytes:
    return to_json(check(path, rev=rev, name="same"))


def levels(review: Review) -> dict[str, str]:
    return {slug: criterion.level for slug, criterion in review.criteria.items()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of two commits, with a fixture in it, a file that is ignored, and one that is not ASCII."""
    folder = tmp_path / "project"
    shutil.copytree(FIXTURES / "notebook-only", folder)
    write(
        folder, {".gitignore": "*.log\n", "notes/größe.md": "# Größe\n\nWir trainieren neu, wenn PSI 0,2 übersteigt.\n"}
    )
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "start")
    write(folder, {"train.py": TRAIN})
    commit(folder, "train")
    write(folder, {"run.log": "accuracy 0.9\n"})
    return folder


def test_a_commit_has_one_review_wherever_it_lies_and_however_it_is_opened(project: Path, tmp_path: Path) -> None:
    far = tmp_path / "far" / "away" / "another name"
    far.parent.mkdir(parents=True)
    git(tmp_path, "clone", "-q", str(project), str(far))
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", str(project), str(bare))
    head = git(project, "rev-parse", "HEAD")
    expected = bytes_of(project)
    assert json.loads(expected)["repository"]["commit"] == head
    assert bytes_of(far) == expected
    assert bytes_of(project, "HEAD") == expected
    assert bytes_of(bare, "main") == expected
    assert bytes_of(bare, head) == expected
    assert bytes_of(bare) == expected


def test_an_earlier_commit_is_reviewed_as_it_was(project: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(project), str(clone))
    git(clone, "checkout", "-q", "HEAD~1")
    assert bytes_of(project, "HEAD~1") == bytes_of(clone)
    assert bytes_of(project, "HEAD~1") != bytes_of(project)


def test_the_same_folder_gives_the_same_bytes_again(project: Path) -> None:
    assert bytes_of(project) == bytes_of(project)


def test_the_order_in_which_files_were_written_changes_nothing(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"README.md": README, "a/train.py": TRAIN, "b/train.py": TRAIN, "Z.md": "# Z\n"}
    write(tmp_path / "one", files)
    write(tmp_path / "two", dict(reversed(files.items())))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


@pytest.mark.parametrize("name", NAMES)
def test_the_json_of_a_fixture_follows_the_published_schema(name: str) -> None:
    SCHEMA.validate(json.loads(to_json(check(FIXTURES / name))))


@pytest.mark.parametrize("name", NAMES)
def test_a_level_that_claims_evidence_cites_it_and_a_gap_says_what_to_do(name: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / name, tmp_path / name)
    review = check(tmp_path / name)
    assert len(review.criteria) == 25
    for slug, criterion in review.criteria.items():
        assert criterion.sources, slug
        assert (len(criterion.evidence) in (1, 2, 3)) == (criterion.level in ("met", "partial")), slug
        assert bool(criterion.gap and criterion.fix) == (criterion.level in ("partial", "missing", "unsure")), slug
        assert bool(criterion.reason) == (criterion.level in ("n/a", "unsure")), slug


@pytest.mark.parametrize("name", NAMES)
def test_a_cited_place_is_one_of_the_repository(name: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / name, tmp_path / name)
    for slug, criterion in check(tmp_path / name).criteria.items():
        for cited in criterion.evidence:
            file = tmp_path / name / cited.path
            assert file.is_file(), slug
            if cited.cell is None:
                assert cited.line <= len(file.read_text("utf-8").splitlines()), slug
            else:
                assert cited.cell <= len(nbformat.read(file, as_version=4).cells), slug


def test_the_top_gaps_are_open_and_are_asked_about(project: Path) -> None:
    review = check(project)
    assert len(review.top_gaps) == 3
    assert {levels(review)[slug] for slug in review.top_gaps} <= {"missing", "partial"}
    assert tuple(question.about for question in review.questions) == review.top_gaps


# What is there to review


def test_an_empty_folder_is_reviewed(tmp_path: Path) -> None:
    review = check(tmp_path, name="empty")
    assert (review.repository.files, review.repository.read, review.repository.commit) == (0, 0, None)
    assert (review.kind, review.score) == ("not-ml", 0)
    assert set(levels(review).values()) <= {"missing", "n/a"}
    SCHEMA.validate(json.loads(to_json(review)))


def test_a_repository_without_a_commit_is_reviewed(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, {"README.md": README})
    review = check(tmp_path)
    assert (review.repository.commit, review.repository.read) == (None, 1)


def test_a_folder_without_git_is_reviewed_like_one_with_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"README.md": README, "train.py": TRAIN}
    with_git, without = check(repository(tmp_path / "a", files)), check(write(tmp_path / "b", files))
    assert without.repository.commit is None
    assert with_git.repository.commit is not None
    assert without.criteria == with_git.criteria
    assert without.criteria["baseline"].level == "met"


def test_a_folder_without_a_readme_is_reviewed(tmp_path: Path) -> None:
    review = check(write(tmp_path, {"train.py": TRAIN}))
    assert review.criteria["baseline"].evidence[0].path == "train.py"


def test_a_promise_is_no_plan(tmp_path: Path) -> None:
    assert check(write(tmp_path / "promise", {"README.md": README})).criteria["monitoring-plan"].level == "missing"
    operation = "## Operation\n\nWe compare the score distribution weekly and retrain when PSI passes 0.2.\n"
    plan = README.partition("## Next steps")[0] + operation
    assert check(write(tmp_path / "plan", {"README.md": plan})).criteria["monitoring-plan"].level == "met"


def test_a_folder_of_a_repository_is_a_project_with_the_repositorys_history_and_workflows(tmp_path: Path) -> None:
    root = repository(
        tmp_path / "many",
        {
            "README.md": "# Many projects\n",
            "churn/README.md": README,
            "churn/train.py": TRAIN,
            "fraud/README.md": "# Fraud\n\nWe watch drift and page the team when PSI passes 0.2.\n",
            ".github/workflows/ci.yml": "on: [push]\njobs:\n  test:\n    steps:\n      - run: pytest\n",
        },
    )
    review = check(root / "churn")
    assert (review.repository.path, review.repository.files) == ("churn", 2)
    assert review.repository.commit == git(root, "rev-parse", "HEAD")
    cited = {place.path for criterion in review.criteria.values() for place in criterion.evidence}
    assert "README.md" in cited
    assert not any("fraud" in path for path in cited)
    assert to_json(check(root / "churn", rev="HEAD", name="churn")) == to_json(check(root / "churn", name="churn"))


def test_a_file_that_cannot_be_read_is_listed_and_costs_nothing_else(tmp_path: Path) -> None:
    whole = check(write(tmp_path / "whole", {"README.md": README}))
    broken = {"README.md": README, "a.ipynb": "{broken", "b.py": "def (:\n", "c.yaml": "a: [\n", "d.pdf": b"%PDF"}
    review = check(write(tmp_path / "broken", broken))
    assert review.criteria == whole.criteria
    listed = {skipped.path for skipped in review.skipped}
    assert {"a.ipynb", "d.pdf"} <= listed
    SCHEMA.validate(json.loads(to_json(review)))


def test_what_lies_past_a_limit_is_passed_over_with_a_reason(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": README, "notes.md": "x" * 500, "train.py": TRAIN})
    review = check(tmp_path, limits=Limits(text_bytes=450))
    assert ("notes.md", "larger than 450 bytes") in [(skipped.path, skipped.reason) for skipped in review.skipped]
    assert check(tmp_path, limits=Limits(files=1)).repository.read == 1


# What can be asked for


def test_a_profile_changes_weights_and_no_level(project: Path) -> None:
    engineer, researcher = check(project, profile="ml-engineer"), check(project, profile="applied-research")
    assert levels(engineer) == levels(researcher)
    assert researcher.profile == "applied-research"
    assert engineer.criteria["deployment"].weight > researcher.criteria["deployment"].weight == 0


def test_a_rule_of_ones_own_is_applied_beside_the_others(tmp_path: Path) -> None:
    own = write(tmp_path / "rules", {"team/watch.yaml": TEXT})
    review = check(write(tmp_path / "project", {"README.md": README}), rules=[own])
    assert len(review.criteria) == 26
    assert (review.criteria["watch"].level, review.criteria["watch"].gap) == ("missing", "Nothing is watched.")


def test_what_cannot_be_reviewed_is_refused_in_one_line(project: Path, tmp_path: Path) -> None:
    for path, rev in ((tmp_path / "nowhere", None), (project / "README.md", None), (project, "no-such-branch")):
        with pytest.raises(OpenError) as error:
            check(path, rev=rev)
        assert "\n" not in str(error.value)


def test_nothing_of_the_repository_is_changed(project: Path) -> None:
    def state() -> list[tuple[str, int, int]]:
        found = (path.relative_to(project) for path in project.rglob("*"))
        return sorted((str(p), (project / p).stat().st_size, (project / p).stat().st_mtime_ns) for p in found)

    before = state()
    check(project)
    check(project, rev="HEAD")
    assert state() == before
