from __future__ import annotations

from pathlib import Path

from portfolio_check.facts import History
from portfolio_check.repository import Limits, open_tree
from portfolio_check.repository.history import read_history
from tests.repository.making import commit, git, repository, write


def history(path: Path, rev: str | None = None, limits: Limits | None = None) -> History:
    with open_tree(path, rev=rev) as tree:
        return read_history(tree, limits or Limits())


def three_commits(root: Path) -> Path:
    repository(root, {"a.py": "1\n", "sub/x.py": ""})
    commit(
        write(root, {"b.py": "1\n2\n3\n", "huge.csv": "1\n" * 1000}),
        "Train the model",
        GIT_AUTHOR_EMAIL="bob@example.org",
        GIT_COMMITTER_DATE="2024-03-11T13:00:00+0000",
    )
    commit(
        write(root, {"a.py": "2\n"}),
        "Bump",
        GIT_AUTHOR_EMAIL="49699333+dependabot[bot]@users.noreply.github.com",
        GIT_COMMITTER_DATE="2024-03-12T12:00:00+0000",
    )
    return root


def test_commits_authors_span_and_the_largest_commit_are_told(tmp_path: Path) -> None:
    told = history(three_commits(tmp_path))
    assert (told.commits, told.authors, told.span_days, told.reason) == (3, 2, 11, "")
    assert told.last_time == 1710244800
    assert told.largest is not None
    assert (told.largest.subject, told.largest.lines, told.largest.files) == ("Train the model", 3, 1)
    assert told.largest.id == git(tmp_path, "rev-parse", "HEAD~1")


def test_no_name_or_address_is_kept(tmp_path: Path) -> None:
    told = history(three_commits(tmp_path))
    assert told.largest is not None
    assert len(told.largest.author) == 12
    assert "bob" not in repr(told)


def test_the_history_is_the_same_for_a_folder_and_for_a_bare_clone(tmp_path: Path) -> None:
    root = three_commits(tmp_path / "one")
    git(tmp_path, "clone", "-q", "--bare", str(root), "two.git")
    assert history(root) == history(root / "sub") == history(tmp_path / "two.git") == history(root, "main")


def test_the_history_of_a_revision_ends_there(tmp_path: Path) -> None:
    assert history(three_commits(tmp_path), "HEAD~2").commits == 1


def test_a_shallow_clone_has_unknown_history(tmp_path: Path) -> None:
    root = three_commits(tmp_path / "one")
    git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), "two")
    told = history(tmp_path / "two")
    assert told == History(last_time=1710244800, reason="shallow clone")


def test_a_directory_without_git_has_unknown_history(tmp_path: Path) -> None:
    assert history(write(tmp_path, {"a.py": ""})) == History(reason="no git repository")


def test_a_repository_without_commits_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert history(tmp_path) == History(commits=0, authors=0, reason="no commits yet")


def test_a_history_past_the_limit_is_unknown(tmp_path: Path) -> None:
    told = history(three_commits(tmp_path), limits=Limits(commits=2))
    assert told == History(last_time=1710244800, reason="more than 2 commits")


def test_a_history_with_absent_commits_is_unknown(tmp_path: Path) -> None:
    root = three_commits(tmp_path)
    absent = git(root, "rev-parse", "HEAD~1")
    (root / ".git" / "objects" / absent[:2] / absent[2:]).unlink()
    assert history(root) == History(reason="git cannot read the history")


def test_absent_text_leaves_only_the_largest_commit_unknown(tmp_path: Path) -> None:
    root = three_commits(tmp_path)
    absent = git(root, "rev-parse", "HEAD:b.py")
    (root / ".git" / "objects" / absent[:2] / absent[2:]).unlink()
    told = history(root)
    assert (told.commits, told.authors, told.largest) == (3, 2, None)


def test_subjects_and_addresses_of_any_length_and_kind_are_bounded(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "1\n"})
    raw = (
        f"tree {git(root, 'rev-parse', 'HEAD^{tree}')}\n"
        f"author x <{'y' * 5000}> 1709294400 +0000\ncommitter \x1e\x1f <\x1e\x1f> 1709294400 +0000\n\n{'z' * 50_000}\n"
    )
    odd = git(root, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=raw.encode())
    told = history(root, odd)
    assert (told.commits, told.authors) == (1, 1)
    assert told.largest is not None
    assert len(told.largest.subject) <= 200
