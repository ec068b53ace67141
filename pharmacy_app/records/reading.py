"""Reads: SQL in, rows out; and the ledger's rows turned back into events."""

from collections.abc import Iterator, Sequence
from typing import Any, Union

import msgspec

from pharmacy_app.domain.events.envelope import Event, Meaning, Recorded, Signature
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.chain import COLUMNS, SIGNATURE_COLUMNS, EventRow, SignatureRow, kind_of
from pharmacy_app.records.driver import EncryptedDatabase, EngineError, engine_problems

Parameters = Sequence[Any] | dict[str, Any]


class Reader:
    """Rows of one open connection; used in the thread that opened it."""

    def __init__(self, database: EncryptedDatabase) -> None:
        self._database = database

    def rows(self, sql: str, params: Parameters = ()) -> list[tuple[Any, ...]]:
        """Return every row. Raises EnvironmentProblem for damage, locks and disk errors."""
        with engine_problems(self._database.path):
            return self._database.execute(sql, params).fetchall()

    def one(self, sql: str, params: Parameters = ()) -> tuple[Any, ...] | None:
        """Return the only row, or None. Raises LookupError if there is more than one."""
        found = self.rows(sql, params)
        if len(found) > 1:
            raise LookupError("more than one row where one was asked for")
        return found[0] if found else None

    def each(self, sql: str, params: Parameters = ()) -> Iterator[tuple[Any, ...]]:
        """Yield rows as they are read; for the long reads. Raises like `rows`."""
        with engine_problems(self._database.path):
            yield from self._database.execute(sql, params)


class EventDecoder:
    """Turns bodies back into events of the closed set it is made with."""

    def __init__(self, kinds: Sequence[type[Event]]) -> None:
        self._kinds = {kind_of(kind): kind for kind in kinds}
        # One decoder for the closed set: an unknown kind or field is an error, never ignored.
        self._decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Union[tuple(kinds)])  # noqa: UP007 - from a tuple

    def event(self, row: EventRow) -> Event:
        """Return the event of a row.

        Raises EnvironmentProblem ``records.newer_program`` for a kind we do not know, and
        ``records.damaged`` for a body that does not hold what its kind says.
        """
        try:
            return self._decoder.decode(row.body)
        except msgspec.DecodeError as error:
            code = "records.damaged" if row.kind in self._kinds else "records.newer_program"
            raise EnvironmentProblem(code, str(row.seq), detail=row.kind) from error

    def recorded(self, row: EventRow, signatures: Sequence[SignatureRow] = ()) -> Recorded:
        """Return a row with its signatures as the program sees it. Raises like `event`."""
        return Recorded(
            seq=row.seq,
            event_id=row.event_id,
            op_id=row.op_id,
            event=self.event(row),
            actor=PersonId(row.actor),
            recorded_at=moment(row.recorded_at),
            occurred_at=moment(row.occurred_at),
            reason=row.reason,
            hash=row.hash,
            signatures=tuple(_signature(signature) for signature in signatures),
        )

    def overriding(self, name: str) -> tuple[str, ...]:
        """Return the kinds whose class gives its own answer to a property of `Event`."""
        return tuple(
            tag
            for tag, kind in self._kinds.items()
            if getattr(kind, name) is not getattr(Event, name)
        )


def _signature(row: SignatureRow) -> Signature:
    return Signature(
        PersonId(row.signer),
        row.printed_name,
        Meaning(row.meaning),
        moment(row.signed_at),
        row.public_key,
        row.value,
    )


class LedgerReader:
    """The ledger as it is read: histories, pages, the end of the chain."""

    def __init__(self, database: EncryptedDatabase, decoder: EventDecoder) -> None:
        self._reader = Reader(database)
        self._decoder = decoder

    def head(self) -> tuple[int, bytes]:
        """Return the newest sequence number and its link; ``(0, 32 zero bytes)`` if empty."""
        row = self._reader.one("SELECT seq, link FROM event ORDER BY seq DESC LIMIT 1")
        return (0, bytes(32)) if row is None else (row[0], row[1])

    def history(self, about: str) -> list[Recorded]:
        """Return everything recorded about one record, oldest first."""
        return self._recorded("about = ?", (about,))

    def find(self, op_id: str) -> list[Recorded]:
        """Return what was recorded under this act's id, empty if nothing was."""
        return self._recorded("op_id = ?", (op_id,))

    def page(self, after_seq: int, limit: int) -> list[Recorded]:
        """Return up to ``limit`` events after a sequence number, oldest first."""
        return self._recorded("seq > ? AND seq <= ?", (after_seq, after_seq + limit))

    def of_kinds(self, kinds: Sequence[str]) -> list[Recorded]:
        """Return every event of the given kinds (tags), oldest first."""
        places = ", ".join("?" * len(kinds))
        return self._recorded(f"kind IN ({places})", tuple(kinds))

    def attachment(self, sha256: bytes) -> tuple[str, bytes]:
        """Return media type and content of an attachment. Raises LookupError if there is none."""
        row = self._reader.one(
            "SELECT media_type, bytes FROM attachment WHERE sha256 = ?", (sha256,)
        )
        if row is None:
            raise LookupError(f"no attachment {sha256.hex()}")
        return row[0], row[1]

    def _recorded(self, condition: str, params: tuple[Any, ...]) -> list[Recorded]:
        # ``condition`` is one of the constants above; every value is bound.
        rows = self._reader.rows(
            f"SELECT {COLUMNS} FROM event WHERE {condition} ORDER BY seq",  # noqa: S608 - constants
            params,
        )
        signed = self._reader.rows(
            f"SELECT {SIGNATURE_COLUMNS} FROM signature WHERE seq IN"  # noqa: S608 - constants
            f" (SELECT seq FROM event WHERE {condition}) ORDER BY seq, position",
            params,
        )
        signatures: dict[int, list[SignatureRow]] = {}
        for values in signed:
            signature = SignatureRow(*values)
            signatures.setdefault(signature.seq, []).append(signature)
        return [
            self._decoder.recorded(row, signatures.get(row.seq, ()))
            for row in map(EventRow._make, rows)
        ]


def is_readable(database: EncryptedDatabase) -> bool:
    """Tell whether the connection still answers."""
    try:
        database.execute("SELECT 1").fetchone()
    except EngineError:
        return False
    return True
