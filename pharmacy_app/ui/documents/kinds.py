"""The papers that can be made here: what each is, its class, and what it is made about."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import DocumentClass


class About(StrEnum):
    """What a paper is about."""

    DOSE = "dose"
    KIT_TYPE = "kit_type"
    LABEL = "label"
    LIST = "list"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper."""

    key: str
    secrecy: DocumentClass
    about: About


KINDS = (
    Kind(catalogue.PICK_SHEET.key, catalogue.PICK_SHEET.secrecy, About.DOSE),
    Kind(catalogue.PREPARATION_RECORD.key, catalogue.PREPARATION_RECORD.secrecy, About.DOSE),
    Kind(catalogue.HAND_OVER.key, catalogue.HAND_OVER.secrecy, About.DOSE),
    Kind(catalogue.LABEL.key, catalogue.LABEL.secrecy, About.LABEL),
    Kind(catalogue.ACCOUNTABILITY_LOG.key, catalogue.ACCOUNTABILITY_LOG.secrecy, About.KIT_TYPE),
    *(
        Kind(document.key, document.secrecy, About.LIST)
        for document in (catalogue.DESTRUCTION_CERTIFICATE, catalogue.RETURN_LIST)
    ),
    Kind(catalogue.RECONCILIATION.key, catalogue.RECONCILIATION.secrecy, About.SITE),
)


def secrecy_in_words(secrecy: DocumentClass) -> str:
    """Return the class of a paper in the language of the window."""
    if secrecy is DocumentClass.BLINDED:
        return QCoreApplication.translate("Secrecy", "BLINDED: may leave the pharmacy")
    return QCoreApplication.translate("Secrecy", "UNBLINDED: stays in the pharmacy")


def purpose(key: str) -> str:
    """Return what a paper is for."""
    said = {
        catalogue.PICK_SHEET.key: QCoreApplication.translate(
            "Purpose", "Which kit to fetch, from where, and why."
        ),
        catalogue.PREPARATION_RECORD.key: QCoreApplication.translate(
            "Purpose", "Every step of a dose, its numbers and signatures, for the binder."
        ),
        catalogue.HAND_OVER.key: QCoreApplication.translate(
            "Purpose", "Goes with the bag to the ward and comes back with the times."
        ),
        catalogue.LABEL.key: QCoreApplication.translate(
            "Purpose", "The exact picture of every copy that was made. Not for printing again."
        ),
        catalogue.DESTRUCTION_CERTIFICATE.key: QCoreApplication.translate(
            "Purpose", "That the kits of a list were destroyed, how, where and before whom."
        ),
        catalogue.RETURN_LIST.key: QCoreApplication.translate(
            "Purpose", "What lies in a parcel to the sponsor or to another site."
        ),
        catalogue.RECONCILIATION.key: QCoreApplication.translate(
            "Purpose", "Every kit of the site and how it ended, for the closing."
        ),
        catalogue.ACCOUNTABILITY_LOG.key: QCoreApplication.translate(
            "Purpose", "Every movement of a kit type with its balance, for the binder."
        ),
    }
    return said[key]
