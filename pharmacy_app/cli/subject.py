"""``main.py subject``: screening, enrolment, allocation, visits, consents, the end."""

from datetime import date

import click

from pharmacy_app.cli.desk import CommandDesk, Day, Said, at_desk
from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.workflows import dosing, enrolment, subjects, unblinding

PAGE = 500

SAID: dict[str, Said] = {
    "enrolled": {"en": "Subject {subject} enrolled.", "zh": "受试者 {subject} 已入组。"},
    "allocated": {
        "en": "Allocation of {subject} in {stage} opened: {arm}.",
        "zh": "受试者 {subject} 在 {stage} 的分配已打开：{arm}。",
    },
    "screened": {"en": "Subject {subject} screened.", "zh": "受试者 {subject} 已登记筛选。"},
    "ended": {
        "en": "Subject {subject}: {because}. Doses stopped: {stopped}.",
        "zh": "受试者 {subject}：{because}。已停止剂次：{stopped}。",
    },
    "reinstated": {
        "en": "The end of subject {subject} was taken back.",
        "zh": "已撤销受试者 {subject} 的结束登记。",
    },
    "consented": {
        "en": "Consent of {subject} to {stage} recorded.",
        "zh": "已登记受试者 {subject} 对 {stage} 的知情同意。",
    },
    "withdrawn": {
        "en": "Consent of {subject} to {stage} taken back.",
        "zh": "已登记受试者 {subject} 撤回对 {stage} 的知情同意。",
    },
    "missed": {
        "en": "Visit {visit} of {subject} recorded as missed.",
        "zh": "受试者 {subject} 的访视 {visit} 已登记缺失。",
    },
    "stage": {"en": "No such stage: {stage}.", "zh": "没有该阶段：{stage}。"},
    "code": {"en": "Release code", "zh": "释放码"},
}
SUBJECTS: tuple[Said, ...] = (
    {"en": "Subject", "zh": "受试者"},
    {"en": "Enrolled", "zh": "入组时间"},
    {"en": "Requested by", "zh": "申请人"},
    {"en": "Reference", "zh": "申请编号"},
    {"en": "Arms", "zh": "组别"},
    {"en": "Stands", "zh": "状态"},
    {"en": "Blinding", "zh": "盲态"},
)
VISITS: tuple[Said, ...] = (
    {"en": "Visit", "zh": "访视"},
    {"en": "Opens", "zh": "开始"},
    {"en": "Closes", "zh": "结束"},
    {"en": "Dose", "zh": "剂次"},
    {"en": "Waits for", "zh": "待办"},
)


@click.group()
def subject() -> None:
    """Enrol a subject and open an allocation."""


@subject.command()
@click.argument("number")
@click.option("--by", required=True, help="Who asked for it: the investigator.")
@click.option("--reference", default="", help="Number of the request.")
@at_desk
def enrol(desk: CommandDesk, number: str, by: str, reference: str) -> None:
    """Record the subject that the investigator's blinded request names."""
    enrolment.enrol(desk.pharmacy, number, by, reference)
    desk.say(SAID["enrolled"], subject=number)


@subject.command()
@click.argument("number")
@click.option("--by", required=True, help="Who named the subject: the investigator.")
@click.option("--reference", default="", help="Number of the screening.")
@at_desk
def screen(desk: CommandDesk, number: str, by: str, reference: str) -> None:
    """Record somebody who may be enrolled."""
    enrolment.screen(desk.pharmacy, number, by, reference)
    desk.say(SAID["screened"], subject=number)


@subject.command()
@click.argument("number")
@click.argument("because", type=click.Choice([ending.value for ending in Ending]))
@click.option("--by", required=True, help="Who told the pharmacy.")
@click.option("--on", type=Day(), help="Otherwise today.")
@at_desk
def end(desk: CommandDesk, number: str, because: str, by: str, on: date | None) -> None:
    """Record that a subject's part ended; their doses in the pharmacy are stopped."""
    stopped = dosing.before_hand_over(desk.pharmacy, SubjectId(number))
    subjects.end(desk.pharmacy, number, Ending(because), on or desk.pharmacy.today(), by)
    desk.say(SAID["ended"], subject=number, because=f"ending.{because}", stopped=len(stopped))


