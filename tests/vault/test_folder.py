"""Only a private folder of this machine's own disk holds a vault."""

from pathlib import Path

import pytest

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.vault.folder import network_mount, require_lawful

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /data nfs4 rw 0 0
/dev/sdb1 /data/local\\040disk ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/vault", ""),
        ("/data/anna/vault", "nfs4"),
        ("/data/local disk/vault", ""),
        ("/mnt/share", "cifs"),
        ("/mnt/shared", ""),
    ],
)
def test_the_innermost_mount_decides(folder: str, kind: str) -> None:
    assert network_mount(MOUNTS, Path(folder)) == kind


def test_links_and_synced_folders_are_refused(tmp_path: Path) -> None:
    require_lawful(tmp_path / "vault")
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(EnvironmentProblem, match=r"vault\.folder_symlink"):
        require_lawful(link)
    with pytest.raises(EnvironmentProblem, match=r"vault\.folder_synced"):
        require_lawful(tmp_path / "OneDrive - Clinic" / "vault")
