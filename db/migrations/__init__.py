"""The schema of the book, one file a step. A shipped step is never edited and imports no declaration."""

from __future__ import annotations

import sys

import lazy_loader
import sqlcipher3
import sqlcipher3.dbapi2

# sqlite-utils looks for this name first; so it uses, and catches the errors of, our one SQLite.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

STEPS = (
    "0001_book",
    "0002_model_life",
    "0003_figures",
    "0004_audience",
    "0005_search",
    "0006_templates",
    "0007_sums",
    "0008_paper_request",
)
"""Names of all steps in order, known without loading the library that runs them."""

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={"run": ["apply"]})
