"""What is taken from a repository's configuration, as data: the origin remote's address and the object format."""

from __future__ import annotations

import re

from msgspec import Struct

_SECTION = re.compile(r'\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]')
_WEB = re.compile(r"(https?)://(?:[^/@]*@)?([A-Za-z0-9.-]+(?::[0-9]+)?)/([A-Za-z0-9._~/+-]+)")
_SSH = re.compile(r"(?:ssh|git)://(?:[^/@]*@)?([A-Za-z0-9.-]+)(?::[0-9]+)?/([A-Za-z0-9._~/+-]+)")
_SCP = re.compile(r"(?:[A-Za-z0-9._-]+@)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+):(?!/)([A-Za-z0-9._~/+-]+)")


class Config(Struct, frozen=True):
    """What a repository's configuration may tell."""

    origin: str = ""
    """As written."""
    object_format: str = ""


def parse_config(data: bytes) -> Config:
    """Read `remote.origin.url` (the first) and `extensions.objectformat`; includes and all else are passed over."""
    origin = object_format = ""
    section: tuple[str, str] = ("", "")
    for raw in data.decode("utf-8", "replace").split("\n"):
        line = raw.strip()
        heading = _SECTION.match(line)
        if heading:
            section = (heading[1].lower(), heading[2] or "")
            line = line[heading.end() :].strip()
        key, equals, value = line.partition("=")
        if not equals:
            continue
        place = (*section, key.strip().lower())
        if place == ("remote", "origin", "url") and not origin:
            origin = _value(value)
        elif place == ("extensions", "", "objectformat"):
            object_format = _value(value).lower()
    return Config(origin, object_format)


def _value(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        return text[1:].partition('"')[0]
    return re.split(r"[#;]", text, maxsplit=1)[0].strip()


def remote_name(url: str) -> str:
    """The repository's name in a remote's address: `churn` of `git@host:team/churn.git`; "" where there is none."""
    last = re.split(r"[/\\:]", url.rstrip("/\\"))[-1].removesuffix(".git")
    return clean_name(last)


def clean_name(name: str) -> str:
    """A name that can be printed: without control characters, at most 100 letters."""
    return "".join(letter for letter in name if letter.isprintable()).strip()[:100]


def web_address(url: str) -> str | None:
    """The address of a remote's web page, without user, password or `.git`; None for a local or strange one."""
    if web := _WEB.fullmatch(url):
        scheme, host, path = web.groups()
    elif found := _SSH.fullmatch(url) or _SCP.fullmatch(url):
        scheme, (host, path) = "https", found.groups()
    else:
        return None
    return f"{scheme}://{host}/{path.strip('/').removesuffix('.git')}"
