"""What can stand on a label, by the names that templates use; of a dose from blinded facts alone."""

from collections.abc import Mapping

from pharmacy_app.documents.moments import with_offset
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.label_rules import Field, LabelKind
from pharmacy_app.domain.trial import Contact, Text

Values = Mapping[str, str | Text]
"""By name: a code, or words in both languages; empty where there is nothing to say."""

US_CAUTION = Text(
    en="Caution: New Drug—Limited by Federal (or United States) law to investigational use.",
    zh="注意：新药——美国联邦法律规定仅限研究使用。",
)
"""21 CFR 312.6(a), word for word; the Chinese is a translation for the ward."""
NOTHING = Text(en="", zh="")
_F = Field
HOLDS: Mapping[str, tuple[Field, ...]] = {
    "subject": (_F.SUBJECT,),
    "visit": (_F.VISIT,),
    "kit": (_F.KIT,),
    "dose_id": (_F.UNIQUE_ID,),
    "use_before": (_F.USE_BEFORE,),
    "product": (_F.PRODUCT,),
    "route": (_F.ROUTE,),
    "quantity": (_F.QUANTITY,),
    "route_quantity": (_F.ROUTE, _F.QUANTITY),
    "directions": (_F.DIRECTIONS,),
    "storage": (_F.STORAGE,),
    "statements": (_F.STATEMENTS,),
    "trial_use": (_F.TRIAL_USE,),
    "trial_use_again": (),
    "us_caution": (_F.US_CAUTION,),
    "site_investigator": (_F.SITE, _F.INVESTIGATOR),
    "sponsor": (_F.SPONSOR,),
    "sponsor_address": (_F.SPONSOR, _F.ADDRESS),
    "trial": (_F.TRIAL,),
    "lot": (_F.LOT,),
    "site": (_F.SITE,),
    "codes": (_F.TRIAL, _F.LOT, _F.SITE),
    "trial_lot": (_F.TRIAL, _F.LOT),
    "telephones": (_F.TELEPHONE, _F.EMERGENCY),
    "emergency": (_F.EMERGENCY,),
    "copy": (),
}
"""The names, and which facts of the rule sets each one holds."""


OF_OVER = frozenset(
    {"trial_use", "kit", "lot", "expiry", "beside", "sponsor", "trial_reference", "copy"}
)
OF_KIT = frozenset(
    {
        "unblinded",
        "kit",
        "lot",
        "real_lot",
        "expiry",
        "contents",
        "keep",
        "training",
        "trial_sponsor",
        "copy",
    }
)


def names_for(kind: LabelKind) -> frozenset[str]:
    """Return the names that a template of a kind may use."""
    return {LabelKind.OVER: OF_OVER, LabelKind.KIT: OF_KIT}.get(kind, frozenset(HOLDS))


def dose_values(label: BlindedLabel) -> Values:
    """Return everything that a label of a dose can show."""
    dose, texts, sponsor = label.dose, label.texts, label.sponsor
    codes = (
        f"试验 Trial {dose.trial_code}",
        f"方案 Protocol {dose.protocol}",
        f"批号 Lot {dose.blinded_lot}",
        f"中心 Site {dose.site}",
    )
    emergency = f"紧急揭盲 Emergency unblinding {sponsor.emergency_telephone}"
    return {
        "subject": dose.subject,
        "visit": dose.visit,
        "kit": dose.kit,
        "dose_id": dose.dose_id,
        "use_before": with_offset(dose.use_before, dose.zone),
        "product": texts.product,
        "route": ended(texts.route),
        "quantity": ended(texts.quantity),
        "route_quantity": ended(
            Text(
                zh=f"{texts.route.zh}；{texts.quantity.zh}",
                en=f"{texts.route.en}; {texts.quantity.en}",
            )
        ),
        "directions": ended(texts.directions),
        "storage": ended(texts.storage),
        "statements": Text(
            zh="".join(ended(one).zh for one in texts.statements),
            en=" ".join(ended(one).en for one in texts.statements),
        ),
        "trial_use": texts.trial_use,
        # In training the band says that the bag is for nobody; its words come beneath.
        "trial_use_again": ended(texts.trial_use) if dose.training else NOTHING,
        "us_caution": US_CAUTION if texts.us_caution else NOTHING,
        "site_investigator": ended(
            Text(
                zh=f"{dose.site_name.zh}，研究者 {dose.investigator.zh}",
                en=f"{dose.site_name.en}, investigator {dose.investigator.en}",
            )
        ),
        "sponsor": sponsor_line(sponsor),
        "sponsor_address": ended(
            Text(
                zh=f"申办者 {sponsor.name.zh}，{sponsor.address.zh}",
                en=f"Sponsor {sponsor.name.en}, {sponsor.address.en}",
            )
        ),
        "trial": dose.trial_code,
        "lot": dose.blinded_lot,
        "site": dose.site,
        "codes": " · ".join(codes),
        "trial_lot": f"{codes[0]} · {codes[2]}",
        "telephones": f"电话 Tel. {sponsor.telephone} · {emergency}",
        "emergency": emergency,
        "copy": f"第{label.copy}份 Copy {label.copy}",
    }


def sponsor_line(sponsor: Contact) -> str:
    """Return the sponsor's name in both languages, in one line."""
    return f"申办者 Sponsor {sponsor.name.zh} {sponsor.name.en}"


def shown(names: frozenset[str], values: Values) -> frozenset[Field]:
    """Return the facts that a template with these names shows of these values: no empty ones."""
    return frozenset(
        fact
        for name in names
        for fact in HOLDS.get(name, ())
        if (value := values.get(name)) and (isinstance(value, str) or value != NOTHING)
    )


def ended(text: Text) -> Text:
    """Return both texts with a full stop; an empty one stays empty."""
    stops = (".", "。", "!", "！")
    zh, en = text.zh, text.en
    return Text(
        zh=zh + "。" if zh and not zh.endswith(stops) else zh,
        en=en + "." if en and not en.endswith(stops) else en,
    )
