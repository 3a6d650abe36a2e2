"""What `make run` does: a demo book, then the window on it, or without a display a signed report of it.

Everything goes through the command line that an office would use. Results stay in ``out/``; with ``--fresh``
it starts anew.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = str(ROOT / ".venv" / "bin" / "danvan")
OUT = ROOT / "out"
BOOK = OUT / "demo" / "so-dan-van.danvan"
FACTS = OUT / "demo" / "demo.json"
REPORT = OUT / "bao-cao-2025.pdf"
YEARS = "2023-2025"
PERIOD, BEFORE = "2025", "2024"


@dataclass(frozen=True, slots=True)
class Danvan:
    """The command line, with the two passwords handed over as it wants them: in the environment."""

    passwords: dict[str, str]

    def __call__(self, *words: str | Path) -> dict[str, Any]:
        """Run a command with ``--json`` and return its object; stop with its sentence where it fails."""
        command = [PROGRAM, *map(str, words), "--json"]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=False, env=os.environ | self.passwords
        )
        if not done.stdout.strip():
            sys.exit(done.returncode or 1)
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


def demo() -> dict[str, str]:
    """What ``danvan demo`` said of its book; the book is made now if it is not there."""
    if not (BOOK.exists() and FACTS.exists()):
        shutil.rmtree(BOOK.parent, ignore_errors=True)
        BOOK.parent.mkdir(parents=True)
        print("Making a demo book with invented people …", flush=True)
        facts = Danvan({})("demo", BOOK, "--models", "60", "--years", YEARS, "--seed", "1")
        FACTS.write_text(json.dumps(facts, ensure_ascii=False, indent=2), encoding="utf-8")
    found: dict[str, str] = json.loads(FACTS.read_text(encoding="utf-8"))
    return found


def open_window(facts: dict[str, str]) -> int:
    """Open the window on the demo book and wait until it is closed."""
    print(f"Book:      {facts['book']}\nPassword:  {facts['password']}", flush=True)
    window = "import pathlib, sys, desktop; sys.exit(desktop.open_window(pathlib.Path(sys.argv[1])))"
    return subprocess.run([sys.executable, "-c", window, facts["book"]], check=False).returncode


def write_report(facts: dict[str, str]) -> int:
    """Write, sign and verify the report of a year, and say where everything is; 0 if the verdict is valid."""
    danvan = Danvan({"DANVAN_PASSWORD": facts["password"], "DANVAN_P12": facts["p12_password"]})
    ours = ("--password-env", "DANVAN_PASSWORD")
    figures = danvan("figures", facts["book"], "--period", PERIOD, *ours)
    print(f"Writing and signing the report of {PERIOD} …", flush=True)
    paper = danvan(
        "paper", facts["book"], "result_report", "--period", PERIOD, "--compare", BEFORE, "--out", REPORT,
        *ours, "--sign", facts["p12"], "--sign-password-env", "DANVAN_P12",
    )
    verdict = danvan("verify", REPORT, "--trust", facts["root"], "--crl", facts["crl"])
    print("\n".join(summary(facts, figures, paper, verdict)))
    return 0 if verdict["verdict"] == "valid" else 1


def summary(
    facts: dict[str, str], figures: dict[str, Any], paper: dict[str, Any], verdict: dict[str, Any]
) -> list[str]:
    """What was made and what the figures are, a line each; the report and its verdict last."""
    models, money = figures["models"], figures["contributions"]
    rows = {
        "Book": facts["book"],
        "Password": facts["password"],
        "Key, password": f"{facts['p12']}, {facts['p12_password']}",
        "Root, CRL": f"{facts['root']}, {facts['crl']}",
        "Period": figures["period"]["label"],
        "Models": f"{shown(models['registered'])} registered, {shown(models['distinct_models'])} distinct",
        "By field": parts(models["by_field"]),
        "By subject": parts(models["by_subject"]),
        "Contributions": f"{shown(money['cash_vnd'])} đồng in cash, {shown(money['transfer_vnd'])} đồng by "
        f"transfer, {shown(money['labour_days'])} labour days",
        "Activities": parts(figures["activities"]["by_kind"]),
        "Signed by": ", ".join(each["signer"] for each in verdict["signatures"]),
        "Report": paper["file"],
        "Verdict": verdict["verdict"],
    }
    return [f"{name + ':':15}{text}" for name, text in rows.items()]


def parts(values: dict[str, Any]) -> str:
    """``economy 12, culture_society 9``; what is not stated is left out."""
    return ", ".join(f"{name} {shown(value)}" for name, value in values.items() if value is not None) or "–"


def shown(value: float | str | None) -> str:
    """A number in Vietnamese style; a dash where nothing is stated."""
    if value is None:
        return "–"
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value).replace(".", ",")


def main(arguments: list[str]) -> int:
    """The window where there is a display, else the report."""
    if "--fresh" in arguments:
        shutil.rmtree(OUT, ignore_errors=True)
    facts = demo()
    seen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return open_window(facts) if seen else write_report(facts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
