"""Evidence: what a reviewer argues with. Typed pieces put together from facts, whose slots carry a value and its place.

A slot may be empty. The levels of a criterion are counts of filled slots, and a gap names the empty one.
"""

from __future__ import annotations

from msgspec import Struct

from portfolio_check.facts import Place


class Slot(Struct, frozen=True, gc=False):
    """A filled slot: what was found, and where."""

    value: str
    place: Place
    quote: str
    """The words that stand at the place."""


class Score(Struct, frozen=True, kw_only=True):
    """A model measured by a metric."""

    model: Slot | None = None
    """Which model or configuration."""
    role: str = ""
    """`reference` (what any model must beat), `simple` (one among others), `candidate`, `final`, "" unknown."""
    metric: Slot | None = None
    """Standard name: accuracy, f1, roc_auc, rmse, …"""
    split: str = ""
    """train | validation | test | cv | "" unknown."""
    value: Slot | None = None
    """The visible value."""
    computed: Slot | None = None
    """The call that computes it."""
    compared: Slot | None = None
    """Where the reference's and another model's score in the same metric stand together."""


class Selection(Struct, frozen=True, kw_only=True):
    """Several models or configurations compared on a metric, and what was chosen."""

    candidates: Slot | None = None
    metric: Slot | None = None
    value: Slot | None = None
    """Visible values of at least two of them."""
    choice: Slot | None = None
    """Which was kept."""
    because: Slot | None = None


class Reason(Struct, frozen=True, kw_only=True):
    """Why something was chosen."""

    about: str
    """metric | label | model | data"""
    subject: Slot | None = None
    because: Slot | None = None
    general: Slot | None = None
    """What it means in general, or motivation that is not tied to this choice."""


class Check(Struct, frozen=True, kw_only=True):
    """Something that is watched once the model runs."""

    watched: Slot | None = None
    """Input, drift, prediction, quality or latency."""
    bound: Slot | None = None
    consequence: Slot | None = None
    """Alert, retrain, roll back."""
    service: Slot | None = None
    """Only the service is logged or its health is checked."""
    promise: Slot | None = None
    """Only announced."""


class Target(Struct, frozen=True, kw_only=True):
    """What is predicted."""

    name: Slot | None = None
    """The column or event, in prose."""
    values: Slot | None = None
    """Its values or unit, in prose."""
    code: Slot | None = None
    """Where it shows in code only."""


class Origin(Struct, frozen=True, kw_only=True):
    """Where the data comes from."""

    exact: Slot | None = None
    """So that a stranger could get it: a link, a named public data set, a download step, a generator."""
    vague: Slot | None = None
    """Named too vaguely, or a file that is committed or read."""


class Decision(Struct, frozen=True, kw_only=True):
    """Who uses which prediction for which action."""

    who: Slot | None = None
    action: Slot | None = None
    problem: Slot | None = None
    """The problem described, without a user or decision."""


class Assumption(Struct, frozen=True, kw_only=True):
    """Something assumed or known about the data."""

    stated: Slot | None = None
    """A property or choice with its object, in prose."""
    because: Slot | None = None
    done: Slot | None = None
    """Cleaning in code, or listed without the why."""


class Failure(Struct, frozen=True, kw_only=True):
    """Where the model fails, or should not be trusted."""

    shown: Slot | None = None
    """Confusion matrix, residuals, slices, worst examples, calibration: printed, plotted or tabled."""
    said: Slot | None = None
    """What somebody wrote about it."""
    condition: Slot | None = None
    """A named condition under which the system should not be trusted."""
    generic: Slot | None = None
    """A generic sentence or a to-do list."""


class Split(Struct, frozen=True, kw_only=True):
    """How rows for the score were held out."""

    held_out: Slot | None = None
    cross_validated: Slot | None = None
    suited: Slot | None = None
    """Time-aware or grouped."""
    honest: Slot | None = None
    """What keeps the final score honest.

    A third part for choosing, cross-validation beside a test set, an official or timed split.
    """
    flaw: Slot | None = None
    """What makes the final score dishonest."""
    flaw_kind: str = ""
    """tuned-on-test | fitted-before-split | time-order-ignored"""


class Serving(Struct, frozen=True, kw_only=True):
    """A way from a saved model to a prediction."""

    how: Slot | None = None
    """Route, CLI, batch scorer, app."""
    loads: Slot | None = None
    """The artifact it loads."""
    documented: Slot | None = None
    """A command or request that documents its use."""
    packaging: Slot | None = None
    """Dockerfile, compose, Kubernetes, serverless, Space."""
    deploys: Slot | None = None
    """How to deploy or run it, documented."""
    notebook: Slot | None = None
    """Prediction shown in a notebook only."""
    unbuildable: Slot | None = None
    """What the image copies and is not there."""
    broken: Slot | None = None
    """What does not fit: a documented file that is not there, a copied file that does not exist."""


class Run(Struct, frozen=True, kw_only=True):
    """Something that runs training, scoring, tests or checks, or records it."""

    what: str
    """tracking | artifact | orchestration | retraining | tests | ci"""
    does: Slot | None = None
    """The full thing: logs to a tracker, versions, is scheduled, tests own code, checks this project."""
    by_hand: Slot | None = None
    """The lesser thing.

    Recorded by hand, fixed name, chained by hand, a script that can be rerun, a token test, an idle pipeline.
    """
    documented: Slot | None = None
    """How to run it, or when it happens."""
    trigger: Slot | None = None


class Environment(Struct, frozen=True, kw_only=True):
    """How a stranger gets the same versions."""

    pinned: Slot | None = None
    """All that matters is pinned or locked."""
    listed: Slot | None = None


class Reproduction(Struct, frozen=True, kw_only=True):
    """A named paper or benchmark, and the figures beside each other."""

    named: Slot | None = None
    run: Slot | None = None
    original: Slot | None = None
    own: Slot | None = None


class Ablation(Struct, frozen=True, kw_only=True):
    """A component or setting that was varied."""

    varied: Slot | None = None
    effect: Slot | None = None


class Effort(Struct, frozen=True, kw_only=True):
    """What it took to make it run."""

    told: Slot | None = None
    """Hardware, time, deviations or fixes."""
    how_to: Slot | None = None


Evidence = (
    Score
    | Selection
    | Reason
    | Check
    | Target
    | Origin
    | Decision
    | Assumption
    | Failure
    | Split
    | Serving
    | Run
    | Environment
    | Reproduction
    | Ablation
    | Effort
)
