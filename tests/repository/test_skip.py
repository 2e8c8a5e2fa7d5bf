from __future__ import annotations

import pytest

from portfolio_check.repository import Limits, Skip, TreeFile, sift, skip_reason, summarise

LIMITS = Limits()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("node_modules/react/index.js", "vendored"),
        ("web/node_modules/react/README.md", "vendored"),
        ("churn.egg-info/PKG-INFO", "vendored"),
        ("env/lib/python3.11/site-packages/numpy/core.py", "vendored"),
        (".venv/bin/activate", "virtual environment"),
        ("src/__pycache__/a.cpython-311.pyc", "cache"),
        ("notebooks/.ipynb_checkpoints/a-checkpoint.ipynb", "cache"),
        (".dvc/cache/ab/cdef", "cache"),
        ("mlruns/0/abc/artifacts/model/MLmodel", "run records"),
        ("wandb/run-2024-1/files/config.yaml", "run records"),
        ("catboost_info/learn_error.tsv", "run records"),
        ("static/app.min.js", "generated"),
        ("frontend/package-lock.json", "generated"),
        ("docs/_build/html/index.html", "generated"),
        ("web/dist/index.js", "generated"),
        ("build/lib/churn/train.py", "generated"),
        ("data/big.csv", "not read: data"),
        ("train.csv", "not read: data"),
        ("x.parquet", "not read: data"),
        ("model.pkl", "not read: model file"),
        ("figures/roc.PNG", "not read: picture"),
        ("paper.pdf", "not read: document that is no text"),
    ],
)
def test_what_is_not_the_candidates_work_is_passed_over(path: str, reason: str) -> None:
    assert skip_reason(path, 100, LIMITS) == reason


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "Dockerfile",
        ".dvc/config",
        "src/data/make_dataset.py",
        "data/README.md",
        "data/data_dictionary.csv",
        "data/raw/data_description.txt",
        "data/results/scores.csv",
        "results/metrics.csv",
        "metrics.json",
        "env/cartpole.py",
        "build/Dockerfile",
        "dist/deploy.sh",
        "poetry.lock",
        "uv.lock",
        "mlruns/0/meta.yaml",
        "notebooks/train.ipynb",
        "vendors.py",
        ".github/workflows/ci.yml",
    ],
)
def test_what_may_be_the_candidates_work_is_kept(path: str) -> None:
    assert skip_reason(path, 5_000, LIMITS) is None


def test_large_tables_and_texts_of_a_data_folder_are_data() -> None:
    assert skip_reason("results/predictions.csv", 60_000, LIMITS) == "not read: data"
    assert skip_reason("data/reviews.txt", 200_000, LIMITS) == "not read: data"
    assert skip_reason("docs/notes.txt", 200_000, LIMITS) is None


def test_files_past_their_limit_are_passed_over_with_the_limit() -> None:
    assert skip_reason("a.ipynb", 20_000_001, LIMITS) == "larger than 20 MB"
    assert skip_reason("a.ipynb", 20_000_000, LIMITS) is None
    assert skip_reason("a.py", 2_000_001, LIMITS) == "larger than 2 MB"
    assert skip_reason("a.py", 1_501, Limits(text_bytes=1_500)) == "larger than 1.5 kB"


def test_an_environment_is_known_by_its_configuration_whatever_its_name() -> None:
    files = [TreeFile(path, 1) for path in ("env/pyvenv.cfg", "env/bin/tool.py", "environment.py", "envs/a.py")]
    sifted = sift(files, LIMITS)
    assert [file.path for file in sifted.kept] == ["environment.py", "envs/a.py"]
    assert summarise(sifted.skipped) == (("env/", "virtual environment (2 files)"),)


def test_hundreds_of_loose_texts_in_one_folder_are_data() -> None:
    files = [TreeFile(f"reviews/{number}.txt", 10) for number in range(300)] + [TreeFile("reviews/load.py", 10)]
    sifted = sift(files, LIMITS)
    assert [file.path for file in sifted.kept] == ["reviews/load.py"]
    assert summarise(sifted.skipped) == (("reviews/", "not read: data (300 files)"),)


def test_what_the_tree_cannot_give_is_passed_over_with_its_reason() -> None:
    sifted = sift([TreeFile("a.py", 0, unread="symbolic link")], LIMITS)
    assert sifted.skipped == [Skip("a.py", "symbolic link")]


def test_past_the_number_of_files_those_nearest_to_the_top_are_kept() -> None:
    files = [TreeFile(path, 1) for path in ("a/b/1.py", "a/b/2.py", "a/x.py", "z.md")]
    sifted = sift(files, Limits(files=2))
    assert [file.path for file in sifted.kept] == ["a/x.py", "z.md"]
    assert {skip.reason for skip in sifted.skipped} == {"more than 2 files"}


def test_past_the_bytes_in_all_those_nearest_to_the_top_are_kept() -> None:
    files = [TreeFile("a/1.py", 60), TreeFile("a/2.py", 60), TreeFile("z.md", 30)]
    sifted = sift(files, Limits(total_bytes=100))
    assert [file.path for file in sifted.kept] == ["a/1.py", "z.md"]


def test_thousands_of_vendored_files_are_one_line() -> None:
    files = [TreeFile(f"web/node_modules/p{number % 70}/{number}.js", 1) for number in range(3_000)]
    sifted = sift([*files, TreeFile("logo.png", 1)], LIMITS)
    assert summarise(sifted.skipped) == (
        ("logo.png", "not read: picture"),
        ("web/node_modules/", "vendored (3,000 files)"),
    )


def test_pictures_in_hundreds_of_folders_are_few_lines() -> None:
    skipped = sift([TreeFile(f"img/c{n}/{m}.jpg", 1) for n in range(200) for m in range(3)], LIMITS).skipped
    assert summarise(skipped) == (("img/", "not read: picture (600 files)"),)


def test_a_path_of_countless_folders_is_passed_over() -> None:
    assert skip_reason("a/" * 5_000 + "x.py", 1, LIMITS) == "too deep"
