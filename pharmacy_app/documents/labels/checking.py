"""Whether a trial's labels can be printed as they are meant to be: asked before a package is built."""

from collections.abc import Iterable, Iterator, Sequence

from pharmacy_app.documents.labels import dose as dose_label
from pharmacy_app.documents.labels.fields import dose_values, names_for, shown
from pharmacy_app.documents.labels.longest import longest_labels
from pharmacy_app.documents.labels.template import named, names
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.label_rules import LabelKind, missing_fields
from pharmacy_app.domain.refusal import Refused, Violation, violation
from pharmacy_app.domain.trial import Labelling, Site, Trial


def label_violations(
    trial: Trial, sites: Sequence[Site], lots: Iterable[str]
) -> tuple[Violation, ...]:
    """Return what is wrong with the labels of a trial at some sites, each once.

    The templates exist, are of their kind and ask for facts that there are; the longest lawful content
    of every site and of the ``lots`` fits and can be printed; what the rule sets ask for is shown.
    """
    found = [v for kind in LabelKind for v in _unlike(trial.labelling, kind)]
    if not found:
        for label in longest_labels(trial, sites, tuple(lots)):
            found += [*_unprintable(label), *_unmet(label)]
    return tuple(dict.fromkeys(found))


def _unlike(labelling: Labelling, kind: LabelKind) -> Iterator[Violation]:
    name = labelling.template(kind)
    if not name and kind in {LabelKind.OUTER, LabelKind.SMALL}:
        return
    try:
        template = named(labelling, name)
    except LookupError:
        known = ", ".join(sorted({*names(), *labelling.own}))
        yield violation("label.unknown_template", name, kind=f"label_kind.{kind}", known=known)
        return
    except Refused as refused:
        yield from refused.violations
        return
    if template.kind is not kind:
        yield violation(
            "label.other_kind",
            name,
            kind=f"label_kind.{kind}",
            found_kind=f"label_kind.{template.kind}",
        )
    known_fields = names_for(kind)
    for field in sorted(template.fields() - known_fields):
        known = ", ".join(sorted(known_fields))
        yield violation("label.unknown_field", name, field=field, known=known)


def _unprintable(label: BlindedLabel) -> tuple[Violation, ...]:
    try:
        dose_label.render(label)
    except Refused as refused:
        return refused.violations
    return ()


def _unmet(label: BlindedLabel) -> Iterator[Violation]:
    there = shown(named(label.labelling, label.template).fields(), dose_values(label))
    for one in missing_fields(label.kind, label.labelling.rule_sets, there):
        yield violation(
            "label.rule_unmet",
            label.template,
            rule_set=f"rule_set.{one.rule_set}",
            field=f"label_field.{one.field}",
            kind=f"label_kind.{label.kind}",
        )
