"""Kits in words: their state's colour, their place, their time out of storage, their story."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from pharmacy_app.domain.events import counting, disposal, dose, lots, stock, storage
from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.kits import Disposal, Kit, KitState
from pharmacy_app.ui import wording
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.detail import StoryLine

STATES: Mapping[KitState, State] = {
    KitState.AVAILABLE: State.OK,
    KitState.PRE_QUARANTINED: State.WARN,
    KitState.QUARANTINED: State.STOP,
    KitState.REJECTED: State.STOP,
    KitState.DAMAGED: State.STOP,
    KitState.MISSING: State.STOP,
    KitState.RECALLED: State.STOP,
    KitState.LOST: State.STOP,
    KitState.RESERVE: State.WARN,
    KitState.ASSIGNED: State.INFO,
    KitState.OUT_OF_STORAGE: State.INFO,
    KitState.THAWED: State.INFO,
    KitState.PREPARED: State.INFO,
    KitState.RELEASED: State.INFO,
}
"""The colour of a state; what is not here is quiet."""


def state_of(kit: Kit, now: datetime) -> State:
    """Return the colour of a kit: an expired one stops, one on a list waits."""
    if kit.state is KitState.AVAILABLE and kit.expiry <= now:
        return State.STOP
    if kit.disposal is Disposal.LISTED:
        return State.WARN
    return STATES.get(kit.state, State.QUIET)


def state_word(kit: Kit, now: datetime) -> str:
    """Return a kit's state in a word; *expired* where it is."""
    if kit.state is KitState.AVAILABLE and kit.expiry <= now:
        return QCoreApplication.translate("KitStory", "expired")
    if kit.disposal is Disposal.LISTED:
        return wording.term(f"disposal.{kit.disposal}")
    return wording.term(f"kit_state.{kit.state}")


def because(kit: Kit) -> str:
    """Return why a kit is in its state: a rule in a few words, or what somebody wrote."""
    return rule_or_text(kit.because)


def rule_or_text(given: str) -> str:
    """Return a rule in a few words, or what somebody wrote as it stands."""
    return wording.term(given) if "." in given and " " not in given else given


def place(position: str | None) -> str:
    """Return a position as people read it, or a dash."""
    return "–" if position is None else position.replace("-", " · ")


def out(seconds: int) -> str:
    """Return a time out of storage as hours and minutes."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}"


def story_line(recorded: Recorded, names: Mapping[PersonId, str]) -> StoryLine | None:
    """Return one event of a kit's story in words, or None for one that says nothing here."""
    tell = _TOLD.get(type(recorded.event))
    if tell is None:
        return None
    said, state = tell(recorded.event)
    who = names.get(recorded.actor, recorded.actor)
    return StoryLine(wording.moment(recorded.occurred_at)[5:], f"{said} · {who}", state)


Told = tuple[str, State | None]


def _examined(event: stock.KitExamined) -> Told:
    word = wording.term(f"condition.{event.condition}")
    fine = event.condition is stock.Condition.INTACT
    remarks = f": {event.remarks}" if event.remarks else ""
    return f"{word}{remarks}", None if fine else State.STOP


