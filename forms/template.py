"""Text templates that an office may edit: filled in a sandbox; every line knows where it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from traceback import extract_tb
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from forms import wording
from resources import _

# Marks that live only between filling a template and reading its lines. A value never brings them in.
_LINE: Final = "\ue000{}\ue001"
_LINE_MARK: Final = re.compile("\ue000(\\d+)\ue001")
_QUOTED: Final = re.compile("'([^']+)'")
_VALUE: Final = "\ue002"
_SIGNS: Final = {"\n": "\ue003", "|": "\ue004", "*": "\ue005"}
_PROTECT: Final = str.maketrans(
    {**_SIGNS, **dict.fromkeys(map(chr, range(0xE000, 0xE006)), "\ufffd"), "\r": None}
)
_RESTORE: Final = str.maketrans({mark: sign for sign, mark in _SIGNS.items()} | {_VALUE: None})
_LONGEST: Final = 2_000_000
"""Characters a filled template may have."""


class BadTemplateError(Exception):
    """A template that cannot be used: ``line`` counts from 1, ``reason`` is for whoever edits it."""

    def __init__(self, paper: str, line: int, reason: str) -> None:
        super().__init__(f"{paper}:{line}: {reason}")
        self.paper = paper
        self.line = line
        self.reason = reason

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("Line {line} of the template of “{paper}” cannot be used. {reason}").format(
            line=self.line, paper=self.paper, reason=self.reason
        )


class _LineMarks(Extension):
    """Puts the number of its line before every piece of the template's own text."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", "".join(_marked(token.value, token.lineno)))
            else:
                yield token


def _marked(text: str, first: int) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), first):
        yield ("\n" if number > first else "") + _LINE.format(number) + line


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without ways out, and without ``*``, which could fill the memory from a short template."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not numbers:
            raise SecurityError(f"'{operator}'")
        return super().call_binop(context, operator, left, right)


def _shown(value: object) -> str:
    """How a value stands in a paper; nothing in it is taken for markup."""
    if value is None or isinstance(value, int | float):
        value = wording.number(value)
    return _VALUE + str(value).translate(_PROTECT)


def _environment(filters: Mapping[str, Callable[..., Any]]) -> _Sandbox:
    environment = _Sandbox(
        extensions=[_LineMarks],
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters.update(filters)
    return environment


def fill(
    paper: str, source: str, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]
) -> list[tuple[int, str]]:
    """The filled template as (number of the template's line, text). Raises :class:`BadTemplateError`."""
    try:
        filled = _bounded(paper, _environment(filters).from_string(source).generate(values))
    except TemplateSyntaxError as error:
        reason = _("Braces and the words if, for, endif, endfor must come in pairs ({detail}).")
        raise BadTemplateError(paper, error.lineno, reason.format(detail=error.message)) from error
    except UndefinedError as error:
        reason = _("It asks for “{name}”, which there is not.").format(name=_named(error))
        raise BadTemplateError(paper, _line_of(error), reason) from error
    except SecurityError as error:
        reason = _("It asks for “{name}”, which templates may not use.").format(name=_named(error))
        raise BadTemplateError(paper, _line_of(error), reason) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        reason = _("It cannot be worked out: {detail}.").format(detail=error)
        raise BadTemplateError(paper, _line_of(error), reason) from error
    return list(_lines(filled))


def _bounded(paper: str, pieces: Iterable[str]) -> str:
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > _LONGEST:
            raise BadTemplateError(paper, 1, _("The paper would become too long."))
    return "".join(kept)


def _named(error: TemplateError) -> str:
    """What an error of Jinja is about: the last name that it quotes."""
    quoted = _QUOTED.findall(error.message or "")
    return quoted[-1] if quoted else str(error.message)


def _line_of(error: Exception) -> int:
    """The template's line at which filling stopped. Jinja names the frames of a template ``<template>``."""
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (lines[-1] if lines else None) or 1


def _lines(filled: str) -> Iterator[tuple[int, str]]:
    last = 1
    for line in filled.split("\n"):
        last = max((int(found) for found in _LINE_MARK.findall(line)), default=last)
        yield last, _LINE_MARK.sub("", line)


def is_value(line: str) -> bool:
    """Whether a filled line begins with a value: then it is text, whatever its first signs are."""
    return line.startswith(_VALUE)


def restore(text: str) -> str:
    """The text with the signs that values brought along."""
    return text.translate(_RESTORE)
