"""Which folders and file kinds say nothing of the candidate's own work, as plain tables."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


VENDORED = "vendored"
ENVIRONMENT = "virtual environment"
CACHE = "cache"
RECORDS = "run records"
GENERATED = "generated"
DATA = "not read: data"

FOLDERS: dict[str, str] = {
    name: reason
    for reason, text in {
        VENDORED: "node_modules bower_components jspm_packages vendor vendored third_party third-party thirdparty "
        "site-packages dist-packages .terraform .eggs",
        ENVIRONMENT: "venv .venv virtualenv .virtualenv",
        CACHE: "__pycache__ .ipynb_checkpoints .virtual_documents .pytest_cache .mypy_cache .ruff_cache .hypothesis "
        ".cache .tox .nox .git .hg .svn .idea .gradle .next .nuxt .parcel-cache .Rproj.user __MACOSX",
        RECORDS: "catboost_info lightning_logs",
        GENERATED: "_site _build htmlcov .jekyll-cache",
    }.items()
    for name in text.split()
}
"""A folder of this name, and everything below it."""

NESTED: dict[tuple[str, str], str] = {
    (".dvc", "cache"): CACHE,
    (".dvc", "tmp"): CACHE,
    ("build", "lib"): GENERATED,
    ("renv", "library"): VENDORED,
}
"""A folder in a folder."""

FOLDER_SUFFIXES: dict[str, str] = {".egg-info": VENDORED, ".dist-info": VENDORED}

NAMES: dict[str, str] = {
    **dict.fromkeys(
        _words(
            "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb composer.lock "
            "gemfile.lock cargo.lock .terraform.lock.hcl"
        ),
        GENERATED,
    ),
    **dict.fromkeys(_words(".ds_store thumbs.db desktop.ini"), CACHE),
}
"""Lower-case file names."""

_SUFFIXES_OF: dict[str, str] = {
    DATA: "parquet feather arrow orc avro h5 hdf5 npz npy mat rds rdata dta sas7bdat xls xlsx xlsb ods db sqlite "
    "sqlite3 duckdb mdb shp dbf shx tfrecord tfrecords idx nc las laz arff libsvm svmlight geojson",
    "not read: model file": "pkl pickle joblib sav pt pth ckpt onnx pb tflite keras safetensors bin model bst cbm dill "
    "mlmodel gguf npk caffemodel weights",
    "not read: picture": "png jpg jpeg gif bmp tif tiff webp svg ico heic psd eps ai drawio excalidraw",
    "not read: sound or film": "wav mp3 flac ogg m4a aac mp4 avi mov mkv webm mpg mpeg",
    "not read: archive": "zip gz tgz tar 7z bz2 rar xz zst lz4 jar whl egg war",
    "not read: document that is no text": "pdf doc docx ppt pptx odt odp rtf key pages epub pbix twb twbx",
    "not read: font": "ttf otf woff woff2 eot",
    "not read: compiled": "exe dll so dylib o a obj pyc pyd pyo class wasm",
    GENERATED: "map",
}
SUFFIXES: dict[str, str] = {suffix: reason for reason, text in _SUFFIXES_OF.items() for suffix in text.split()}
"""Lower-case, without the dot."""

DATA_FOLDERS = frozenset(
    _words(
        "data dataset datasets raw interim processed external input inputs corpus corpora images imgs annotations "
        "labels train test val valid validation"
    )
)
"""Lower-case names of folders in which tables and loose texts are data."""

RESULT_FOLDERS = frozenset(
    _words("result results metric metrics report reports score scores evaluation experiments logs")
)
"""Lower-case names of folders in which they are not, even below a data folder."""

TABLES = frozenset(_words("csv tsv jsonl ndjson psv dat data"))
"""Kinds that hold data in most places, and metrics, results or a data dictionary in some."""

LOOSE = frozenset(_words("txt json xml html htm log yaml yml")) | TABLES | {""}
"""Kinds that are data where they lie in hundreds in one folder."""

DESCRIBING = _words(
    "readme description dictionary metadata schema feature column field codebook metric result score report summary "
    "param config class requirement label_map leaderboard comparison"
)
"""Words in the name of a small table or text that is about the data or the models, not the data itself."""

SAMPLES = frozenset(
    _words(
        "train test val valid validation data dataset raw submission sample_submission gender_submission x_train "
        "x_test y_train y_test"
    )
)
"""Names of tables that are the data, wherever they lie."""

WEB = frozenset(_words("js css html htm json svg"))
"""Kinds that a build puts into `dist` or `build`."""
