"""Where a book may live: on an internal disk, never on a share, a stick or in a synced folder."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

from db.errors import UnsafePlaceError

NETWORK, REMOVABLE, CLOUD = "network", "removable", "cloud"
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "fuse.sshfs", "davfs"}
)
_STICK_FILE_SYSTEMS = frozenset({"vfat", "exfat", "msdos", "fuse.fusefat", "fuse.exfat"})
_CLOUD_FOLDERS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "zalo received files",
    "syncthing",
    "box sync",
    "mega",
)
_CLOUD_MARKS = (".dropbox", ".dropbox.cache", ".stfolder", ".sync_journal.db", ".owncloudsync.log")
_MOUNTS = Path("/proc/self/mountinfo")
_BLOCKS = Path("/sys/dev/block")


def refuse_unsafe_place(path: Path, mounts: str | None = None) -> None:
    """Raise UnsafePlaceError where ``path`` is no place for a book. ``mounts``: mountinfo, for tests."""
    folder = path.resolve().parent
    why = _cloud(folder) or (
        _windows_drive(folder) if sys.platform == "win32" else _linux_mount(folder, mounts)
    )
    if why:
        raise UnsafePlaceError(path, why)


def _cloud(folder: Path) -> str | None:
    for part in (folder, *folder.parents):
        name = part.name.lower()
        if any(name == known or name.startswith(f"{known} -") for known in _CLOUD_FOLDERS):
            return CLOUD
        if any((part / mark).exists() for mark in _CLOUD_MARKS):
            return CLOUD
    return None


def _linux_mount(folder: Path, mounts: str | None) -> str | None:
    if mounts is None:
        mounts = _MOUNTS.read_text("utf-8") if _MOUNTS.exists() else ""
    best, kind, device = "", "", ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        point = left.split()[4].replace("\\040", " ")
        if len(point) >= len(best) and folder.is_relative_to(point):
            best, kind, device = point, right.split()[0], left.split()[2]
    if kind in _NETWORK_FILE_SYSTEMS:
        return NETWORK
    return REMOVABLE if kind in _STICK_FILE_SYSTEMS or _is_removable(device) else None


def _is_removable(device: str) -> bool:
    block = _BLOCKS / device
    for folder in (block, block.resolve().parent):
        flag = folder / "removable"
        if flag.exists():
            return flag.read_text("ascii").strip() == "1"
    return False


def _windows_drive(folder: Path) -> str | None:  # pragma: no cover - needs Windows
    if sys.platform != "win32":
        return None
    if str(folder).startswith("\\\\"):
        return NETWORK
    kind = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\")
    return {2: REMOVABLE, 4: NETWORK, 5: REMOVABLE}.get(kind)
