"""The steps of a dose in both languages, as the record lists them."""

from pharmacy_app.domain.trial import Text

STEPS: dict[str, Text] = {
    "dose.opened.1": Text(zh="开始剂次", en="Dose begun"),
    "dose.prescribed.1": Text(zh="确定剂量与流程", en="Dose and route fixed"),
    "dose.kit_assigned.1": Text(zh="选定药盒", en="Kit assigned"),
    "dose.kit_identified.1": Text(zh="扫描核对药盒", en="Kit scanned and identified"),
    "dose.taken_out.1": Text(zh="离库", en="Taken out of storage"),
    "dose.thaw_started.1": Text(zh="复苏开始", en="Thaw started"),
    "dose.thaw_ended.1": Text(zh="复苏结束", en="Thaw ended"),
    "dose.appearance_judged.1": Text(zh="外观检查", en="Appearance judged"),
    "dose.count_begun.1": Text(zh="开始计数", en="Count begun"),
    "dose.cells_counted.1": Text(zh="计数完成", en="Cells counted"),
    "dose.count_failed.1": Text(zh="计数未通过", en="Count failed"),
    "dose.count_corrected.1": Text(zh="计数更正", en="Count corrected"),
    "dose.drawn.1": Text(zh="抽取", en="Volumes drawn"),
    "dose.diluted.1": Text(zh="稀释装袋", en="Diluted into the bag"),
    "dose.covered.1": Text(zh="遮光、封签", en="Covered and sealed"),
    "dose.check_signed.1": Text(zh="独立复核并放行", en="Independently checked and released"),
    "dose.bag_checked.1": Text(zh="独立复核原装袋并放行", en="Bag checked as it came and released"),
    "dose.check_deferred.1": Text(zh="复核推迟", en="Check deferred"),
    "dose.verified_later.1": Text(zh="事后复核", en="Verified later"),
    "dose.stopped.1": Text(zh="终止配制", en="Preparation stopped"),
    "dose.handed_over.1": Text(zh="交接", en="Handed over"),
    "dose.infusion_reported.1": Text(zh="输注回报", en="Infusion reported"),
    "dose.wrong_kit_given.1": Text(zh="实际给药为其他药盒", en="Another kit was given"),
    "dose.bag_returned.1": Text(zh="袋退回", en="Bag returned"),
    "label.reserved.1": Text(zh="标签编号", en="Label number reserved"),
    "label.spooled.1": Text(zh="标签送打印", en="Label sent to the printer"),
    "label.failed.1": Text(zh="标签打印失败", en="Label failed"),
    "label.scanned_back.1": Text(zh="标签回读核对", en="Label scanned back"),
    "label.voided.1": Text(zh="标签作废", en="Label voided"),
    "near_miss.recorded.1": Text(zh="险失（已拦截）", en="Near miss, refused"),
    "deviation.raised.1": Text(zh="偏离发生", en="Deviation raised"),
    "deviation.closed.1": Text(zh="偏离关闭", en="Deviation closed"),
}


def step_words(tag: str) -> str:
    """Return a step in both languages, or its tag where it has no words of its own."""
    words = STEPS.get(tag)
    return tag if words is None else f"{words.zh} {words.en}"
