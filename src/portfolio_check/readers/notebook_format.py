"""The form of a notebook file, as far as it is read: formats 3 and 4 decoded directly, others through nbformat."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import Raw, Struct, field

from portfolio_check.readers.source import Source, UnreadableError

_LFS = "version https://git-lfs.github.com/spec/"
_ABSENT = Raw()
# A string or a list of strings; `joined` takes anything else for none, so that one odd cell does not cost the notebook.
_Text = Any


class Shown(Struct, gc=False):
    """What an output shows, by media type. Pictures stay as they are written: only that there is one matters."""

    plain: _Text = field(default=None, name="text/plain")
    html: _Text = field(default=None, name="text/html")
    markdown: _Text = field(default=None, name="text/markdown")
    png: Raw = field(default=_ABSENT, name="image/png")
    jpeg: Raw = field(default=_ABSENT, name="image/jpeg")
    svg: Raw = field(default=_ABSENT, name="image/svg+xml")
    gif: Raw = field(default=_ABSENT, name="image/gif")
    plotly: Raw = field(default=_ABSENT, name="application/vnd.plotly.v1+json")
    vega: Raw = field(default=_ABSENT, name="application/vnd.vegalite.v5+json")
    bokeh: Raw = field(default=_ABSENT, name="application/vnd.bokehjs_exec.v0+json")

    def pictured(self) -> bool:
        """Whether it shows a picture or plot."""
        pictures = (self.png, self.jpeg, self.svg, self.gif, self.plotly, self.vega, self.bokeh)
        return any(picture is not _ABSENT for picture in pictures)


class Printed(Struct, gc=False):
    """One output of a cell; format 3 has text, HTML and pictures beside each other instead of in `data`."""

    output_type: str = ""
    name: Any = None
    text: _Text = None
    data: Shown | None = None
    ename: Any = None
    evalue: Any = None
    html: _Text = None
    png: Raw = _ABSENT
    jpeg: Raw = _ABSENT
    svg: Raw = _ABSENT
    stream: Any = None

    def shown(self) -> Shown:
        """What it shows, in whichever format."""
        return self.data or Shown(self.text, self.html, None, self.png, self.jpeg, self.svg)


class WrittenCell(Struct, gc=False):
    """One cell; format 3 has `input` and `prompt_number` where 4 has `source` and `execution_count`."""

    cell_type: str = ""
    source: _Text = None
    input: _Text = None
    execution_count: Any = None
    prompt_number: Any = None
    outputs: list[Printed] | None = None
    level: Any = None

    def written(self) -> str:
        """Its source."""
        return joined(self.source if self.source is not None else self.input)

    def count(self) -> int | None:
        """How often code had been run when it was run last, None where it never was."""
        number = self.execution_count if self.execution_count is not None else self.prompt_number
        return number if isinstance(number, int) and not isinstance(number, bool) else None


class _Sheet(Struct, gc=False):
    cells: list[WrittenCell] | None = None


class _Kernel(Struct, gc=False):
    name: Any = None
    language: Any = None


class _Metadata(Struct, gc=False):
    kernelspec: _Kernel | None = None
    language_info: _Kernel | None = None


class _Notebook(Struct, gc=False):
    cells: list[WrittenCell] | None = None
    worksheets: list[_Sheet] | None = None
    metadata: _Metadata | None = None
    nbformat: Any = None


class Notebook(Struct, frozen=True):
    """The cells of a notebook in order, and the language of its code in lower case ("python" where it does not say)."""

    cells: tuple[WrittenCell, ...]
    language: str


def decode_notebook(source: Source) -> Notebook:
    """A notebook out of its JSON. Raises UnreadableError where it is none."""
    data: bytes | str = source.data
    if source.data.lstrip()[:1] != b"{":
        data = source.text.strip()
        if data.startswith(_LFS):
            raise UnreadableError("Git LFS pointer, content not in the repository")
        if not data:
            raise UnreadableError("not a notebook: empty file")
    try:
        decoded = msgspec.json.decode(data, type=_Notebook)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        decoded = _converted(source.text)
    if decoded.cells is not None:
        cells = decoded.cells
    elif decoded.worksheets is not None:
        cells = [cell for sheet in decoded.worksheets for cell in sheet.cells or ()]
    else:
        raise UnreadableError("not a notebook: no cells")
    return Notebook(tuple(cells), _language(decoded.metadata))


def _converted(text: str) -> _Notebook:
    """An odd form of notebook, made a usual one by nbformat."""
    try:
        content = json.loads(text)
    except RecursionError:
        raise UnreadableError("not a notebook: nested too deeply") from None
    except ValueError as error:
        raise UnreadableError(f"not a notebook: {error}"[:160]) from None
    if not isinstance(content, dict) or not ("cells" in content or "worksheets" in content):
        raise UnreadableError("not a notebook: no cells")
    import nbformat

    try:
        converted = nbformat.convert(nbformat.from_dict(content), 4)  # type: ignore[no-untyped-call]
        return msgspec.convert(json.loads(json.dumps(converted)), _Notebook, strict=False)
    except Exception as error:  # nbformat raises whatever it stumbles over
        raise UnreadableError(f"not a notebook: {type(error).__name__}") from None


def _language(metadata: _Metadata | None) -> str:
    if metadata is not None:
        for kernel in (metadata.language_info, metadata.kernelspec):
            for name in (kernel.language or kernel.name,) if kernel else ():
                if isinstance(name, str) and name:
                    return name.lower()
    return "python"


def joined(text: object) -> str:
    """A text that may be written as a list of lines; "" for anything that is no text."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join([part for part in text if isinstance(part, str)])
    return ""
