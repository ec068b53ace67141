"""``main.py subject``: enrolment, allocation, visits."""

import click

from pharmacy_app.cli.desk import CommandDesk, Said, at_desk
from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.workflows import dosing, enrolment

PAGE = 500

SAID: dict[str, Said] = {
    "enrolled": {"en": "Subject {subject} enrolled.", "zh": "受试者 {subject} 已入组。"},
    "allocated": {
        "en": "Allocation of {subject} in {stage} opened: {arm}.",
        "zh": "受试者 {subject} 在 {stage} 的分配已打开：{arm}。",
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
            )
            for one in found
        ],
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
                None if current is None else f"step.{current.step}",
            )
        )
    desk.table(VISITS, rows)
