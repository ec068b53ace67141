"""Notices of the sponsor to one site: signed, sealed, each about one thing.

A notice authorises; it brings no arm. It may come by any way, and be imported once it is wanted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.ids import KitNumber, SiteCode, StageCode, SubjectId
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.exchange.bundle import (
    Address,
    Expected,
    Kind,
    open_bundle,
    read_bundle,
    require_strict,
    seal_bundle,
)

SUFFIX = ".notice"


class NoticeOfSponsor(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"
):
    """What every notice is: one thing that the sponsor authorises, told by its tag."""


class UnblindingAuthorised(NoticeOfSponsor, frozen=True, kw_only=True, tag="unblinding"):
    """The sponsor authorises the planned unblinding of one subject in one stage."""

    subject_id: SubjectId
    stage: StageCode
    reference: Annotated[str, Meta(pattern=r"\S")]


class DisposalAuthorised(NoticeOfSponsor, frozen=True, kw_only=True, tag="disposal"):
    """The sponsor authorises that these kits leave the site by one way; ``to_site`` of a transfer."""

    kits: Annotated[tuple[KitNumber, ...], Meta(min_length=1)]
    way: Way
    to_site: SiteCode = SiteCode("")
    reference: Annotated[str, Meta(pattern=r"\S")]


class QuarantineDecision(NoticeOfSponsor, frozen=True, kw_only=True, tag="quarantine"):
    """The sponsor decides on kits in quarantine: ``usable`` go back to stock, ``rejected`` never."""

    usable: tuple[KitNumber, ...] = ()
    rejected: tuple[KitNumber, ...] = ()
    reference: Annotated[str, Meta(pattern=r"\S")]


Notice = UnblindingAuthorised | DisposalAuthorised | QuarantineDecision
"""Every kind of notice."""
Told = TypeVar("Told", bound=NoticeOfSponsor)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes a notice and to whom: raw keys, trial and site, and the notice's own number."""

    signing_key: bytes
    recipient: bytes
    trial: str
    site: SiteCode
    number: int


def write_notice(notice: Notice, sender: Sender, created: datetime, expires: datetime) -> bytes:
    """Return the notice, sealed for the site and signed by the sponsor."""
    address = Address(
        kind=Kind.NOTICE,
        trial=sender.trial,
        site=sender.site,
        number=sender.number,
        created=created,
        expires=expires,
        recipient=sender.recipient,
    )
    return seal_bundle(address, msgspec.json.encode(notice), sender.signing_key)


def read_notice(
    raw: bytes,
    kind: type[Told],
    *,
    pinned: bytes,
    site: SiteCode,
    trial: str,
    now: datetime,
    site_private_key: bytes,
) -> Told:
    """Return what a notice of this kind says.

    Raises Refused ``bundle.*``, ``notice.contents``, or ``notice.another_kind`` for one that
    authorises something else.
    """
    expected = Expected(
        kind=Kind.NOTICE, now=now, last_number=0, sender=pinned, site=site, trial=trial
    )
    bundle = read_bundle(raw, expected)
    name = f"{trial}-{site}-{bundle.header.number}"
    try:
        payload = open_bundle(bundle, site_private_key)
        require_strict(payload)
        told: Notice = msgspec.json.decode(payload, type=Notice)
    except (msgspec.DecodeError, ValueError) as problem:
        raise Refused([violation("notice.contents", name, found=str(problem))]) from problem
    if not isinstance(told, kind):
        raise Refused([violation("notice.another_kind", name, found=f"notice.{_tag(type(told))}")])
    return told


def _tag(kind: type[NoticeOfSponsor]) -> str:
    return str(kind.__struct_config__.tag)
