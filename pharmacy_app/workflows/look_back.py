"""Look back in one step: who was touched, and what is said of it to whom.

The pharmacy's own paper names kits, doses and subjects. The ward's notice names every subject who was
given the trial's medication: see `docs/decisions/look-back.md`.
"""

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.look_back import LookBackReport
from pharmacy_app.domain.blinding import BlindedSafetyNotice, GivenVisit
from pharmacy_app.domain.look_back import LookBack, Source, unlawful_source
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.records.queries.blinded import doses as blinded_queries
from pharmacy_app.records.queries.unblinded import look_back as queries
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy


def look_back(pharmacy: Pharmacy, source: Source) -> LookBack:
    """Return every kit, dose and subject that a source touched; nothing is recorded.

    Raises Refused for a source that names nothing, or a time that ends before it begins.
    """
    refuse(*unlawful_source(source))
    reader = pharmacy.reader
    return LookBack(
        source, tuple(queries.kits(reader, source)), tuple(queries.doses(reader, source))
    )


def report(pharmacy: Pharmacy, found: LookBack) -> Paper:
    """Return the pharmacy's paper of a look-back, with what to do about each kit. UNBLINDED."""
    paper = LookBackReport(standing=standing(pharmacy), found=found)
    return catalogue.render(catalogue.LOOK_BACK, paper)


def safety_notice(pharmacy: Pharmacy, concern: str, advice: str) -> Paper:
    """Return the ward's notice: what is in doubt, what to watch for, everybody who was given any.

    ``concern`` and ``advice`` are the sponsor's words. BLINDED: made from reads that know no arm, kit
    or lot, whatever the look-back found. Raises Refused without either text, or for one that names a
    kit type, a lot or a kit of this site.
    """
    refuse(
        None if concern.strip() else violation("look_back.no_concern"),
        None if advice.strip() else violation("look_back.no_advice"),
        *(
            violation("look_back.telling", found=word)
            for word in _telling(pharmacy, f"{concern} {advice}")
        ),
    )
    trial, site = pharmacy.trial, pharmacy.site
    notice = BlindedSafetyNotice(
        trial_code=trial.code,
        protocol=trial.protocol,
        site=site.code,
        site_name=site.name,
        investigator=site.investigator,
        zone=site.zone,
        sponsor=trial.sponsor,
        concern=concern.strip(),
        advice=advice.strip(),
        given=tuple(
            GivenVisit(subject=given.subject_id, visit=given.visit, given_at=given.handed_over_at)
            for given in blinded_queries.given_doses(pharmacy.reader)
        ),
        issued_by=pharmacy.person.printed_name,
        issued_at=pharmacy.now(),
        training=trial.training,
    )
    return catalogue.render(catalogue.SAFETY_NOTICE, notice)


def _telling(pharmacy: Pharmacy, text: str) -> list[str]:
    """Return the words of a text that would tell which kits are meant."""
    folded = text.casefold()
    known = {
        word
        for package in pharmacy.packages
        for kit_type in package.trial.kit_types
        for word in (kit_type.code, kit_type.name.en, kit_type.name.zh)
    } | {
        word
        for package in pharmacy.packages
        for stage in package.trial.stages
        for arm in stage.arms
        for word in (arm.code, arm.name.en, arm.name.zh)
    }
    lots = {
        word
        for package in pharmacy.packages
        for kit in package.kits
        for word in (kit.lot, kit.number)
    }
    return sorted(word for word in known | lots if len(word) > 1 and word.casefold() in folded)
