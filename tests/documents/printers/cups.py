"""A CUPS server of one's own: its configuration and spool in a temporary folder, on a loopback port.

It runs as whoever runs the tests and never touches the system's server.
"""

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SYSTEM_PLACES = os.pathsep.join(
    (os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin")
)
SERVER = shutil.which("cupsd", path=SYSTEM_PLACES)
ADMIN = shutil.which("lpadmin", path=SYSTEM_PLACES)
HERE = bool(SERVER and ADMIN and shutil.which("lp") and shutil.which("lpstat"))
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TEST.PPD"
*Product: "(Test)"
*PSVersion: "(3010.000) 0"
*Manufacturer: "Test"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*ColorDevice: False
*DefaultColorSpace: Gray
*OpenUI *PageSize/Page Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*cupsFilter2: "application/pdf application/vnd.cups-raw 0 {filter}"
"""


@dataclass(frozen=True)
class Server:
    """A running server; ``address`` is what ``CUPS_SERVER`` is set to."""

    folder: Path
    address: str

    def run(self, command: str, *words: str) -> str:
        program = shutil.which(command, path=SYSTEM_PLACES)
        assert program is not None
        done = subprocess.run(
            [program, *words],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env={**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C"},
        )
        return done.stdout

    def add(self, queue: str, device: str, *words: str) -> None:
        """Make a queue that prints and takes jobs; raw unless a PPD is given."""
        kind = words or ("-m", "raw")
        self.run("lpadmin", "-p", queue, "-E", "-v", device, *kind)

    def add_with_broken_filter(self, queue: str, device: str) -> None:
        broken = self.folder / "broken-filter"
        broken.write_text("#!/bin/sh\ncat > /dev/null\nexit 1\n", encoding="utf-8")
        broken.chmod(0o755)
        ppd = self.folder / "broken.ppd"
        ppd.write_text(PPD.replace("{filter}", str(broken)), encoding="utf-8")
        self.add(queue, device, "-P", str(ppd))

    def jobs(self, queue: str) -> str:
        """What anybody can read of the jobs not done yet."""
        return self.run("lpstat", "-W", "not-completed", "-o", queue)

    def wait_until_done(self, queue: str) -> None:
        until = time.monotonic() + 60
        while self.jobs(queue):
            assert time.monotonic() < until
            time.sleep(0.05)

    def titles(self, queue: str) -> set[str]:
        """The titles under which the jobs of a queue went to their printer, from the server's log."""
        log = (self.folder / "error_log").read_text(encoding="utf-8")
        jobs = set(re.findall(rf'\[Job (\d+)\] argv\[0\]="{queue}"', log))
        told = re.findall(r'\[Job (\d+)\] argv\[3\]="(.*)"', log)
        return {title for job, title in told if job in jobs}


@contextmanager
def running() -> Iterator[Server]:
    """Start the server, wait until it answers, and end it with the block."""
    assert SERVER is not None
    folder = Path(tempfile.mkdtemp(prefix="cups-"))
    folder.chmod(0o755)  # as root, the server runs its filters as a lesser user
    server = Server(folder, f"127.0.0.1:{_free_port()}")
    _configure(server)
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [SERVER, "-f", "-c", f"{folder}/etc/cupsd.conf", "-s", f"{folder}/etc/cups-files.conf"],
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def _configure(server: Server) -> None:
    folder = server.folder
    for name in ("spool", "tmp", "cache", "state", "etc", "etc/ppd"):
        (folder / name).mkdir()
    me = pwd.getpwuid(os.getuid())
    as_root = me.pw_uid == 0
    group = "lp" if as_root else _group_of(me.pw_gid)
    files = (
        f"ServerRoot {folder}/etc\nRequestRoot {folder}/spool\nTempDir {folder}/tmp\n"
        f"CacheDir {folder}/cache\nStateDir {folder}/state\nErrorLog {folder}/error_log\n"
        f"AccessLog {folder}/access_log\nPageLog {folder}/page_log\nFileDevice Yes\n"
        f"User {'lp' if as_root else me.pw_name}\nGroup {group}\n"
        f"SystemGroup {'root' if as_root else group}\n"
    )
    daemon = (
        f"Listen {server.address}\nLogLevel debug\nBrowsing Off\nWebInterface No\n"
        "DefaultAuthType None\nPreserveJobHistory Yes\nPreserveJobFiles No\n"
        "<Location />\n  Order allow,deny\n  Allow from 127.0.0.1\n</Location>\n"
        "<Policy default>\n  JobPrivateAccess all\n  JobPrivateValues none\n"
        "  <Limit All>\n    Order deny,allow\n  </Limit>\n</Policy>\n"
    )
    (folder / "etc" / "cups-files.conf").write_text(files, encoding="utf-8")
    (folder / "etc" / "cupsd.conf").write_text(daemon, encoding="utf-8")


def _group_of(number: int) -> str:
    import grp

    return grp.getgrgid(number).gr_name


def _wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    host, port = server.address.split(":")
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.05)
            continue
        return
    raise AssertionError((server.folder / "said").read_text(encoding="utf-8"))
