"""What was promised to the ward: told in the ledger only."""

from pharmacy_app.domain.events import readiness as happened
from pharmacy_app.records.projection import changes_nothing

changes_nothing(happened.ReadinessPromised, happened.ReadinessWithdrawn)
