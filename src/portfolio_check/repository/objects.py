"""A commit as a tree: listed and read through git's plumbing, without a working tree."""

from __future__ import annotations

import select
import subprocess
from time import monotonic
from typing import IO, cast

from portfolio_check.repository.isolation import GitError, Isolated, Output, run_git
from portfolio_check.repository.limits import Limits
from portfolio_check.repository.tree import ABSENT, LINK, SUBMODULE, Found, Listing, TreeError, TreeFile, arrange

_BYTES_A_PATH = 300
_CHUNK = 1 << 20


class CommitTree:
    """The files of one commit. Made by `open_tree`; `close` ends its process."""

    def __init__(
        self, git: Isolated, *, name: str, path: str, commit: str | None, notes: tuple[str, ...], limits: Limits
    ) -> None:
        self.git: Isolated | None = git
        self.name = name
        self.path = path
        self.commit = commit
        self.remote_url: str | None = None
        self._limits = limits
        found, cut = list_commit(git, commit, limits) if commit else ([], ())
        self._listing: Listing = arrange(found, path)
        self.notes = (*notes, *cut, *self._listing.notes)
        self._blobs = Blobs(git)

    def files(self) -> list[TreeFile]:
        """All files of the reviewed folder, sorted by path."""
        return self._listing.files

    def root_files(self) -> list[TreeFile]:
        """Workflows and documents at the root of the repository around it."""
        return self._listing.outer

    def read(self, path: str) -> bytes:
        """The bytes of a listed file, or TreeError."""
        found = self._listing.found.get(path)
        if found is None:
            raise TreeError(path, "not in this tree")
        if found.unread:
            raise TreeError(path, found.unread)
        if found.size > max(self._limits.file_bytes, self._limits.text_bytes):
            raise TreeError(path, "too large")
        try:
            return self._blobs.read(found.blob, found.size)
        except GitError as error:
            raise TreeError(path, str(error)) from None

    def close(self) -> None:
        """End the process that reads the objects."""
        self._blobs.close()


def list_commit(git: Isolated, commit: str, limits: Limits) -> tuple[list[Found], tuple[str, ...]]:
    """All paths of a commit, and notes where the list is not whole.

    Raises:
        GitError: the commit's files are not there at all.

    """
    most = limits.listed * _BYTES_A_PATH
    output = run_git(git, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit], most=most)
    sizes: dict[str, int] | None = None
    if output.status and output.whole:
        # Some versions of git give up where the size of an absent object is asked for.
        output = run_git(git, ["ls-tree", "-r", "-z", "--full-tree", commit], most=most)
        sizes = object_sizes(git, output)
    lines = output.data.split(b"\0")[:-1]
    found = [_found(line, sizes) for line in lines[: limits.listed]]
    notes: tuple[str, ...] = ()
    if not output.whole or len(lines) > limits.listed:
        notes = (f"Only the first {len(found):,} paths are listed.",)
    elif output.status:
        if not found:
            raise GitError("the files of this commit are not in this copy of the repository")
        notes = ("Some folders are not in this copy of the repository.",)
    return found, notes


def _found(line: bytes, sizes: dict[str, int] | None) -> Found:
    meta, _, raw = line.partition(b"\t")
    mode, _, rest = meta.partition(b" ")
    kind, blob, *size = rest.decode("ascii").split()
    if kind == "commit":
        return Found(raw, 0, SUBMODULE, blob)
    if mode == b"120000":
        return Found(raw, 0, LINK, blob)
    known = sizes.get(blob) if sizes is not None else int(size[0]) if size[0].isdigit() else None
    return Found(raw, 0, ABSENT, blob) if known is None else Found(raw, known, "", blob)


def object_sizes(git: Isolated, listing: Output) -> dict[str, int]:
    """Bytes of each blob that is there, by id, for an `ls-tree` output without sizes."""
    wanted = git.directory / "wanted"
    ids = dict.fromkeys(line.split(b" ", 3)[2][:64].split(b"\t")[0] for line in listing.data.split(b"\0")[:-1])
    wanted.write_bytes(b"".join(oid + b"\n" for oid in ids))
    answer = run_git(git, ["cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)"], given=wanted)
    fields = (line.split() for line in answer.data.decode("ascii", "replace").splitlines())
    return {field[0]: int(field[2]) for field in fields if len(field) == 3 and field[1] == "blob"}


class Blobs:
    """One long-lived `git cat-file --batch`; started with the first blob, started anew after a damaged one."""

    def __init__(self, git: Isolated) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self._ahead = bytearray()

    def read(self, blob: str, size: int) -> bytes:
        """The bytes of a blob whose size is known.

        Raises:
            GitError: it is absent, damaged or of another size.

        """
        process = self._process or self._start()
        stdin, stdout = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            stdin.write(blob.encode("ascii") + b"\n")
            stdin.flush()
            end = monotonic() + self._git.seconds
            header = self._line(stdout, end).split()
            if header[-1:] == [b"missing"]:
                raise GitError(ABSENT)
            if header != [blob.encode("ascii"), b"blob", str(size).encode("ascii")]:
                self.close()
                raise GitError("damaged object")
            return bytes(self._exactly(stdout, size + 1, end)[:-1])
        except TimeoutError:
            self.close()
            raise GitError(f"git took longer than {self._git.seconds:g} seconds") from None
        except (OSError, EOFError):
            self.close()
            raise GitError("damaged object") from None

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            self._process = subprocess.Popen(
                ["git", "cat-file", "--batch"],
                cwd=self._git.directory,
                env=self._git.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise GitError("git could not be started") from error
        return self._process

    def _line(self, stdout: IO[bytes], end: float) -> bytes:
        while (at := self._ahead.find(b"\n")) < 0:
            self._more(stdout, end)
        line = bytes(self._ahead[:at])
        del self._ahead[: at + 1]
        return line

    def _exactly(self, stdout: IO[bytes], size: int, end: float) -> bytearray:
        while len(self._ahead) < size:
            self._more(stdout, end)
        data = self._ahead[:size]
        del self._ahead[:size]
        return data

    def _more(self, stdout: IO[bytes], end: float) -> None:
        # Windows cannot wait for a pipe; there, nothing in an object directory can make git wait either.
        if hasattr(select, "poll"):
            waiting = select.poll()
            waiting.register(stdout, select.POLLIN)
            if not waiting.poll(max(0.0, end - monotonic()) * 1000):
                raise TimeoutError
        part = stdout.read(_CHUNK)
        if not part:
            raise EOFError
        self._ahead += part

    def close(self) -> None:
        """End the process; it can be used again afterwards."""
        process, self._process = self._process, None
        self._ahead.clear()
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()
