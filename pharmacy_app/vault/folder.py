"""The vault's folder: on this machine's own disk, this user's alone, and really where it seems."""

import os
import sys
from pathlib import Path

from pharmacy_app.domain.refusal import EnvironmentProblem

NETWORK_KINDS = frozenset(
    {
        "afs",
        "ceph",
        "cifs",
        "fuse.sshfs",
        "fuse.rclone",
        "glusterfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    }
)
SYNCED_NAMES = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "nextcloud",
    "nutstore",
    "坚果云",
    "百度网盘",
    "百度云同步盘",
)
REMOTE_DRIVE = 4
"""What GetDriveTypeW answers for a network drive."""


def require_lawful(folder: Path) -> None:
    """Raise EnvironmentProblem for a folder that could lose or leak the records.

    ``vault.folder_symlink``: a link; ``vault.folder_network``: a share, where locks do not hold;
    ``vault.folder_synced``: a cloud service would copy half-written files.
    """
    if folder.is_symlink():
        raise EnvironmentProblem("vault.folder_symlink", str(folder))
    real = folder.resolve()
    for part in real.parts:
        if part.casefold().startswith(SYNCED_NAMES):
            raise EnvironmentProblem("vault.folder_synced", str(folder), name=part)
    kind = network_kind(real)
    if kind:
        raise EnvironmentProblem("vault.folder_network", str(folder), kind=kind)


def make_private(folder: Path) -> None:
    """Make the folder if it is not there, and its owner's alone (0700).

    On Windows the profile's access list, which folders inherit, does that.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sys.platform != "win32":
        folder.chmod(0o700)


def network_kind(folder: Path) -> str:
    """Return the kind of network file system a folder lies on, or '' (also where we cannot tell)."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    return network_mount(mounts.read_text(encoding="utf-8", errors="replace"), folder)


def network_mount(mounts: str, folder: Path) -> str:
    """Return the network file system of the innermost mount that holds ``folder``, or ''."""
    holding = ("", "")
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        place = point.replace("\\040", " ")
        if os.path.commonpath([place, folder]) == place and len(place) >= len(holding[0]):
            holding = (place, kind)
    return holding[1] if holding[1] in NETWORK_KINDS else ""


def _windows_kind(folder: Path) -> str:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only this system has the call

        if folder.drive.startswith("\\\\"):
            return "UNC"
        remote = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == REMOTE_DRIVE
        return "network drive" if remote else ""
    return ""
