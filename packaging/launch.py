"""Starts the site pharmacy from a bare checkout, or tests it; needs nothing but Python.

``python3 packaging/launch.py [arguments]`` makes ``.venv``, installs the exact requirements, sees
that the system has what Qt needs, and runs ``main.py`` with the arguments given.
``python3 packaging/launch.py test [pytest arguments]`` installs the test tools and runs every
check; pytest comes last and its closing line is the last one printed.
"""

import sys

if not (3, 11) <= sys.version_info[:2] < (3, 14):  # stands first: older Pythons must get this far
    sys.exit(
        "This program runs on Python 3.11, 3.12 or 3.13; "
        f"this is Python {sys.version_info[0]}.{sys.version_info[1]}.\n"
        "Start it with one of those, for example: python3.12 packaging/launch.py"
    )

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PROGRAM_PINS = ROOT / "packaging" / "requirements.txt"
TEST_PINS = ROOT / "packaging" / "requirements-test.txt"
DEMO = ["demo", "--out", "demo-out"]

LIBRARIES = {  # what the wheels of Qt load from the system → the package of Debian and Ubuntu
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
TEST_TOOLS = {  # program → package
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "dmtxread": "dmtx-utils",
    "pdffonts": "poppler-utils",
    "cupsd": "cups",
    "lp": "cups-client",
}
FOR_SERVERS = ("/usr/sbin", "/usr/local/sbin")  # not on every user's PATH
CHECKS = (
    ("ruff check", ["-m", "ruff", "check"]),
    ("ruff format", ["-m", "ruff", "format", "--check"]),
    ("mypy --strict", ["-m", "mypy", "--strict"]),
    ("import-linter", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    ("pytest", ["-m", "pytest", "-n", "2", "--dist", "loadgroup"]),
)


def main(arguments: list[str]) -> int:
    """Do what the module says; return the exit code of the program or of the first failed check."""
    testing = arguments[:1] == ["test"]
    prepare_environment([PROGRAM_PINS, TEST_PINS] if testing else [PROGRAM_PINS])
    have_libraries = provide(missing_libraries(), "Qt needs system libraries")
    if testing:
        provide(missing_tools(), "the tests need system tools")
        return run_checks(arguments[1:])
    if not arguments:
        if not have_libraries:
            return 1
        if not has_display():
            say("There is no display here, so no window can open. Running the demo instead.")
            say(f"Its papers, labels and pictures go to {Path.cwd() / DEMO[-1]}.")
            arguments = DEMO
    return run_program(arguments)


def prepare_environment(pins: list[Path]) -> None:
    """See that ``.venv`` holds exactly what ``pins`` name; do nothing if its stamps say so."""
    stale = [path for path in pins if not is_installed(path)]
    if not stale:
        return
    if not venv_works():
        make_venv()
    say(f"Installing what {stale[-1].name} names into .venv (about a minute, only this once) …")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    wanted = ["--require-hashes", "--only-binary", ":all:", "-r", str(stale[-1])]
    if subprocess.run([*pip, *wanted], check=False).returncode:
        sys.exit("The packages could not be installed. The first start needs a package index.")
    for path in pins:
        stamp(path).write_text(fingerprint(path), encoding="ascii")


def stamp(pins: Path) -> Path:
    """Return the file that tells which version of ``pins`` is installed."""
    return VENV / f"installed-{pins.stem}.sha256"


def fingerprint(pins: Path) -> str:
    """Return what changes whenever ``pins``, the Python or the machine changes."""
    system = f"{sys.version_info[:2]} {platform.machine()} {sys.platform}\n"
    return hashlib.sha256(system.encode() + pins.read_bytes()).hexdigest()


def is_installed(pins: Path) -> bool:
    """Tell whether ``.venv`` was filled from just these pins by just this Python."""
    if not (PYTHON.exists() and stamp(pins).exists()):
        return False
    return stamp(pins).read_text(encoding="ascii") == fingerprint(pins)


def venv_works() -> bool:
    """Tell whether ``.venv`` is a whole environment of this Python version."""
    probe = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return (
        PYTHON.exists() and not subprocess.run([str(PYTHON), "-c", probe], check=False).returncode
    )


def make_venv() -> None:
    """Make a new ``.venv`` in place of whatever is there."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python3.{sys.version_info[1]}-venv"
        if not provide({"ensurepip": package}, "Python lacks its venv module"):
            sys.exit(1)
    say(f"Making {VENV} …")
    venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)


def missing_libraries() -> dict[str, str]:
    """Return the libraries of `LIBRARIES` that do not load here; other systems bring their own."""
    if sys.platform != "linux":
        return {}
    return {name: package for name, package in LIBRARIES.items() if not loads(name)}


def loads(library: str) -> bool:
    """Tell whether the system finds and loads a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_tools() -> dict[str, str]:
    """Return the programs of `TEST_TOOLS` that are not here; only Linux tests use them."""
    if sys.platform != "linux":
        return {}
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), *FOR_SERVERS))
    return {
        name: package
        for name, package in TEST_TOOLS.items()
        if shutil.which(name, path=places) is None
    }


def provide(missing: dict[str, str], why: str) -> bool:
    """Install system packages where that is allowed, else print the line that does.

    Return whether nothing is missing afterwards.
    """
    if not missing:
        return True
    packages = sorted(set(missing.values()))
    say(f"{why}: {', '.join(sorted(missing))}")
    if shutil.which("apt-get") and is_root():
        say(f"Installing {' '.join(packages)} …")
        if install_with_apt(packages):
            return True
    say(f"Please run this once, then start again:\n\n    {line_that_installs(missing)}\n")
    return False


def is_root() -> bool:
    """Tell whether this user may install system packages without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_with_apt(packages: list[str]) -> bool:
    """Install Debian packages silently; print what apt-get said only if it failed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            say(done.stdout)
    return done.returncode == 0


def line_that_installs(missing: dict[str, str]) -> str:
    """Return the one line for this system's own package tool."""
    if shutil.which("apt-get"):
        packages = " ".join(sorted(set(missing.values())))
        return f"sudo apt-get update && sudo apt-get install -y {packages}"
    wanted = " ".join(
        f"'{name}()(64bit)'" if ".so." in name else package
        for name, package in sorted(missing.items())
    )
    if shutil.which("dnf"):
        return f"sudo dnf install -y {wanted}"
    if shutil.which("zypper"):
        return f"sudo zypper install -y {wanted}"
    return f"install, with your system's package tool: {' '.join(sorted(missing))}"


def has_display() -> bool:
    """Tell whether a window can open here."""
    if sys.platform != "linux":
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM")
    return bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_program(arguments: list[str]) -> int:
    """Become ``main.py`` where the system can, else run it and return its exit code."""
    command = [str(PYTHON), str(ROOT / "main.py"), *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    return subprocess.run(command, check=False).returncode


def run_checks(pytest_arguments: list[str]) -> int:
    """Run the checks in order, cheapest first; return the exit code of the first that fails."""
    for name, arguments in CHECKS:
        say(f"── {name}")
        extra = pytest_arguments if name == "pytest" else []
        command = [str(PYTHON), *arguments, *extra]
        done = subprocess.run(command, cwd=ROOT, env=for_checks(), check=False)
        if done.returncode:
            return done.returncode
    return 0


def for_checks() -> dict[str, str]:
    """Return the environment of the checks: glibc takes the 64 MiB of each key in large pages.

    The tests derive keys by the thousand; page by page, that took a third of their time.
    """
    return {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", **os.environ}


def say(text: str) -> None:
    """Print at once, so that lines stay in order with those of the programs started."""
    print(text, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
