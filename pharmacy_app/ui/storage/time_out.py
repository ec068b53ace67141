"""A kit's time out of storage in words: used, left, and where it went."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.out_of_storage import Spell, times_out
from pharmacy_app.ui import wording
from pharmacy_app.ui.widgets.time_out import TimeOutCard
from pharmacy_app.workflows.pharmacy import Pharmacy

MINUTE = 60


def tell_time_out(
    card: TimeOutCard, pharmacy: Pharmacy, kit: Kit, story: Iterable[Recorded]
) -> None:
    """Show a kit's time out against the budget of its type, up to now."""
    spent = dict.fromkeys(Spell, 0)
    for one in times_out(story):
        spent[one.spell] += one.seconds
    used = kit.seconds_out_until(pharmacy.now())
    running = used - kit.seconds_out
    budget = pharmacy.trial.kit_type(kit.kit_type).max_out_of_storage_minutes * MINUTE
    left = QCoreApplication.translate("TimeOut", "Out {used} of {budget} min · {left} min left")
    over = QCoreApplication.translate("TimeOut", "Out {used} of {budget} min · spent, not for use")
    said = (over if used > budget else left).format(
        used=used // MINUTE, budget=budget // MINUTE, left=max(0, budget - used) // MINUTE
    )
    told = [
        f"{wording.term(f'spell.{spell}')} {seconds // MINUTE} min"
        for spell, seconds in spent.items()
        if seconds >= MINUTE
    ]
    if kit.out_since is not None:
        since = QCoreApplication.translate("TimeOut", "out since {when}")
        told.append(since.format(when=wording.moment(kit.out_since)))
    parts = [*(seconds for seconds in spent.values() if seconds), *([running] if running else [])]
    card.tell(parts, budget, said, " · ".join(told))
