from __future__ import annotations

from textwrap import dedent
from typing import TypeVar

import pytest

from portfolio_check.facts import Assignment, Call, Comparison, Definition, Fact, Import
from portfolio_check.readers.python import read_python
from portfolio_check.readers.source import Source, UnreadableError

T = TypeVar("T")


def read(code: str) -> list[Fact]:
    return read_python(Source("src/train.py", dedent(code).encode()))


def of(kind: type[T], code: str) -> list[T]:
    return [fact for fact in read(code) if isinstance(fact, kind)]


def names(code: str) -> list[str]:
    return [call.name for call in of(Call, code)]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from sklearn import dummy as d\nd.DummyClassifier()", "sklearn.dummy.DummyClassifier"),
        ("import sklearn.metrics as m\nm.f1_score(y, p)", "sklearn.metrics.f1_score"),
        ("import sklearn.metrics\nsklearn.metrics.f1_score(y, p)", "sklearn.metrics.f1_score"),
        ("from sklearn.metrics import f1_score as f1\nf1(y, p)", "sklearn.metrics.f1_score"),
        ("from . import data\ndata.load()", ".data.load"),
        ("from ..models.net import Net\nNet()", "..models.net.Net"),
        ("from sklearn.metrics import *\nf1_score(y, p)", "f1_score"),
        ("import numpy as np\nnp.random.default_rng(0)", "numpy.random.default_rng"),
        ("import tensorflow as tf\nlayers = tf.keras.layers\nlayers.Dense(1)", "tensorflow.keras.layers.Dense"),
        ("train_model(x)", "train_model"),
        ("model.fit(x)", ".fit"),
        ("handlers['a'](x)", ".__call__"),
    ],
)
def test_a_call_has_the_full_name_of_what_it_calls(code: str, name: str) -> None:
    assert names(code) == [name]


def test_an_import_inside_a_function_holds_only_there() -> None:
    code = """
        def train():
            from xgboost import XGBClassifier as Model
            Model()
        Model()
    """
    assert names(code) == ["xgboost.XGBClassifier", "Model"]
    assert [(found.name, found.scope) for found in of(Import, code)] == [("xgboost.XGBClassifier", "train")]


def test_a_fallback_import_does_not_replace_the_first() -> None:
    code = """
        try:
            import joblib
        except ImportError:
            from sklearn.externals import joblib
        joblib.dump(m, p)
    """
    assert names(code) == ["joblib.dump"]
    assert [found.name for found in of(Import, code)] == ["joblib", "sklearn.externals.joblib"]


def test_a_name_that_is_assigned_or_a_parameter_is_no_import_any_more() -> None:
    code = """
        from sklearn import svm
        from project import data
        def head(data):
            data.head()
        data.load()
        svm = svm.SVC()
        svm.fit(x)
    """
    assert names(code) == [".head", "project.data.load", "sklearn.svm.SVC", ".fit"]


def test_imports_keep_the_name_they_have_in_the_file() -> None:
    found = of(Import, "import a.b\nimport a.c as c\nfrom . import x\nfrom y import *\n")
    assert [(one.name, one.alias) for one in found] == [("a.b", "a.b"), ("a.c", "c"), (".x", "x"), ("y.*", "*")]


def test_a_method_has_its_receiver_as_written() -> None:
    calls = of(Call, 'self.model.fit(x)\ndf["age"].mean()\n", ".join(a)')
    assert [call.receiver for call in calls] == ["self.model", 'df["age"]', '", "']


def test_a_chain_gives_each_call_on_its_own_line() -> None:
    calls = of(Call, "total = (\n    df\n    .groupby('a')\n    .mean()\n)")
    assert [(call.name, call.receiver, call.results, call.place.line, call.text) for call in calls] == [
        (".groupby", "df", (), 3, ".groupby('a')"),
        (".mean", "", ("total",), 4, ".mean()"),
    ]


