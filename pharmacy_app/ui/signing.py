"""Signing at the window: keys are derived on a worker thread, the act runs where the ledger is."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.dialogs.signature import Asked, Given, SignatureDialog
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.vault.keys import PersonalKey
from pharmacy_app.vault.session import OpenVault
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy

Result = TypeVar("Result")
Act = Callable[[Sequence[Credential]], Result]


class HeldKey:
    """A personal key as an act sees it: it signs but cannot be closed under the next signature."""

    def __init__(self, key: PersonalKey) -> None:
        self._key = key

    @property
    def person_id(self) -> PersonId:
        """Whose key it is."""
        return self._key.person_id

    @property
    def printed_name(self) -> str:
        """The owner's name as it is printed."""
        return self._key.printed_name

    @property
    def public_key(self) -> bytes:
        """32 bytes, raw Ed25519."""
        return self._key.public_key

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes, raw Ed25519. Raises RuntimeError once the act is over."""
        return self._key.sign(message)


class UnlockedForOneAct:
    """The ``Signing`` port for one act: the keys that its signers have just opened, no others."""

    def __init__(self, keys: Sequence[PersonalKey]) -> None:
        self._keys = tuple(keys)

    def unlock(self, credential: Credential) -> HeldKey:
        """Return the key its owner opened for this act. Raises LookupError for anybody else."""
        for key in self._keys:
            if key.person_id == credential.person_id:
                return HeldKey(key)
        raise LookupError(credential.person_id)

    def close(self) -> None:
        """Wipe every key."""
        for key in self._keys:
            key.close()


def opened_keys(vault: OpenVault, given: Sequence[Given]) -> tuple[PersonalKey, ...]:
    """Open the signers' keys; slow on purpose, needs no ledger: for a worker thread.

    Raises Refused as `OpenVault.unlock` does; none stays open then.
    """
    with ExitStack() as closing:
        keys = [_opened(vault, one, closing) for one in given]
        closing.pop_all()
        return tuple(keys)


def _opened(vault: OpenVault, given: Given, closing: ExitStack) -> PersonalKey:
    key = vault.unlock(PersonId(given.person), given.password)
    closing.callback(key.close)
    return key


@contextmanager
def signing_with(
    pharmacy: Pharmacy, keys: Sequence[PersonalKey]
) -> Iterator[tuple[Credential, ...]]:
    """Let the acts inside be signed with these keys; afterwards they are wiped.

    Gives the credentials to hand to the workflow, in the order of the keys; they hold no password.
    """
    session = pharmacy.session
    before = session.signing
    unlocked = UnlockedForOneAct(keys)
    session.signing = unlocked
    try:
        yield tuple(Credential(key.person_id, "") for key in keys)
    finally:
        session.signing = before
        unlocked.close()


class SigningDialog(SignatureDialog):
    """Takes the passwords, opens the keys, runs the act; a refusal of either is shown inside."""

    def __init__(
        self,
        workplace: Workplace,
        statement: str,
        asked: Sequence[Asked],
        act: Act[Any],
        parent: QWidget | None = None,
    ) -> None:
        vault = workplace.vault
        super().__init__(
            statement, asked, lambda given: opened_keys(vault, given), workplace.tasks, parent
        )
        self._pharmacy = workplace.pharmacy
        self._signed_act = act

    def _on_done(self, result: Any) -> None:
        try:
            with signing_with(self._pharmacy, result) as credentials:
                appended = self._signed_act(credentials)
        except (Refused, EnvironmentProblem) as problem:
            self._on_failed(problem)
            return
        super()._on_done(appended)


def sign_and(
    workplace: Workplace,
    statement: str,
    asked: Sequence[Asked],
    act: Act[Result],
    done: Callable[[Result], None],
    parent: QWidget,
) -> SigningDialog:
    """Ask for the signatures, run the act with them on this thread, and hand its result on.

    ``act`` gets the credentials in the order of ``asked``. ``statement`` says in words what is
    signed. Nothing happens if the person cancels.
    """
    dialog = SigningDialog(workplace, statement, asked, act, parent)
    dialog.signed.connect(done)
    dialog.open()
    return dialog
