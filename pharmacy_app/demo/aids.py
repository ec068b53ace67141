"""What a trainee needs and a real site would never write down: passwords, release codes, kits.

Kept in a plainly marked file beside the vault of a training site; there is none beside a real one.
"""

from pathlib import Path

import msgspec
from msgspec import Struct

from pharmacy_app.domain.ids import KitNumber, PersonId, ShipmentId, SiteCode, StageCode
from pharmacy_app.domain.people import Role
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.files import write_replacing

NAME = "TRAINING.json"
NOTICE = (
    "TRAINING DATA, NOT FOR PATIENTS. These passwords and codes belong to a training site made of "
    "published data. 培训数据，不得用于患者：本文件中的密码和代码仅属于用公开数据建立的培训中心。"
)


class TrainingPerson(Struct, frozen=True, kw_only=True):
    """Somebody with an account at the training site."""

    person_id: PersonId
    printed_name: str
    roles: tuple[Role, ...]
    password: str


class TrainingCode(Struct, frozen=True, kw_only=True):
    """What the randomisation desk would read out on the telephone; the arm is not told here."""

    stage: StageCode
    entry_id: str
    code: str


class TrainingShipment(Struct, frozen=True, kw_only=True):
    """The labels that lie on the table in training: a shipment's kits, and its logger's file."""

    shipment_id: ShipmentId
    kits: tuple[KitNumber, ...]
    logger_file: str


class TrainingAids(Struct, frozen=True, kw_only=True):
    """Everything a trainee needs to play the main job alone."""

    notice: str = NOTICE
    site: SiteCode
    people: tuple[TrainingPerson, ...]
    subjects: tuple[str, ...]
    release_codes: tuple[TrainingCode, ...]
    unblinding_codes: tuple[TrainingCode, ...] = ()
    shipments: tuple[TrainingShipment, ...]
    recovery_code: str

    def person(self, person_id: PersonId) -> TrainingPerson:
        """Return one of the people. Raises LookupError for anybody else."""
        for person in self.people:
            if person.person_id == person_id:
                return person
        raise LookupError(person_id)


def aids_file(vault: Path) -> Path:
    """Return where the aids of a training vault lie: beside its folder, never in it."""
    return vault.parent / NAME


def write_aids(vault: Path, aids: TrainingAids) -> None:
    """Write the aids beside the vault. Raises EnvironmentProblem."""
    write_replacing(aids_file(vault), msgspec.json.format(msgspec.json.encode(aids), indent=2))


def read_aids(vault: Path) -> TrainingAids | None:
    """Return the aids beside a vault, or None where there are none: a real site, or files lost.

    Raises EnvironmentProblem ``demo.aids_damaged``.
    """
    path = aids_file(vault)
    try:
        return msgspec.json.decode(path.read_bytes(), type=TrainingAids)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as problem:
        raise EnvironmentProblem("demo.aids_damaged", str(path)) from problem