@pytest.mark.parametrize(
    ("code", "results"),
    [
        ("model = Model()", ("model",)),
        ("a, (b, *c) = f()", ("a", "b", "c")),
        ("self.model = Model()", ("self.model",)),
        ('models["lr"] = Model()', ('models["lr"]',)),
        ("x = y = f()", ("x", "y")),
        ("x: Model = f()", ("x",)),
        ("async def g():\n    x = await f()", ("x",)),
        ("if (x := f()):\n    pass", ("x",)),
        ("with f() as x:\n    pass", ("x",)),
        ("for i, x in f():\n    pass", ("i", "x")),
        ("[x for x in f()]", ("x",)),
        ("x = f() + 1", ()),
        ("f()", ()),
    ],
)
def test_results_are_the_names_that_the_whole_value_gets(code: str, results: tuple[str, ...]) -> None:
    assert [call.results for call in of(Call, code)] == [results]


def test_values_unpacked_in_pairs_go_each_to_its_name() -> None:
    assert [call.results for call in of(Call, "a, b = f(), g()")] == [("a",), ("b",)]


def test_nested_calls_know_the_call_they_are_in() -> None:
    code = """
        from sklearn.pipeline import Pipeline
        from sklearn.preprocessing import StandardScaler
        Pipeline([("s", StandardScaler(copy=bool(1)))])
        after()
    """
    assert [(call.name, call.within) for call in of(Call, code)] == [
        ("sklearn.pipeline.Pipeline", ""),
        ("sklearn.preprocessing.StandardScaler", "sklearn.pipeline.Pipeline"),
        ("bool", "sklearn.preprocessing.StandardScaler"),
        ("after", ""),
    ]


def test_arguments_are_source_and_their_variables_are_told() -> None:
    (call, _) = of(Call, 'f(df["x"].mean(), "a b", *rest, average="macro", n=self.n + k, **extra)')
    assert call.arguments == ('df["x"].mean()', '"a b"', "*rest")
    assert call.keywords == (("average", '"macro"'), ("n", "self.n + k"), ("**", "extra"))
    assert call.keyword("average") == '"macro"'
    assert call.uses == ("df", "rest", "self.n", "k", "extra")


def test_modules_are_no_variables() -> None:
    code = "import numpy as np\nf(np.mean(y), np.nan)"
    assert of(Call, code)[0].uses == ("y",)


def test_source_is_cut_by_bytes_as_the_parser_counts_them() -> None:
    calls = of(Call, 'print("größe", größe, "数据"); plot(x="é", y=ü)')
    assert calls[0].arguments == ('"größe"', "größe", '"数据"')
    assert calls[1].keywords == (("x", '"é"'), ("y", "ü"))


def test_long_arguments_and_values_are_cut() -> None:
    code = f"x = f({'a' * 500})\ny = [{'1, ' * 500}]"
    assert len(of(Call, code)[0].arguments[0]) == 80
    assert [len(fact.value) for fact in of(Assignment, code)] == [160, 160]


def test_a_value_over_several_lines_is_one_line_without_comments() -> None:
    (fact,) = of(Assignment, 'params = {\n    "lr": 0.1,  # found by hand\n    # later\n    "tag": "#1",\n}')
    assert fact.value == '{"lr": 0.1, "tag": "#1",}'
    assert (fact.text, fact.place.line) == ("params = {", 1)


def test_every_kind_of_assignment_is_told() -> None:
    code = """
        x = 1
        x += step
        y: int = 2
        z: int
        self.model = m
        df.loc[mask, "age"] = 0
        a, b = b, a
        if (n := 10) > 5:
            pass
    """
    assert [(fact.targets, fact.value, fact.uses) for fact in of(Assignment, code)] == [
        (("x",), "1", ()),
        (("x",), "step", ("x", "step")),
        (("y",), "2", ()),
        (("self.model",), "m", ("m",)),
        (('df.loc[mask, "age"]',), "0", ("mask",)),
        (("a", "b"), "b, a", ("b", "a")),
        (("n",), "10", ()),
    ]


def test_definitions_have_scope_parameters_bases_and_emptiness() -> None:
    code = """
        import torch.nn as nn
        class Net(nn.Module, Generic[T]):
            def forward(self, x, /, y=1, *rest, key=None, **extra):
                def inner(): ...
                return x
            def later(self):
                '''Not yet.'''
    """
    assert [(d.name, d.kind, d.scope, d.parameters, d.bases, d.empty) for d in of(Definition, code)] == [
        ("Net", "class", "", (), ("torch.nn.Module", "Generic"), False),
        ("forward", "function", "Net", ("self", "x", "y", "rest", "key", "extra"), (), False),
        ("inner", "function", "Net.forward", (), (), True),
        ("later", "function", "Net", ("self",), (), True),
    ]