@subject.command()
@click.argument("number")
@click.option("--by", required=True, help="Who told the pharmacy.")
@click.option("--reason", required=True, help="How it is known that the end was an error.")
@at_desk
def reinstate(desk: CommandDesk, number: str, by: str, reason: str) -> None:
    """Take back an end that was recorded in error; signed."""
    subjects.reinstate(desk.pharmacy, number, by, reason, desk.own())
    desk.say(SAID["reinstated"], subject=number)


@subject.command()
@click.argument("number")
@click.argument("stage")
@click.option("--reference", required=True, help="Version and number of the signed form.")
@click.option("--on", type=Day(), help="Otherwise today.")
@click.option("--withdrawn", is_flag=True, help="It was taken back.")
@at_desk
def consent(
    desk: CommandDesk,
    *,
    number: str,
    stage: str,
    reference: str,
    on: date | None,
    withdrawn: bool,
) -> None:
    """Record a consent to a stage, or that it was taken back."""
    pharmacy = desk.pharmacy
    day = on or pharmacy.today()
    subjects.record_consent(pharmacy, number, StageCode(stage), day, reference, given=not withdrawn)
    desk.say(SAID["withdrawn" if withdrawn else "consented"], subject=number, stage=stage)


@subject.command()
@click.argument("number")
@click.argument("visit")
@click.option("--reason", required=True, help="Why the dose is not given.")
@at_desk
def miss(desk: CommandDesk, number: str, visit: str, reason: str) -> None:
    """Record that a visit's dose will not be given."""
    subjects.miss_visit(desk.pharmacy, number, visit, reason)
    desk.say(SAID["missed"], subject=number, visit=visit)


@subject.command()
@click.argument("number")
@click.option("--stage", help="Otherwise the trial's first.")
@at_desk
def allocate(desk: CommandDesk, number: str, stage: str | None) -> None:
    """Open one sealed entry with the release code; it is asked for after the password."""
    stages = [known.code for known in desk.pharmacy.trial.stages]
    wanted = StageCode(stage) if stage else stages[0]
    if wanted not in stages:
        raise click.UsageError(SAID["stage"][desk.language].format(stage=wanted))
    code = desk.prompter.ask(SAID["code"][desk.language])
    enrolment.open_allocation(desk.pharmacy, number, wanted, code, desk.own())
    arm = enrolment.arm_of(desk.pharmacy, SubjectId(number), wanted)
    name = arm.name.zh if desk.language == "zh" else arm.name.en
    desk.say(SAID["allocated"], subject=number, stage=wanted, arm=name)


@subject.command("list")
@at_desk
def list_subjects(desk: CommandDesk) -> None:
    """List the subjects with their opened allocations."""
    reader = desk.pharmacy.reader
    found, after = [], None
    while page := queries.page(reader, after, PAGE):
        found += page
        after = page[-1].subject_id
    desk.table(
        SUBJECTS,
        [
            (
                one.subject_id,
                one.enrolled_at,
                one.requested_by,
                one.reference,
                ", ".join(a.arm for a in queries.allocations(reader, one.subject_id)),
                f"phase.{subjects.phase(desk.pharmacy, one.subject_id)}",
                _blinding(desk, one.subject_id),
            )
            for one in found
        ],
    )


def _blinding(desk: CommandDesk, number: SubjectId) -> str:
    """Return the state of every stage that is open to a subject, in words."""
    return ", ".join(
        f"{found.stage}: "
        + desk.told(f"blinding.{unblinding.state(desk.pharmacy, number, found.stage)}")
        for found in queries.allocations(desk.pharmacy.reader, number)
    )


@subject.command()
@click.argument("number")
@at_desk
def plan(desk: CommandDesk, number: str) -> None:
    """Show a subject's visits, their windows and doses."""
    who = enrolment.enrolled(desk.pharmacy, number).subject_id
    rows = []
    for visit in dosing.plan(desk.pharmacy, who):
        window, current = visit.window, visit.current
        rows.append(
            (
                visit.visit.code,
                None if window is None else window.opens_at,
                None if window is None else window.closes_at,
                None if current is None else current.dose_id,
                visit.missed or (None if current is None else f"step.{current.step}"),
            )
        )
    desk.table(VISITS, rows)
