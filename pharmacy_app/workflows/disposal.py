"""Kits that leave the site: reserve samples, waste, and lists from the first line to the end.

A list is drawn up (its kits may not be used from then on), authorised by the sponsor, and done:
destroyed before a witness, sent back, or sent to another site. Until then a kit can be struck from
it, and the list dropped.
"""

from collections import Counter
from collections.abc import Sequence

from pharmacy_app.domain import disposal as rules
from pharmacy_app.domain.disposal import OPEN, DisposalList, ListedKit, ListState
from pharmacy_app.domain.events.disposal import (
    DisposalDropped,
    DisposalListed,
    DisposalPermitted,
    KitReserved,
    KitsDestroyed,
    KitsSent,
    KitStruck,
    Way,
)
from pharmacy_app.domain.events.stock import KitWasted
from pharmacy_app.domain.ids import DisposalId, KitNumber, ShipmentId, SiteCode
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.people import Person, Task, may, same_person
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.exchange.advice import Advice, write_advice
from pharmacy_app.exchange.notices import DisposalAuthorised
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import disposal as queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.notices import told_by
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.stock import known_kit

# Kits that do not leave with a list


def waste(
    pharmacy: Pharmacy,
    kit_numbers: Sequence[str],
    because: str,
    credentials: Sequence[Credential],
    *,
    op_id: str = "",
) -> Appended:
    """Record that kits on the shelf are spoilt: thawed, dropped; they wait to be destroyed.

    Signed, and by a witness too where the site has a second person who may. Raises Refused for
    kits that are not on the shelf, on a list or waited for by a dose, all of them named.
    """
    kits = _known(pharmacy, kit_numbers)
    refuse(
        *_chosen(kits),
        None if because.strip() else violation("disposal.no_reason"),
        *(reason for kit in kits for reason in rules.unwastable(kit)),
        _witnessed(pharmacy, credentials),
    )
    events = [
        KitWasted(kit_number=kit.kit_number, dose_id=None, because=because.strip()) for kit in kits
    ]
    task = Task.WASTE_KIT if len(credentials) == 1 else Task.WASTE_KIT_WITNESSED
    return pharmacy.record(task, *events, credentials=credentials, op_id=op_id)


def witnesses(pharmacy: Pharmacy, task: Task) -> list[Person]:
    """Return who else than the person at the desk may sign for a task."""
    me = pharmacy.person.person_id
    return [
        person
        for person in site_queries.people(pharmacy.reader)
        if person.person_id != me and may(person, task)
    ]


def _witnessed(pharmacy: Pharmacy, credentials: Sequence[Credential]) -> Violation | None:
    """Return the violation of one who signs alone where two could, or signs twice."""
    if len(credentials) == 1 and witnesses(pharmacy, Task.WASTE_KIT_WITNESSED):
        return violation("disposal.no_witness")
    return _two_people(pharmacy, credentials)


def _two_people(pharmacy: Pharmacy, credentials: Sequence[Credential]) -> Violation | None:
    people = Counter(credential.person_id for credential in credentials)
    twice = next((person for person, times in people.items() if times > 1), None)
    if twice is None:
        return None
    return same_person(twice, twice, pharmacy.person_named(twice).printed_name)


