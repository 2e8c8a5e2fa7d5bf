"""How rows were held out, and what keeps the final score honest or spoils it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus, model_kind
from portfolio_check.evidence.model import Slot, Split
from portfolio_check.evidence.paths import is_test
from portfolio_check.evidence.slots import code_slot
from portfolio_check.facts import Assignment, Call, Definition
from portfolio_check.language.mood import Mood

_TEST = re.compile(r"(^|_|\.|\[['\"])(x_?)?(test|holdout|hold_out)(_|$|\b)", re.I)
_VAL = re.compile(r"(^|_|\.)(x_?|y_?|df_?)?(val|valid|validation|dev)(_|$|\b)", re.I)
_TIME = re.compile(r"forecast|time[_ -]?series|\blag[_s\d]|lag_features|next[_ -]day|demand forecast", re.I)
_CUT = re.compile(
    r"(train|val|valid|test)_?(end|start|cutoff|date|size|split|until)|cutoff|split_date|< *['\"]?(19|20)\d\d"
    r"|\[:?\s*(split|train_size|n_train|-?\w*(cut|split)\w*)\s*:?\]|iloc\[",
    re.I,
)
_TUNING_KEYS = ("eval_set", "validation_data", "evals", "eval_dataset", "valid_sets", "val_dataloaders", "watchlist")


def splits(corpus: Corpus) -> list[Split]:
    """Splits, with the flaw or the honesty of the whole in each; flawed ones first, since one flaw spoils the score."""
    calls = [call for call in corpus.calls["split"] if not is_test(call.place.path)]
    suited = [call for call in corpus.calls["suited split"] if not is_test(call.place.path)]
    folds = [call for call in corpus.calls["cross validation"] if not is_test(call.place.path)]
    manual = list(_manual(corpus))
    if not calls and not manual:
        manual = list(_named_splits(corpus))
    held = [code_slot(call) for call in calls] + manual
    crossed = [code_slot(call) for call in (*suited, *folds)]
    if not held and not crossed:
        return []
    flaw, kind = _flaw(corpus, calls, manual, crossed)
    honest = None if flaw else _honest(corpus, calls, manual, folds, suited)
    timed = code_slot(suited[0]) if suited else None
    found = []
    for index, slot in enumerate([*held[:3], *crossed[:2]]):
        first = index == 0
        found.append(
            Split(
                held_out=slot if slot in held else None,
                cross_validated=slot if slot in crossed else None,
                suited=timed,
                honest=honest if first else None,
                flaw=flaw if first else None,
                flaw_kind=kind if first else "",
            )
        )
    return found


_CUT_NAME = re.compile(
    r"(^|_)(split_?(idx|index|point|date)?|cut_?off\w*|n_train|train_size|val_cutoff|train_end|test_start)$", re.I
)
_SPLITS = re.compile(
    r"(^|_)(split|train_test|time_split|temporal_split|holdout|hold_out|kfold|folds?|walk_forward|rolling_origin"
    r"|backtest|cross_val\w*)(_|$)",
    re.I,
)
_ON_TEST = re.compile(r"['\"\[.]\w*test[_.]?\w*", re.I)
_CHOOSES = re.compile(
    r"(^|\.)(max|min|sorted|sort_values|nlargest|idxmax|idxmin|argmax|argmin|search_runs|search_model_versions)$"
)
_STATISTIC = re.compile(r"\.(mean|median|mode)\(")
_HONEST_WORDS = re.compile(
    r"walk[- ]forward|rolling[- ]origin|out[- ]of[- ](time|fold)|untouched"
    r"|never (seen|touched|used) (by|in|for|during)|only touched|evaluated once|season-blocked|blocked split"
    r"|purged|time[- ](based|aware|ordered) split|chronological(ly)? split|grouped? (k-?fold|split)"
    r"|fit(ted)? (only )?on (the )?train|leakage[- ]free|no leakage|avoid(s|ing)? (data |temporal )?leakage"
    r"|prevent(s|ing)? (data |temporal )?leakage|never shuffled|not shuffled|without shuffling"
    r"|scored (only )?once|split (is |was )?(made )?(by|on) (the )?(\w+ )?(date|time|month|year|week)"
    r"|nested cross",
    re.I,
)


def _manual(corpus: Corpus) -> Iterator[Slot]:
    """Splits by hand: slices by date or position, official test parts."""
    for assignment in corpus.facts.of(Assignment):
        if is_test(assignment.place.path):
            continue
        if any(
            _TEST.search(target) or target.casefold().startswith(("test", "x_test")) for target in assignment.targets
        ) and (
            _CUT.search(assignment.value)
            or re.search(r"\[[^\]]*[<>]|sample\(|drop\(.*index|train=False|split=['\"]test", assignment.value)
        ):
            yield code_slot(assignment)
    for call in corpus.facts.of(Call):
        if is_test(call.place.path):
            continue
        if call.name == ".fit" and (call.keyword("validation_split") or "0").strip("'\"") not in ("0", "0.0", "None"):
            yield code_slot(call)
            continue
        official = (
            call.keyword("train") == "False"
            or (call.keyword("split") or "").strip("'\"").startswith(("test", "val"))
            or call.keyword("subset") in ("'validation'", "'test'")
        )
        if official or (call.name == ".flow_from_directory" and any("test" in a or "val" in a for a in call.arguments)):
            yield code_slot(call)


def _named_splits(corpus: Corpus) -> Iterator[Slot]:
    """Functions and cut-off values that split by their name, and folders of an official test part."""
    for definition in corpus.facts.of(Definition):
        if (
            not is_test(definition.place.path)
            and not definition.empty
            and definition.kind == "function"
            and _SPLITS.search(definition.name)
        ):
            yield code_slot(definition)
    for assignment in corpus.facts.of(Assignment):
        if is_test(assignment.place.path):
            continue
        if (
            any(_CUT_NAME.search(target) for target in assignment.targets)
            and re.search(r"len\(|shape|\*|20\d\d|quantile|int\(", assignment.value)
        ) or re.search(r"\[['\"]test['\"]\]", assignment.value):
            yield code_slot(assignment)
    for call in corpus.calls["search"]:
        if not is_test(call.place.path) and "CV" in call.name:
            yield code_slot(call)


def _flaw(corpus: Corpus, calls: list[Call], manual: list[Slot], crossed: list[Slot]) -> tuple[Slot | None, str]:
    for call in corpus.facts.of(Call):
        if is_test(call.place.path):
            continue
        for key in _TUNING_KEYS:
            value = call.keyword(key)
            if value and re.search(r"test", value, re.I) and not re.search(r"val", value, re.I):
                return code_slot(call), "tuned-on-test"
        if _CHOOSES.search(call.name) and any(
            _ON_TEST.search(text) for text in (*call.arguments, *(v for _, v in call.keywords))
        ):
            return code_slot(call), "tuned-on-test"
    before = _fitted_before(corpus, calls)
    if before:
        return before, "fitted-before-split"
    text = " ".join([*corpus.entries, *(a.text for a in corpus.facts.of(Assignment)[:4000])])
    if len(_TIME.findall(text)) >= 6:
        for call in calls:
            if call.name.endswith("model_selection.train_test_split") and call.keyword("shuffle") != "False":
                return code_slot(call), "time-order-ignored"
    chosen = _chosen_on_test(corpus, calls, crossed)
    if chosen:
        return chosen, "tuned-on-test"
    return None, ""


def _fitted_before(corpus: Corpus, calls: list[Call]) -> Slot | None:
    first: dict[str, tuple[int, int, str]] = {}
    for call in calls:
        first.setdefault(call.place.path, (call.place.cell or 0, call.place.line, call.scope))
    for call in corpus.facts.of(Call):
        if call.place.path not in first:
            continue
        filled = call.name == ".fillna" and any(_STATISTIC.search(argument) for argument in call.arguments)
        fitted = call.name in (".fit_transform", ".fit_resample") and "LabelEncoder" not in corpus.resolved(call)
        if not filled and not fitted:
            continue
        cell, line, scope = first[call.place.path]
        here = (call.place.cell or 0, call.place.line)
        if here < (cell, line) and call.scope == scope and not any("train" in use.casefold() for use in call.uses):
            return code_slot(call)
    return None


def _chosen_on_test(corpus: Corpus, calls: list[Call], crossed: list[Slot]) -> Slot | None:
    """Several models scored on the only held-out part: it chose among them."""
    kinds = {
        kind
        for call in corpus.calls["model"]
        if not is_test(call.place.path) and (kind := model_kind(corpus.resolved(call)))
    }
    if len(kinds) < 2 or crossed or _third_part(corpus, calls):
        return None
    for call in corpus.calls["metric"]:
        if any(_TEST.search(use) for use in call.uses) and not is_test(call.place.path):
            return code_slot(call)
    return None


def _third_part(corpus: Corpus, calls: list[Call]) -> bool:
    results = [result for call in calls for result in call.results]
    targets = [target for assignment in corpus.facts.of(Assignment) for target in assignment.targets]
    has_val = any(_VAL.search(name) for name in (*results, *targets))
    has_test = any(_TEST.search(name) for name in (*results, *targets))
    return has_val and has_test


def _honest(
    corpus: Corpus, calls: list[Call], manual: list[Slot], folds: list[Call], suited: list[Call]
) -> Slot | None:
    if suited:
        return code_slot(suited[0])
    said = next(
        (
            phrase
            for phrase in corpus.told
            if _HONEST_WORDS.search(phrase.sentence.text) and phrase.mood in (Mood.FACT, Mood.DENIAL)
        ),
        None,
    )
    if said and (calls or manual or folds):
        return said.slot()
    piped = {call.place.path for call in corpus.facts.of(Call) if call.name.endswith(("Pipeline", "make_pipeline"))}
    folds = [call for call in folds if call.place.path in piped and any("train" in use.casefold() for use in call.uses)]
    searches = [call for call in corpus.calls["search"] if not is_test(call.place.path) and call.place.path in piped]
    if (calls or manual) and (folds or searches):
        return code_slot((folds or searches)[0])
    return None
