"""What records and versions training: trackers, artifacts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Run, Slot
from portfolio_check.evidence.paths import doc_rank, is_test
from portfolio_check.evidence.slots import QUOTE, code_slot
from portfolio_check.evidence.visible import visible_scores
from portfolio_check.facts import Assignment, Call, Setting
from portfolio_check.language.mood import Mood

_MODEL_FILE = re.compile(
    r"\.(pkl|pickle|joblib|h5|keras|pt|pth|onnx|bin|model|cbm|tflite|safetensors|sav|ubj|pb|ckpt|mlmodel|skops|dill)$",
    re.I,
)
_DATA_FILE = re.compile(r"\.(csv|tsv|parquet|xlsx?|npz|npy|feather|data|zip|arff)$", re.I)
_VERSIONED = re.compile(
    r"run_?id|run_?dir|bundle_?dir|version|timestamp|strftime|datetime|now\(\)|git_?sha|commit|uuid|run_name|hash|latest_dir",
    re.I,
)
_TRACKER_KEY = re.compile(r"(^|\.)(report_to|logger|tracker|use_wandb|mlflow|wandb|_target_)(\.|$)", re.I)


_RECORDED = 3
"""Visible values from which results count as kept: one figure in a README records no run."""


def tracking(corpus: Corpus) -> list[Run]:
    """Runs logged to a tracker, then those recorded by hand."""
    logs = re.compile(
        r"log_|autolog|\.log$|\.init$|SummaryWriter|add_scalar|TensorBoard|start_run|Logger|summary", re.I
    )
    calls = [call for call in corpus.calls["tracker"] if not is_test(call.place.path)]
    logging = [call for call in calls if logs.search(call.name)]
    found = [Run(what="tracking", does=code_slot(call)) for call in _spread(logging)]
    if not found:
        for call in corpus.calls["tracker light"]:
            report = call.keyword("report_to") or call.keyword("logger") or ""
            if (
                not is_test(call.place.path)
                and "none" not in report.casefold()
                and "False" not in report
                and (report or (call.name.endswith("Trainer") and "lightning" in call.name))
            ):
                found.append(Run(what="tracking", does=code_slot(call)))
        found += [
            Run(what="tracking", does=Slot(setting.value, setting.place, setting.text[:QUOTE]))
            for setting in corpus.facts.of(Setting)
            if _TRACKER_KEY.search(setting.key)
            and re.search(r"wandb|mlflow|tensorboard|comet|neptune|clearml", setting.value, re.I)
            and corpus.imported["tracker light"]
        ]
    if found:
        return found[:3]
    rows = [
        code_slot(call)
        for call in corpus.facts.of(Call)
        if (call.name.endswith(".writerow") or (call.name == ".to_csv" and call.keyword("mode") in ("'a'", '"a"')))
        and not is_test(call.place.path)
    ]
    hand = [*_results_kept(corpus), *rows[:1], *_mentions(corpus, "tracker")]
    return [Run(what="tracking", by_hand=slot) for slot in hand[:3]]


def _spread(calls: list[Call]) -> list[Call]:
    """The first call of each file before second ones."""
    first: dict[str, Call] = {}
    params = sorted(
        calls, key=lambda call: (not re.search(r"log_(param|metric)|autolog|\.log$", call.name), call.place)
    )
    for call in params:
        first.setdefault(call.place.path, call)
    heads = list(first.values())
    return [*heads, *(call for call in params if call not in heads)][:3]


def _results_kept(corpus: Corpus) -> Iterator[Slot]:
    if len(visible_scores(corpus)) < _RECORDED:
        return
    order = {"file": 0, "table": 1, "output": 2, "prose": 3}
    for one in sorted(visible_scores(corpus), key=lambda one: (order[one.origin], doc_rank(one.slot.place)))[:3]:
        yield one.slot


def _mentions(corpus: Corpus, list_name: str) -> Iterator[Slot]:
    for phrase in corpus.prose:
        if phrase.has(list_name) and phrase.mood is not Mood.PLAN:
            yield phrase.slot()


def artifacts(corpus: Corpus) -> list[Run]:
    """Versioned artifacts, then those under a fixed name."""
    found: list[Run] = []
    for call in corpus.calls["registry"]:
        if is_test(call.place.path):
            continue
        moved = call.name.endswith((".log_artifact", ".upload_file", ".upload_fileobj", ".upload_from_filename"))
        if not moved or re.search(r"model|version", call.text, re.I):
            found.append(Run(what="artifact", does=code_slot(call)))
    found.sort(
        key=lambda run: (
            not re.search(
                r"regist|log_model|alias|Artifact|push_to_hub|save_model", run.does.quote if run.does else ""
            ),
            run.does.place if run.does else None,
        )
    )
    for entry in corpus.entries.values():
        path = entry.place.path
        if (path.endswith(".dvc") and not path.startswith(".dvc/")) or path.rpartition("/")[2] in ("dvc.lock",):
            found.append(Run(what="artifact", does=Slot(path, entry.place, path)))
    found += [
        Run(what="artifact", does=code_slot(call))
        for call in corpus.calls["save artifact"]
        if not is_test(call.place.path)
        and "Checkpoint" not in call.name
        and _VERSIONED.search(" ".join(call.arguments[:3]))
        and (".save" not in call.name or "model" in call.text.casefold())
    ]
    if found:
        return found[:3]
    return [Run(what="artifact", by_hand=slot) for slot in _fixed(corpus)][:3]


def _fixed(corpus: Corpus) -> Iterator[Slot]:
    for call in corpus.calls["save artifact"]:
        if not is_test(call.place.path) and (
            call.name not in (".save", ".export") or re.search(r"model|net", call.text, re.I)
        ):
            yield code_slot(call)
    for pattern in (_MODEL_FILE, _DATA_FILE):
        for entry in corpus.entries.values():
            if pattern.search(entry.place.path):
                yield Slot(entry.place.path, entry.place, entry.place.path)
    yield from _mentions(corpus, "registry")
    for assignment in corpus.facts.of(Assignment):
        if re.search(r"['\"][\w./-]+\.(pkl|joblib|h5|pt|pth|bin|keras|onnx)['\"]", assignment.value):
            yield code_slot(assignment)
