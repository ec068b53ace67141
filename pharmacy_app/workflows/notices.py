"""Notices of the sponsor, read with the keys of the open site."""

from pharmacy_app.exchange.notices import Told, read_notice
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.workflows.pharmacy import Pharmacy


def told_by(pharmacy: Pharmacy, notice: bytes, kind: type[Told]) -> Told:
    """Return what a notice to this site says. Raises Refused as `read_notice` does."""
    site = site_queries.site(pharmacy.reader)
    if site is None:
        raise LookupError("an open site was founded")
    return read_notice(
        notice,
        kind,
        pinned=site.sponsor_public_key,
        site=site.site,
        trial=site.trial_code,
        now=pharmacy.now(),
        site_private_key=pharmacy.session.site_key,
    )
