"""How a serving is packaged, and how a document says that it is deployed."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Slot
from portfolio_check.evidence.paths import doc_rank, is_document, is_readme
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.slots import QUOTE
from portfolio_check.facts import Container, Link, Service, Setting
from portfolio_check.language.mood import Mood

_DEPLOYS = re.compile(
    r"docker\s+(build|run|push|pull|image)|docker[- ]compose\b|podman\s|kubectl\s|helm\s|minikube"
    r"|kind\s+(create|load)|gcloud\s+(run|builds|app|functions|compute)"
    r"|aws\s+(ecr|lambda|ecs|eks|elasticbeanstalk|cloudformation|sagemaker)|eb\s+(init|create|deploy)|eksctl"
    r"|heroku\s|fly(ctl)?\s+(deploy|launch)|terraform\s+(init|apply|plan)|sam\s+(build|deploy)|serverless\s+deploy"
    r"|sls\s+deploy|az\s+(webapp|container|acr|functionapp|ml)|bentoml\s+(containerize|build)|railway\s|render"
    r"|vercel|make\s+(docker|deploy|build|up|image|container|k8s)[\w-]*",
    re.I,
)
_HOSTED = re.compile(
    r"streamlit\.app|streamlitapp\.com|share\.streamlit|huggingface\.co/spaces|hf\.space|onrender\.com"
    r"|herokuapp\.com|\.run\.app|elasticbeanstalk\.com|fly\.dev|railway\.app|vercel\.app|azurewebsites\.net"
    r"|pythonanywhere\.com|execute-api|netlify\.app|\.elb\.|appspot\.com",
    re.I,
)
_SERVES = re.compile(
    r"uvicorn|gunicorn|waitress|flask|streamlit|bentoml|fastapi|predict|serve|app\.py|main\.py|api|lambda|gradio"
    r"|mlflow|python",
    re.I,
)
_NOT_SERVING = re.compile(r"jupyter|notebook|postgres|grafana|adminer|airflow|mlflow server|mage", re.I)


def packagings(corpus: Corpus) -> list[Slot]:
    """What packages the project to run elsewhere, images that serve a model first."""
    found: list[tuple[int, Slot]] = []
    for container in corpus.facts.of(Container):
        points = (
            2
            + 2 * bool(_SERVES.search(container.command))
            - 3 * bool(_NOT_SERVING.search(container.base + container.command))
        )
        found.append((points, Slot(container.place.path, container.place, container.text[:QUOTE])))
    for service in corpus.facts.of(Service):
        own = bool(service.build) or service.tool not in ("compose",)
        points = 2 + own - 2 * bool(_NOT_SERVING.search(service.name + service.image + service.command))
        if service.tool == "streamlit":
            continue
        found.append((points, Slot(service.name, service.place, service.text[:QUOTE])))
    found += [
        (3, Slot("space", setting.place, setting.text[:QUOTE]))
        for setting in corpus.facts.of(Setting)
        if setting.key == "sdk" and is_readme(setting.place.path)
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].place))
    return [slot for points, slot in found if points > 0]


def unbuildable(corpus: Corpus) -> Slot | None:
    """What the only image copies and is not there."""
    containers = [c for c in corpus.facts.of(Container) if not _NOT_SERVING.search(c.base + c.command)]
    for container in containers:
        missing = [source for source in container.copies if not _in_context(corpus, container, source)]
        if missing and len(containers) == 1:
            return Slot(missing[0][:60], container.place, f"COPY {missing[0]}"[:QUOTE])
    return None


def _in_context(corpus: Corpus, container: Container, source: str) -> bool:
    source = source.strip("\"'[] ,").removeprefix("./")
    if not source or source == "." or "$" in source or "*" in source or "?" in source:
        return True
    folder = str(PurePosixPath(container.place.path).parent)
    return corpus.exists(source) or corpus.exists(f"{folder}/{source}")


def deployments(corpus: Corpus) -> list[Slot]:
    """How it is deployed: commands that documents show, then addresses where it runs, then sentences that tell."""
    found: list[tuple[int, Slot]] = []
    for command in corpus.commands:
        if _DEPLOYS.search(command.text) and is_document(command.place.path):
            db = bool(re.search(r"postgres|mlflow|mage|airflow|grafana|kestra", command.text, re.I))
            found.append((4 - 2 * db, Slot(command.text[:QUOTE], command.place, command.text[:QUOTE])))
    found += [
        (3, Slot(link.target[:60], link.place, link.target[:QUOTE]))
        for link in corpus.facts.of(Link)
        if _HOSTED.search(link.target) and is_document(link.place.path)
    ]
    found += [(1, phrase.slot()) for phrase in corpus.prose if _tells_deployment(phrase)]
    found.sort(key=lambda pair: (-pair[0], doc_rank(pair[1].place), pair[1].place))
    return [slot for _, slot in found]


def _tells_deployment(phrase: Phrase) -> bool:
    return (
        phrase.has("deploy word", "serving word")
        and phrase.mood is not Mood.PLAN
        and bool(
            re.search(
                r"deployed (on|to|at|with|using|in|as)|hosted (on|at)|desplegad|implantad|available at",
                phrase.sentence.text,
                re.I,
            )
        )
    )
