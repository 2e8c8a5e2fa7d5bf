"""Markup inside the lines of reStructuredText, AsciiDoc and Org: links, pictures and code among the words."""

from __future__ import annotations

import re

from portfolio_check.readers.inline_text import Address, Inline, bare_addresses, short_target

_MARKED = re.compile(r"[`*\[]|://|www\.")
_CODE = re.compile(
    r"``([^`\n]{1,300})``|`([^`\n<>]{1,300})`_{0,2}|(?<![\w=])[=~+]([^\s=~+](?:[^=~+\n]{0,200}[^\s=~+])?)[=~+](?!\w)"
)
_LINK = re.compile(
    r"`([^`<>]{0,300})<([^`<>\s]{1,500})>`_{0,2}"  # reStructuredText
    r"|\[\[([^\[\]\n]{1,500})\](?:\[([^\[\]\n]{1,300})\])?\]"  # Org
    r"|\[([^\[\]\n]{1,300})\]\(([^()\s]{1,500})\)"  # Markdown
    r"|(?:link:)?(https?://[^\s\[\]]{1,500})\[([^\[\]\n]{0,300})\]"  # AsciiDoc
)
_ROLE = re.compile(r":[a-z][a-z:-]{1,20}:(?=`)")
_STRONG = re.compile(r"(?<![\w*])\*{1,2}(?=[^\s*])([^*\n]{1,300})(?<=[^\s*])\*{1,2}(?![\w*])")


def plain_inline(text: str) -> Inline:
    """The words of a paragraph without its markup; line ends are kept."""
    if not _MARKED.search(text):
        return Inline(text)
    links: list[Address] = []
    codes: list[tuple[int, str]] = []
    parts: list[str] = []
    at = line = 0
    text = _ROLE.sub("", text)
    for found in _LINK.finditer(text):
        parts.append(text[at : found.start()])
        line += text.count("\n", at, found.start())
        at = found.end()
        label = found[1] or found[4] or found[5] or found[8] or ""
        target = found[2] or found[3] or found[6] or found[7]
        links.append(Address(line, short_target(target), " ".join(label.split())))
        line += found[0].count("\n")
        parts.append((label.strip() or target) + "\n" * (found[0].count("\n") - label.strip().count("\n")))
    parts.append(text[at:])
    if "://" in text or "www." in text:
        known = {address.target for address in links}
        links.extend(address for address in bare_addresses(text, 0) if address.target not in known)
    words = "".join(parts)
    line = at = 0
    for found in _CODE.finditer(words):
        line += words.count("\n", at, found.start())
        at = found.start()
        codes.append((line, found[1] or found[2] or found[3]))
    words = _CODE.sub(lambda found: found[1] or found[2] or found[3], words)
    return Inline(_STRONG.sub(r"\1", words), links, (), codes)
