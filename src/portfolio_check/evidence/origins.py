"""Where the data comes from: links, public data sets, downloads, APIs, generators; or only a file or a vague name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Origin, Slot
from portfolio_check.evidence.paths import doc_rank, is_boilerplate, is_test
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.slots import QUOTE, code_slot
from portfolio_check.facts import Assignment, Call, Definition, Link
from portfolio_check.language.mood import Mood

_DATA_HOST = re.compile(
    r"kaggle\.com/(?!code/|notebooks|learn|.*/notebook)[\w./-]+|archive(-beta)?\.ics\.uci\.edu"
    r"|huggingface\.co/datasets|hf\.co/datasets"
    r"|zenodo\.org|openml\.org|data\.[\w-]+\.(gov|org|com|eu)|\bdata\.gov|[\w.]+\.gov(\.\w+)?/[\w/]*data|opendata"
    r"|open-data|figshare\.com|physionet\.org"
    r"|/datasets?/|/dataset|data\.world|dataverse|tlc-trip|s3[.-][\w.-]*amazonaws|storage\.googleapis"
    r"|cs\.toronto\.edu|ai\.stanford\.edu|grouplens\.org|image-net\.org|mldata|statsmodels|insideairbnb"
    r"|football-data|drivendata\.org"
    r"|market-data|histori(cal|co)|open-meteo|/api/v?\d|//[\w-]*api[.-]|//api\.(?!github|telegram|slack)"
    r"|datasource|data-download|/data/|\.gob\.|ecb\.europa|eurostat|worldbank",
    re.I,
)
_SHARED = re.compile(r"drive\.google\.com|dropbox\.com|mega\.nz|1drv\.ms|onedrive|wetransfer", re.I)
_INVENTS = re.compile(
    r"synth|fake|simul|mock|sample|dummy|random|generate_(data|dataset|records|customers|transactions)", re.I
)
_DATA_FILE = re.compile(
    r"\.(csv|tsv|zip|parquet|xlsx?|json|jsonl|tar\.gz|tgz|gz|npz|h5|data|txt|arff|feather)(\?|$|['\"])", re.I
)
_URL = re.compile(r"(https?|s3|gs|ftp)://[^\s'\")]+", re.I)
_DOWNLOAD = re.compile(
    r"kaggle\s+(datasets?|competitions?)\s+(download|files)"
    r"|(wget|curl)\s.*(\.(csv|zip|parquet|gz|json|xlsx?|tgz|data)\b|dataset|/data)|gdown\s|aws\s+s3\s+(cp|sync)"
    r"|gsutil\s.*cp"
    r"|(download|fetch|get|prepare|scrape|ingest|generate|make)[_-]?\w*data\w*\.(py|sh)"
    r"|make\s+(data|download|get-data|fetch)|datasets?-cli",
    re.I,
)
_GENERATES = re.compile(
    r"^(generate|make|create|simulate|synthesi[sz]e|build)_?\w*(data|dataset|samples?|records?|customers?"
    r"|transactions?)\w*$|^generate_\w*$",
    re.I,
)
_FETCHES = re.compile(r"^(download|fetch|scrape|crawl|pull|get)_?\w*(data|dataset|prices?|csv|history|raw)\w*$", re.I)
_OWN_LINK = re.compile(
    r"badge|shields\.io|/actions/|colab\.research|linkedin|twitter|localhost|127\.0\.0\.1"
    r"|\.(png|jpg|svg|gif)(\?|$)|/blob/|/tree/|arxiv\.org|youtube|medium\.com|pypi\.org|pytorch\.org"
    r"|scikit-learn\.org|tensorflow\.org|keras\.io|python\.org|streamlit\.io|fastapi|docker\.com|mlflow\.org"
    r"|prefect\.io|evidentlyai|opensource\.org|creativecommons|docs\.|readthedocs|wikipedia",
    re.I,
)
_NO_DATA = re.compile(r"stopwords|punkt|wordnet|nltk\.corpus\.stop|from_pretrained|kaggle\.api")


_LINKS_DATA = frozenset({"data word", "source host", "public data set"})


def origins(corpus: Corpus) -> list[Origin]:
    """Origins of the data, exact ones first, the places that a reader meets first before others."""
    exact = sorted(_exact(corpus), key=lambda pair: (pair[0], doc_rank(pair[1].place), pair[1].place))
    if exact:
        return [Origin(exact=slot) for _, slot in exact[:6]]
    vague = sorted(_vague(corpus), key=lambda pair: (pair[0], doc_rank(pair[1].place), pair[1].place))
    return [Origin(vague=slot) for _, slot in vague[:6]]


def _exact(corpus: Corpus) -> Iterator[tuple[int, Slot]]:
    hits = corpus.terms.hits
    for link in corpus.facts.of(Link):
        if _OWN_LINK.search(link.target) or is_boilerplate(link.place.path):
            continue
        about = corpus._headings(link.headings) | hits(_words(link.text)).keys()
        if not link.target.startswith(("http", "s3:", "ftp")):
            continue
        shared = bool(_SHARED.search(link.target))
        hosted = bool(_DATA_HOST.search(link.target) or _DATA_FILE.search(link.target)) or (
            shared and "data word" in about
        )
        data_heading = "data source heading" in corpus._headings(link.headings[-1:])
        if hosted:
            yield 0, _link_slot(link)
        elif data_heading and not shared and not _LINKS_DATA.isdisjoint(hits(_words(link.text))):
            yield 1, _link_slot(link)
    for command in corpus.commands:
        if _DOWNLOAD.search(command.text):
            yield 1, Slot(command.text[:60], command.place, command.text[:QUOTE])
    for phrase in corpus.prose:
        if phrase.mood is Mood.PLAN:
            continue
        if phrase.has("public data set") and (
            phrase.any("data word", "source verb") or "data source heading" in phrase.headings
        ):
            yield 1, phrase.slot()
        elif phrase.has("synthetic", "data word") and phrase.sentence.role != "heading":
            yield 2, phrase.slot()
    for call in corpus.calls["fetch data"]:
        if not is_test(call.place.path) and not _NO_DATA.search(call.name):
            yield 1, code_slot(call)
    for call in (*corpus.calls["fetch web"], *corpus.calls["read file"]):
        if not is_test(call.place.path) and any(_URL.search(argument) for argument in call.arguments[:2]):
            yield 1, code_slot(call)
    for assignment in corpus.facts.of(Assignment):
        url = _URL.search(assignment.value)
        if (
            url
            and not is_test(assignment.place.path)
            and (
                _DATA_HOST.search(url[0])
                or _DATA_FILE.search(url[0] + "'")
                or "data" in assignment.targets[0].casefold()
            )
        ):
            yield 1, code_slot(assignment)
    for definition in corpus.facts.of(Definition):
        if is_test(definition.place.path) or definition.kind != "function" or definition.empty:
            continue
        if _GENERATES.match(definition.name) and _INVENTS.search(definition.name):
            yield 3, code_slot(definition)
        elif _FETCHES.match(definition.name) and any(
            call.place.path == definition.place.path for call in corpus.calls["fetch web"]
        ):
            yield 2, code_slot(definition)


def _link_slot(link: Link) -> Slot:
    """A link, quoted by its text where that says something: the address of a link by reference stands elsewhere."""
    telling = len(link.text.split()) > 1 and "://" not in link.text
    return Slot(link.target[:60], link.place, (link.text if telling else link.target)[:QUOTE])


def _vague(corpus: Corpus) -> Iterator[tuple[int, Slot]]:
    for phrase in corpus.prose:
        watched = phrase.any("watch word", "tracker")
        if (
            phrase.has("data word")
            and phrase.any("source host", "source verb")
            and phrase.mood is not Mood.PLAN
            and not watched
        ):
            yield 0 if phrase.has("source host") else 1, phrase.slot()
    for call in corpus.calls["read file"]:
        if not is_test(call.place.path):
            yield 1, code_slot(call)
    for entry in corpus.entries.values():
        if re.search(r"\.(csv|tsv|parquet|xlsx?|npz|dvc)$", entry.place.path, re.I):
            yield 2, Slot(entry.place.path, entry.place, entry.place.path)


def _words(text: str) -> tuple[str, ...]:
    from portfolio_check.language.tokens import tokens

    return tokens(text)


__all__ = ["Call", "Phrase", "origins"]
