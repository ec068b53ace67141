"""The recovery sheet of a new site, made while the code is still known."""

from pharmacy_app.documents.reports.recovery_sheet import RecoverySheet, render
from pharmacy_app.documents.standing import Standing
from pharmacy_app.vault import slots
from pharmacy_app.vault.session import OpenVault
from pharmacy_app.workflows.pharmacy import Pharmacy

FILE_NAME = "recovery-sheet.pdf"


def recovery_sheet(pharmacy: Pharmacy, vault: OpenVault, code: str) -> bytes:
    """Return the sheet as PDF; the code is kept nowhere. Raises as `render` does."""
    site, trial = pharmacy.site, pharmacy.trial
    head_seq, head = pharmacy.ledger.head()
    now = pharmacy.now()
    name = pharmacy.person.printed_name
    standing = Standing(
        trial_code=trial.code,
        protocol=trial.protocol,
        site=site.code,
        site_name=site.name,
        zone=site.zone,
        training=trial.training,
        printed_by=name,
        printed_at=now,
        ledger_seq=head_seq,
        ledger_head=head.hex(),
    )
    vault_id = slots.read_slots(vault.folder / slots.NAME).header.vault_id.hex()
    return render(
        RecoverySheet(
            standing=standing,
            recovery_code=code,
            vault_id=vault_id,
            made_by=name,
            made_at=now,
        )
    )
