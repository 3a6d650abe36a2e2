"""The slow reference of the figures gives the checked examples; the real ones give what it gives."""

from __future__ import annotations

from functools import reduce
from typing import Any

import pytest

from tests.support.figures_examples import EXAMPLES, Example
from tests.support.figures_reference import reference


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_reference_gives_the_checked_examples(example: Example) -> None:
    answer = reference(example.facts, example.question)
    assert answer["models"]["registered"] == example.registered
    assert answer["problems"]["must"] == example.problems
    assert {path: _at(answer, path) for path in example.also} == dict(example.also)


def _at(answer: dict[str, Any], path: tuple[str, ...]) -> Any:
    return reduce(lambda inner, key: inner[key], path, answer)
