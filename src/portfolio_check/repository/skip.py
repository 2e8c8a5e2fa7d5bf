"""Which paths are passed over, and why; and the list of them in a form that a person can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from portfolio_check.repository.kinds import (
    DATA,
    DATA_FOLDERS,
    DESCRIBING,
    ENVIRONMENT,
    FOLDER_SUFFIXES,
    FOLDERS,
    GENERATED,
    LOOSE,
    NAMES,
    NESTED,
    RECORDS,
    RESULT_FOLDERS,
    SAMPLES,
    SUFFIXES,
    TABLES,
    WEB,
)
from portfolio_check.repository.limits import Limits
from portfolio_check.repository.tree import TreeFile

_SMALL_TABLE = 50_000
_SMALL_TEXT = 100_000
# More loose texts than this in one folder are a data set, whatever the folder is called.
_CROWD = 200
_LINES = 20


class Skip(Struct, frozen=True, order=True, gc=False):
    """A path that is passed over."""

    path: str
    reason: str
    folder: str = ""
    """The folder it is passed over with, "" where it is the file itself."""


class Sifted(Struct, frozen=True):
    """The files of a tree, told apart."""

    kept: list[TreeFile]
    """To be read, in the order they came in."""
    skipped: list[Skip]


def skip_reason(path: str, size: int, limits: Limits) -> str | None:
    """Why a path is passed over, None where it is to be read. `size` in bytes."""
    skip = _skip(path, size, limits)
    return skip.reason if skip else None


def _skip(path: str, size: int, limits: Limits) -> Skip | None:
    folder, _, file = path.rpartition("/")
    cause = _folder_reason(folder)
    if cause.reason:
        return Skip(path, cause.reason, cause.folder)
    reason = _file_reason(file.lower(), size, cause.holds_data, cause.is_built, limits)
    return Skip(path, reason) if reason else None


class _Folder(Struct, frozen=True, gc=False):
    folder: str = ""
    reason: str = ""
    holds_data: bool = False
    is_built: bool = False


@lru_cache(maxsize=65_536)
def _folder_reason(folder: str) -> _Folder:
    if not folder:
        return _Folder()
    outer, _, name = folder.rpartition("/")
    above = _folder_reason(outer) if folder.count("/") < 200 else _Folder(outer, "too deep")
    if above.reason:
        return above
    parent = outer.rpartition("/")[2]
    reason = FOLDERS.get(name) or NESTED.get((parent, name)) or ""
    if not reason:
        reason = next((why for suffix, why in FOLDER_SUFFIXES.items() if name.endswith(suffix)), "")
    if not reason and parent == "wandb" and name.startswith(("run-", "offline-run-")):
        reason = RECORDS
    if not reason and name == "artifacts" and "mlruns" in outer.split("/"):
        reason = RECORDS
    lower = name.lower()
    return _Folder(
        folder if reason else "",
        reason,
        lower in DATA_FOLDERS or (above.holds_data and lower not in RESULT_FOLDERS),
        above.is_built or lower in ("dist", "build"),
    )


def _file_reason(file: str, size: int, in_data: bool, in_build: bool, limits: Limits) -> str | None:
    reason = NAMES.get(file)
    if reason:
        return reason
    stem, dot, suffix = file.rpartition(".")
    if not dot or not stem:
        stem, suffix = file, ""
    reason = SUFFIXES.get(suffix)
    if reason:
        return reason
    if suffix in ("js", "css") and stem.endswith((".min", ".bundle", ".chunk", "-min")):
        return GENERATED
    if in_build and suffix in WEB:
        return GENERATED
    if suffix in TABLES:
        if size > _SMALL_TABLE or stem in SAMPLES or (in_data and not any(word in stem for word in DESCRIBING)):
            return DATA
    elif in_data and suffix in LOOSE and size > _SMALL_TEXT:
        return DATA
    most = limits.file_bytes if suffix == "ipynb" else limits.text_bytes
    return f"larger than {_bytes(most)}" if size > most else None


def _bytes(size: int) -> str:
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:g} {name}"
    return f"{size} bytes"


def sift(files: Sequence[TreeFile], limits: Limits) -> Sifted:
    """Tell the files to read from those passed over: by what they are, then by how many and how large together.

    Where a limit is reached, the files nearest to the top of the tree are kept.
    """
    environments = tuple(sorted({_parent(file.path) + "/" for file in files if file.path.endswith("/pyvenv.cfg")}))
    skipped: list[Skip] = []
    kept: list[TreeFile] = []
    for file in files:
        skip = _skip(file.path, file.size, limits)
        if skip is None and file.unread:
            skip = Skip(file.path, file.unread)
        if skip is None and environments and file.path.startswith(environments):
            folder = next(one for one in environments if file.path.startswith(one))
            skip = Skip(file.path, ENVIRONMENT, folder[:-1])
        if skip is None:
            kept.append(file)
        else:
            skipped.append(skip)
    kept = _without_crowds(kept, skipped)
    return Sifted(_within(kept, limits, skipped), skipped)


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _kind(path: str) -> tuple[str, str]:
    folder, _, file = path.rpartition("/")
    return folder, file.rpartition(".")[2].lower() if "." in file[1:] else ""


def _without_crowds(files: list[TreeFile], skipped: list[Skip]) -> list[TreeFile]:
    if len(files) <= _CROWD:
        return files
    count = Counter(_kind(file.path) for file in files)
    crowded = {kind for kind, many in count.items() if many > _CROWD and kind[1] in LOOSE}
    if not crowded:
        return files
    kept = []
    for file in files:
        if _kind(file.path) in crowded:
            skipped.append(Skip(file.path, DATA))
        else:
            kept.append(file)
    return kept


def _within(files: list[TreeFile], limits: Limits, skipped: list[Skip]) -> list[TreeFile]:
    if len(files) <= limits.files and sum(file.size for file in files) <= limits.total_bytes:
        return files
    left = limits.total_bytes
    many = 0
    chosen: set[str] = set()
    for file in sorted(files, key=lambda file: (file.path.count("/"), file.path)):
        if many == limits.files:
            skipped.append(Skip(file.path, f"more than {limits.files:,} files"))
        elif file.size > left:
            skipped.append(Skip(file.path, f"more than {_bytes(limits.total_bytes)} in all"))
        else:
            chosen.add(file.path)
            left -= file.size
            many += 1
    return [file for file in files if file.path in chosen]


def summarise(skipped: Iterable[Skip]) -> tuple[tuple[str, str], ...]:
    """One line a folder: `("node_modules/", "vendored (3,000 files)")`; a reason has at most 20 lines.

    Returns:
        Paths and reasons, sorted; a path that stands for several files ends with a slash.

    """
    by_reason: dict[str, list[Skip]] = {}
    for skip in skipped:
        by_reason.setdefault(skip.reason, []).append(skip)
    lines: list[tuple[str, str]] = []
    for reason, group in by_reason.items():
        lines.extend(_lines(reason, group))
    return tuple(sorted(lines))


def _lines(reason: str, group: list[Skip]) -> list[tuple[str, str]]:
    places = Counter(skip.folder + "/" if skip.folder else skip.path for skip in group)
    if len(places) > _LINES:
        places = Counter(skip.folder + "/" if skip.folder else _parent(skip.path) + "/" for skip in group)
    depth = max(place.count("/") for place in places)
    while len(places) > _LINES and depth > 0:
        depth -= 1
        merged: Counter[str] = Counter()
        for place, many in places.items():
            merged["/".join(place.split("/")[:depth]) + "/" if place.count("/") > depth else place] += many
        places = merged
    return [(place if place != "/" else "./", _told(reason, place, many)) for place, many in places.items()]


def _told(reason: str, place: str, many: int) -> str:
    if not place.endswith("/"):
        return reason
    return f"{reason} ({many:,} file{'' if many == 1 else 's'})"
