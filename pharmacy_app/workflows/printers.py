"""The printers of this machine: listed, added, changed, taken away, tried out, asked how they are.

They belong to the machine, not to a site: nothing of this is recorded in a ledger.
"""

from pathlib import Path

from pharmacy_app.documents.printers import alignment
from pharmacy_app.documents.printers.kept import keep_profiles, read_profiles
from pharmacy_app.documents.printers.port import Printer, PrintOutcome
from pharmacy_app.documents.printers.profile import PrinterProfile, checked
from pharmacy_app.documents.printers.ways import printer_of, state_of
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.system.files import write_replacing

Profiles = tuple[PrinterProfile, ...]


def listed(path: Path) -> Profiles:
    """Return the printers kept. Raises EnvironmentProblem ``printer.file_damaged``."""
    return read_profiles(path)


def named(path: Path, name: str) -> PrinterProfile:
    """Return one printer. Raises Refused ``printer.unknown``."""
    known = read_profiles(path)
    for profile in known:
        if profile.name == name:
            return profile
    told = ", ".join(profile.name for profile in known) or "–"
    raise Refused([violation("printer.unknown", name, known=told)])


def add(path: Path, profile: PrinterProfile) -> Profiles:
    """Keep one more printer. Raises Refused ``printer.…``, ``printer.known`` for a name in use."""
    known = read_profiles(path)
    checked(profile)
    taken = any(one.name == profile.name for one in known)
    refuse(violation("printer.known", profile.name) if taken else None)
    return _kept(path, (*known, profile))


def change(path: Path, name: str, profile: PrinterProfile) -> Profiles:
    """Put a profile in the place of the one named so. Raises Refused as `named` and `add`."""
    named(path, name)
    checked(profile)
    others = [one.name for one in read_profiles(path) if one.name != name]
    refuse(violation("printer.known", profile.name) if profile.name in others else None)
    return _kept(path, tuple(profile if one.name == name else one for one in read_profiles(path)))


def remove(path: Path, name: str) -> Profiles:
    """Forget a printer. Raises Refused ``printer.unknown``."""
    named(path, name)
    return _kept(path, tuple(one for one in read_profiles(path) if one.name != name))


def opened(profile: PrinterProfile) -> Printer:
    """Return the printer of a profile, as every paper goes to it."""
    return printer_of(profile, write_replacing)


def try_out(profile: PrinterProfile, printer: Printer | None = None) -> PrintOutcome:
    """Print the test page for the profile's paper. Raises EnvironmentProblem ``print.…``."""
    page = alignment.alignment_page(profile.size_mm)
    return (printer or opened(profile)).submit(page, page.job_title)


def state(profile: PrinterProfile) -> tuple[str, ...]:
    """Return what a printer says of itself, as terms. Raises EnvironmentProblem ``print.…``."""
    return state_of(profile)


def _kept(path: Path, profiles: Profiles) -> Profiles:
    keep_profiles(path, profiles)
    return profiles
