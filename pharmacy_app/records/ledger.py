"""The ledger: every act is appended in one transaction, or not at all.

`Ledger.append` writes the events, the signatures on them, their attachments and the state they lead
to between ``BEGIN IMMEDIATE`` and ``COMMIT`` with ``synchronous=FULL``: when it returns, the act
survives a power cut. An error at or after the commit means *unknown*: the connection is thrown
away, the file opened again and the act looked up by its ``op_id``, so that what is said is true.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from pharmacy_app.domain.events.envelope import Act, Event, Recorded, SigningKey
from pharmacy_app.domain.refusal import EnvironmentProblem, Violation, refuse, violation
from pharmacy_app.domain.signing import Origin, moment, stamp
from pharmacy_app.records import projection
from pharmacy_app.records.authority import Authority
from pharmacy_app.records.chain import (
    COLUMNS,
    PLACES,
    SIGNATURE_COLUMNS,
    SIGNATURE_PLACES,
    kind_of,
    topic_of,
)
from pharmacy_app.records.drafting import Attachment, Draft, Drafter, RandomBytes, RowSigner, Tail
from pharmacy_app.records.driver import (
    EncryptedDatabase,
    EngineError,
    engine_problems,
    problem_of,
)
from pharmacy_app.records.mark import Checkpoint, rolled_back, signed_checkpoint, write_mark
from pharmacy_app.records.reading import EventDecoder, LedgerReader, Reader

CHECKPOINT_EVERY = 100
CLOCK_TOLERANCE = timedelta(minutes=2)

INSERT_EVENT = f"INSERT INTO event ({COLUMNS}) VALUES ({PLACES})"  # noqa: S608 - constants
INSERT_SIGNATURE = f"INSERT INTO signature ({SIGNATURE_COLUMNS}) VALUES ({SIGNATURE_PLACES})"  # noqa: S608 - constants
TAIL = "SELECT seq, link, event_id, recorded_at FROM event ORDER BY seq DESC LIMIT 1"

Reopen = Callable[[], EncryptedDatabase]


class Appended(tuple[Recorded, ...]):
    """What one act recorded, in order, and which sorts of rows it changed."""

    __slots__ = ()

    @property
    def changed(self) -> frozenset[str]:
        """The topics of the events: pages that show them read them again."""
        return frozenset(topic_of(kind_of(recorded.event)) for recorded in self)


class Ledger:
    """The only writer of the records; belongs to the thread that made it.

    ``kinds`` is the closed set of event classes, ``station_key`` signs rows until somebody signs in
    and every checkpoint, ``mark`` is the high-water file, ``reopen`` opens the file again after an
    error whose outcome is unknown, ``make_room`` gives up room laid aside for a full disk and tells
    whether there was any. Raises EnvironmentProblem ``records.foreign_file`` if the ledger
    is another site's.
    """

    def __init__(  # noqa: PLR0913 - the parts are put together in one place, by name
        self,
        database: EncryptedDatabase,
        *,
        kinds: Sequence[type[Event]],
        origin: Origin,
        station_key: RowSigner,
        chance: RandomBytes,
        mark: Path | None = None,
        project: projection.Projection = projection.apply,
        reopen: Reopen | None = None,
        make_room: Callable[[], bool] = lambda: False,
    ) -> None:
        self._thread = threading.get_ident()
        self._database: EncryptedDatabase | None = database
        self._decoder = EventDecoder(kinds)
        self._origin = origin
        self._station_key = station_key
        self._drafter = Drafter(origin, chance)
        self._mark = mark
        self._project = project
        self._reopen = reopen
        self._make_room = make_room
        self._session: SigningKey | None = None
        self._authority = self._authority_so_far()
        self.warning = self._compared_with_mark()
        """What the mark says against this file, None if they agree. The mark is left as it is until
        somebody looked: see `accept_warning`."""

    # What was recorded

    @property
    def database(self) -> EncryptedDatabase:
        """The writing connection. Raises RuntimeError once closed.

        Ask for it anew each time: after an I/O error it is another one.
        """
        self._require_own_thread()
        if self._database is None:
            raise RuntimeError("the ledger is closed")
        return self._database

    @property
    def reader(self) -> Reader:
        """Rows over the writing connection, for the short reads of the window."""
        return Reader(self.database)

    @property
    def _events(self) -> LedgerReader:
        return LedgerReader(self.database, self._decoder)

    def head(self) -> tuple[int, bytes]:
        """Return the newest sequence number and its link; ``(0, 32 zero bytes)`` if empty."""
        return self._events.head()

    def history(self, about: str) -> list[Recorded]:
        """Return everything recorded about one record, oldest first."""
        return self._events.history(about)

    def find(self, op_id: str) -> Appended:
        """Return what was recorded under this act's id, empty if nothing was."""
        return Appended(self._events.find(op_id))

    def page(self, after_seq: int, limit: int) -> list[Recorded]:
        """Return up to ``limit`` events after a sequence number, oldest first."""
        return self._events.page(after_seq, limit)

    def of_kinds(self, kinds: Sequence[str]) -> list[Recorded]:
        """Return every event of the given kinds (tags), oldest first."""
        return self._events.of_kinds(kinds)

    def attachment(self, sha256: bytes) -> tuple[str, bytes]:
        """Return media type and content. Raises LookupError if there is none of that name."""
        return self._events.attachment(sha256)

    # Recording

    def sign_with(self, session: SigningKey | None) -> None:
        """Sign the rows from here on with a session's key; None ends the session.

        Call it before the sign-in itself is appended: that row certifies the key it is signed with.
        """
        self._require_own_thread()
        self._session = session

    def append(
        self, events: Sequence[Event], act: Act, *, attachments: Sequence[Attachment] = ()
    ) -> Appended:
        """Record one act, durably, and return it.

        Raises Refused (``records.already_recorded``, ``clock.set_back``) or EnvironmentProblem with
        nothing recorded; only ``records.outcome_unknown`` leaves it open, until the program is
        started again. Raises ValueError or TypeError for an act that must not be: without events,
        with inexact facts, under a key that may not speak for its actor. On a full disk the room
        laid aside is given up, once, and the act recorded there.
        """
        if not events:
            raise ValueError("an act without events")
        try:
            return self._append(events, act, attachments)
        except EnvironmentProblem as problem:
            if problem.problem.rule != "records.disk_full" or not self._make_room():
                raise
            return self._append(events, act, attachments)

    def _append(
        self, events: Sequence[Event], act: Act, attachments: Sequence[Attachment]
    ) -> Appended:
        database = self.database
        try:
            with engine_problems(database.path):
                database.execute("BEGIN IMMEDIATE")
            try:
                drafts, appended = self._write(database, events, act, attachments)
                checkpoint = self._due_checkpoint(database, drafts, act.recorded_at)
            except BaseException:
                self._roll_back(database)
                raise
        except EngineError as error:
            problem = problem_of(error, database.path)
            if problem is None:
                raise
            raise problem from error
        try:
            database.execute("COMMIT")
        except EngineError as error:
            self._find_out(act.op_id, error)
        for draft in drafts:
            self._authority.learn(draft.event)
        self._keep_mark(checkpoint)
        return appended

    def checkpoint(self, made_at: datetime) -> Checkpoint | None:
        """Sign the end of the chain and write the mark; None if nothing is recorded yet.

        For sign-in, sign-out, backup and export. Raises EnvironmentProblem.
        """
        database = self.database
        with engine_problems(database.path):
            row = database.execute(TAIL).fetchone()
            if row is None:
                return None
            tail = Tail._make(row)
            made = signed_checkpoint(self._origin, tail.seq, tail.link, made_at, self._station_key)
            known = database.execute("SELECT 1 FROM checkpoint WHERE seq = ?", (tail.seq,))
            if known.fetchone() is None:
                _insert_checkpoint(database, made)
        if self._mark is not None and self.warning is None:
            write_mark(self._mark, made)
        return made

    def accept_warning(self) -> None:
        """Let the mark be written again, after `warning` was shown and recorded as an event."""
        self._require_own_thread()
        self.warning = None

    def close(self) -> None:
        """Close the connection; closing twice is no error."""
        self._require_own_thread()
        if self._database is not None:
            self._database.conn.close()
            self._database = None

    # How

    def _write(
        self,
        database: EncryptedDatabase,
        events: Sequence[Event],
        act: Act,
        attachments: Sequence[Attachment],
    ) -> tuple[list[Draft], Appended]:
        row = database.execute(TAIL).fetchone()
        tail = Tail() if row is None else Tail._make(row)
        self._refuse(database, events, act, tail)
        for attachment in attachments:
            _keep(database, attachment)
        signer: RowSigner = self._session or self._station_key
        drafts = self._drafter.drafts(events, act, tail, signer, attachments)
        self._require_authority(drafts, act)
        for draft in drafts:
            database.execute(INSERT_EVENT, draft.row)
            for signature in draft.signatures:
                database.execute(INSERT_SIGNATURE, signature)
        recorded = [self._decoder.recorded(d.row, d.signatures) for d in drafts]
        for one in recorded:
            self._project(database, one)
        return drafts, Appended(recorded)

    def _refuse(
        self, database: EncryptedDatabase, events: Sequence[Event], act: Act, tail: Tail
    ) -> None:
        known = database.execute("SELECT seq FROM event WHERE op_id = ?", (act.op_id,)).fetchone()
        refuse(
            None if known is None else violation("records.already_recorded"),
            None if any(e.notes_clock_jump for e in events) else set_back(tail.recorded_at, act),
        )

    def _require_authority(self, drafts: Sequence[Draft], act: Act) -> None:
        authority = self._authority.copy()
        signers = {(key.person_id, key.public_key) for key, _ in act.signers}
        objections = [authority.learn(draft.event) for draft in drafts]
        objections += [
            authority.objection(
                draft.row.session_key, act.actor, signers, by_station=draft.event.by_station
            )
            for draft in drafts
        ]
        if any(objections):
            raise ValueError(f"no authority for {act.op_id}: {[o for o in objections if o]}")

    def _due_checkpoint(
        self, database: EncryptedDatabase, drafts: Sequence[Draft], at: datetime
    ) -> Checkpoint | None:
        first, last = drafts[0].row, drafts[-1].row
        if (first.seq - 1) // CHECKPOINT_EVERY == last.seq // CHECKPOINT_EVERY:
            return None
        made = signed_checkpoint(self._origin, last.seq, last.link, at, self._station_key)
        _insert_checkpoint(database, made)
        return made

    def _keep_mark(self, checkpoint: Checkpoint | None) -> None:
        # The act is recorded: a mark that cannot be written must not make it look as if it were
        # not. The older mark still stands and is replaced at the next checkpoint.
        if checkpoint is not None and self._mark is not None and self.warning is None:
            with suppress(EnvironmentProblem):
                write_mark(self._mark, checkpoint)

    def _roll_back(self, database: EncryptedDatabase) -> None:
        try:
            database.rollback()
        except EngineError:
            # Nothing was committed; but this connection cannot be trusted with the next act.
            self._replace_connection()

    def _find_out(self, op_id: str, error: EngineError) -> None:
        """Return if the act was recorded after all; raise what is true if not, or if unknown."""
        unknown = EnvironmentProblem("records.outcome_unknown", op_id, detail=str(error))
        try:
            self._replace_connection()
            with engine_problems(self.database.path):
                row = self.database.execute("SELECT 1 FROM event WHERE op_id = ?", (op_id,))
                recorded = row.fetchone() is not None
                if recorded:
                    # Writes through to the disk what the failed flush may have left in memory.
                    self.database.execute("PRAGMA wal_checkpoint(FULL)").fetchall()
        except (EnvironmentProblem, EngineError, RuntimeError):
            raise unknown from error
        if not recorded:
            raise (
                problem_of(error)
                or EnvironmentProblem("records.io_error", op_id, detail=str(error))
            ) from error

    def _replace_connection(self) -> None:
        with suppress(EngineError):
            self.close()
        self._database = None if self._reopen is None else self._reopen()

    def _authority_so_far(self) -> Authority:
        authority = Authority(self._origin.site, self._station_key.public_key)
        kinds = {
            *self._decoder.overriding("introduced_keys"),
            *self._decoder.overriding("opened_session"),
        }
        for recorded in self.of_kinds(sorted(kinds)):
            authority.learn(recorded.event)
        return authority

    def _compared_with_mark(self) -> Violation | None:
        head_seq, _ = self.head()
        if head_seq:
            row = self.reader.one("SELECT site FROM event WHERE seq = ?", (head_seq,))
            if row != (self._origin.site,):
                raise EnvironmentProblem("records.foreign_file", self._origin.site)
        if self._mark is None:
            return None
        return rolled_back(self._mark, self._origin, self.reader, self._station_key.public_key)

    def _require_own_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("the ledger belongs to the thread that opened it")


def set_back(last_recorded_at: str, act: Act) -> Violation | None:
    """Return ``clock.set_back`` if an act lies more than two minutes before the ledger's last."""
    if not last_recorded_at:
        return None
    last = moment(last_recorded_at)
    if act.recorded_at >= last - CLOCK_TOLERANCE:
        return None
    return violation("clock.set_back", last=last, now=act.recorded_at)


def _keep(database: EncryptedDatabase, attachment: Attachment) -> None:
    known = database.execute("SELECT 1 FROM attachment WHERE sha256 = ?", (attachment.sha256,))
    if known.fetchone() is None:
        database.execute(
            "INSERT INTO attachment (sha256, media_type, bytes) VALUES (?, ?, ?)",
            (attachment.sha256, attachment.media_type, attachment.content),
        )


def _insert_checkpoint(database: EncryptedDatabase, made: Checkpoint) -> None:
    database.execute(
        "INSERT INTO checkpoint (generation, seq, head, made_at, signature) VALUES (?, ?, ?, ?, ?)",
        (made.generation, made.seq, made.head, stamp(made.made_at), made.signature),
    )
