from __future__ import annotations

import pytest

from portfolio_check.repository.remote import clean_name, parse_config, remote_name, web_address


def test_the_first_address_of_the_origin_is_taken() -> None:
    text = b"""
[core] bare = false ; no
[remote "upstream"]
	url = https://example.org/other.git
[Remote "origin"]
	# url = https://example.org/comment.git
	URL = "https://example.org/ada/churn.git" # mine
	url = https://example.org/second.git
	fetch = +refs/heads/*:refs/remotes/origin/*
[extensions]
	objectFormat = SHA256
"""
    config = parse_config(text)
    assert (config.origin, config.object_format) == ("https://example.org/ada/churn.git", "sha256")


@pytest.mark.parametrize(
    ("url", "name", "web"),
    [
        ("https://github.com/ada/churn.git", "churn", "https://github.com/ada/churn"),
        ("https://ada:secret@github.com/ada/churn", "churn", "https://github.com/ada/churn"),
        ("https://github.com/ada/churn/", "churn", "https://github.com/ada/churn"),
        ("git@github.com:ada/churn.git", "churn", "https://github.com/ada/churn"),
        ("ssh://git@example.org:2222/ada/churn.git", "churn", "https://example.org/ada/churn"),
        ("http://localhost:3000/ada/churn", "churn", "http://localhost:3000/ada/churn"),
        ("/home/ada/churn.git", "churn", None),
        ("../churn", "churn", None),
        ("file:///home/ada/churn", "churn", None),
        ("C:\\work\\churn", "churn", None),
        ('https://example.org/a b"><script>', 'a b"><script>', None),
        ("javascript:alert(1)", "alert(1)", None),
        ("", "", None),
    ],
)
def test_an_address_gives_a_name_and_a_link_without_secrets(url: str, name: str, web: str | None) -> None:
    assert remote_name(url) == name
    assert web_address(url) == web


def test_a_name_can_always_be_printed() -> None:
    assert clean_name("a\x1b[31m\n\u202eb") == "a[31mb"
    assert len(clean_name("x" * 1000)) == 100
