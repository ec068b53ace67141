"""Notices of the sponsor to one site: signed, sealed, each about one thing.

A notice authorises; it brings no arm. It may come by any way, and be imported once it is wanted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from pharmacy_app.domain.ids import SiteCode, StageCode, SubjectId
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


class UnblindingAuthorised(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="unblinding",
):
    """The sponsor authorises the planned unblinding of one subject in one stage."""

    subject_id: SubjectId
    stage: StageCode
    reference: Annotated[str, Meta(pattern=r"\S")]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes a notice and to whom: raw keys, trial and site, and the notice's own number."""

    signing_key: bytes
    recipient: bytes
    trial: str
    site: SiteCode
    number: int


def write_notice(
    notice: UnblindingAuthorised, sender: Sender, created: datetime, expires: datetime
) -> bytes:
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
    *,
    pinned: bytes,
    site: SiteCode,
    trial: str,
    now: datetime,
    site_private_key: bytes,
) -> UnblindingAuthorised:
    """Return what a notice says. Raises Refused ``bundle.*`` or ``notice.contents``."""
    expected = Expected(
        kind=Kind.NOTICE, now=now, last_number=0, sender=pinned, site=site, trial=trial
    )
    bundle = read_bundle(raw, expected)
    try:
        payload = open_bundle(bundle, site_private_key)
        require_strict(payload)
        return msgspec.json.decode(payload, type=UnblindingAuthorised)
    except (msgspec.DecodeError, ValueError) as problem:
        name = f"{trial}-{site}-{bundle.header.number}"
        raise Refused([violation("notice.contents", name, found=str(problem))]) from problem
