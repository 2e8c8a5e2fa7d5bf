"""The shipped rules, vocabularies, profiles and sources, compiled once, so that no start parses fifty YAML files.

A wheel carries the compiled form beside the YAML. A source tree compiles on first use and keeps the result in the
user's cache folder, under a digest of the files and the code that it was made of; a cache that is missing, stale or
broken is made anew and never changes a result.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from portfolio_check.evidence.corpus import Vocabulary
from portfolio_check.evidence.weighing import Weights
from portfolio_check.language.names import NameLists
from portfolio_check.language.terms import TermIndex, index_terms, phrase_words
from portfolio_check.rules.citing import SourceRef
from portfolio_check.rules.errors import RuleError
from portfolio_check.rules.model import Rule

SHIPPED = "rulepacks"
COMPILED = "compiled.msgpack"
_DIGEST = 16
_FORM = 3
"""Raised whenever the compiled form changes, so that an older cache is not taken for it."""


class Profile(Struct, frozen=True):
    """A target role: what it weighs."""

    title: str
    why: str
    sources: tuple[str, ...]
    weights: dict[str, int]


class Packs(Struct, frozen=True):
    """Everything that a review needs of the rules folder, ready to use."""

    form: int
    stamp: str
    rules: tuple[Rule, ...]
    """Without their examples, which only tests and documentation need."""
    cites: dict[str, SourceRef]
    """By reference, for every reference that a rule or profile makes."""
    terms: dict[str, msgspec.Raw]
    """A TermIndex by language, encoded: a review needs one or two of them."""
    names: dict[str, tuple[str, ...]]
    weights: dict[str, Weights]
    """How sentences are weighed, by criterion."""
    profiles: dict[str, Profile]
    profile_of_kind: dict[str, str]
    urgency: dict[str, tuple[float, float]]
    """How soon a gap is to be closed, by criterion: where it is missing, and where it is partial."""

    def vocabulary(self) -> Vocabulary:
        """The term lists, name lists and weights that evidence is read with."""
        return Vocabulary(_TermIndexes(self.terms), NameLists(self.names), self.weights)


class _TermIndexes(Mapping[str, TermIndex]):
    """Term indexes by language, decoded when one is asked for."""

    def __init__(self, encoded: Mapping[str, msgspec.Raw]) -> None:
        self._encoded = encoded

    def __getitem__(self, language: str) -> TermIndex:
        return msgspec.msgpack.decode(self._encoded[language], type=TermIndex)

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


def packs_folder() -> Path:
    """Where the shipped rules lie: inside an installed package, or at the top of a source tree."""
    here = Path(__file__).resolve()
    shipped = here.parents[1] / SHIPPED
    return shipped if shipped.is_dir() else here.parents[3] / "rules"


@cache
def shipped_packs() -> Packs:
    """The shipped packs, from their compiled form where that is at hand."""
    folder = packs_folder()
    # Only a wheel's: in a source tree it could be older than the rules beside it.
    if folder.name == SHIPPED and (packs := _decode(_bytes(folder / COMPILED))) is not None:
        return packs
    stamp = _stamp(folder)
    file = _cache_folder() / f"rules-{stamp}.msgpack"
    kept = _bytes(file)
    digest, data = kept[:_DIGEST], kept[_DIGEST:]
    if digest == _digest(data) and (packs := _decode(data)) is not None and packs.stamp == stamp:
        return packs
    packs = compile_packs(folder, stamp)
    data = msgspec.msgpack.encode(packs)
    _keep(file, _digest(data) + data)
    return packs


def with_rules(packs: Packs, folders: Sequence[Path]) -> Packs:
    """Packs with further rules; a rule with the slug of a shipped one takes its place."""
    from portfolio_check.rules.loading import load_rules

    rules = {rule.slug: rule for rule in packs.rules}
    cites = dict(packs.cites)
    for folder in folders:
        for rule in load_rules(folder):
            cites |= _resolved(rule.sources, str(folder / f"{rule.slug}.yaml"))
            rules[rule.slug] = rule
    return msgspec.structs.replace(packs, rules=tuple(rules.values()), cites=cites)


def compile_packs(folder: Path, stamp: str = "") -> Packs:
    """Reads and checks every YAML file of a rules folder.

    Raises:
        RuleError: a file is not there or not of its form, or a rule cites what does not exist.
    """
    import yaml

    from portfolio_check.rules.loading import load_rules

    rules = load_rules(folder)
    cites: dict[str, SourceRef] = {}
    for rule in rules:
        cites |= _resolved(rule.sources, f"{rule.pack}/{rule.slug}.yaml")
    terms: dict[str, msgspec.Raw] = {}
    names: dict[str, tuple[str, ...]] = {}
    for file in sorted((folder / "vocabulary").glob("*.yaml")):
        content = yaml.safe_load(file.read_bytes())
        lists = content.get("terms", {})
        for name, phrases in lists.items():
            for phrase in phrases:
                if not isinstance(phrase, str) or not phrase_words(phrase):
                    raise RuleError(
                        f"{file}: list {name!r}: {phrase!r} is no phrase; quote words that YAML takes for values"
                    )
        if lists:
            terms[content["language"]] = msgspec.Raw(msgspec.msgpack.encode(index_terms(lists)))
        names |= {name: tuple(patterns) for name, patterns in content.get("names", {}).items()}
    profiles = yaml.safe_load((folder / "profiles.yaml").read_bytes())
    for profile in profiles["profiles"].values():
        cites |= _resolved(profile["sources"], "profiles.yaml")
    return Packs(
        form=_FORM,
        stamp=stamp,
        rules=tuple(msgspec.structs.replace(rule, examples=()) for rule in rules),
        cites=cites,
        terms=terms,
        names=names,
        weights=_weights(folder / "weights" / "prose.json"),
        profiles={
            name: Profile(p["title"], p["why"], tuple(p["sources"]), dict(p["weights"]))
            for name, p in profiles["profiles"].items()
        },
        profile_of_kind=dict(profiles["kinds"]),
        urgency={slug: (float(missing), float(partial)) for slug, (missing, partial) in profiles["urgency"].items()},
    )


def _resolved(references: Sequence[str], where: str) -> dict[str, SourceRef]:
    from portfolio_check.rules.sources import resolve

    cites = {}
    for reference in references:
        try:
            cites[reference] = resolve(reference)
        except RuleError as error:
            raise RuleError(f"{where}: {error}") from None
    return cites


def _weights(file: Path) -> dict[str, Weights]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Weights])
    except FileNotFoundError:
        return {}
    except msgspec.MsgspecError as error:
        raise RuleError(f"{file}: not weights: {error}; make them anew with benchmarks/prose/train.py") from None


def _stamp(folder: Path) -> str:
    """Of all that the compiled form is made of: names and bytes of the rules, and of the code that reads them."""
    from hashlib import blake2b

    package = Path(__file__).resolve().parents[1]
    code = (path for floor in ("evidence", "facts", "language", "rules") for path in package.glob(f"{floor}/*.py"))
    digest = blake2b(digest_size=12)
    for path in sorted([*folder.rglob("*.yaml"), *folder.rglob("*.json"), *code]):
        data = path.read_bytes()
        root = folder if path.is_relative_to(folder) else package
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _digest(data: bytes) -> bytes:
    from hashlib import blake2b

    return blake2b(data, digest_size=_DIGEST).digest()


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("portfolio-check")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _decode(data: bytes) -> Packs | None:
    try:
        packs = msgspec.msgpack.decode(data, type=Packs)
    except msgspec.MsgspecError:
        return None
    return packs if packs.form == _FORM else None


def _keep(file: Path, data: bytes) -> None:
    """Written to a temporary name and renamed, so that nobody reads half of it; a read-only folder costs only time."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".rules-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(file)
    except OSError:
        return
