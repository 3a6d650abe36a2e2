"""Help and complaints in Vietnamese unless English is asked for, wherever the words stand."""

from __future__ import annotations

import pytest
from click import Option

from desktop.cli import danvan
from resources import _, use_language
from tests.end2end.conftest import Ran, Shell

COUNTS = "Count and add up a period."


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _in_vietnamese(english: str) -> str:
    use_language("vi")
    return _(english)


@pytest.mark.parametrize("words", [["--help"], ["figures", "--help"]])
def test_help_is_vietnamese_unless_english_is_asked_for(shell: Shell, words: list[str]) -> None:
    ran = shell.run(*words)
    assert ran.code == 0
    assert _in_vietnamese(COUNTS) in _on_one_line(ran.out)
    assert _in_vietnamese("Language of messages (vi).") in _on_one_line(ran.out)


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "en", "--help"],
        ["--help", "--lang", "en"],
        ["--lang", "en", "figures", "--help"],
        ["figures", "--lang=en", "--help"],
        ["figures", "--help", "--lang", "en"],
    ],
)
def test_help_is_english_wherever_that_is_asked_for(shell: Shell, words: list[str]) -> None:
    ran = shell.run(*words)
    assert ran.out.startswith("Usage: danvan")
    assert COUNTS in ran.out


def _helped(shell: Shell, command: str) -> Ran:
    return shell.run(command, "--help", "--lang", "en")


@pytest.mark.parametrize("command", sorted(danvan.commands))
def test_every_command_tells_every_option_with_a_word_about_it(shell: Shell, command: str) -> None:
    ran = _helped(shell, command)
    assert (ran.code, ran.err) == (0, "")
    options = [param for param in danvan.commands[command].params if isinstance(param, Option)]
    assert [option.name for option in options if not option.help] == []
    assert "--json" in ran.out


@pytest.mark.parametrize("command", sorted(danvan.commands))
def test_every_command_takes_json_debug_and_language(command: str) -> None:
    names = {name for param in danvan.commands[command].params for name in param.opts}
    assert names >= {"--json", "--debug", "--lang"}


def test_help_names_what_must_be_given(shell: Shell) -> None:
    out = _helped(shell, "figures").out
    assert out.startswith("Usage: danvan figures [OPTIONS] BOOK\n")
    assert "(needed)" in out


def test_help_marks_what_may_be_left_out(shell: Shell) -> None:
    assert _helped(shell, "bin").out.startswith("Usage: danvan bin [OPTIONS] BOOK [ACTION] [RECORD]\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["figures", "b"], "The command lacks --period."),
        (["figures"], "The command lacks BOOK."),
        (["figures", "b", "--period"], "After --period a value is missing"),
        (["figures", "b", "--nonsense"], "There is no option --nonsense"),
        (["figures", "b", "--period", "2024", "--units", "never"], "--units must be one of: then, today."),
        (["search", "b", "x", "--limit", "0"], "The value of --limit cannot be used"),
        (["bin", "b", "empty"], "ACTION must be one of: list, restore."),
        (["papers", "more"], "These words do not fit the command; danvan papers --help"),
        (["--json"], "This command is not right; danvan --help lists the commands."),
        (["nonsense"], "This command is not right; danvan --help lists the commands."),
    ],
)
def test_wrong_usage_is_told_in_our_words(shell: Shell, words: list[str], sentence: str) -> None:
    ran = shell.run("--lang", "en", *words)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_an_unknown_language_is_wrong_usage(shell: Shell) -> None:
    ran = shell.run("papers", "--lang", "fr")
    assert (ran.code, ran.out) == (2, "")
    assert "vi, en" in ran.err


def test_a_run_without_a_language_speaks_vietnamese_again(shell: Shell) -> None:
    shell.run("papers", "--lang", "en")
    assert shell.run("figures", "--help").out.startswith(_in_vietnamese("Usage: "))
