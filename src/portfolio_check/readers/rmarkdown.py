"""R Markdown and Quarto: the Markdown between the chunks of code."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact
from portfolio_check.readers.front_matter import split_front_matter
from portfolio_check.readers.markdown import MOST_CHARACTERS, markdown_facts
from portfolio_check.readers.source import Source

_CHUNK = re.compile(r"\s{0,20}(`{3,20}|~{3,20})\s*\{")
_INLINE_CODE = re.compile(r"`r [^`\n]{1,300}`")


def read_rmarkdown(source: Source) -> list[Fact]:
    """The prose of an .Rmd or .qmd file; its chunks are run by the author's tools and give no commands."""
    settings, text = split_front_matter(source.text[:MOST_CHARACTERS], source.path)
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        if fence:
            lines[number] = ""
            if line.strip().startswith(fence):
                fence = ""
        elif opened := _CHUNK.match(line):
            fence = opened[1]
            lines[number] = ""
    prose = _INLINE_CODE.sub("…", "\n".join(lines))
    return [*settings, *markdown_facts(prose, source.path).facts]
