"""Acts are appended whole, in order, signed, and found again."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.events.envelope import Act, Meaning
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.signing import moment, stamp
from pharmacy_app.records.drafting import Attachment, next_event_id
from pharmacy_app.records.driver import EngineError, open_database
from pharmacy_app.system.chance import SeededChance
from tests.records.toys import ANNA, BO, KEY, ClockNoted, Key, Moved, Site, Unprojected


def test_an_act_comes_back_as_it_was_recorded(site: Site) -> None:
    appended = site.move("K1", "tank A", BO)
    assert appended.changed == frozenset({"kit"})
    assert site.ledger.history("kit/K1") == list(appended)
    recorded = appended[0]
    assert recorded.event == Moved(kit="K1", place="tank A", volume_ml=Decimal("1.50"))
    assert [(s.signer, s.meaning) for s in recorded.signatures] == [("bo", Meaning.VERIFIED)]
    assert site.ledger.find(recorded.op_id) == appended
    assert site.ledger.reader.one("SELECT place FROM place WHERE kit = ?", ("K1",)) == ("tank A",)


def test_sequence_has_no_gaps_and_ids_rise(site: Site) -> None:
    for number in range(5):
        site.move(f"K{number}", "tank")
    events = site.ledger.page(0, 100)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    ids = [event.event_id for event in events]
    assert ids == sorted(set(ids))
    assert {uuid.UUID(text).version for text in ids} == {7}
    assert site.ledger.page(3, 2) == events[3:5]


def test_events_of_one_act_are_recorded_together_and_the_first_is_signed(site: Site) -> None:
    act = site.act(ANNA, BO)
    appended = site.ledger.append([Moved(kit="K1", place="A"), Moved(kit="K2", place="B")], act)
    assert [len(recorded.signatures) for recorded in appended] == [1, 0]
    assert site.ledger.find(act.op_id) == appended


def test_a_failing_projection_leaves_nothing_behind(site: Site) -> None:
    before = site.ledger.head()
    with pytest.raises(LookupError):
        site.ledger.append([Moved(kit="K1", place="A"), Unprojected()], site.act())
    assert site.ledger.head() == before
    assert site.ledger.reader.rows("SELECT * FROM place") == []
    site.move("K1", "A")


def test_the_same_act_is_not_recorded_twice(site: Site) -> None:
    act = site.act()
    site.ledger.append([Moved(kit="K1", place="A")], act)
    with pytest.raises(Refused) as refused:
        site.ledger.append([Moved(kit="K1", place="B")], act)
    assert [(v.rule, v.record) for v in refused.value.violations] == [
        ("records.already_recorded", "")
    ]


def test_a_clock_set_back_is_refused_until_somebody_notes_it(site: Site) -> None:
    site.move("K1", "A")
    site.now -= timedelta(minutes=3)
    with pytest.raises(Refused) as refused:
        site.move("K1", "B")
    assert [(v.rule, v.record) for v in refused.value.violations] == [("clock.set_back", "")]
    site.ledger.append([ClockNoted(clock_says=site.now)], site.act())
    site.move("K1", "B")


def test_two_minutes_of_clock_adjustment_are_let_pass(site: Site) -> None:
    last = site.move("K1", "A")[0].recorded_at
    exactly = Act("edge", ANNA.person_id, last - timedelta(minutes=2))
    assert len(site.ledger.append([Moved(kit="K1", place="B")], exactly)) == 1


def test_only_the_signed_in_person_or_a_signer_may_be_the_actor(site: Site) -> None:
    with pytest.raises(ValueError, match="actor"):
        site.ledger.append([Moved(kit="K1", place="A")], site.act(BO))
    site.ledger.append([Moved(kit="K1", place="A")], site.act(BO, BO))


def test_a_signature_with_a_key_nobody_introduced_is_not_recorded(site: Site) -> None:
    with pytest.raises(ValueError, match="signer_key"):
        site.move("K1", "A", Key("stranger", "bo"))


def test_the_stations_key_signs_only_until_the_first_sign_in(site: Site) -> None:
    site.ledger.sign_with(None)
    with pytest.raises(ValueError, match="station_key"):
        site.move("K1", "A")


def test_a_session_nobody_certified_signs_nothing(site: Site) -> None:
    site.ledger.sign_with(Key("forged", "anna"))
    with pytest.raises(ValueError, match="session_key"):
        site.move("K1", "A")


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        (0.5, TypeError),
        ({"x": [1.5]}, TypeError),
        (datetime(2026, 11, 22, tzinfo=timezone(timedelta(hours=8))), ValueError),
        (datetime(2026, 11, 22), ValueError),  # noqa: DTZ001 - the naive time is the point
    ],
)
def test_inexact_facts_are_not_recorded(site: Site, amount: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        site.ledger.append([Unprojected(amount=amount)], site.act())
    assert not site.ledger.database.conn.in_transaction


def test_another_time_of_the_act_needs_a_reason(site: Site) -> None:
    act = replace(site.act(), occurred_at=site.now - timedelta(hours=1))
    with pytest.raises(EngineError, match="event_other_time_has_reason"):
        site.ledger.append([Moved(kit="K1", place="A")], act)
    told = replace(act, reason="written down on paper during the power cut")
    assert site.ledger.append([Moved(kit="K1", place="A")], told)[0].occurred_at < site.now


def test_attachments_are_kept_once_by_what_they_hold(site: Site) -> None:
    logger = Attachment("text/csv", b"time,temp\n")
    site.move("K1", "A", attachments=(logger,))
    site.move("K2", "A", attachments=(logger, Attachment("image/png", b"png")))
    assert site.ledger.attachment(logger.sha256) == ("text/csv", b"time,temp\n")
    assert site.ledger.reader.one("SELECT count(*) FROM attachment") == (2,)
    with pytest.raises(LookupError):
        site.ledger.attachment(bytes(32))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET reason = 'x'",
        "DELETE FROM event",
        "DELETE FROM signature",
        "UPDATE checkpoint SET seq = 1",
        "DELETE FROM attachment",
        "DROP TABLE event",
        "DROP TRIGGER event_never_deleted",
        "ALTER TABLE event ADD COLUMN x",
    ],
)
def test_the_recorded_cannot_be_undone_by_sql(site: Site, sql: str) -> None:
    with pytest.raises(EngineError, match="not authorized"):
        site.ledger.database.execute(sql)


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE", "INSERT"])
def test_an_event_cannot_be_replaced(site: Site, verb: str) -> None:
    site.move("K1", "A")
    with pytest.raises(EngineError, match="at its end only"):
        site.ledger.database.execute(f"{verb} INTO event SELECT * FROM event WHERE seq = 2")
    with pytest.raises(EngineError, match="when the event is recorded"):
        site.ledger.database.execute(f"{verb} INTO signature SELECT * FROM signature")


def test_only_its_own_thread_may_use_the_ledger(site: Site) -> None:
    raised: list[BaseException] = []

    def elsewhere() -> None:
        try:
            site.ledger.head()
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "thread" in str(raised[0])


def test_a_checkpoint_is_made_every_hundred_events_and_marks_the_folder(site: Site) -> None:
    assert not site.mark.exists()
    for number in range(100):
        site.move(f"K{number}", "A")
    assert site.ledger.reader.rows("SELECT seq FROM checkpoint") == [(100,)]
    assert site.mark.exists()
    made = site.ledger.checkpoint(site.now)
    assert made is not None
    assert made.seq == site.ledger.head()[0]
    assert site.ledger.checkpoint(site.now) == made


def test_a_ledger_of_another_site_is_not_opened(site: Site) -> None:
    with pytest.raises(EnvironmentProblem, match=r"records.foreign_file"):
        site.ledger.__class__(
            open_database(site.path, KEY),
            kinds=(Moved,),
            origin=replace(site.ledger._origin, site="S02"),
            station_key=site.ledger._station_key,
            chance=SeededChance("x"),
        )


class FailingCommit:
    """A connection whose COMMIT reports an I/O error, before or after doing it."""

    def __init__(self, site: Site, *, done: bool) -> None:
        self._database = site.ledger.database
        self._execute = self._database.execute
        self._done = done
        self._database.execute = self  # type: ignore[method-assign, assignment] # the fault itself

    def __call__(self, sql: str, parameters: object = ()) -> object:
        if sql != "COMMIT":
            return self._execute(sql, parameters)  # type: ignore[arg-type] # handed through
        if self._done:
            self._execute(sql)
        raise EngineError("disk I/O error")


def test_an_error_after_the_commit_is_found_out_and_the_act_stands(site: Site) -> None:
    FailingCommit(site, done=True)
    appended = site.move("K1", "A")
    assert site.ledger.history("kit/K1") == list(appended)
    site.move("K1", "B")


def test_an_error_instead_of_the_commit_is_told_and_nothing_is_recorded(site: Site) -> None:
    FailingCommit(site, done=False)
    with pytest.raises(EnvironmentProblem, match=r"records.io_error"):
        site.move("K1", "A")
    assert site.ledger.history("kit/K1") == []
    site.move("K1", "A")


def test_where_nothing_can_be_found_out_the_outcome_is_called_unknown(site: Site) -> None:
    site.ledger._reopen = None
    FailingCommit(site, done=True)
    with pytest.raises(EnvironmentProblem, match=r"records.outcome_unknown"):
        site.move("K1", "A")
    with pytest.raises(RuntimeError):
        site.move("K1", "B")


@given(st.lists(st.integers(min_value=-(10**9), max_value=10**9), min_size=2, max_size=20))
def test_event_ids_rise_whatever_the_clock_does(offsets: list[int]) -> None:
    chance, last = SeededChance("ids"), str(uuid.UUID(int=0))
    for offset in offsets:
        at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(milliseconds=offset)
        made = next_event_id(last, at, chance)
        assert made > last
        assert uuid.UUID(made).variant == uuid.RFC_4122
        last = made


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1)))  # noqa: DTZ001 - as hypothesis asks
def test_stamps_are_read_back_exactly(at: datetime) -> None:
    assert moment(stamp(at)) == at


def test_a_persons_key_survives_reopening(site: Site, tmp_path: Path) -> None:
    site.move("K1", "A")
    site.reopen()
    site.come_in()
    assert site.move("K1", "B", BO)[0].actor == PersonId("anna")
