"""The review for a terminal: the worst gaps first, then what is proven and where. Plain text when piped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING

from portfolio_check.reports.printable import printable
from portfolio_check.review.model import Criterion, Evidence, Finding, Question, Review, Skipped, Source

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

DISCLAIMER = "This judges a repository, not a person; no score is a hiring decision."
NEXT_STEP = "Fix one gap, commit, run again."

MARKS = {"met": "+", "partial": "~", "missing": "-", "unsure": "?", "n/a": " "}
STYLES = {"met": "green", "partial": "yellow", "missing": "red", "unsure": "magenta", "n/a": "dim"}
SEVERITY_STYLES = {"error": "red", "warning": "yellow", "note": "cyan"}
GAP_LEVELS = ("missing", "partial")

FEWEST_COLUMNS = 40
TITLE_COLUMNS = 24
# Less than this beside code, title and level, and the place goes to a line of its own.
PLACE_COLUMNS = 36
FEW = 3


def to_text(review: Review, *, width: int = 80, color: bool = False, verbose: bool = False, quiet: bool = False) -> str:
    """The report in lines of at most `width` columns, except that an address is never broken.

    `color` adds styles and hyperlinks; without it there is no escape sequence. `verbose` shows every place, gap, fix
    and source; `quiet` is one line for each gap and nothing else, not cut to the width.
    """
    from rich.console import Console

    width = max(width, FEWEST_COLUMNS)
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    if quiet:
        _print(console, _gap_lines(review))
    else:
        for part in _parts(review, console, verbose):
            _print(console, part)
    return out.getvalue()


def gaps(review: Review) -> list[str]:
    """Slugs of the criteria that count and are missing or partial: those to close first, then in the review's order."""
    first = [slug for slug in review.top_gaps if slug in review.criteria]
    others = (
        slug
        for slug, criterion in review.criteria.items()
        if slug not in first and criterion.level in GAP_LEVELS and criterion.weight
    )
    return [*first, *others]


def _print(console: Console, lines: Iterable[Text]) -> None:
    for line in lines:
        line.rstrip()
        console.print(line, soft_wrap=True)


def _gap_lines(review: Review) -> Iterator[Text]:
    for slug in gaps(review):
        criterion = review.criteria[slug]
        line = _text((f"{criterion.level:<7}", STYLES[criterion.level]), f" {criterion.code} {slug}")
        if criterion.gap:
            line.append(f": {printable(criterion.gap)}")
        yield line


def _parts(review: Review, console: Console, verbose: bool) -> Iterator[Iterable[Text]]:
    yield _header(review, console)
    yield _first(review, console)
    yield _criteria(review, console, verbose)
    if review.findings:
        yield _findings(review.findings, console, verbose)
    if review.tutorial_clone.value or verbose:
        yield _tutorial_clone(review, console)
    if review.questions:
        yield _questions(review.questions, console, verbose)
    if review.skipped:
        yield _skipped(review.skipped, console, verbose)
    yield [_text(), _text((NEXT_STEP, "bold"))]


def _header(review: Review, console: Console) -> Iterator[Text]:
    repository = review.repository
    name = printable(repository.name)
    if repository.path != ".":
        name += f" ({printable(repository.path)})"
    said = [review.kind, f"profile {printable(review.profile)}", f"score {review.score}/100"]
    said.append(f"commit {printable(repository.commit)[:7]}" if repository.commit else "no commit")
    yield from _wrapped(console, _text((name, "bold"), ": " + ", ".join(said)))
    yield from _wrapped(console, _text((DISCLAIMER, "dim")))
    if review.kind == "not-ml":
        yield from _wrapped(console, _text("No machine learning was found here, so most criteria do not apply."))


def _first(review: Review, console: Console) -> Iterator[Text]:
    slugs = [slug for slug in review.top_gaps if slug in review.criteria]
    yield _text()
    if not slugs:
        yield _text(("No gap to close first.", "bold"))
        return
    yield _text(("Close these first", "bold"))
    for number, slug in enumerate(slugs, 1):
        criterion = review.criteria[slug]
        yield _text()
        yield from _wrapped(
            console,
            _text(
                (printable(criterion.title), "bold"),
                ": ",
                (criterion.level, STYLES[criterion.level]),
                (f" ({criterion.code} {slug})", "dim"),
            ),
            label=f"{number}. ",
        )
        yield from _advice(criterion, console, places=criterion.evidence[:1], sources=_heard(criterion.sources))