def _logger(event: stock.LoggerRead) -> Told:
    if not event.excursion:
        return QCoreApplication.translate("KitStory", "temperature record without excursion"), None
    said = QCoreApplication.translate("KitStory", "temperature excursion, {minutes} min")
    return said.format(minutes=event.seconds_above // 60), State.STOP


def _decided(event: stock.QuarantineDecided) -> Told:
    free = QCoreApplication.translate("KitStory", "decided: usable ({reference})")
    never = QCoreApplication.translate("KitStory", "decided: not usable ({reference})")
    said = (free if event.usable else never).format(reference=event.authorisation)
    return said, State.OK if event.usable else State.STOP


def _remains(event: disposal.RemainsReturned) -> Told:
    said = QCoreApplication.translate("KitStory", "from the ward: {remains}, {left} mL left")
    remains = wording.term(f"remains.{event.remains}")
    return said.format(remains=remains, left=f"{event.left_ml:f}"), None


def _listed(event: disposal.DisposalListed) -> Told:
    said = QCoreApplication.translate("KitStory", "listed ({way}): {because}")
    told = said.format(way=wording.term(f"way.{event.way}"), because=event.because)
    return told, State.WARN


def _sent(event: disposal.KitsSent) -> Told:
    back = QCoreApplication.translate("KitStory", "sent back with {carrier}")
    over = QCoreApplication.translate("KitStory", "sent to site {site} with {carrier}")
    said = over if event.to_site else back
    return said.format(site=event.to_site, carrier=event.carrier), None


def _held(event: stock.KitQuarantined) -> Told:
    said = QCoreApplication.translate("KitStory", "quarantined: {because}")
    return said.format(because=rule_or_text(event.because)), State.STOP


def _told(text: Callable[[], str], state: State | None = None) -> Callable[[Any], Told]:
    def tell(event: Any) -> Told:
        facts = {name: getattr(event, name) for name in event.__struct_fields__}
        return text().format(**facts), state

    return tell


_TOLD: Mapping[type[Event], Callable[[Any], Told]] = {
    stock.ReceiptOpened: _told(
        lambda: QCoreApplication.translate("KitStory", "shipper {shipment_id} opened")
    ),
    stock.KitExamined: _examined,
    stock.LoggerRead: _logger,
    stock.ShipmentReceived: _told(
        lambda: QCoreApplication.translate("KitStory", "receipt of {shipment_id} signed")
    ),
    stock.KitStowed: _told(
        lambda: QCoreApplication.translate("KitStory", "put away at {position}")
    ),
    storage.KitPutBack: _told(
        lambda: QCoreApplication.translate("KitStory", "put back at {position}: {because}")
    ),
    stock.KitQuarantined: _held,
    stock.LateLoggerJudged: _told(
        lambda: QCoreApplication.translate("KitStory", "late temperature record judged")
    ),
    lots.LotRecalled: _told(
        lambda: QCoreApplication.translate("KitStory", "lot {lot} recalled: {because}"), State.STOP
    ),
    lots.RecallWithdrawn: _told(
        lambda: QCoreApplication.translate("KitStory", "recall of lot {lot} withdrawn"), State.WARN
    ),
    lots.OverlabelsApplied: _told(
        lambda: QCoreApplication.translate("KitStory", "over-label put on, new expiry"), State.OK
    ),
    stock.QuarantineDecided: _decided,
    stock.KitWasted: _told(
        lambda: QCoreApplication.translate("KitStory", "wasted: {because}"), State.STOP
    ),
    stock.KitReturnedToPool: _told(
        lambda: QCoreApplication.translate("KitStory", "free again, dose {dose_id} was stopped")
    ),
    disposal.RemainsReturned: _remains,
    disposal.DisposalListed: _listed,
    disposal.KitsSent: _sent,
    disposal.KitReserved: _told(
        lambda: QCoreApplication.translate("KitStory", "kept as reserve sample: {because}"),
        State.WARN,
    ),
    disposal.KitExplained: _told(
        lambda: QCoreApplication.translate("KitStory", "never came: {because}"), State.WARN
    ),
    disposal.DisposalPermitted: _told(
        lambda: QCoreApplication.translate("KitStory", "list authorised by {reference}")
    ),
    disposal.KitStruck: _told(
        lambda: QCoreApplication.translate("KitStory", "struck from its list: {because}")
    ),
    disposal.DisposalDropped: _told(
        lambda: QCoreApplication.translate("KitStory", "its list was dropped: {because}")
    ),
    disposal.KitsDestroyed: _told(
        lambda: QCoreApplication.translate("KitStory", "destroyed: {method}, {place}")
    ),
    counting.KitLost: _told(
        lambda: QCoreApplication.translate("KitStory", "not found by two people: lost"), State.STOP
    ),
    counting.KitFound: _told(
        lambda: QCoreApplication.translate("KitStory", "turned up: {where}"), State.WARN
    ),
    dose.KitAssigned: _told(
        lambda: QCoreApplication.translate("KitStory", "assigned to dose {dose_id}"), State.INFO
    ),
    dose.TakenOutOfStorage: _told(
        lambda: QCoreApplication.translate("KitStory", "taken out of storage")
    ),
    dose.ThawStarted: _told(lambda: QCoreApplication.translate("KitStory", "thaw begun")),
    dose.ThawEnded: _told(lambda: QCoreApplication.translate("KitStory", "thaw ended")),
    dose.PreparationStopped: _told(
        lambda: QCoreApplication.translate("KitStory", "preparation stopped"), State.STOP
    ),
    dose.HandedOver: _told(
        lambda: QCoreApplication.translate("KitStory", "handed over to {receiver}")
    ),
    dose.InfusionReported: _told(
        lambda: QCoreApplication.translate("KitStory", "infusion reported"), State.OK
    ),
    dose.BagReturned: _told(
        lambda: QCoreApplication.translate("KitStory", "bag came back: {because}"), State.WARN
    ),
}
