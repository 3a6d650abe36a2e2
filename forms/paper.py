"""Makes a paper: data -> words -> pages -> PDF/A and PDF/UA with fields to sign in. Signing comes after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forms.anchors import Anchor
from forms.figure_problems import problems_of
from forms.finish import Metadata, finish
from forms.layout.pdf import lay_out
from forms.paper_data import PaperData
from forms.paper_kinds import PaperKind, kind
from forms.profile import PROFILES, load
from forms.tree import Tree
from forms.write import Problem, write


@dataclass(frozen=True, slots=True)
class Made:
    """A finished paper: the file, where it is signed, what it says, what the clerk should look at."""

    pdf: bytes
    anchors: tuple[Anchor, ...]
    tree: Tree
    problems: tuple[Problem, ...]


def make(
    data: PaperData,
    *,
    created: datetime | None = None,
    paper: PaperKind | None = None,
    profiles: Path = PROFILES,
) -> Made:
    """The paper as PDF/A-2u and PDF/UA-1; equal data give equal bytes.

    ``created`` (with its zone) is the time in the file's metadata; ``paper`` replaces the shipped one.
    Raises ``UnknownPaperError``, ``UnknownProfileError``, ``BadTemplateError``, ``GlyphMissingError``, each
    with a ``sentence()``.
    """
    profile = load(data.profile, profiles)
    written = write(paper or kind(data.kind), data, profile)
    laid = lay_out(written.tree, profile)
    metadata = Metadata(written.tree.title, written.tree.author, created=created)
    problems = (*problems_of(data.figures), *written.problems)
    pdf = finish(laid.pdf, metadata, laid.structure, laid.anchors)
    return Made(pdf, laid.anchors, written.tree, problems)