def _heard(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The one source to show where there is room for one: somebody's words at a minute, else the first."""
    return tuple(source for source in sources if source.at)[:1] or sources[:1]


def _advice(
    criterion: Criterion, console: Console, *, places: Iterable[Evidence], sources: Iterable[Source], indent: int = 3
) -> Iterator[Text]:
    if criterion.reason:
        yield from _wrapped(console, _text(printable(criterion.reason)), indent=indent)
    if criterion.gap:
        yield from _wrapped(console, _text(printable(criterion.gap)), indent=indent)
    for place in places:
        shown = _text((_place(place), "cyan"), f" {_quote(place)}")
        yield from _wrapped(console, shown, indent=indent, label="Shown:  ")
    if criterion.fix:
        yield from _wrapped(console, _text(printable(criterion.fix)), indent=indent, label="Do:     ")
    for source in sources:
        yield from _source(source, console, indent)


def _source(source: Source, console: Console, indent: int) -> Iterator[Text]:
    url = printable(source.url)
    who = printable(source.guest or source.title)
    if source.at:
        who += f" at {printable(source.at)}"
    if source.section:
        who += f", in {printable(source.section)}"
    link = f"link {url}" if url.startswith(("https://", "http://")) and " " not in url else ""
    address = _text((url, link)) if url else _text()
    label = "Source: "
    line = _text(" " * indent, label, who, " ", address)
    if line.cell_len <= console.width:
        yield line
    else:
        yield from _wrapped(console, _text(who), indent=indent, label=label)
        yield _text(" " * (indent + len(label)), address)


def _criteria(review: Review, console: Console, verbose: bool) -> Iterator[Text]:
    packs: dict[str, list[tuple[str, Criterion]]] = {}
    for slug, criterion in review.criteria.items():
        packs.setdefault(criterion.pack, []).append((slug, criterion))
    longest = max((len(printable(criterion.title)) for criterion in review.criteria.values()), default=0)
    for pack, members in packs.items():
        levels = [criterion.level for _, criterion in members]
        counts = [f"{levels.count(level)} {level}" for level in MARKS if level in levels]
        yield _text()
        yield from _wrapped(
            console, _text((printable(pack).replace("-", " ").capitalize(), "bold"), (": " + ", ".join(counts), "dim"))
        )
        for _, criterion in members:
            yield from _row(criterion, console, title_columns=min(longest, TITLE_COLUMNS), show_place=not verbose)
            if verbose:
                yield from _advice(criterion, console, places=criterion.evidence, sources=criterion.sources, indent=8)


def _row(criterion: Criterion, console: Console, *, title_columns: int, show_place: bool) -> Iterator[Text]:
    style = STYLES[criterion.level]
    title = _text(printable(criterion.title))
    title.truncate(title_columns, overflow="ellipsis", pad=True)
    row = _text(
        (MARKS[criterion.level], style), f" {criterion.code} ", title, " ", (f"{criterion.level:<7}", style), " "
    )
    left = console.width - row.cell_len
    if not show_place:
        yield row
    elif left >= PLACE_COLUMNS:
        row.append_text(_shown(criterion, left))
        yield row
    else:
        yield row
        shown = _shown(criterion, console.width - 8)
        if shown:
            yield _text(" " * 8, shown)


def _shown(criterion: Criterion, columns: int) -> Text:
    """Best place and its words where there is one, else what is missing or why it could not be told."""
    if not criterion.evidence:
        shown = _text((printable(criterion.reason or criterion.gap or ""), "dim"))
    else:
        place = _text((_place(criterion.evidence[0]), "cyan"))
        # The end of a path tells more than its start.
        if place.cell_len > columns * 3 // 5:
            place = _text((f"…{place.plain[-(columns * 3 // 5) + 1 :]}", "cyan"))
        shown = _text(place, f" {_quote(criterion.evidence[0])}")
    shown.truncate(columns, overflow="ellipsis")
    return shown


def _findings(findings: tuple[Finding, ...], console: Console, verbose: bool) -> Iterator[Text]:
    yield _text()
    yield _text(("Findings", "bold"))
    for finding in findings:
        place = _at(finding.path, finding.line, finding.cell)
        yield from _wrapped(
            console,
            _text(
                (finding.severity, SEVERITY_STYLES[finding.severity]),
                f" {finding.code} ",
                (place, "cyan"),
                f" {printable(finding.title)}: {printable(finding.message)}",
            ),
            label="- ",
        )
        if verbose:
            for source in finding.sources:
                yield from _source(source, console, 2)


def _tutorial_clone(review: Review, console: Console) -> Iterator[Text]:
    yield _text()
    said = "Reads like a followed tutorial" if review.tutorial_clone.value else "Does not read like a followed tutorial"
    reasons = "; ".join(printable(reason) for reason in review.tutorial_clone.reasons)
    yield from _wrapped(console, _text((said, "bold"), f": {reasons}" if reasons else "."))


def _questions(questions: tuple[Question, ...], console: Console, verbose: bool) -> Iterator[Text]:
    yield _text()
    yield _text(("A reviewer would ask", "bold"))
    for question in questions if verbose else questions[:FEW]:
        yield from _wrapped(console, _text(printable(question.ask)), label="- ")


def _skipped(skipped: tuple[Skipped, ...], console: Console, verbose: bool) -> Iterator[Text]:
    yield _text()
    if verbose:
        yield _text((f"Not read: {len(skipped)}", "bold"))
        for item in skipped:
            yield from _wrapped(console, _text(f"{printable(item.path)}: {printable(item.reason)}"), label="- ")
        return
    few = "; ".join(f"{printable(item.path)} ({printable(item.reason)})" for item in skipped[:FEW])
    more = f"; and {len(skipped) - FEW} more" if len(skipped) > FEW else ""
    yield from _wrapped(console, _text((f"Not read: {few}{more}", "dim")))


def _place(place: Evidence) -> str:
    return _at(place.path, place.line, place.cell, output=place.output)


def _at(path: str, line: int, cell: int | None, *, output: bool = False) -> str:
    if cell is None:
        return f"{printable(path)}:{line}"
    return f"{printable(path)} cell {cell}{' output' if output else ''}"


def _quote(place: Evidence) -> str:
    return f'"{printable(place.quote)}"' if place.quote else ""


def _text(*parts: str | tuple[str, str] | Text) -> Text:
    from rich.text import Text

    return Text.assemble(*parts)


def _wrapped(console: Console, text: Text, *, indent: int = 0, label: str = "") -> Iterator[Text]:
    """Lines of the text beside its label."""
    start = " " * indent + label
    for line in text.wrap(console, max(console.width - len(start), FEWEST_COLUMNS // 2)):
        line.rstrip()
        yield _text(start, line)
        start = " " * len(start)
