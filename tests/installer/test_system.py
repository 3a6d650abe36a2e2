"""The set-up installs what is missing where it may, and says in one line what to do where it may not."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What the script itself needs besides the commands that a test puts in their place
ORDINARY = ("bash", "cat", "sed", "grep", "mktemp", "rm", "env")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of commands: an ordinary user, apt-get that tells what it was asked, libfirst installed."""
    place = tmp_path / "bin"
    place.mkdir()
    for name in ORDINARY:
        real = next(folder / name for folder in (Path("/usr/bin"), Path("/bin")) if (folder / name).exists())
        (place / name).symlink_to(real)
    command(place, "id", "echo 1000")
    command(place, "dpkg-query", "echo 'installed libfirst'; echo 'deinstall libgone'")
    command(place, "apt-get", f"echo \"$*\" >>{tmp_path}/asked")
    return place


def command(place: Path, name: str, body: str) -> None:
    """Put a small shell command into the machine."""
    (place / name).write_text(f"#!/usr/bin/bash\n{body}\n", encoding="utf-8")
    (place / name).chmod(0o755)


def set_up(machine: Path, packages: str) -> subprocess.CompletedProcess[str]:
    """Ask for packages on the machine, with nobody at the keyboard."""
    wanted = machine.parent / "packages.txt"
    wanted.write_text(packages, encoding="utf-8")
    return subprocess.run(
        ["/usr/bin/bash", ROOT / "installer" / "system.sh", wanted], env={**os.environ, "PATH": str(machine)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )


def asked(machine: Path) -> list[str]:
    """What apt-get was told to do, a line each."""
    told = machine.parent / "asked"
    return told.read_text(encoding="utf-8").splitlines() if told.exists() else []


def test_nothing_is_done_where_nothing_is_missing(machine: Path) -> None:
    done = set_up(machine, "# why\nlibfirst -\n")
    assert (done.returncode, done.stdout, done.stderr, asked(machine)) == (0, "", "", [])


def test_a_command_that_is_there_makes_its_package_superfluous(machine: Path) -> None:
    assert set_up(machine, "some-package grep\n").returncode == 0


def test_a_user_who_may_not_install_gets_one_line_with_the_command(machine: Path) -> None:
    done = set_up(machine, "libfirst -\nlibsecond -\nlibgone -\n")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("apt-get install -y --no-install-recommends libsecond libgone\n")
    assert asked(machine) == []


@pytest.mark.parametrize("who", ["root", "sudo"])
def test_who_may_install_gets_the_missing_packages(machine: Path, who: str) -> None:
    command(machine, *{"root": ("id", "echo 0"), "sudo": ("sudo", '[ "$1" = -n ] && shift; env "$@"')}[who])
    command(machine, "true", "exit 0")
    done = set_up(machine, "libfirst -\nlibsecond -\n")
    assert done.returncode == 0, done.stderr
    assert asked(machine) == ["update", "install -y --no-install-recommends libsecond"]


def test_a_library_renamed_for_64_bit_time_will_do(machine: Path) -> None:
    command(machine, "dpkg-query", "echo 'installed libfirstt64'")
    assert set_up(machine, "libfirst -\n").returncode == 0


def test_a_failed_installation_shows_what_it_said(machine: Path) -> None:
    command(machine, "id", "echo 0")
    command(machine, "apt-get", "echo 'no space left' >&2; exit 100")
    done = set_up(machine, "libsecond -\n")
    assert (done.returncode, done.stderr) == (1, "no space left\n")


def test_another_system_is_told_what_it_needs(machine: Path) -> None:
    (machine / "apt-get").unlink()
    (machine / "dpkg-query").unlink()
    done = set_up(machine, "libsecond -\n")
    assert done.returncode == 1
    assert "libsecond" in done.stderr
