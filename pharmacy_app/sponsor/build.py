"""Turn checked sources into one signed, sealed package per site, and the codes that open them.

The first package of a site founds it: a key pair is made for the site, and the private key goes
with the package, wrapped under the activation code. Later packages are sealed for that key; they
bring every kit and shipment so far, and the allocation lists the site does not hold yet.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.package import SealedEntry, ShipmentAdvice, SitePackage
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.domain.trial import Concealment, Trial
from pharmacy_app.exchange.trial_package import SUFFIX, Founding, write_package
from pharmacy_app.sponsor.keys import Register, SiteRecord, SponsorKeys
from pharmacy_app.sponsor.lists import ListedEntry
from pharmacy_app.sponsor.sources import Sources, kits_for
from pharmacy_app.system.chance import Chance
from pharmacy_app.system.clock import Clock
from pharmacy_app.vault.activation import new_activation_code
from pharmacy_app.vault.release_codes import (
    ENTRY_ID,
    EntryPlace,
    new_secret,
    release_code,
    seal_entry,
    unblinding_stage,
)
from pharmacy_app.vault.spoken_codes import draw

VALID_DAYS = 90
AUTHORISED = ArmCode("UNBLIND")


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One line of the randomisation desk's list. ``code`` is empty where the site needs none.

    ``unblinding_code`` is empty unless a later stage waits for this one's planned unblinding; where
    there is no desk, a notice authorises that.
    """

    sequence: int
    entry_id: str
    code: str = field(repr=False)
    arm: ArmCode = field(repr=False)
    unblinding_code: str = field(default="", repr=False)
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class _Sealed:
    """One stage's list of one site, sealed, and what the desk keeps of it."""

    entries: Sequence[SealedEntry]
    unblindings: Sequence[SealedEntry]
    lines: list[ReleaseLine]


@dataclass(frozen=True, slots=True)
class BuiltTrial:
    """What one build made. ``activation_codes`` only of sites founded by it."""

    trial: Trial
    numbers: Mapping[SiteCode, int]
    packages: Mapping[SiteCode, bytes]
    activation_codes: Mapping[SiteCode, str] = field(repr=False)
    release_codes: Mapping[tuple[SiteCode, StageCode], Sequence[ReleaseLine]] = field(repr=False)
    register: Register

    def file_name(self, site: SiteCode) -> str:
        """Return ``<TRIAL>-<SITE>-<number>.package``."""
        return f"{self.trial.code}-{site}-{self.numbers[site]}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class _Site:
    """What is decided about one site before anything is sealed for it."""

    code: SiteCode
    number: int
    public_key: bytes
    held: tuple[StageCode, ...]
    founding: Founding | None


def build_packages(
    sources: Sources,
    keys: SponsorKeys,
    chance: Chance,
    clock: Clock,
    *,
    register: Register | None = None,
    sites: Collection[SiteCode] | None = None,
    number: int | None = None,
    valid_days: int = VALID_DAYS,
) -> BuiltTrial:
    """Return the packages of all sites, or of those named.

    ``number`` defaults to one more than the site's last. The caller saves the files first and
    ``BuiltTrial.register`` last: a build that was cut short is simply made again.

    Raises Refused ``sponsor.number_used``, ``sponsor.site_unknown`` or ``bundle.too_big``.
    """
    register = register or Register()
    trial = sources.trial
    wanted = [site.code for site in trial.sites] if sites is None else list(sites)
    _refuse_unlawful(trial, wanted, register, number)
    taken: dict[StageCode, set[str]] = {stage: set() for stage in sources.entries}
    created = clock.now()
    packages: dict[SiteCode, bytes] = {}
    releases: dict[tuple[SiteCode, StageCode], list[ReleaseLine]] = {}
    decided = [_decided(trial, code, register, number, chance) for code in wanted]
    for site in decided:
        sealed = _sealed_stages(sources, site, taken, chance)
        releases |= {(site.code, stage): of_stage.lines for stage, of_stage in sealed.items()}
        packages[site.code] = write_package(
            _content(sources, site, list(sealed.values()), keys),
            recipient=site.public_key,
            signing_key=keys.signing,
            created=created,
            expires=created + timedelta(days=valid_days),
            chance=chance,
            founding=site.founding,
            sealing=keys.sealing,
        )
    return BuiltTrial(
        trial=trial,
        numbers={site.code: site.number for site in decided},
        packages=packages,
        activation_codes={s.code: s.founding.activation_code for s in decided if s.founding},
        release_codes=releases,
        register=register.with_sites(
            trial.code, {site.code: _record(site, sources) for site in decided}
        ),
    )


def _refuse_unlawful(
    trial: Trial, wanted: Sequence[SiteCode], register: Register, number: int | None
) -> None:
    known = {site.code for site in trial.sites}
    refuse(
        *(
            violation("sponsor.site_unknown", code, expected=" | ".join(sorted(known)))
            for code in wanted
            if code not in known
        )
    )
    for code in wanted:
        record = register.site(trial.code, code)
        if record is not None and number is not None and number <= record.last_number:
            raise Refused(
                [violation("sponsor.number_used", code, last=record.last_number, found=number)]
            )


