"""The form that goes with the bag to the ward and comes back: BLINDED.

Made from `BlindedHandOver` alone. It carries no ledger position: the head's hash covers the arm.
"""

from datetime import datetime

from pharmacy_app.documents.moments import with_offset
from pharmacy_app.documents.paper import Field, Head, Secrecy, Sheet
from pharmacy_app.domain.blinding import BlindedHandOver
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="输注袋交接与输注记录", en="Hand-over and infusion record")
_COMES_BACK = (
    "本表随袋送至病区，填写后交回药房。 "
    "Goes with the bag to the ward; comes back to the pharmacy when filled in."
)
_YES_NO = (Text(zh="是", en="Yes"), Text(zh="否", en="No"))


def render(form: BlindedHandOver) -> bytes:
    """Return the form as PDF. Raises Refused as `Pen.finish` does."""
    dose = form.dose
    head = Head(
        title=TITLE,
        under=f"{dose.site} {dose.site_name.zh} {dose.site_name.en}",
        facts=(
            str(dose.dose_id),
            f"试验 Trial {dose.trial_code}",
            f"方案 Protocol {dose.protocol}",
        ),
        foot=(
            f"{dose.dose_id} · {form.form_date.isoformat()}",
            _COMES_BACK,
        ),
        secrecy=Secrecy.BLINDED,
        training=dose.training,
    )
    sheet = Sheet("hand-over", head)
    _identity(sheet, form)
    _release(sheet, form)
    _ward(sheet)
    _infusion(sheet)
    _bag_back(sheet)
    return sheet.finish()


def _identity(sheet: Sheet, form: BlindedHandOver) -> None:
    dose, sponsor = form.dose, form.sponsor
    sheet.section("1  受试者与输注袋", "Subject and bag")
    sheet.fields(
        (
            Field("受试者", "Subject", dose.subject, strong=True),
            Field("药盒号", "Kit No.", dose.kit, strong=True),
            Field("剂次编码", "Dose code", dose.dose_id, strong=True),
            Field("封签号", "Seal No.", form.seal_number, strong=True),
            Field("访视", "Visit", f"{dose.visit} {dose.visit_name.zh} {dose.visit_name.en}"),
            Field("批号", "Lot", dose.blinded_lot),
            Field("总体积", "Volume", f"{dose.final_volume_ml:f} mL"),
            Field("研究者", "Investigator", _both(dose.investigator)),
            Field(
                "使用期限（逾期不得输注）",
                "Use before: never infuse later",
                with_offset(dose.use_before, dose.zone),
                span=2,
                strong=True,
            ),
            Field("保存", "Storage", _both(form.storage), span=2),
            Field("用法", "Directions", _both(form.directions), span=4),
            Field("申办者", "Sponsor", _both(sponsor.name), span=2),
            Field("电话", "Telephone", sponsor.telephone),
            Field("紧急揭盲电话", "Emergency unblinding", sponsor.emergency_telephone),
        )
    )


def _release(sheet: Sheet, form: BlindedHandOver) -> None:
    sheet.section("2  药房交出", "Released by the pharmacy")
    sheet.fields(
        (
            _known_or_blank("交出人", "Released by", form.released_by),
            _known_or_blank("接收人", "Received by", form.receiver),
            _known_or_blank("交接时间", "Handed over at", _time(form, form.handed_over_at)),
            Field("接收人签名", "Receiver's signature", write=True),
        )
    )


def _ward(sheet: Sheet) -> None:
    sheet.section("3  病区接收核对", "Checks on the ward")
    sheet.choices("受试者身份与标签一致", "Subject's identity agrees with the label", _YES_NO)
    sheet.choices("封签完好，封签号一致", "Seal intact, its number agrees", _YES_NO)
    sheet.choices("遮光套完好，无渗漏", "Cover intact, no leak", _YES_NO)
    sheet.choices("未超过使用期限", "Use-before time not passed", _YES_NO)
    sheet.fields(
        (
            Field("核对人 1（正楷）", "First check, name", write=True),
            Field("核对人 2（正楷）", "Second check, name", write=True),
            Field("核对时间", "Checked at", write=True),
            Field("签名", "Signatures", write=True),
        )
    )


def _infusion(sheet: Sheet) -> None:
    sheet.section("4  输注", "Infusion")
    sheet.fields(
        (
            Field("开始时间", "Started at", write=True),
            Field("结束时间", "Stopped at", write=True),
            Field("已输注体积 mL", "Volume infused, mL", write=True),
            Field("未输注体积 mL", "Volume not infused, mL", write=True),
            Field(
                "中断或反应（时间、原因）",
                "Interruptions or reactions: time, why",
                span=4,
                write=True,
            ),
            Field("输注人（正楷）", "Infused by, name", span=2, write=True),
            Field("签名与日期", "Signature and date", span=2, write=True),
        )
    )


def _bag_back(sheet: Sheet) -> None:
    sheet.section("5  空袋或未用袋退回", "Bag returned to the pharmacy")
    sheet.choices("输注袋已退回", "Bag returned", _YES_NO)
    sheet.choices("袋内有剩余", "Something left in the bag", _YES_NO)
    sheet.choices("病区已销毁空袋", "Bag destroyed on the ward instead", _YES_NO)
    sheet.fields(
        (
            Field("袋内剩余体积（目测）mL", "Volume left, estimated, mL", span=2, write=True),
            Field(
                "如在病区销毁：人员、时间", "If destroyed on the ward: by, when", span=2, write=True
            ),
            Field("退回人（正楷）", "Returned by, name", write=True),
            Field("退回时间", "Returned at", write=True),
            Field("药房接收人（正楷）", "Received in pharmacy by", write=True),
            Field("签名", "Signatures", write=True),
            Field("备注", "Remarks", span=4, write=True),
        )
    )


def _known_or_blank(zh: str, en: str, value: str | None) -> Field:
    return Field(zh, en, value, write=value is None)


def _time(form: BlindedHandOver, moment: datetime | None) -> str | None:
    return None if moment is None else with_offset(moment, form.dose.zone)


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"