def keep_reserve(
    pharmacy: Pharmacy,
    kit_numbers: Sequence[str],
    because: str,
    reference: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record that kits are kept as reserve samples, on whose word. Signed.

    The way back leads through quarantine and the sponsor's decision. Raises Refused.
    """
    kits = _known(pharmacy, kit_numbers)
    refuse(
        *_chosen(kits),
        None if because.strip() else violation("disposal.no_reason"),
        None if reference.strip() else violation("disposal.no_reference", "reserve"),
        *(reason for kit in kits for reason in rules.unreservable(kit)),
    )
    events = [
        KitReserved(kit_number=kit.kit_number, because=because.strip(), reference=reference.strip())
        for kit in kits
    ]
    return pharmacy.record(Task.KEEP_RESERVE, *events, credentials=[credential], op_id=op_id)


# Lists


def open_list(
    pharmacy: Pharmacy,
    way: Way,
    kit_numbers: Sequence[str],
    because: str,
    *,
    to_site: str = "",
    op_id: str = "",
) -> DisposalId:
    """Draw up a list of kits that shall leave the site by one way; return its number.

    Raises Refused with every kit that cannot leave so, and why.
    """
    kits = _known(pharmacy, kit_numbers)
    now = pharmacy.now()
    refuse(
        *_chosen(kits),
        None if because.strip() else violation("disposal.no_reason"),
        _no_such_site(pharmacy, way, to_site.strip()),
        *(reason for kit in kits for reason in rules.kept_back(kit, way, now)),
    )
    event = DisposalListed(
        list_id=DisposalId(f"DL-{pharmacy.chance.code(6)}"),
        way=way,
        kits=tuple(sorted(kit.kit_number for kit in kits)),
        because=because.strip(),
        to_site=SiteCode(to_site.strip()),
    )
    pharmacy.record(Task.LIST_KITS, event, op_id=op_id)
    return event.list_id


def _no_such_site(pharmacy: Pharmacy, way: Way, to_site: str) -> Violation | None:
    """Return the violation of a transfer to nobody or to this site; the sponsor knows the others."""
    if way is not Way.TRANSFERRED:
        return violation("disposal.no_transfer", to_site) if to_site else None
    if to_site and to_site != pharmacy.site.code:
        return None
    return violation("disposal.no_other_site", to_site or "–", site=pharmacy.site.code)


def strike(
    pharmacy: Pharmacy, list_id: DisposalId, scanned: Scanned, because: str, *, op_id: str = ""
) -> Appended:
    """Take a kit off a list that was not done. Raises Refused for the last one: drop the list."""
    asked = open_one(pharmacy, list_id)
    kit = known_kit(pharmacy, scanned).kit_number
    waiting = [one.kit.kit_number for one in still_on(pharmacy, list_id)]
    refuse(
        None if kit in waiting else violation("disposal.not_on_list", kit, list=list_id),
        violation("disposal.last_kit", list_id) if waiting == [kit] else None,
        None if because.strip() else violation("disposal.no_reason"),
    )
    event = KitStruck(list_id=asked.list_id, kit_number=kit, because=because.strip())
    return pharmacy.record(Task.LIST_KITS, event, op_id=op_id)


def drop(pharmacy: Pharmacy, list_id: DisposalId, because: str, *, op_id: str = "") -> Appended:
    """Give up a list that was not done; its kits are where they were. Raises Refused."""
    asked = open_one(pharmacy, list_id)
    refuse(None if because.strip() else violation("disposal.no_reason"))
    event = DisposalDropped(list_id=asked.list_id, because=because.strip())
    return pharmacy.record(Task.LIST_KITS, event, op_id=op_id)


def authorise(
    pharmacy: Pharmacy,
    list_id: DisposalId,
    reference: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record on which written word of the sponsor a list may be done, signed.

    Raises Refused ``disposal.notice_required`` where the protocol asks for the sponsor's notice.
    """
    asked = open_one(pharmacy, list_id)
    refuse(
        _wrong_step(asked, ListState.PENDING),
        violation("disposal.notice_required", list_id)
        if pharmacy.trial.accounting.notice_required
        else None,
        None if reference.strip() else violation("disposal.no_reference", list_id),
        *_kept_back(pharmacy, asked),
    )
    event = DisposalPermitted(list_id=list_id, reference=reference.strip(), by_notice=False)
    return pharmacy.record(Task.AUTHORISE_DISPOSAL, event, credentials=[credential], op_id=op_id)


def authorise_by_notice(
    pharmacy: Pharmacy,
    list_id: DisposalId,
    notice: bytes,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record that the sponsor's notice authorises a list: these very kits by this way, signed.

    Raises Refused, naming every kit that stands in one of the two only.
    """
    asked = open_one(pharmacy, list_id)
    refuse(_wrong_step(asked, ListState.PENDING))
    told = told_by(pharmacy, notice, DisposalAuthorised)
    waiting = [one.kit.kit_number for one in still_on(pharmacy, list_id)]
    kits = rules.differs(told.kits, waiting)
    found = f"way.{told.way}" if told.way is not asked.way else told.to_site
    wanted = f"way.{asked.way}" if told.way is not asked.way else asked.to_site
    refuse(
        violation("disposal.other_kits", list_id, found=kits) if kits else None,
        violation("disposal.other_way", list_id, found=found, wanted=wanted)
        if found != wanted
        else None,
        *_kept_back(pharmacy, asked),
    )
    event = DisposalPermitted(list_id=list_id, reference=told.reference.strip(), by_notice=True)
    return pharmacy.record(Task.AUTHORISE_DISPOSAL, event, credentials=[credential], op_id=op_id)


def destroy(
    pharmacy: Pharmacy,
    list_id: DisposalId,
    method: str,
    place: str,
    credentials: tuple[Credential, Credential],
    *,
    op_id: str = "",
) -> Appended:
    """Record that the kits of an authorised list were destroyed, before a witness who signs too.

    Raises Refused with every kit that changed meanwhile, or if the two are the same person.
    """
    asked = open_one(pharmacy, list_id)
    refuse(
        _wrong_step(asked, ListState.AUTHORISED),
        _wrong_way(asked, Way.DESTROYED),
        None if method.strip() and place.strip() else violation("disposal.how_and_where", list_id),
        _two_people(pharmacy, credentials),
        *_kept_back(pharmacy, asked),
    )
    event = KitsDestroyed(
        list_id=list_id,
        kits=_numbers(pharmacy, list_id),
        method=method.strip(),
        place=place.strip(),
    )
    return pharmacy.record(Task.DESTROY_KITS, event, credentials=credentials, op_id=op_id)


def send(
    pharmacy: Pharmacy,
    list_id: DisposalId,
    carrier: str,
    shipper: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record that the kits of an authorised list left with a carrier, in which shipper. Signed.

    They go back to the sponsor, or to another site as the list says. Raises Refused.
    """
    asked = open_one(pharmacy, list_id)
    refuse(
        _wrong_step(asked, ListState.AUTHORISED),
        _wrong_way(asked, Way.SENT_BACK, Way.TRANSFERRED),
        None if carrier.strip() and shipper.strip() else violation("disposal.no_carrier", list_id),
        *_kept_back(pharmacy, asked),
    )
    event = KitsSent(
        list_id=list_id,
        way=asked.way,
        kits=_numbers(pharmacy, list_id),
        carrier=carrier.strip(),
        shipper=shipper.strip(),
        to_site=asked.to_site,
    )
    return pharmacy.record(Task.SEND_KITS, event, credentials=[credential], op_id=op_id)


def transfer_advice(pharmacy: Pharmacy, list_id: DisposalId) -> tuple[str, bytes]:
    """Return name and content of the file by which the other site expects the kits of a transfer.

    It tells numbers and the shipment, no kit type. Raises Refused before the kits have left.
    """
    asked = one_list(pharmacy, list_id)
    refuse(_wrong_way(asked, Way.TRANSFERRED))
    history = pharmacy.ledger.history(f"disposal/{list_id}")
    sent = [r for r in history if isinstance(r.event, KitsSent)]
    if not sent:
        state = f"disposal_list.{asked.state}"
        raise Refused([violation("disposal.not_done", list_id, state=state)])
    shipment = ShipmentId(f"{pharmacy.site.code}-{list_id}")
    kits = sent[-1].told(KitsSent).kits
    advice = Advice(shipment, sent[-1].occurred_at, "", kits)
    return f"advice_{shipment}.csv", write_advice(advice)


def one_list(pharmacy: Pharmacy, list_id: DisposalId) -> DisposalList:
    """Return a list as it stands. Raises Refused ``disposal.unknown``."""
    found = queries.disposal_list(pharmacy.reader, list_id)
    if found is None:
        raise Refused([violation("disposal.unknown", list_id)])
    return found


def open_one(pharmacy: Pharmacy, list_id: DisposalId) -> DisposalList:
    """Return a list whose kits still wait. Raises Refused for one that is done or dropped."""
    found = one_list(pharmacy, list_id)
    if found.state not in OPEN:
        state = f"disposal_list.{found.state}"
        raise Refused([violation("disposal.closed", list_id, state=state)])
    return found


def still_on(pharmacy: Pharmacy, list_id: DisposalId) -> list[ListedKit]:
    """Return the kits of a list that were not struck."""
    return [one for one in queries.kits_of(pharmacy.reader, list_id) if not one.struck]


def changed_meanwhile(pharmacy: Pharmacy, asked: DisposalList) -> dict[KitNumber, list[Violation]]:
    """Return why kits of a list can no longer leave with it, by kit: found, lost, decided usable."""
    now = pharmacy.now()
    found: dict[KitNumber, list[Violation]] = {}
    for one in still_on(pharmacy, asked.list_id):
        reasons = rules.kept_back(one.as_before, asked.way, now)
        if reasons:
            found[one.kit.kit_number] = list(reasons)
    return found


def _kept_back(pharmacy: Pharmacy, asked: DisposalList) -> list[Violation]:
    kept = changed_meanwhile(pharmacy, asked)
    empty = [] if asked.kits else [violation("disposal.empty", asked.list_id)]
    return [*empty, *(reason for reasons in kept.values() for reason in reasons)]


def _numbers(pharmacy: Pharmacy, list_id: DisposalId) -> tuple[KitNumber, ...]:
    return tuple(one.kit.kit_number for one in still_on(pharmacy, list_id))


def _wrong_step(asked: DisposalList, wanted: ListState) -> Violation | None:
    if asked.state is wanted:
        return None
    return violation(f"disposal.not_{wanted}", asked.list_id, state=f"disposal_list.{asked.state}")


def _wrong_way(asked: DisposalList, *wanted: Way) -> Violation | None:
    if asked.way in wanted:
        return None
    return violation("disposal.wrong_way", asked.list_id, way=f"way.{asked.way}")


def _known(pharmacy: Pharmacy, kit_numbers: Sequence[str]) -> list[Kit]:
    """Return the kits of numbers that were typed, scanned or ticked, each once."""
    numbers = [known_kit(pharmacy, Scanned(number)).kit_number for number in kit_numbers]
    found = (kit_queries.kit(pharmacy.reader, number) for number in dict.fromkeys(numbers))
    return [kit for kit in found if kit is not None]


def _chosen(kits: Sequence[Kit]) -> tuple[Violation | None, ...]:
    return (None if kits else violation("kit.none_chosen"),)
