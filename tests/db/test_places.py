"""Where a book may live."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import places
from db.errors import UnsafePlaceError
from db.places import CLOUD, NETWORK, REMOVABLE, refuse_unsafe_place

_ROOT = "24 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw"


def _mounts(point: Path, kind: str, device: str = "0:99") -> str:
    told = str(point).replace(" ", "\\040")
    return f"{_ROOT}\n36 24 {device} / {told} rw,relatime shared:5 - {kind} source rw\n"


def _why(path: Path, mounts: str | None = _ROOT) -> str | None:
    try:
        refuse_unsafe_place(path, mounts)
    except UnsafePlaceError as error:
        return error.why
    return None


def test_an_internal_disk_is_fine(tmp_path: Path) -> None:
    refuse_unsafe_place(tmp_path / "so.danvan")


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_a_network_share_is_refused(tmp_path: Path, kind: str) -> None:
    assert _why(tmp_path / "so.danvan", _mounts(tmp_path, kind)) == NETWORK


@pytest.mark.parametrize("kind", ["vfat", "exfat"])
def test_a_stick_is_refused(tmp_path: Path, kind: str) -> None:
    assert _why(tmp_path / "so.danvan", _mounts(tmp_path, kind)) == REMOVABLE


def test_a_share_with_a_blank_in_its_name_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "chung cho phường"
    assert _why(folder / "so.danvan", _mounts(folder, "cifs")) == NETWORK


def test_the_innermost_mount_decides(tmp_path: Path) -> None:
    inner = _mounts(tmp_path, "nfs") + f"40 36 8:2 / {tmp_path}/disk rw - ext4 /dev/sdb1 rw\n"
    assert _why(tmp_path / "disk" / "so.danvan", inner) is None


def test_a_folder_beside_the_share_is_fine(tmp_path: Path) -> None:
    assert _why(tmp_path / "share2" / "so.danvan", _mounts(tmp_path / "share", "nfs")) is None


@pytest.mark.parametrize(
    "name",
    ["OneDrive", "OneDrive - UBND phường", "Dropbox", "Google Drive", "Nextcloud", "Zalo Received Files"],
)
def test_a_folder_that_is_synced_is_refused(tmp_path: Path, name: str) -> None:
    assert _why(tmp_path / name / "sổ" / "so.danvan") == CLOUD


@pytest.mark.parametrize("mark", [".dropbox", ".stfolder", ".sync_journal.db"])
def test_a_folder_marked_by_a_syncing_program_is_refused(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).touch()
    assert _why(tmp_path / "sổ" / "so.danvan") == CLOUD


def test_a_name_that_only_begins_like_one_is_fine(tmp_path: Path) -> None:
    assert _why(tmp_path / "OneDrives" / "so.danvan") is None


def test_a_link_into_a_synced_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "sổ").symlink_to(tmp_path / "Dropbox")
    assert _why(tmp_path / "sổ" / "so.danvan") == CLOUD


@pytest.mark.parametrize(("told", "why"), [("1\n", REMOVABLE), ("0\n", None)])
def test_a_removable_disk_is_known_by_its_flag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, why: str | None
) -> None:
    disk = tmp_path / "blocks" / "sdb"
    (disk / "sdb1").mkdir(parents=True)
    (disk / "removable").write_text(told)
    (tmp_path / "blocks" / "8:17").symlink_to(disk / "sdb1")
    monkeypatch.setattr(places, "_BLOCKS", tmp_path / "blocks")
    assert _why(tmp_path / "so.danvan", _mounts(tmp_path, "ext4", "8:17")) == why


def test_a_system_that_tells_no_mounts_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "nothing")
    assert _why(tmp_path / "so.danvan", None) is None
