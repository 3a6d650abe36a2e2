"""Asks the veraPDF core whether a file is PDF/A or PDF/UA: one Java process answers for a whole test run."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

_TOOLS: Final = Path(__file__).resolve().parents[2] / ".tools" / "verapdf"
# The JAXB that Java 17 no longer has; Debian's libjaxb-java brings these
_JARS: Final = (
    "jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2", "javax.activation", "stax-ex",
    "FastInfoset",
)
_CLASS_PATH: Final = ":".join(
    [str(_TOOLS), str(_TOOLS / "core.jar"), *(f"/usr/share/java/{name}.jar" for name in _JARS)]
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``failures`` holds one text for each broken rule, its clause and test number first."""

    compliant: bool
    failures: list[str]


class VeraPdfError(Exception):
    """The checker could not judge the file, or did not answer."""


class VeraPdf:
    """One checker process. Use it as a context manager; it is not for several threads."""

    def __init__(self) -> None:
        # It logs every font it meets to standard error; only answers matter here
        self._process = subprocess.Popen(
            ["java", "-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", _CLASS_PATH, "Verdicts"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        )

    def __enter__(self) -> VeraPdf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=30)

    def __call__(self, file: Path, flavour: str = "2u") -> Verdict:
        """Judge a file by a flavour such as ``2b``, ``2u``, ``3b`` or ``ua1``."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{flavour}\t{file.resolve()}\n")
        self._process.stdin.flush()
        answer, *failures = self._process.stdout.readline().rstrip("\n").split("\t")
        if answer not in ("yes", "no"):
            raise VeraPdfError(f"{file.name}: {failures or 'no answer'}")
        return Verdict(answer == "yes", failures)