def test_decorators_are_resolved_and_called_ones_are_calls() -> None:
    code = """
        from fastapi import FastAPI
        from prefect import flow, task as step
        app = FastAPI()
        @app.post("/predict")
        async def predict(request): return 1
        @flow(name="train")
        @step
        def train(): fit()
    """
    calls = of(Call, code)
    assert [(call.name, call.receiver, call.decorates, call.scope) for call in calls] == [
        ("fastapi.FastAPI", "", "", ""),
        (".post", "app", "predict", ""),
        ("prefect.flow", "", "train", ""),
        ("fit", "", "", "train"),
    ]
    assert [d.decorators for d in of(Definition, code)] == [("app.post",), ("prefect.flow", "prefect.task")]


def test_calls_in_a_signature_are_seen() -> None:
    code = "def f(a: Annotated[int, Query(ge=0)], *, b=Depends(g)) -> NamedTuple('Out', []): ..."
    assert sorted(names(code)) == ["Depends", "NamedTuple", "Query"]


def test_a_comparison_tells_what_follows_where_it_holds() -> None:
    code = """
        from drift import psi
        if psi(a, b) > 0.2 and not n < MIN or x is None:
            model.fit(x)
            alert("drift")
            raise DriftError("too far")
        elif score <= best:
            return_later()
            continue_(1)
        else:
            promote(model)
    """
    assert [(c.left, c.operator, c.right, c.consequence) for c in of(Comparison, code)] == [
        ("psi(a, b)", ">", "0.2", ("model.fit", "alert", "raise DriftError")),
        ("n", "<", "MIN", ("return_later", "continue_", "promote")),
        ("x", "is", "None", ("model.fit", "alert", "raise DriftError")),
        ("score", "<=", "best", ("return_later", "continue_")),
    ]


def test_comparisons_stand_in_while_assert_and_conditional_expressions() -> None:
    code = """
        def f():
            while loss > goal:
                step()
            assert acc >= 0.8, "too low"
            x = retrain() if drift > 0.1 else keep()
            if 0 < p < 1:
                return p
            ok = a > b
    """
    assert [(c.left, c.operator, c.right, c.consequence, c.scope) for c in of(Comparison, code)] == [
        ("loss", ">", "goal", ("step",), "f"),
        ("acc", ">=", "0.8", ("assert",), "f"),
        ("drift", ">", "0.1", ("retrain",), "f"),
        ("0", "<", "p", ("return",), "f"),
        ("p", "<", "1", ("return",), "f"),
    ]


def test_a_consequence_names_at_most_eight_calls() -> None:
    body = "\n".join(f"    f{number}()" for number in range(20))
    (found,) = of(Comparison, f"if a > 1:\n{body}")
    assert found.consequence == tuple(f"f{number}" for number in range(8))


def test_calls_in_f_strings_are_seen_at_the_line_of_the_string() -> None:
    code = 'from sklearn.metrics import f1_score\nprint(f"""F1:\n{f1_score(y_test, model.predict(x)):.3f}""")'
    calls = of(Call, code)
    assert [call.name for call in calls] == ["print", "sklearn.metrics.f1_score", ".predict"]
    assert (calls[1].arguments, calls[1].place.line, calls[1].within) == (("y_test", "model.predict(x)"), 2, "print")


def test_facts_stand_in_the_order_of_the_source() -> None:
    facts = read("# Load the data.\nimport a\nx = a.load(b())\nif x > 1:\n    f(x)  # only then\n")
    assert [type(fact).__name__ for fact in facts] == [
        "Sentence",
        "Import",
        "Assignment",
        "Call",
        "Call",
        "Comparison",
        "Call",
        "Sentence",
    ]
    assert [fact.place.line for fact in facts] == sorted(fact.place.line for fact in facts)


def test_newer_syntax_is_read_by_every_python() -> None:
    code = """
        type Label = str | int
        class Box[T: int](Base):
            def get[K](self, key: K) -> T:
                return look(key)
    """
    assert [d.name for d in of(Definition, code)] == ["Box", "get"]
    assert [(c.name, c.scope) for c in of(Call, code)] == [("look", "Box.get")]


def test_python_two_says_which_line_cannot_be_read() -> None:
    with pytest.raises(UnreadableError, match="not Python 3: line 2"):
        read("x = 1\nprint x\n")
