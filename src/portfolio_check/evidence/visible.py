"""Metric values that a reader can see: in prose and tables, in notebook outputs, in report and metrics files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from msgspec import Struct

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Slot
from portfolio_check.evidence.paths import is_boilerplate
from portfolio_check.evidence.slots import QUOTE
from portfolio_check.facts import Output, Setting, Table
from portfolio_check.language.mood import Mood
from portfolio_check.language.tokens import tokens

_VALUE = re.compile(r"(?<![\w.-])(\d{1,3}(?:[.,]\d+)?\s?%|\d*[.,]\d{2,}|\d+[.,]\d+)(?![\w.]*\w)")
_ERROR = re.compile(r"\b(test|validation|mean|classification|top-\d)?\s?error\b", re.I)
_NUMBER = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)?")
_NEAR = re.compile(
    r"\b(mae|rmse|mse|mape|wape|smape|mase|accuracy|f1|auc)\b\D{1,16}?(?<![A-Za-z])(\d+(?:[.,]\d+)?)", re.I
)
_WISHED = re.compile(
    r"\b(target|goal|aim|expected|at least|or higher|should|must|objective|objetivo|meta)\b|[≥≤<>]", re.I
)
_KEY = re.compile(
    r"(^|[._\s/-])(acc|accuracy|precision|recall|f1|f1[_-]?score|auc|roc[_-]?auc|pr[_-]?auc|rmse|mse|mae|mape"
    r"|smape|rmsle|r2|r2[_-]?score|log[_-]?loss|logloss|brier\w*|mcc|kappa|ndcg\w*|map\d*|iou|dice|wmape|mase|bleu"
    r"|rouge\w*|perplexity|gini|ks)($|[._\s/-])",
    re.I,
)
_PLAIN = re.compile(r"(?<![\w.])[-+]?\d*[.,]\d{2,}\b")
_PRINTED = re.compile(
    r"\b(accuracy|precision|recall|f1|f1[- ]score|auc|roc[- ]?auc|rmse|mse|mae|mape|rmsle|r2|r\^2|r²|r-squared"
    r"|log[- ]?loss|brier|kappa|val_\w+|score|error|smape|iou|dice|silhouette)\b[^\n\d]{0,40}?[-+]?\d*[.,]\d+",
    re.I,
)


_FOUND: WeakKeyDictionary[Corpus, list[Visible]] = WeakKeyDictionary()


class Visible(Struct, frozen=True):
    """One visible value."""

    slot: Slot
    origin: str
    """prose | table | output | file"""
    metric: str
    model: str = ""
    """The words that name the model, "" where none do."""


def visible_scores(corpus: Corpus) -> list[Visible]:
    """Every visible metric value, in the order tables, prose, files, outputs; found once for a corpus."""
    if corpus not in _FOUND:
        _FOUND[corpus] = [*_tables(corpus), *_prose(corpus), *_files(corpus), *_outputs(corpus)]
    return _FOUND[corpus]


def _tables(corpus: Corpus) -> Iterator[Visible]:
    for table in corpus.facts.of(Table):
        if is_boilerplate(table.place.path):
            continue
        metric_columns = [i for i, cell in enumerate(table.header) if _KEY.search(cell) or _is_metric(corpus, cell)]
        for row, line in zip(table.rows, table.lines, strict=False):
            name = row[0] if row else ""
            cells = [row[i] for i in metric_columns if i < len(row) and i > 0 and _NUMBER.search(row[i])]
            if not cells and name and _is_metric(corpus, name) and any(_VALUE.search(cell + " ") for cell in row[1:]):
                cells = [cell for cell in row[1:] if _VALUE.search(cell + " ")]
            if cells:
                place = type(table.place)(table.place.path, line, table.place.cell, table.place.output)
                metric = table.header[metric_columns[0]] if metric_columns else name
                yield Visible(
                    Slot(cells[0], place, " | ".join(row)[:QUOTE]),
                    "table" if not place.output else "output",
                    metric,
                    name,
                )


def _is_metric(corpus: Corpus, text: str) -> bool:
    return len(text) < 60 and (bool(_ERROR.search(text)) or "metric name" in corpus.terms.hits(tokens(text)))


def _prose(corpus: Corpus) -> Iterator[Visible]:
    for phrase in corpus.prose:
        if (
            phrase.sentence.role != "row"
            and phrase.has("metric name")
            and phrase.mood not in (Mood.PLAN, Mood.QUESTION)
        ):
            value = _VALUE.search(phrase.sentence.text + " ") or _NEAR.search(phrase.sentence.text)
            if value and not phrase.any("watch word", "bound") and not _WISHED.search(phrase.sentence.text):
                yield Visible(
                    phrase.slot(value[value.lastindex or 1]),
                    "prose",
                    _metric_of(phrase.sentence.text),
                    phrase.sentence.text,
                )


def _metric_of(text: str) -> str:
    match = _KEY.search(text)
    return match[2].casefold() if match else ""


def _files(corpus: Corpus) -> Iterator[Visible]:
    for setting in corpus.facts.of(Setting):
        if (
            _KEY.search(setting.key)
            and re.fullmatch(r"-?\d*\.\d+(e-?\d+)?", setting.value.strip())
            and not re.search(r"threshold|min_|max_|target|param|alert|config", setting.key + setting.place.path, re.I)
        ):
            yield Visible(Slot(setting.value, setting.place, setting.text[:QUOTE]), "file", setting.key, setting.key)


def _outputs(corpus: Corpus) -> Iterator[Visible]:
    scoring = {(call.place.path, call.place.cell) for call in corpus.calls["metric"] if call.place.cell is not None}
    for output in corpus.facts.of(Output):
        if output.kind not in ("text", "table") or not output.text:
            continue
        for number, line in enumerate(output.text.split("\n")[:400]):
            match = _PRINTED.search(line) if len(line) < 2000 else None
            if match is None and (output.place.path, output.place.cell) in scoring and len(line) < 200:
                match = _PLAIN.search(line)
            if match:
                place = type(output.place)(
                    output.place.path, output.place.line + number, output.place.cell, output.place.output
                )
                yield Visible(
                    Slot(match[0][-20:], place, line.strip()[:QUOTE]),
                    "output",
                    (match[1] or "").casefold() if match.re is _PRINTED else "",
                    line,
                )
                break