def _decided(
    trial: Trial, code: SiteCode, register: Register, number: int | None, chance: Chance
) -> _Site:
    record = register.site(trial.code, code)
    if record is not None:
        return _Site(code, number or record.last_number + 1, record.public_key, record.stages, None)
    private = X25519PrivateKey.from_private_bytes(chance.token_bytes(32))
    founding = Founding(private.private_bytes_raw(), new_activation_code(chance))
    return _Site(code, number or 1, private.public_key().public_bytes_raw(), (), founding)


def _record(site: _Site, sources: Sources) -> SiteRecord:
    return SiteRecord(
        public_key=site.public_key,
        last_number=site.number,
        stages=tuple(sorted({*site.held, *sources.entries})),
    )


def _sealed_stages(
    sources: Sources, site: _Site, taken: Mapping[StageCode, set[str]], chance: Chance
) -> dict[StageCode, _Sealed]:
    """Seal the lists the site does not hold yet; one it holds is never sealed a second time."""
    new = sorted(set(sources.entries) - set(site.held))
    return {
        stage: _sealed(
            sources.trial,
            site,
            [entry for entry in sources.entries[stage] if entry.site == site.code],
            taken[stage],
            chance,
        )
        for stage in new
    }


def _sealed(
    trial: Trial, site: _Site, entries: Sequence[ListedEntry], taken: set[str], chance: Chance
) -> _Sealed:
    """Return a site's entries of one stage, sealed, in an order that says nothing, and the codes.

    With release codes an entry has a random name, unique in the stage, and they are sorted by it;
    in sequence it is named by its place, because the site opens the next one.
    """
    sealed: list[SealedEntry] = []
    unblindings: list[SealedEntry] = []
    lines: list[ReleaseLine] = []
    for place, entry in enumerate(entries, start=1):
        coded = trial.stage(entry.stage).concealment is Concealment.RELEASE_CODE
        entry_id = _unused_id(taken, chance) if coded else f"{place:0{ENTRY_ID}d}"
        secret = new_secret(chance) if coded else ""
        at = EntryPlace(trial.code, site.code, entry.stage, entry_id)
        sealed.append(seal_entry(at, entry.arm, site.public_key, secret, chance))
        spoken = release_code(entry_id, secret) if coded else ""
        unblinding = ""
        if coded and entry.stage in {stage.after_unblinding_of for stage in trial.stages}:
            of_entry, unblinding = _sealed_unblinding(at, site, chance)
            unblindings.append(of_entry)
        lines.append(
            ReleaseLine(
                entry.sequence, entry_id, spoken, entry.arm, unblinding, stratum=entry.stratum
            )
        )
    return _Sealed(_in_order(sealed), _in_order(unblindings), lines)


def _sealed_unblinding(at: EntryPlace, site: _Site, chance: Chance) -> tuple[SealedEntry, str]:
    """Return what the code for an entry's planned unblinding opens, and the code.

    What is sealed is the same for every entry: it proves the code and tells nothing else.
    """
    secret = new_secret(chance)
    place = EntryPlace(at.trial, at.site, unblinding_stage(at.stage), at.entry_id)
    sealed = seal_entry(place, AUTHORISED, site.public_key, secret, chance)
    return sealed, release_code(at.entry_id, secret)


def _in_order(sealed: list[SealedEntry]) -> list[SealedEntry]:
    return sorted(sealed, key=lambda entry: entry.entry_id)


def _unused_id(taken: set[str], chance: Chance) -> str:
    while (entry_id := draw(chance, ENTRY_ID)) in taken:
        pass
    taken.add(entry_id)
    return entry_id


def _content(
    sources: Sources, site: _Site, sealed: Sequence[_Sealed], keys: SponsorKeys
) -> SitePackage:
    """Return the package: only this site's kits and shipments, sorted by number."""
    sent = kits_for(sources, site.code)
    shipments = [s for s in sources.shipments if s.site == site.code]
    return SitePackage(
        number=site.number,
        site=site.code,
        trial=sources.trial,
        kits=tuple(sorted((k for k in sources.kits if k.number in sent), key=lambda k: k.number)),
        shipments=tuple(
            ShipmentAdvice(
                shipment_id=shipment.shipment_id,
                despatched_at=shipment.despatched_at,
                logger_serial=shipment.logger_serial,
                kits=tuple(sorted(shipment.kits)),
            )
            for shipment in sorted(shipments, key=lambda s: (s.despatched_at, s.shipment_id))
        ),
        entries=tuple(entry for stage in sealed for entry in stage.entries),
        unblindings=tuple(entry for stage in sealed for entry in stage.unblindings),
        recovery_public_key=keys.recovery_public,
    )
